import type { Browser, Locator, Page } from "playwright-core";
import { expect } from "vitest";
import { type LaunchOptions, launchSandbox, type Sandbox } from "../../../sandbox/launch.ts";
import { openBrowser } from "./browser.ts";

export interface Journey {
  readonly sandbox: Sandbox;
  /** A fresh page at the sandbox. Anything that goes wrong in it fails {@link Journey.expectQuiet}. */
  visit(options?: { width?: number; height?: number; colorScheme?: "light" | "dark" }): Promise<Page>;
  /** Nothing was drawn that the page cannot draw, nothing failed in the browser, Slack would have refused nothing. */
  expectQuiet(page: Page): Promise<void>;
  close(): Promise<void>;
}

/** The whole sandbox with the real bot, and a browser before it. */
export async function startJourney(over: Partial<LaunchOptions> = {}): Promise<Journey> {
  const sandbox = await launchSandbox({
    ...{ slackMode: "socket", bot: "inside", pagePort: 0, dataFolder: null, logLevel: "error" },
    ...over,
  });
  const { pageUrl } = sandbox;
  if (pageUrl === null) throw new Error("The sandbox has no page.");
  const browser: Browser = await openBrowser();
  const complaints: string[] = [];
  return {
    sandbox,
    visit: async ({ width = 1280, height = 800, colorScheme = "light" } = {}) => {
      const page = await browser.newPage({ viewport: { width, height }, colorScheme });
      page.on("pageerror", ({ message }) => complaints.push(message));
      page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
      await page.goto(pageUrl);
      await page
        .getByRole("button", { name: /Ana Ribeiro/ })
        .or(page.getByRole("navigation", { name: "Panes" }))
        .first()
        .waitFor();
      return page;
    },
    expectQuiet: async (page) => {
      expect(complaints).toEqual([]);
      expect(await page.locator(".cannot-render").count()).toBe(0);
      expect((await sandbox.slack.control.state()).refusals).toEqual([]);
    },
    close: async () => {
      await browser.close();
      await sandbox.stop();
    },
  };
}

export const composer = (page: Page): Locator => page.getByRole("textbox", { name: /^Message / });
export const person = (page: Page, name: string): Locator => page.getByRole("button", { name: new RegExp(name) });
export const directMessages = (page: Page): Locator => page.getByRole("region", { name: "Direct messages" }).getByRole("button");

/** The card of a request, by what it is for. */
export const cardOf = (page: Page, reason: string): Locator => page.getByRole("article").filter({ hasText: reason }).first();

/** Ana asks with these words after `/pra request`, and sends the form once it shows this console. */
export async function askFor(page: Page, words: string, consoleName = "db-prod"): Promise<void> {
  await composer(page).fill(`/pra request ${words}`);
  await composer(page).press("Enter");
  const form = page.getByRole("dialog", { name: "Request access" });
  await form.getByText(consoleName, { exact: true }).waitFor();
  await form.getByRole("button", { name: "Send request" }).click();
  await form.waitFor({ state: "detached" });
}

/**
 * Ana asks for weekdays in Berlin over a change of the clocks there; Ben approves.
 *
 * @returns the tenant's crons, the first of which is there
 */
export async function grantOverClockChange(page: Page, reason: string): Promise<Locator> {
  await askFor(page, `db-prod weekdays 9-17 Europe/Berlin for 40 weeks because ${reason}`);
  await person(page, "Ben Okafor.*1 unread").click();
  await directMessages(page).first().click();
  await cardOf(page, reason)
    .getByRole("button", { name: /^Approve/ })
    .click();
  const crons = page.locator(".stored dd code");
  await crons.first().waitFor();
  return crons;
}

/** Moves the sandbox's time on to where the clocks change in Berlin. */
export async function changeClocks(page: Page): Promise<void> {
  await person(page, "Dora Klein").click(); // her zone is Berlin
  await page.getByRole("button", { name: "Next clock change" }).click();
}
