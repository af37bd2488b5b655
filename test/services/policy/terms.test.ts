import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromUnknown } from "../../../src/errors.ts";
import { compareTerms, type Terms } from "../../../src/services/policy/terms.ts";
import { openings } from "../../../src/services/schedule/openings.ts";
import { windowAt } from "../../../src/services/schedule/requested-time.ts";
import { type RequestedTime, WEEKDAYS, type Window, type WorkingHours } from "../../../src/services/schedule/working-hours.ts";

/**
 * Contract: what is called narrower (or the same) opens nothing, to anyone, at any instant, that would not have been open before,
 * whenever the approval comes; and whatever the form makes of a request by dropping consoles or ending earlier is called so.
 */
const HOUR = 3600;
const base = Date.parse("2026-03-01T00:00:00Z");
const instant = fc.integer({ min: 0, max: 60 * 24 * 2 }).map((halfHours) => new Date(base + halfHours * 1_800_000));
const hours: fc.Arbitrary<WorkingHours | null> = fc.option(
  fc.record({
    days: fc.uniqueArray(fc.constantFrom(...WEEKDAYS), { minLength: 1 }),
    start: fc.constantFrom("00:00", "02:30", "09:00", "22:00"),
    end: fc.constantFrom("03:00", "06:00", "17:00", "23:59"),
    timeZone: fc.constantFrom("UTC", "Europe/Berlin", "America/New_York"),
  }),
);
const time: fc.Arbitrary<RequestedTime> = fc.record({
  start: fc.oneof(
    fc.constant({ kind: "onApproval" as const }),
    instant.map((at) => ({ kind: "at" as const, at })),
  ),
  end: fc.oneof(
    fc.integer({ min: 1, max: 24 * 30 }).map((each) => ({ kind: "after" as const, seconds: each * HOUR })),
    instant.map((at) => ({ kind: "at" as const, at })),
  ),
  workingHours: hours,
});
const consoles = fc.uniqueArray(fc.constantFrom("1", "2", "3"), { minLength: 1 }).map((ids) => ids.map((id) => ({ id, name: `c${id}` })));
const terms: fc.Arbitrary<Terms> = fc.record({ consoles, time });

/** Terms and a change of them, often a small one. */
const changed = fc
  .tuple(terms, terms, fc.record({ consoles: fc.boolean(), start: fc.boolean(), end: fc.boolean(), hours: fc.boolean() }))
  .map(([before, other, takes]): readonly [Terms, Terms] => [
    before,
    {
      consoles: takes.consoles ? other.consoles : before.consoles,
      time: {
        start: takes.start ? other.time.start : before.time.start,
        end: takes.end ? other.time.end : before.time.end,
        workingHours: takes.hours ? other.time.workingHours : before.time.workingHours,
      },
    },
  ]);

/** When it is open if the approval comes at `decidedAt`. */
function opensAt({ time: asked }: Terms, decidedAt: Date): readonly Window[] {
  try {
    const window = windowAt(asked, decidedAt);
    const spans = asked.workingHours === null ? [window] : openings(asked.workingHours, { from: window.start, until: window.end });
    return spans.map(({ start, end }) => ({
      start: start < window.start ? window.start : start,
      end: end > window.end ? window.end : end,
    }));
  } catch (thrown) {
    if (fromUnknown(thrown).code === "window_over") return [];
    throw thrown;
  }
}

const isCovered = ({ start, end }: Window, by: readonly Window[]): boolean => {
  let reached = start.getTime();
  for (const each of by.toSorted((a, b) => a.start.getTime() - b.start.getTime()))
    if (each.start.getTime() <= reached) reached = Math.max(reached, each.end.getTime());
  return reached >= end.getTime();
};

describe("comparing what an approval opens", () => {
  it("calls nothing narrower that opens more on any console at any instant, whenever it is approved", () => {
    let compared = 0;
    fc.assert(
      fc.property(changed, instant, ([before, after], decidedAt) => {
        if (compareTerms(before, after) === "wider") return;
        compared += opensAt(after, decidedAt).length > 0 ? 1 : 0;
        const asked = new Set(before.consoles.map(({ id }) => id));
        expect(after.consoles.every(({ id }) => asked.has(id))).toBe(true);
        const open = opensAt(before, decidedAt);
        for (const opening of opensAt(after, decidedAt)) expect(isCovered(opening, open)).toBe(true);
      }),
      { numRuns: 3_000 },
    );
    expect(compared).toBeGreaterThan(100);
  });

  it("calls terms the same as themselves, whatever the order of their consoles", () => {
    fc.assert(
      fc.property(terms, (each) => {
        expect(compareTerms(each, { ...each, consoles: each.consoles.toReversed() })).toBe("same");
      }),
    );
  });

  it("never calls both ways narrower", () => {
    fc.assert(
      fc.property(changed, ([before, after]) => {
        const there = compareTerms(before, after);
        const back = compareTerms(after, before);
        expect(there === "narrower" && back === "narrower").toBe(false);
        expect(there === "same").toBe(back === "same");
      }),
    );
  });

  it("calls whatever the form can take away narrower, and whatever it can add wider", () => {
    fc.assert(
      fc.property(terms, fc.integer({ min: 1, max: HOUR - 1 }), (each, less) => {
        const { end } = each.time;
        const shifted = (by: number): Terms["time"]["end"] =>
          end.kind === "after" ? { kind: "after", seconds: end.seconds + by } : { kind: "at", at: new Date(end.at.getTime() + by * 1000) };
        expect(compareTerms(each, { ...each, time: { ...each.time, end: shifted(-less) } })).toBe("narrower");
        expect(compareTerms(each, { ...each, time: { ...each.time, end: shifted(less) } })).toBe("wider");
        expect(compareTerms(each, { ...each, consoles: [...each.consoles, { id: "9", name: "more" }] })).toBe("wider");
        if (each.consoles.length > 1) expect(compareTerms(each, { ...each, consoles: each.consoles.slice(1) })).toBe("narrower");
      }),
    );
  });

  it("calls fewer consoles for longer wider: nothing is offset", () => {
    const before: Terms = {
      consoles: [
        { id: "1", name: "a" },
        { id: "2", name: "b" },
      ],
      time: { start: { kind: "onApproval" }, end: { kind: "after", seconds: HOUR }, workingHours: null },
    };
    const after: Terms = { consoles: before.consoles.slice(1), time: { ...before.time, end: { kind: "after", seconds: 2 * HOUR } } };
    expect(compareTerms(before, after)).toBe("wider");
  });
});
