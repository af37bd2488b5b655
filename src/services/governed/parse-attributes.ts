import { z } from "zod";
import { PortcullisError } from "../../errors.ts";
import { parseJson } from "../http-client/json.ts";
import { checkWorkingHours } from "../schedule/check-working-hours.ts";
import type { RequestedTime, WorkingHours } from "../schedule/working-hours.ts";
import { ATTRIBUTE, ownAttributes, storable } from "./attributes.ts";

/** What an approval in SailPoint asks for, before anything is looked up. */
export interface GovernedTerms {
  /** Names or ids of consoles, as written; none twice. */
  readonly consoles: readonly string[];
  readonly time: RequestedTime;
  readonly reason: string | null;
  readonly beneficiary: string | null;
}

const MOST_LETTERS = 4000;
const kept = z
  .string()
  .max(MOST_LETTERS)
  .refine((text) => storable(text) === text)
  .transform((text) => text.trim())
  .refine((text) => text !== "");

const names = kept.transform((text, context): readonly string[] => {
  const { success, data } = z
    .array(z.string().trim().min(1))
    .min(1)
    .safeParse(text.startsWith("[") ? parsedOrNull(text) : parts(text, /[,;\n]/u));
  if (!success) context.addIssue({ code: "custom" });
  return [...new Set(data)];
});

const instant = kept.pipe(z.iso.datetime({ offset: true })).transform((text) => new Date(text));

const ISO_DURATION = /^P(?:(\d{1,3})W)?(?:(\d{1,4})D)?(?:T(?=\d)(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,8})S)?)?$/;
const SHORT_DURATION = /^(\d{1,6}) ?([mhdw])$/i;
const UNIT = { m: 60, h: 3600, d: 86_400, w: 604_800 } as const;

/** Whole seconds; a day is 24 hours. */
const duration = kept.transform((text, context): number => {
  const [, short, unit] = SHORT_DURATION.exec(text) ?? [];
  const [, ...long] = ISO_DURATION.exec(text) ?? [];
  const [weeks = 0, days = 0, hours = 0, minutes = 0, rest = 0] = long.map((digits) => Number(digits ?? 0));
  const seconds =
    short === undefined
      ? weeks * UNIT.w + days * UNIT.d + hours * UNIT.h + minutes * UNIT.m + rest
      : Number(short) * UNIT[z.enum(["m", "h", "d", "w"]).parse(unit?.toLowerCase())];
  if (seconds <= 0) context.addIssue({ code: "custom" });
  return seconds;
});

const days = kept.transform((text) => parts(text.toUpperCase(), /[,;\s]/u));

const shape = z.strictObject({
  [ATTRIBUTE.consoles]: names,
  [ATTRIBUTE.start]: instant.optional(),
  [ATTRIBUTE.end]: instant.optional(),
  [ATTRIBUTE.duration]: duration.optional(),
  [ATTRIBUTE.days]: days.optional(),
  [ATTRIBUTE.hoursStart]: kept.optional(),
  [ATTRIBUTE.hoursEnd]: kept.optional(),
  [ATTRIBUTE.timeZone]: kept.optional(),
  [ATTRIBUTE.reason]: kept.optional(),
  [ATTRIBUTE.beneficiary]: kept.optional(),
});
type Read = z.infer<typeof shape>;

/**
 * Reads our attributes. What is not understood to the letter is refused: hours that are overlooked would open around the clock.
 *
 * @param attributes all of the approval's; what is not called like ours is not looked at
 * @throws PortcullisError `governed_attribute_unknown`, `governed_attribute_invalid`, `governed_attribute_missing`,
 *   `governed_attributes_conflict`, each with params.attribute; `window_end_before_start`; and as {@link checkWorkingHours}
 */
export function parseAttributes(attributes: Readonly<Record<string, unknown>>): GovernedTerms {
  const own = ownAttributes(attributes);
  const { success, data, error } = shape.safeParse(own);
  if (!success) throw problemOf(error, own);
  return {
    consoles: data[ATTRIBUTE.consoles],
    time: { ...windowOf(data), workingHours: hoursOf(data) },
    reason: data[ATTRIBUTE.reason] ?? null,
    beneficiary: data[ATTRIBUTE.beneficiary] ?? null,
  };
}

function problemOf(error: z.ZodError, own: Readonly<Record<string, unknown>>): PortcullisError {
  const [issue] = error.issues;
  if (issue?.code === "unrecognized_keys")
    return new PortcullisError("governed_attribute_unknown", { params: { attribute: storable(issue.keys.join(", ")) } });
  const attribute = String(issue?.path[0] ?? "");
  const value = own[attribute];
  if (value === undefined) return missing(attribute);
  const shown = storable(typeof value === "string" ? value : JSON.stringify(value))
    .slice(0, 200)
    .toWellFormed();
  return new PortcullisError("governed_attribute_invalid", { params: { attribute, value: shown } });
}

const missing = (attribute: string): PortcullisError => new PortcullisError("governed_attribute_missing", { params: { attribute } });

function windowOf(read: Read): Pick<RequestedTime, "start" | "end"> {
  const { [ATTRIBUTE.start]: start, [ATTRIBUTE.end]: end, [ATTRIBUTE.duration]: seconds } = read;
  if (end !== undefined && seconds !== undefined)
    throw new PortcullisError("governed_attributes_conflict", { params: { attribute: ATTRIBUTE.end, other: ATTRIBUTE.duration } });
  const from: RequestedTime["start"] = start === undefined ? { kind: "onApproval" } : { kind: "at", at: start };
  if (seconds !== undefined) return { start: from, end: { kind: "after", seconds } };
  if (end === undefined) throw missing(`${ATTRIBUTE.end}, ${ATTRIBUTE.duration}`);
  if (start !== undefined && end <= start) throw new PortcullisError("window_end_before_start");
  return { start: from, end: { kind: "at", at: end } };
}

/** All four or none. */
function hoursOf(read: Read): WorkingHours | null {
  const { days, hoursStart, hoursEnd, timeZone } = ATTRIBUTE;
  const needed = [days, hoursStart, hoursEnd, timeZone] as const;
  if (needed.every((name) => read[name] === undefined)) return null;
  const absent = needed.find((name) => read[name] === undefined);
  if (absent !== undefined) throw missing(absent);
  return checkWorkingHours({
    days: read[days] ?? [],
    start: read[hoursStart] ?? "",
    end: read[hoursEnd] ?? "",
    timeZone: read[timeZone] ?? "",
  });
}

const parts = (text: string, between: RegExp): readonly string[] =>
  text
    .split(between)
    .map((part) => part.trim())
    .filter((part) => part !== "");

function parsedOrNull(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return null; // an attribute that cannot be read
  }
}
