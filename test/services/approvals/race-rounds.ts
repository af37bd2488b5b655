import type { Person } from "../../../src/services/directory/person.ts";

/** What both processes of the race and the test that starts them know. */
export const OPENED = new Date("2026-11-02T08:00:00Z");
/** One day after the opening. Commands come in a millisecond earlier, the timer rings at it. */
export const DEADLINE = new Date("2026-11-03T08:00:00Z");

export const personOf = (userId: string): Person => ({
  ...{ teamId: "T1", userId, name: userId, email: `${userId}@example.com`, zpaUser: `${userId}@example.com` },
  ...{ timeZone: "Etc/UTC", locale: "en-US" },
});

export type Side = "first" | "second";
/** Rounds that start now, at once, in both processes. */
export interface Go {
  readonly rounds: readonly { readonly place: number; readonly approvalId: string }[];
}
/** What one process was answered in one round: `ok`, or the error's code; with what is behind one that is none of ours. */
export interface Answer {
  readonly place: number;
  readonly side: Side;
  readonly deed: "approve" | "reject" | "reassign" | "timeout";
  readonly outcome: string;
  readonly cause: string;
}
