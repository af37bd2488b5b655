import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cardOf, composer, directMessages, type Journey, person, startJourney } from "./support/journey.ts";

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney();
});
afterAll(() => journey.close());

/**
 * Contract: ZPA never rewrites a cron. When the person's zone changes its clocks within the window, the bot writes the crons
 * anew, and the local hours stay what was approved.
 */
describe("the sandbox's clock", () => {
  it("moves to the next change of a zone's clocks, and the tenant's crons follow", async () => {
    const page = await journey.visit();
    await composer(page).fill("/pra request db-prod weekdays 9-17 Europe/Berlin for 40 weeks because DST-1");
    await page.keyboard.press("Enter");
    const form = page.getByRole("dialog", { name: "Request access" });
    await form.getByText("db-prod", { exact: true }).waitFor();
    await form.getByRole("button", { name: "Send request" }).click();
    await form.waitFor({ state: "detached" });
    await person(page, "Ben Okafor.*1 unread").click();
    await directMessages(page).first().click();
    await cardOf(page, "DST-1")
      .getByRole("button", { name: /^Approve/ })
      .click();

    const crons = page.locator(".stored dd code");
    await crons.first().waitFor();
    const before = await crons.first().textContent();
    await person(page, "Dora Klein").click(); // her zone is Berlin
    await page.getByRole("button", { name: "Next clock change" }).click();
    await expect.poll(() => crons.first().textContent(), { timeout: 20_000 }).not.toBe(before);
    const hours = [before, await crons.first().textContent()].map((cron) => cron?.split(" ")[2]).toSorted();
    expect(hours).toEqual(["7", "8"]);
    await journey.expectQuiet(page);
  });
});
