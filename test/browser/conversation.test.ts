import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { askFor, cardOf, directMessages, type Journey, person, startJourney } from "./support/journey.ts";

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney();
});
afterAll(() => journey.close());

describe("a conversation in the sandbox page", () => {
  it("goes from the approver's form to the requester's thread and back, with the keyboard in the thread", async () => {
    const page = await journey.visit();
    await askFor(page, "db-prod, db-staging for 4h because TALK-9", "db-staging");

    await person(page, "Ben Okafor").click();
    await directMessages(page).first().click();
    const card = cardOf(page, "TALK-9");
    await card.getByRole("button", { name: /^Ask/ }).click();
    const ask = page.getByRole("dialog", { name: "Ask" });
    await ask.getByRole("textbox", { name: "Question" }).fill("Which first, <b>a</b> & b?");
    await ask.getByRole("button", { name: "Ask", exact: true }).click();
    await ask.waitFor({ state: "detached" });

    await person(page, "Ana Ribeiro").click();
    await directMessages(page).first().click();
    const own = cardOf(page, "TALK-9");
    await own.getByText("Which first, <b>a</b> & b?").last().waitFor();
    await own.getByRole("button", { name: "Reply in thread" }).focus();
    await page.keyboard.press("Enter");
    await page.keyboard.type("b & <a>");
    await page.keyboard.press("Enter");
    await own.getByText("Comments (2)").waitFor();
    await page.keyboard.press("Escape");
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe("Reply in thread");

    await person(page, "Ben Okafor").click();
    await cardOf(page, "TALK-9").getByText("b & <a>").last().waitFor();
    await journey.expectQuiet(page);
    await page.close();
  });

  it("has the requester agree to a longer window before anything is granted", async () => {
    const page = await journey.visit();
    await person(page, "Ben Okafor").click();
    await directMessages(page).first().click();
    const card = cardOf(page, "TALK-9");
    await card.getByRole("button", { name: "More actions" }).click();
    await page.getByRole("menuitem", { name: /changes/ }).click();
    const changes = page.getByRole("dialog", { name: "Approve with changes" });
    await changes.getByText("db-staging").first().click();
    await changes.getByRole("combobox", { name: "For how long?" }).click();
    await page.getByRole("option", { name: "1 day" }).click();
    await changes.getByRole("button", { name: "Approve" }).click();
    await page.getByText("until then nothing is decided").waitFor();
    await page.keyboard.press("Escape");
    await card.getByText("Waits for the consent of").waitFor();
    await person(page, "Ana Ribeiro").click();
    await directMessages(page).first().click();
    const own = cardOf(page, "TALK-9");
    await own.getByText("For 1 day instead of 4 hours.").first().waitFor();
    await own.getByRole("button", { name: /^Accept/ }).click();
    await own.getByText("Granted. The access stands in Zscaler.").waitFor();
    await journey.expectQuiet(page);
    await page.close();
  });
});
