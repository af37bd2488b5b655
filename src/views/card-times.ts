import type { KnownBlock } from "@slack/types";
import type { RequestOverview } from "../services/access/overview.ts";
import type { Window } from "../services/schedule/working-hours.ts";
import type { Texts } from "../texts/texts.ts";
import { context, markup, section } from "./blocks.ts";
import { readersSpan, zonedInstant, zonedSpan } from "./instants.ts";
import { escapeMrkdwn } from "./literal.ts";

/** What of a request says when it opens. The zone is that of whoever asked. */
export interface TimesOnCard extends Pick<RequestOverview, "window" | "nextOpenings" | "crons" | "offsetChanges"> {
  readonly request: Pick<RequestOverview["request"], "status" | "time"> & { readonly requester: { readonly timeZone: string } };
}

/**
 * The window, in the reader's zone and in the zones of the request where those differ; the next openings, in the reader's zone and in
 * that of the hours; notes and crons below.
 */
export function timeBlocks(overview: TimesOnCard, readerZone: string | null, texts: Texts): KnownBlock[] {
  const { window, nextOpenings, crons } = overview;
  const { card } = texts;
  if (window === null) return [section(markup(card.noOpenings))];
  const hours = overview.request.time.workingHours;
  const zones = requestZones(overview).filter((zone) => zone !== readerZone);
  const windowLines = [readerSpan(window, readerZone, texts), ...zones.map((zone) => zoned(window, zone, texts))];
  const hoursZone = zones.filter((zone) => zone === hours?.timeZone);
  const openingLine = (opening: Window): string =>
    [readersSpan(opening), ...hoursZone.map((zone) => zoned(opening, zone, texts))].join("  ·  ");
  const openings =
    hours === null
      ? [`*${card.nextOpenings}:* ${card.alwaysOpen}`]
      : [`*${card.nextOpenings}*`, ...nextOpenings.map((opening) => `• ${openingLine(opening)}`)];
  const notes = [
    ...timeNotes(overview, texts),
    ...(crons === null ? [] : [card.crons(code(crons.startTimeCron), code(crons.endTimeCron))]),
  ];
  return [
    section(markup([`*${card.window}*`, ...windowLines, ...openings].join("\n"))),
    ...(notes.length === 0 ? [] : [context(...notes.map((note) => markup(note)))]),
  ];
}

/** The zone in which the request thinks: that of its working hours, and the requester's own. */
const requestZones = ({ request }: TimesOnCard): readonly string[] => [
  ...new Set([request.time.workingHours?.timeZone ?? request.requester.timeZone, request.requester.timeZone]),
];

const readerSpan = (span: Window, readerZone: string | null, { card, common }: Texts): string =>
  common.zone(readerZone === null ? card.yourZone : escapeMrkdwn(`${card.yourZone}, ${readerZone}`), readersSpan(span));

const zoned = (span: Window, zone: string, { common, locale }: Texts): string =>
  common.zone(escapeMrkdwn(zone), zonedSpan(span, zone, locale));

function timeNotes({ request, window, offsetChanges }: TimesOnCard, { card, locale }: Texts): readonly string[] {
  const { start, workingHours } = request.time;
  const undecided = request.status === "PENDING" && window !== null;
  const change = offsetChanges[0];
  return [
    ...(undecided && start.kind === "onApproval" ? [card.fromApproval] : []),
    ...(undecided && start.kind === "at" && window.start > start.at ? [card.lateStart] : []),
    ...(workingHours === null || change === undefined
      ? []
      : [card.offsetChange(zonedInstant(change, workingHours.timeZone, locale), escapeMrkdwn(workingHours.timeZone))]),
  ];
}

const code = (text: string): string => `\`${escapeMrkdwn(text)}\``;
