import type { PlainTextOption } from "@slack/types";
import { isTimeZone } from "../../services/schedule/zone.ts";
import { LIMIT, option } from "../../views/blocks.ts";

/** Every zone of the runtime's tz database. UTC is none of the cities in it. */
const ZONES: readonly string[] = ["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")];

/** To look at the offset of every zone costs some milliseconds: only for what may be one. */
const OFFSET = /^(?:utc)?[+-]\d/u;

/**
 * The zones to choose from for what was typed: the person's own first, each with its offset now. An old name that the list has
 * under a newer one (Asia/Calcutta) is found when typed in full.
 *
 * @param typed part of a name (`new york`, `berlin`) or of an offset (`+05:30`)
 */
export function zoneOptions(typed: string, ownZone: string, now: Date): PlainTextOption[] {
  const wanted = typed.trim().toLowerCase().replaceAll(" ", "_");
  const isOffset = OFFSET.test(wanted);
  const matches = (zone: string): boolean =>
    zone.toLowerCase().includes(wanted) || (isOffset && offsetText(zone, now).includes(wanted.replace(/^utc/u, "")));
  const found = [ownZone, ...ZONES].filter(matches);
  return [...new Set([...typedInFull(typed.trim()), ...found])]
    .slice(0, LIMIT.options)
    .map((zone) => option(zone, zone, offsetText(zone, now)));
}

/** The name as the tz database writes it. */
const typedInFull = (typed: string): readonly string[] =>
  isTimeZone(typed) ? [new Intl.DateTimeFormat("en", { timeZone: typed }).resolvedOptions().timeZone] : [];

/** @example offsetText("Asia/Calcutta", now) // "UTC+05:30" */
function offsetText(timeZone: string, now: Date): string {
  const name = offsetFormat(timeZone)
    .formatToParts(now)
    .find(({ type }) => type === "timeZoneName");
  return (name?.value ?? "").replace(/^GMT$/u, "UTC+00:00").replace("GMT", "UTC");
}

/** Four hundred formatters take some 20 ms to make, and a person types several letters. */
const offsetFormats = new Map<string, Intl.DateTimeFormat>();

function offsetFormat(timeZone: string): Intl.DateTimeFormat {
  const known = offsetFormats.get(timeZone) ?? new Intl.DateTimeFormat("en", { timeZone, timeZoneName: "longOffset" });
  offsetFormats.set(timeZone, known);
  return known;
}
