import type { RequestedTime, WorkingHours } from "../schedule/working-hours.ts";

/** What an approval opens: which consoles, and when. Names go with the ids, so that what was dropped can still be named. */
export interface Terms {
  readonly consoles: readonly { readonly id: string; readonly name: string }[];
  readonly time: RequestedTime;
}

/**
 * How the access after a change compares with the access before, whenever the approval may come.
 *
 * `narrower` is a promise: for every instant, every console and every instant of the decision, what is open after is open before.
 * What cannot be promised without knowing the instant of the decision, or every change of a zone's offset to come, counts as `wider`: the
 * price of that is a question to the requester, the price of the opposite would be access that nobody asked for.
 */
export function compareTerms(before: Terms, after: Terms): "same" | "narrower" | "wider" {
  if (!areWithin(after, before)) return "wider";
  return areWithin(before, after) ? "same" : "narrower";
}

const areWithin = (inner: Terms, outer: Terms): boolean =>
  inner.consoles.every(({ id }) => outer.consoles.some((console) => console.id === id)) && isTimeWithin(inner.time, outer.time);

const isTimeWithin = (inner: RequestedTime, outer: RequestedTime): boolean =>
  beginsNoEarlier(inner, outer) && endsNoLater(inner, outer) && hoursWithin(inner.workingHours, outer.workingHours);

/** A start that has passed is clamped to the decision, as if the approval were the start. */
const beginsNoEarlier = ({ start: inner }: RequestedTime, { start: outer }: RequestedTime): boolean =>
  outer.kind === "onApproval" || (inner.kind === "at" && seconds(inner.at) >= seconds(outer.at));

/**
 * A duration from a fixed start has a fixed end, too. A fixed end and one that moves with the approval cannot be compared: which is the
 * later depends on when the approval comes.
 */
function endsNoLater(inner: RequestedTime, outer: RequestedTime): boolean {
  const ends = { inner: fixedEnd(inner), outer: fixedEnd(outer) };
  if (ends.inner !== null && ends.outer !== null) return ends.inner <= ends.outer;
  if (ends.inner !== null || ends.outer !== null) return false;
  return inner.end.kind === "after" && outer.end.kind === "after" && inner.end.seconds <= outer.end.seconds;
}

/** Epoch seconds of an end that does not move with the approval, else null. */
function fixedEnd({ start, end }: RequestedTime): number | null {
  if (end.kind === "at") return seconds(end.at);
  return start.kind === "at" ? seconds(start.at) + end.seconds : null;
}

/**
 * The same hours, on some of the days. Hours that begin later or end earlier are not said to be within: on the night of a change of the
 * clocks a skipped time moves forward, past one that is later on the dial.
 */
function hoursWithin(inner: WorkingHours | null, outer: WorkingHours | null): boolean {
  if (outer === null) return true;
  if (inner === null) return false;
  return (
    inner.timeZone === outer.timeZone &&
    inner.start === outer.start &&
    inner.end === outer.end &&
    inner.days.every((day) => outer.days.includes(day))
  );
}

/** As ZPA stores them. */
const seconds = (at: Date): number => Math.floor(at.getTime() / 1000);
