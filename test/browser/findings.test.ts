import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { anAccess, deleteByHand, findingOf } from "./support/findings.ts";
import { composer, directMessages, type Journey, person, startJourney } from "./support/journey.ts";

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney();
});
afterAll(() => journey.close());

/** Contract: what is done by hand in the simulated tenant is told to the administrator, who has it put right from the message. */
describe("findings in the sandbox page", () => {
  it("tell of what was deleted in the tenant, and restore it", async () => {
    const page = await journey.visit();
    await anAccess(journey, page, "DRIFT-1");
    await deleteByHand(page);
    const missing = findingOf(page, "Fehlt in Zscaler");
    await missing.getByRole("button", { name: /^Wiederherstellen/ }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Weiter" }).click();
    await missing.getByText("Wiederhergestellt von").waitFor();
    await expect.poll(() => page.locator(".stored").count()).toBe(1);
    await journey.expectQuiet(page);
    await page.close();
  });

  it("tell of what somebody else made, and of what was changed", async () => {
    const page = await journey.visit();
    await person(page, "Dora Klein").click();
    await directMessages(page).first().click();
    await page.getByRole("button", { name: "+1 h" }).click();
    await page.getByRole("button", { name: "Add one by hand" }).click();
    await page.locator(".stored").nth(1).waitFor();
    await page.locator(".stored").nth(1).getByRole("button", { name: "1 h shorter" }).click();
    await composer(page).fill("/pra reconcile");
    await page.keyboard.press("Enter");
    await findingOf(page, "Nicht von Portcullis").getByText("contractor@harbour.example").waitFor();
    const changed = findingOf(page, "In Zscaler geändert");
    await changed.getByRole("button", { name: /^Übernehmen/ }).click();
    const form = page.getByRole("dialog", { name: "Übernehmen" });
    await form.getByRole("textbox", { name: "Grund" }).fill("agreed with Ana");
    await form.getByRole("button", { name: "Übernehmen" }).click();
    await changed.getByText("Übernommen von").waitFor();
    await journey.expectQuiet(page);
    await page.close();
  });
});
