import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cardOf, composer, directMessages, type Journey, person, startJourney } from "./support/journey.ts";

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney();
});
afterAll(() => journey.close());

const storedFor = async (segment: string) =>
  (await journey.sandbox.tenant.control.state()).approvals.filter((approval) => JSON.stringify(approval.applications).includes(segment));

/** Presses Tab until the focus is on what is meant, as a person without a mouse does. */
async function tabTo(page: Page, isThere: string): Promise<void> {
  for (let step = 0; step < 80; step += 1) {
    const focused = await page.evaluate(() => {
      const { activeElement: element } = document;
      const ownText = element instanceof HTMLButtonElement ? element.textContent : "";
      return element ? `${element.getAttribute("aria-label") ?? ""} ${ownText} ${element.id}` : "";
    });
    if (focused.includes(isThere)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab never reached ${isThere}.`);
}

describe("the main job in a browser", () => {
  it("is done with the mouse: a form filled in, a card, a click, and the privileged approval beside it", async () => {
    const page = await journey.visit();
    await composer(page).fill("/pra request db-prod weekdays 9-17 Europe/Berlin for 2 weeks because OPS-123");
    await page.getByRole("button", { name: "Send" }).click();

    const form = page.getByRole("dialog", { name: "Request access" });
    await form.getByText("db-prod", { exact: true }).waitFor();
    expect(await form.getByRole("textbox", { name: "Reason" }).inputValue()).toBe("OPS-123");
    await form.getByText("0 0 8 ? * MON,TUE,WED,THU,FRI").or(form.getByText("0 0 7 ? * MON,TUE,WED,THU,FRI")).first().waitFor();
    await form.getByRole("button", { name: "Send request" }).click();
    await form.waitFor({ state: "detached" });

    await person(page, "Ben Okafor.*1 unread").click();
    await directMessages(page).first().click();
    const card = cardOf(page, "OPS-123");
    await card.getByRole("button", { name: /^Approve/ }).click();
    await card
      .getByText(/Granted/)
      .first()
      .waitFor();

    const stored = page.locator(".stored").filter({ hasText: "Databases production" });
    await stored.waitFor();
    expect(await stored.textContent()).toContain("ana.ribeiro@harbour.example");
    expect(await storedFor("Databases production")).toHaveLength(1);

    await person(page, "Ana Ribeiro").click();
    await page.getByText("Granted. The access stands in Zscaler.").waitFor();
    await page.getByRole("button", { name: /Portcullis Home/ }).click();
    await page.getByRole("main").getByText("db-prod").first().waitFor();
    await journey.expectQuiet(page);
    await page.close();
  });

  it("is done with the keyboard alone", async () => {
    const page = await journey.visit();
    await tabTo(page, "Message ");
    await page.keyboard.type("/pra request weekdays 9-17 Europe/Berlin for 1 week because KEY-7");
    await page.keyboard.press("Enter");
    const form = page.getByRole("dialog", { name: "Request access" });
    await form.waitFor();

    const consoles = form.getByRole("combobox", { name: "Consoles" });
    await consoles.waitFor();
    await tabTo(page, await consoles.evaluate(({ id }) => id));
    await page.keyboard.type("db-stag");
    await form
      .getByRole("option", { name: /db-staging/ })
      .first()
      .waitFor();
    await page.keyboard.press("Enter");
    await form.getByRole("button", { name: "Remove db-staging" }).waitFor();
    await page.keyboard.press("Escape"); // the list, not the form
    expect(await form.isVisible()).toBe(true);
    await tabTo(page, "Send request");
    await page.keyboard.press("Enter");
    await form.waitFor({ state: "detached" });

    await page.evaluate(() => (document.activeElement instanceof HTMLElement ? document.activeElement.blur() : undefined));
    await tabTo(page, "Ben Okafor");
    await page.keyboard.press("Enter");
    await cardOf(page, "KEY-7")
      .getByRole("button", { name: /^Approve/ })
      .waitFor();
    await tabTo(page, "Approve");
    await page.keyboard.press("Enter");
    await cardOf(page, "KEY-7")
      .getByText(/Granted/)
      .first()
      .waitFor();
    await journey.expectQuiet(page);
    await page.close();
  });

  it("shows what is wrong at the field where it is, and keeps what was typed", async () => {
    const page = await journey.visit();
    await composer(page).fill("/pra request db-prod weekdays 9-17 Europe/Berlin for 1 week because KEEP-ME");
    await page.keyboard.press("Enter");
    const form = page.getByRole("dialog", { name: "Request access" });
    await form.getByText("db-prod", { exact: true }).waitFor();
    const end = form.locator("input[type=time]").nth(1);
    await end.fill("09:00");
    await form.getByRole("button", { name: "Send request" }).click();
    const sentence = form.locator(".input-invalid .input-error").first();
    await sentence.waitFor();
    expect(await sentence.textContent()).toMatch(/\w+ \w+/);
    expect(await form.locator("[aria-invalid=true]").count()).toBeGreaterThan(0);
    expect(await form.getByRole("textbox", { name: "Reason" }).inputValue()).toBe("KEEP-ME");
    await page.keyboard.press("Escape");
    await form.waitFor({ state: "detached" });
    await journey.expectQuiet(page);
    await page.close();
  });
});
