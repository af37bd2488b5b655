import type { PlainTextOption } from "@slack/types";
import { formatInTimeZone } from "date-fns-tz";
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
const offsetText = (timeZone: string, now: Date): string => `UTC${formatInTimeZone(now, timeZone, "xxx")}`;
