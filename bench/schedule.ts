import { cronsAt } from "../src/services/schedule/cron.ts";
import { openings } from "../src/services/schedule/openings.ts";
import { transitions } from "../src/services/schedule/transitions.ts";
import type { WorkingHours } from "../src/services/schedule/working-hours.ts";

const DAY = 86_400_000;
const ROUNDS = 5;
const ROUND_MS = 800;
const ANCHOR = Date.UTC(2026, 0, 1);

/**
 * Conversions per second over every IANA zone and anchors across a year: crons alone (`perSecond`), and crons with the windows
 * and transitions of four weeks, as `pra schedule` prints them (`fullPerSecond`). The measure beside them, in the same run, is
 * what a conversion costs at least without a remembered zone: formatting one instant with a kept `Intl.DateTimeFormat`.
 * Medians of five rounds; the ratios say how many formattings one conversion costs.
 */
export async function bench(_options: { readonly json: boolean }): Promise<Record<string, unknown>> {
  const zones = Intl.supportedValuesOf("timeZone");
  const hours = zones.map(
    (timeZone): WorkingHours => ({ days: ["MON", "TUE", "WED", "THU", "FRI"], start: "22:00", end: "06:30", timeZone }),
  );
  const formats = zones.map((timeZone) => new Intl.DateTimeFormat("en-US", { timeZone, dateStyle: "short", timeStyle: "long" }));
  const anchor = (turn: number): Date => new Date(ANCHOR + (turn % 365) * DAY);

  const contestants = {
    format: (turn: number) => pick(formats, turn).formatToParts(anchor(turn)),
    crons: (turn: number) => cronsAt(pick(hours, turn), anchor(turn)),
    full: (turn: number) => {
      const range = { from: anchor(turn), until: new Date(anchor(turn).getTime() + 28 * DAY) };
      const one = pick(hours, turn);
      return [cronsAt(one, range.from), openings(one, range), transitions(one, range)];
    },
  };
  const format = medianPerSecond(contestants.format);
  const perSecond = medianPerSecond(contestants.crons);
  const fullPerSecond = medianPerSecond(contestants.full);
  return {
    bench: "schedule",
    perSecond,
    fullPerSecond,
    intlFormatPerSecond: format,
    formatsPerConversion: round(format / perSecond),
    formatsPerFullConversion: round(format / fullPerSecond),
    zones: zones.length,
  };
}

/** Turns per second: the median of the rounds, after one that warms up and is not counted. */
function medianPerSecond(turn: (count: number) => unknown): number {
  const rounds = Array.from({ length: ROUNDS + 1 }, () => perSecondOf(turn)).slice(1);
  return Math.round(rounds.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? 0);
}

function perSecondOf(turn: (count: number) => unknown): number {
  const begin = performance.now();
  let count = 0;
  let elapsed = 0;
  while (elapsed < ROUND_MS) {
    for (let i = 0; i < 100; i++) turn(count++);
    elapsed = performance.now() - begin;
  }
  return (count / elapsed) * 1000;
}

function pick<Item>(items: readonly Item[], turn: number): Item {
  const item = items[turn % items.length];
  if (item === undefined) throw new RangeError("nothing to pick from");
  return item;
}

const round = (ratio: number): number => Math.round(ratio * 1000) / 1000;
