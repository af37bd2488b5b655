/**
 * Contract: what is understood of an approval's attributes is exactly what was written; whatever is not is refused with a code of ours and
 * a name, never overlooked, and never a crash. Nothing that is not called like ours has a say.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromUnknown, PortcullisError } from "../../../src/errors.ts";
import { ATTRIBUTE, attributesDigest } from "../../../src/services/governed/attributes.ts";
import { type GovernedTerms, parseAttributes } from "../../../src/services/governed/parse-attributes.ts";
import { WEEKDAYS } from "../../../src/services/schedule/working-hours.ts";

const consolesAndHour = { portcullisConsoles: "db-prod", portcullisDuration: "PT1H" };
const parsed = (change: Readonly<Record<string, unknown>>): GovernedTerms => parseAttributes({ ...consolesAndHour, ...change });
const codeOf = (attributes: Readonly<Record<string, unknown>>): string => {
  try {
    parseAttributes(attributes);
    return "ok";
  } catch (thrown) {
    const { code, details } = fromUnknown(thrown);
    return `${code} ${details.params?.attribute ?? ""}`.trim();
  }
};

const name = fc.stringMatching(/^[A-Za-z0-9_.äß-]{1,20}$/);
const names = fc.uniqueArray(name, { minLength: 1, maxLength: 8 });
const instant = fc.date({ min: new Date("2026-01-01T00:00:00Z"), max: new Date("2030-01-01T00:00:00Z"), noInvalidDate: true });
const timeOfDay = fc.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 })).map((parts) => parts.map(twoDigits).join(":"));
function twoDigits(number: number): string {
  return String(number).padStart(2, "0");
}
const hours = fc
  .record({
    days: fc.uniqueArray(fc.constantFrom(...WEEKDAYS), { minLength: 1 }),
    start: timeOfDay,
    end: timeOfDay,
    timeZone: fc.constantFrom("Europe/Berlin", "Australia/Lord_Howe", "Asia/Calcutta", "UTC"),
  })
  .filter(({ start, end }) => start !== end);
const offset = fc.constantFrom(0, 60, -210, 630, 840);

/** The instant as the clock on the wall there shows it, with its offset. */
function withOffset(at: Date, minutes: number): string {
  const local = new Date(at.getTime() + minutes * 60_000).toISOString().slice(0, -1);
  const size = Math.abs(minutes);
  return minutes === 0 ? `${local}Z` : `${local}${minutes < 0 ? "-" : "+"}${twoDigits(Math.floor(size / 60))}:${twoDigits(size % 60)}`;
}

describe("what is written", () => {
  it("is what is understood: consoles, window, hours", () => {
    fc.assert(
      fc.property(names, instant, fc.integer({ min: 1, max: 1e9 }), hours, offset, (consoles, start, length, working, minutes) => {
        const end = new Date(start.getTime() + length);
        const read = parseAttributes({
          [ATTRIBUTE.consoles]: consoles.join(" , "),
          [ATTRIBUTE.start]: withOffset(start, minutes),
          [ATTRIBUTE.end]: withOffset(end, minutes),
          [ATTRIBUTE.days]: working.days.join(","),
          [ATTRIBUTE.hoursStart]: working.start,
          [ATTRIBUTE.hoursEnd]: working.end,
          [ATTRIBUTE.timeZone]: working.timeZone,
        });
        expect(read).toEqual({
          consoles,
          time: { start: { kind: "at", at: start }, end: { kind: "at", at: end }, workingHours: working },
          reason: null,
          beneficiary: null,
        });
      }),
    );
  });

  it.each([
    ["db-prod", ["db-prod"]],
    ["db-prod,hmi-line-4", ["db-prod", "hmi-line-4"]],
    [" db-prod ;\n hmi-line-4; db-prod", ["db-prod", "hmi-line-4"]],
    ['["db, prod","x"]', ["db, prod", "x"]],
  ])("names consoles as %j", (text, consoles) => {
    expect(parsed({ portcullisConsoles: text }).consoles).toEqual(consoles);
  });

  it.each([
    ["PT8H", 28_800],
    ["P1DT2H30M", 95_400],
    ["P2W", 1_209_600],
    ["PT90M", 5400],
    ["PT3600S", 3600],
    ["8h", 28_800],
    ["90m", 5400],
    ["2 D", 172_800],
    ["1w", 604_800],
  ])("gives a length as %s", (text, seconds) => {
    expect(parsed({ portcullisDuration: text }).time).toEqual({
      ...{ start: { kind: "onApproval" }, end: { kind: "after", seconds } },
      workingHours: null,
    });
  });
});

