import type { Holder } from "./approval.ts";
import { holderKey } from "./seats.ts";

/**
 * What is known of somebody who holds a seat, or might: `here` can decide; `gone` has left Slack, or is a group without anybody left;
 * `unfit` is there and could not decide (an email that is not confirmed, say), which may be mended; `unknown` nobody could tell,
 * because Slack did not answer, and that is never taken for having left.
 */
export type HolderState = "here" | "gone" | "unfit" | "unknown";

/** Looked up before an approval's lock is taken, so that nobody waits for Slack inside it. */
export interface Presence {
  of(holder: Holder): HolderState;
}

export const presenceOf = (states: ReadonlyMap<string, HolderState>): Presence => ({
  of: (holder) => states.get(holderKey(holder)) ?? "unknown",
});

export const NOBODY_ASKED: Presence = { of: () => "unknown" };
