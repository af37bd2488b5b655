import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cardOf, composer, directMessages, type Journey, person, startJourney } from "./support/journey.ts";

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney();
});
afterAll(() => journey.close());

/**
 * Contract: who is named breaks the glass in two deliberate clicks, those who were skipped see it on a card of their own, and the next use
 * opens the review of the first instead.
 */
describe("break-glass in the sandbox page", () => {
  it("grants after two clicks, tells who was skipped, and asks for the review before the next use", async () => {
    const page = await journey.visit();
    const breakGlass = async (reason: string) => {
      await page
        .getByRole("button", { name: /general/ })
        .first()
        .click();
      await composer(page).fill(`/pra break-glass db-prod because ${reason}`);
      await page.keyboard.press("Enter");
    };
    await person(page, "Ben Okafor").click();
    await breakGlass("INC-78");
    const form = page.getByRole("dialog", { name: "Break the glass", exact: true });
    await form.getByText("db-prod", { exact: true }).waitFor();
    await form.getByRole("button", { name: "Go on" }).click();
    const seen = page.getByRole("dialog", { name: "Break the glass?" });
    await seen.getByText("Nobody approves it").waitFor();
    expect(await page.locator(".stored").count()).toBe(0);
    await seen.getByRole("button", { name: "Break the glass" }).click();
    await page.locator(".stored").first().waitFor();

    await person(page, "Chiyo Tanaka").click();
    await directMessages(page).first().click();
    await cardOf(page, "INC-78")
      .getByText(/Granted/)
      .first()
      .waitFor();

    await person(page, "Ben Okafor").click();
    await breakGlass("INC-79");
    const review = page.getByRole("dialog", { name: "Review" });
    await review.getByRole("textbox", { name: "What happened?" }).fill("The primary stopped taking writes.");
    await review.getByRole("textbox", { name: "What did you do?" }).fill("Restarted the replica.");
    await review.getByRole("textbox", { name: "What follows from it?" }).fill("An alert at 80 % of the disk.");
    await review.getByRole("button", { name: "Send review" }).click();
    await page.getByText("Thank you. Everybody who was told").waitFor();
    await page.keyboard.press("Escape");
    // What the first use opened is over by then.
    await journey.sandbox.clock.moveTo(new Date(journey.sandbox.clock.now().getTime() + 2 * 3_600_000));
    await breakGlass("INC-79");
    await page.getByRole("dialog", { name: "Break the glass", exact: true }).waitFor();
    await journey.expectQuiet(page);
  });
});