describe("what is not understood", () => {
  it.each<[Readonly<Record<string, unknown>>, string]>([
    [{}, "governed_attribute_missing portcullisConsoles"],
    [{ portcullisConsoles: "db" }, "governed_attribute_missing portcullisEnd, portcullisDuration"],
    [{ ...consolesAndHour, portcullisEnd: "2026-11-02T10:00:00Z" }, "governed_attributes_conflict portcullisEnd"],
    [{ ...consolesAndHour, portcullisConsoles: " , ;" }, "governed_attribute_invalid portcullisConsoles"],
    [{ ...consolesAndHour, portcullisConsoles: "[1]" }, "governed_attribute_invalid portcullisConsoles"],
    [{ ...consolesAndHour, portcullisConsoles: "[" }, "governed_attribute_invalid portcullisConsoles"],
    [{ ...consolesAndHour, portcullisConsoles: ["db"] }, "governed_attribute_invalid portcullisConsoles"],
    [{ ...consolesAndHour, portcullisStart: "2026-11-02T10:00:00" }, "governed_attribute_invalid portcullisStart"],
    [{ ...consolesAndHour, portcullisStart: "2026-02-30T10:00:00Z" }, "governed_attribute_invalid portcullisStart"],
    [{ ...consolesAndHour, portcullisStart: "tomorrow" }, "governed_attribute_invalid portcullisStart"],
    [{ ...consolesAndHour, portcullisDuration: "P" }, "governed_attribute_invalid portcullisDuration"],
    [{ ...consolesAndHour, portcullisDuration: "PT" }, "governed_attribute_invalid portcullisDuration"],
    [{ ...consolesAndHour, portcullisDuration: "PT0H" }, "governed_attribute_invalid portcullisDuration"],
    [{ ...consolesAndHour, portcullisDuration: "-PT1H" }, "governed_attribute_invalid portcullisDuration"],
    [{ ...consolesAndHour, portcullisDuration: 3600 }, "governed_attribute_invalid portcullisDuration"],
    [{ ...consolesAndHour, portcullisDays: "MON" }, "governed_attribute_missing portcullisHoursStart"],
    [{ ...consolesAndHour, portcullisTimeZone: "Europe/Berlin" }, "governed_attribute_missing portcullisDays"],
    [{ ...consolesAndHour, portcullisReason: "" }, "governed_attribute_invalid portcullisReason"],
    [{ ...consolesAndHour, PortcullisDays: "MON" }, "governed_attribute_unknown PortcullisDays"],
    [{ ...consolesAndHour, "portcullisDays ": "MON" }, "governed_attribute_unknown portcullisDays"],
    [{ ...consolesAndHour, portcullisEmail: "eve@example.com" }, "governed_attribute_unknown portcullisEmail"],
  ])("is refused by its name: %j", (attributes, refusal) => {
    expect(codeOf(attributes)).toBe(refusal);
  });

  it.each([
    ["portcullisDays", "MON,FUNDAY", "day_unknown"],
    ["portcullisDays", "MON,MON", "days_duplicate"],
    ["portcullisHoursStart", "9:00", "working_hours_time_invalid"],
    ["portcullisHoursEnd", "09:00", "working_hours_empty"],
    ["portcullisTimeZone", "+02:00", "time_zone_unknown"],
    ["portcullisTimeZone", "Mars/Olympus", "time_zone_unknown"],
  ])("of the hours is refused as in a form: %s %s", (attribute, value, code) => {
    const four = { portcullisDays: "MON", portcullisHoursStart: "09:00", portcullisHoursEnd: "17:00", portcullisTimeZone: "Europe/Berlin" };
    expect(codeOf({ ...consolesAndHour, ...four, [attribute]: value })).toBe(code);
  });

  it("refuses an end that is not after its start", () => {
    const { portcullisConsoles } = consolesAndHour;
    const at = "2026-11-02T10:00:00Z";
    expect(codeOf({ portcullisConsoles, portcullisStart: at, portcullisEnd: at })).toBe("window_end_before_start");
  });

  it("never crashes, whatever SailPoint keeps, and says nothing that a database cannot keep", () => {
    const key = fc.oneof(
      fc.constantFrom(...Object.values(ATTRIBUTE)),
      fc.string().map((text) => `portcullis${text}`),
      fc.string(),
    );
    const value = fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("PT1H", "db-prod", "[", "MON", "a\0b", "\ud800"), fc.anything());
    fc.assert(
      fc.property(fc.dictionary(key, value), (attributes) => {
        try {
          parseAttributes(attributes);
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(PortcullisError);
          expect(fromUnknown(thrown).code).not.toBe("unexpected");
          for (const said of Object.values(fromUnknown(thrown).details.params ?? {})) {
            expect(String(said)).not.toContain("\0");
            expect(String(said).isWellFormed()).toBe(true);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it("is nothing that is not called like ours", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (others) => {
        const foreign = Object.fromEntries(Object.entries(others).filter(([key]) => !key.trim().toLowerCase().startsWith("portcullis")));
        expect(parseAttributes({ ...foreign, ...consolesAndHour })).toEqual(parseAttributes(consolesAndHour));
        expect(attributesDigest({ ...foreign, ...consolesAndHour })).toBe(attributesDigest(consolesAndHour));
      }),
    );
  });
});

describe("the digest", () => {
  it("is the same in whatever order, and another for whatever else", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...Object.values(ATTRIBUTE)), fc.string(), { minKeys: 1 }), fc.string(), (own, text) => {
        const backwards = Object.fromEntries(Object.entries(own).toReversed());
        expect(attributesDigest(backwards)).toBe(attributesDigest(own));
        const [key = ""] = Object.keys(own);
        if (own[key] !== text) expect(attributesDigest({ ...own, [key]: text })).not.toBe(attributesDigest(own));
      }),
    );
  });

  it("is none where there are no attributes of ours, or none that can be read", () => {
    expect([attributesDigest(null), attributesDigest({}), attributesDigest({ ticket: "1" })]).toEqual([null, null, null]);
  });
});
