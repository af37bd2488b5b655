import type { Locator, Page } from "playwright-core";
import { PEOPLE } from "../../../sandbox/slack/seed.ts";
import { until } from "../../../sandbox/story/until.ts";
import { composer, directMessages, type Journey, person } from "./journey.ts";
import { approveElsewhere, ask } from "./many-requests.ts";

/** Ana's access stands in the tenant, and has come to rest. */
export async function anAccess(journey: Journey, page: Page, reason: string): Promise<void> {
  await ask(journey, [reason]);
  await approveElsewhere(journey, PEOPLE.approver.id, reason);
  await page.locator(".stored").first().waitFor();
  const { control } = journey.sandbox.slack;
  await until("Granted", async () =>
    (await control.state()).messages.some(({ blocks }) => JSON.stringify(blocks).includes("Granted.")) ? true : null,
  );
  await journey.sandbox.clock.moveTo(new Date(Date.now() + 60_000));
}

/** Deletes the oldest privileged approval in the tenant's panel, and has Dora compare the tenant. */
export async function deleteByHand(page: Page): Promise<void> {
  const stored = page.locator(".stored");
  const before = await stored.count();
  await stored.last().getByRole("button", { name: "Delete" }).click();
  await stored.nth(before - 1).waitFor({ state: "detached" });
  await person(page, "Dora Klein").click();
  await composer(page).fill("/pra reconcile");
  await page.keyboard.press("Enter");
  await directMessages(page).first().click();
}

/** A finding's message, by its title. */
export const findingOf = (page: Page, title: string): Locator => page.getByRole("article").filter({ hasText: title }).last();
