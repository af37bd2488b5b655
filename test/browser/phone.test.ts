import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cardOf, composer, directMessages, type Journey, person, startJourney } from "./support/journey.ts";

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney();
});
afterAll(() => journey.close());

describe("the sandbox on a phone's width", () => {
  it("takes a request from the form to the privileged approval, and nothing is wider than the screen", async () => {
    const page = await journey.visit({ width: 390, height: 844, colorScheme: "dark" });
    const panes = page.getByRole("navigation", { name: "Panes" });
    const expectFits = async () => {
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(wide).toBeLessThanOrEqual(0);
    };
    await composer(page).fill("/pra request db-prod weekdays 9-17 Europe/Berlin for 2 weeks because PHONE-1");
    await page.getByRole("button", { name: "Send" }).click();
    const form = page.getByRole("dialog", { name: "Request access" });
    await form.getByText("db-prod", { exact: true }).waitFor();
    await expectFits();
    await form.getByRole("button", { name: "Send request" }).click();
    await form.waitFor({ state: "detached" });

    await panes.getByRole("button", { name: /People/ }).click();
    await expectFits();
    await person(page, "Ben Okafor").click();
    await panes.getByRole("button", { name: /People/ }).click();
    await directMessages(page).first().click();
    const card = cardOf(page, "PHONE-1");
    await card.getByRole("button", { name: /^Approve/ }).click();
    await card
      .getByText(/Granted/)
      .first()
      .waitFor();
    await expectFits();
    await panes.getByRole("button", { name: "ZPA tenant" }).click();
    await page.locator(".stored").filter({ hasText: "ana.ribeiro@harbour.example" }).waitFor();
    await expectFits();
    await journey.expectQuiet(page);
  });
});
