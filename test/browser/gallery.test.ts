import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openBrowser } from "./support/browser.ts";
import { faintTexts } from "./support/contrast.ts";
import { type Gallery, galleryInstant, openGallery } from "./support/gallery.ts";

let gallery: Gallery;
let browser: Browser;
let page: Page;
beforeAll(async () => {
  [gallery, browser] = await Promise.all([openGallery(), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await gallery.close();
});
beforeEach(async () => {
  gallery.heard.length = 0;
  await page?.close();
  const { control } = gallery.slack;
  for (const [userId, open] of Object.entries((await control.state()).views)) for (const _ of open) await control.close({ userId });
  page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(gallery.url);
  await page.getByRole("article").first().waitFor();
});

const openForm = async () => {
  await page.getByRole("textbox", { name: /^Message/ }).fill("/pra");
  await page.keyboard.press("Enter");
  const form = page.getByRole("dialog", { name: "Every input" });
  await form.waitFor();
  return form;
};
const heard = async (type: string) => {
  await expect.poll(() => gallery.heard.filter((payload) => payload.type === type).length).toBeGreaterThan(0);
  return gallery.heard.filter((payload) => payload.type === type).at(-1);
};

describe("a message with every block", () => {
  it("is drawn whole, with names, the reader's own time, and nothing that was escaped come alive", async () => {
    const card = page.getByRole("article").first();
    const text = (await card.textContent()) ?? "";
    for (const part of [
      "@Ben Okafor",
      "#general",
      "@pra-approvers",
      "Jan 15, 2027 at 8:30",
      "quoted <script> & more",
      "<!channel>",
      "snake_case_stays 2*3*4",
    ]) {
      expect(text.replaceAll("\u202f", " ")).toContain(part);
    }
    expect(await card.locator(".mention-all").count()).toBe(0);
    expect(await page.locator(".cannot-render").count()).toBe(0);
  });

  it("tells the bot of a click with the button's value", async () => {
    await page.getByRole("button", { name: "Approve", exact: true }).click();
    expect((await heard("block_actions"))?.actions?.[0]).toMatchObject({ action_id: "yes", block_id: "deeds", value: "1" });
  });

  it("asks once more before a button that wants to be confirmed, and takes no for an answer", async () => {
    await page.getByRole("button", { name: "Reject" }).click();
    await page.getByRole("dialog", { name: "Reject it?" }).getByRole("button", { name: "Keep" }).click();
    await page.getByRole("button", { name: "Reject" }).click();
    await page.getByRole("dialog", { name: "Reject it?" }).getByRole("button", { name: "Reject" }).click();
    expect((await heard("block_actions"))?.actions?.[0]).toMatchObject({ action_id: "no" });
    expect(gallery.heard).toHaveLength(1);
  });

  it("offers menus to the keyboard", async () => {
    const menu = page.getByRole("button", { name: "More actions" });
    await menu.focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    expect((await heard("block_actions"))?.actions?.[0]).toMatchObject({ action_id: "more", selected_option: { value: "forget" } });
    expect(await menu.evaluate((element) => element === document.activeElement)).toBe(true);
  });
});

describe("a form with every input", () => {
  it("names every control", async () => {
    const form = await openForm();
    const unnamed = await form.locator("input:not([type=radio]):not([type=checkbox]), textarea, button").evaluateAll((controls) =>
      controls
        .filter((control) => {
          const labels = "labels" in control ? (control as HTMLInputElement).labels : null;
          return !(control.getAttribute("aria-label") || control.textContent?.trim() || labels?.length);
        })
        .map((control) => control.outerHTML),
    );
    expect(unnamed).toEqual([]);
    expect(await page.locator(".cannot-render").count()).toBe(0);
  });

  it("keeps the focus inside, closes at Escape, and gives the focus back", async () => {
    const form = await openForm();
    for (let step = 0; step < 60; step += 1) {
      await page.keyboard.press("Tab");
      const isInside = await page.evaluate(
        () => document.activeElement === document.body || document.activeElement?.closest("dialog") !== null,
      );
      expect(isInside).toBe(true);
    }
    await page.keyboard.press("Escape");
    await form.waitFor({ state: "detached" });
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? "nowhere");
    await expect.poll(focused).toMatch(/^Message /);
  });

  it("is submitted as Slack would submit it: refused fields say why, the rest is kept", async () => {
    const form = await openForm();
    await form.getByRole("button", { name: "Submit" }).click();
    expect(await form.locator("[data-block=line] .input-error").textContent()).toBe("Please complete this required field.");

    await form.getByRole("textbox", { name: "One line" }).fill("wrong");
    const asks = form.getByRole("combobox", { name: "Several by type-ahead" });
    await asks.fill("db");
    await form.getByRole("option", { name: "db-staging" }).waitFor();
    expect(await form.getByRole("option").count()).toBe(2);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Escape");
    await form.getByText("Wed", { exact: true }).click();
    await form.getByText("Later", { exact: true }).click();
    expect((await heard("block_actions"))?.actions?.[0]).toMatchObject({ block_id: "when", selected_option: { value: "later" } });
    await form.getByRole("button", { name: "Submit" }).click();
    await form.getByText("Say fine, please.").waitFor();

    await form.getByRole("textbox", { name: "One line" }).fill("fine");
    await form.getByRole("button", { name: "Submit" }).click();
    await form.waitFor({ state: "detached" });
    expect((await heard("view_submission"))?.view?.state.values).toMatchObject({
      line: { a: { type: "plain_text_input", value: "fine" } },
      lines: { a: { value: "already here" } },
      number: { a: { value: "3" } },
      one: { a: { selected_option: { value: "day" } } },
      asks: { a: { selected_options: [{ value: "db-staging" }] } },
      person: { a: { selected_user: "U01ANA0000" } },
      days: { a: { selected_options: [{ value: "mon" }, { value: "wed" }] } },
      when: { a: { selected_option: { value: "later" } } },
      date: { a: { selected_date: "2026-11-23" } },
      time: { a: { selected_time: "09:00" } },
      instant: { a: { selected_date_time: galleryInstant } },
    });
  });

  it.each(["light", "dark"] as const)("can be read in the %s scheme: every text has the contrast of WCAG AA", async (colorScheme) => {
    await page.emulateMedia({ colorScheme });
    expect(await faintTexts(page)).toEqual([]);
    await openForm();
    expect(await faintTexts(page)).toEqual([]);
  });
});
