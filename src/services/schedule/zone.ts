import { PortcullisError } from "../../errors.ts";

/**
 * Offsets of IANA zones, straight from the runtime's tz database.
 *
 * Not date-fns-tz: its `getTimezoneOffset` takes the instant for a local time and is wrong for hours around a transition, and its
 * `fromZonedTime` moves a skipped local time backwards and reads the zone of the process on the way, so a bot started with
 * `TZ=Europe/Berlin` would compute other crons than one started in UTC. It is the second opinion in the tests, and shows times.
 *
 * A *local time* here is what the clock on the wall shows, as milliseconds on a line without zones: `Date.UTC` of its
 * numbers. Days are then always 24 hours long and need no library to count.
 */
interface Zone {
  readonly format: Intl.DateTimeFormat;
  readonly blocks: Map<number, readonly OffsetChange[]>;
}

interface OffsetChange {
  /** Epoch milliseconds. */
  readonly at: number;
  /** Milliseconds east of UTC from then on. */
  readonly offset: number;
}

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const DAY = 24 * 60 * MINUTE;

/** The changes of an offset are looked up once per zone and block, then remembered: they are facts, not state. */
const BLOCK = 128 * DAY;
const LAST_INSTANT = 8.64e15;
const OFFSET = /GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/;

/** What the tz database calls a zone in three letters. ICU knows more, and means Dhaka by BST: those are refused. */
const THREE_LETTER_ZONES = new Set("CET EET EST GMT HST MET MST PRC ROC ROK UCT UTC WET".split(" "));

const zones = new Map<string, Zone>();

/** Whether the runtime knows the IANA name, old names (Asia/Calcutta) included. Offsets such as `+02:00` are no names. */
export const isTimeZone = (name: string): boolean => findZone(name) !== null;

/**
 * The zone's offset in milliseconds east of UTC at an instant given in epoch milliseconds.
 * @throws PortcullisError `time_zone_unknown`
 */
export function offsetAt(timeZone: string, instant: number): number {
  const block = blockAt(zoneOf(timeZone), instant);
  let current = block[0]?.offset ?? 0;
  for (const change of block) {
    if (change.at > instant) break;
    current = change.offset;
  }
  return current;
}

/**
 * Every change of the zone's offset in (from, until], epoch milliseconds, exact to the second.
 * @throws PortcullisError `time_zone_unknown`
 */
export function offsetChanges(timeZone: string, from: number, until: number): OffsetChange[] {
  const zone = zoneOf(timeZone);
  const changes: OffsetChange[] = [];
  let current = offsetAt(timeZone, from);
  for (let index = Math.floor(from / BLOCK); index <= Math.floor(until / BLOCK); index++) {
    for (const change of blockAt(zone, index * BLOCK)) {
      if (change.at <= from || change.at > until || change.offset === current) continue;
      changes.push(change);
      current = change.offset;
    }
  }
  return changes;
}

/**
 * What the clock on the wall shows at an instant.
 * @throws PortcullisError `time_zone_unknown`
 */
export const toLocal = (timeZone: string, instant: number): number => instant + offsetAt(timeZone, instant);

/**
 * The instant of a local time. One that a transition skips moves forward by the gap; a repeated one is its first
 * occurrence (DESIGN §6; the same as `compatible` in ECMAScript's Temporal).
 *
 * @throws PortcullisError `time_zone_unknown`
 * @example
 * fromLocal("Europe/Berlin", Date.UTC(2026, 2, 29, 2, 30)) // 01:30Z, which is 03:30 on the wall
 */
export function fromLocal(timeZone: string, local: number): number {
  const before = offsetAt(timeZone, local - DAY);
  const after = offsetAt(timeZone, local + DAY);
  if (before === after) return local - before;
  const candidates = [local - Math.max(before, after), local - Math.min(before, after)];
  return candidates.find((instant) => toLocal(timeZone, instant) === local) ?? local - before;
}

/** @throws PortcullisError `time_zone_unknown` */
function zoneOf(timeZone: string): Zone {
  const zone = findZone(timeZone);
  if (zone === null) throw new PortcullisError("time_zone_unknown", { field: "timeZone", params: { timeZone } });
  return zone;
}

function findZone(timeZone: string): Zone | null {
  const known = zones.get(timeZone);
  if (known) return known;
  if (/^[+-]/.test(timeZone)) return null;
  if (/^[a-z]{3}$/i.test(timeZone) && !THREE_LETTER_ZONES.has(timeZone.toUpperCase())) return null;
  try {
    const format = new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longOffset", year: "numeric" });
    const zone = { format, blocks: new Map() };
    zones.set(timeZone, zone);
    return zone;
  } catch (error) {
    if (error instanceof RangeError) return null; // how Intl says that it does not know the name
    throw error;
  }
}

function blockAt(zone: Zone, instant: number): readonly OffsetChange[] {
  const index = Math.floor(instant / BLOCK);
  const known = zone.blocks.get(index);
  if (known) return known;
  const block = scanBlock(zone.format, Math.max(index * BLOCK, -LAST_INSTANT), Math.min((index + 1) * BLOCK, LAST_INSTANT));
  zone.blocks.set(index, block);
  return block;
}

/** Looks at the offset once a day and, where two days differ, halves the span until the change is found to the second. */
function scanBlock(format: Intl.DateTimeFormat, from: number, until: number): OffsetChange[] {
  const changes: OffsetChange[] = [{ at: from, offset: readOffset(format, from) }];
  let offset = readOffset(format, from);
  for (let day = from; day < until; day += DAY) {
    const dayEnd = Math.min(day + DAY, until);
    let at = day;
    while (readOffset(format, dayEnd) !== offset) {
      at = nextChange(format, at, dayEnd);
      offset = readOffset(format, at);
      if (at < until) changes.push({ at, offset });
    }
  }
  return changes;
}

/** The first second after `low` whose offset is not that of `low`; `high` has another one. */
function nextChange(format: Intl.DateTimeFormat, low: number, high: number): number {
  const offset = readOffset(format, low);
  let same = low / SECOND;
  let other = high / SECOND;
  while (other - same > 1) {
    const middle = Math.floor((same + other) / 2);
    if (readOffset(format, middle * SECOND) === offset) same = middle;
    else other = middle;
  }
  return other * SECOND;
}

function readOffset(format: Intl.DateTimeFormat, instant: number): number {
  const [, sign, hours = "0", minutes = "0", seconds = "0"] = OFFSET.exec(format.format(instant)) ?? [];
  const size = (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * SECOND;
  return sign === "-" ? -size : size;
}
