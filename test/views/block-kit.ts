import type { KnownBlock, View } from "@slack/types";
import { expect } from "vitest";
import { type Checked, checkHome, checkMessageBlocks, checkModal } from "../../sandbox/slack/blocks/check-blocks.ts";
import { totalText } from "../../sandbox/slack/blocks/surface-rules.ts";
import type { Message } from "../../src/views/blocks.ts";

/** What Slack would refuse in a message: types, limits, surface rules, no fallback, more text than a message holds. */
export function expectMessage({ text, blocks }: Message): void {
  expect(complaints(checkMessageBlocks(blocks))).toEqual([]);
  expect(text.trim()).not.toBe("");
  expect(text.length).toBeLessThan(4000);
  expect(totalText(blocks)).toBeLessThan(12_000);
}

export function expectView(view: View): void {
  expect(complaints(view.type === "home" ? checkHome(view) : checkModal(view))).toEqual([]);
  expect((view.private_metadata ?? "").length).toBeLessThanOrEqual(3000);
}

const complaints = (checked: Checked<unknown>) => (checked.ok ? [] : checked.complaints);

/** Every text that Slack would read as markup. */
export function markupIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(markupIn);
  if (typeof value !== "object" || value === null) return [];
  if ("type" in value && value.type === "mrkdwn" && "text" in value) return [String(value.text)];
  return Object.values(value).flatMap(markupIn);
}

/** Everything a person would read, markup and rich text alike, as one string. */
export function wordsIn(value: unknown): string {
  if (Array.isArray(value)) return value.map(wordsIn).join(" ");
  if (typeof value !== "object" || value === null) return "";
  return Object.entries(value)
    .map(([key, each]) => (key === "text" && typeof each === "string" ? each : wordsIn(each)))
    .join(" ");
}

export const actionIds = (blocks: readonly KnownBlock[]): string[] =>
  blocks.flatMap((block) => (block.type === "actions" ? block.elements.flatMap(({ action_id: id }) => id ?? []) : []));
