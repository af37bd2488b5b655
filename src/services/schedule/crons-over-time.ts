import { cronOf, cronsAt } from "./cron.ts";
import { lastFiring } from "./last-firing.ts";
import { openings } from "./openings.ts";
import type { CronPair, WorkingHours } from "./working-hours.ts";
import { MINUTE, offsetAt, offsetChanges } from "./zone.ts";

/**
 * ZPA opens when the start cron fired later than the end cron, and asks that of the crons that it holds now, as if it had always held
 * them. So at a change of a zone's offset neither the old nor the new pair is right for every hour: around a local time that is skipped
 * or comes twice, the new pair may open again what has closed. For as long as the change is wide, the pair is chosen that opens most of
 * what is intended and nothing else; after that the new offset's pair is right by itself.
 */
interface Change {
  readonly at: number;
  /** Epoch milliseconds from which the new offset's pair is right. */
  readonly settledAt: number;
}

/** The pair for a change is written that long before it: whoever comes late would leave open what has closed. */
const LEAD = MINUTE;
/** Wider than any zone has moved, but across the date line. */
const WIDEST_CHANGE = 3 * 60 * MINUTE;

/**
 * The crons that ZPA should hold from an instant on, until {@link nextRewrite}.
 * @throws PortcullisError as {@link cronsAt}
 */
export function cronsFrom(hours: WorkingHours, instant: Date): CronPair {
  const change = changesOf(hours, instant.getTime() - WIDEST_CHANGE, instant.getTime() + LEAD).findLast(
    ({ settledAt }) => instant.getTime() < settledAt,
  );
  return change === undefined ? cronsAt(hours, instant) : through(hours, instant.getTime(), change);
}

/**
 * The first instant after `after`, and before `until`, at which a grant's crons must be written anew.
 * @throws PortcullisError as {@link cronsAt}
 */
export function nextRewrite(hours: WorkingHours, { after, until }: { readonly after: Date; readonly until: Date }): Date | null {
  const visits = changesOf(hours, after.getTime() - WIDEST_CHANGE, until.getTime() + LEAD).flatMap((change) => {
    const begin = change.at - LEAD;
    const isRightAtOnce = same(through(hours, begin, change), cronsAt(hours, new Date(change.at)));
    return isRightAtOnce ? [begin] : [begin, change.settledAt];
  });
  const next = visits.find((visit) => visit > after.getTime() && visit < until.getTime());
  return next === undefined ? null : new Date(next);
}

const changesOf = ({ timeZone }: WorkingHours, from: number, until: number): readonly Change[] =>
  offsetChanges(timeZone, from, until).map(({ at, offset }) => {
    const width = Math.abs(offset - offsetAt(timeZone, at - 1));
    return { at, settledAt: at + Math.min(width, WIDEST_CHANGE) };
  });

/** The pair that opens most of what is intended from `begin` until the change has settled, and never more. */
function through(hours: WorkingHours, begin: number, { at, settledAt }: Change): CronPair {
  const before = pairAt(hours, at - 1);
  const after = pairAt(hours, at);
  const candidates = [
    after,
    { ...after, startTimeCron: before.startTimeCron },
    { ...after, endTimeCron: before.endTimeCron },
    before,
    { ...after, endTimeCron: dailyAt(begin) },
  ];
  const [best = after] = candidates
    .map((pair) => ({ pair, ...compare(pair, hours, begin, settledAt) }))
    .filter(({ wider }) => wider === 0)
    .toSorted((a, b) => a.narrower - b.narrower)
    .map(({ pair }) => pair);
  return best;
}

const pairAt = (hours: WorkingHours, instant: number): CronPair => cronsAt(hours, new Date(instant));

/** Closes at that minute, and again on every day to come: the pair is replaced before the first of them. */
const dailyAt = (instant: number): string => cronOf(["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"], instant % (24 * 60 * MINUTE));

/** Minutes that a pair opens and should not, and the other way round. */
function compare(pair: CronPair, hours: WorkingHours, begin: number, until: number): { readonly wider: number; readonly narrower: number } {
  const intended = openings(hours, { from: new Date(begin), until: new Date(until) });
  let [wider, narrower] = [0, 0];
  for (let instant = begin; instant < until; instant += MINUTE) {
    const isIntended = intended.some(({ start, end }) => start.getTime() <= instant && instant < end.getTime());
    const isOpen = lastFiring(pair.startTimeCron, instant) > lastFiring(pair.endTimeCron, instant);
    if (isOpen && !isIntended) wider += 1;
    if (isIntended && !isOpen) narrower += 1;
  }
  return { wider, narrower };
}

const same = (a: CronPair, b: CronPair): boolean => a.startTimeCron === b.startTimeCron && a.endTimeCron === b.endTimeCron;
