import type { KnownBlock, RichTextBlock, RichTextElement } from "@slack/types";
import { notEnded } from "../services/access/grant.ts";
import type { RequestOverview } from "../services/access/overview.ts";
import { type AccessTerms, type Amendment, type Failure, type RequestStatus, requestLabel } from "../services/access/request.ts";
import { failureSentence } from "../texts/error-sentence.ts";
import type { Texts } from "../texts/texts.ts";
import { changeButton, doneButton, renewButton, revokeButton } from "./access-buttons.ts";
import type { CardViewer } from "./approval-card.ts";
import { actions } from "./blocks.ts";
import { BLOCK } from "./ids.ts";
import { instant, line, moment, quote, richText, strong, user, words } from "./rich-text.ts";

type Part = RichTextBlock["elements"][number];

const AMENDMENTS_SHOWN = 2;
const REASON_SHOWN = 300;
const FAILURE_SHOWN = 300;
const RENEWALS_SHOWN = 3;

/** Access that is to be over and may still be open: before anything else on the card. */
export function alarmBlocks({ grants }: RequestOverview, texts: Texts): KnownBlock[] {
  const stuck = notEnded(grants);
  if (stuck === null) return [];
  return [richText(line(strong(texts.life.notEnded)), failed(stuck, texts), line(words(texts.life.notEndedNow)))];
}

/** How access came about, changed, and went on or ended. */
export function lifeBlocks(overview: RequestOverview, texts: Texts): KnownBlock[] {
  const { request, renews, endsSoon } = overview;
  const { life } = texts;
  const [soon, after] = life.endsSoon;
  const parts: Part[] = [
    ...(renews === null ? [] : [line(words(life.renews(renews)))]),
    ...waitingParts(overview, texts),
    ...request.amendments.slice(-AMENDMENTS_SHOWN).flatMap((amendment) => amendmentLines(amendment, texts)),
    ...notWrittenParts(overview, texts),
    ...(endsSoon && request.window !== null ? [line(words(soon), moment(request.window.end), words(after))] : []),
    ...endingParts(overview, texts),
    ...renewalParts(overview, texts),
  ];
  return parts.length === 0 ? [] : [richText(...parts)];
}

/** Why a change waits, when Zscaler has not taken it. */
function notWrittenParts({ request, grants }: RequestOverview, texts: Texts): Part[] {
  const waiting = grants.find(({ status, changingFrom, failure }) => status === "GRANTED" && changingFrom !== null && failure !== null);
  if (request.status !== "GRANTED" || !waiting?.failure) return [];
  return [line(words(texts.life.notWritten)), failed(waiting.failure, texts)];
}

/** What goes on with it, as far as that came or may come about. The card is drawn anew when it is decided, and when it is granted. */
const renewalParts = ({ renewedBy }: RequestOverview, { life }: Texts): Part[] =>
  renewedBy
    .filter(({ status }) => !CAME_TO_NOTHING.has(status))
    .slice(-RENEWALS_SHOWN)
    .map(({ label, status }) => line(words(HAS_STOOD.has(status) ? life.renewedBy(label) : life.renewalAsked(label))));

const HAS_STOOD: ReadonlySet<RequestStatus> = new Set(["GRANTED", "ENDING", "ENDED"]);
const CAME_TO_NOTHING: ReadonlySet<RequestStatus> = new Set(["REJECTED", "CANCELLED", "EXPIRED"]);

/** Who changed it when, from what to what, why, and whether it stands in Zscaler. */
export function amendmentLines({ by, at, before, after, reason, outcome, failure }: Amendment, texts: Texts): Part[] {
  const { life } = texts;
  const [start, between, end] = life.changed;
  const told = { WANTED: life.wanted, WRITTEN: life.written, REFUSED: life.refused, OVERTAKEN: life.overtaken }[outcome];
  return [
    line(words(start), actor(by, texts), words(between), moment(at), words(end)),
    ...termLines(before, after, texts),
    ...(reason === null ? [] : [quote(reason, REASON_SHOWN)]),
    line(words(told)),
    ...(failure === null ? [] : [failed(failure, texts)]),
  ];
}

/** Who ended it when, and why. */
export function endingLines({ request: { ending, window } }: RequestOverview, texts: Texts): Part[] {
  const { life } = texts;
  if (ending === null) {
    const [before, after] = life.endedByItself;
    return window === null ? [] : [line(words(before), moment(window.end), words(after))];
  }
  const [before, between, after] = life.ending[ending.cause];
  return [
    line(words(before), actor(ending.by, texts), words(between), moment(ending.at), words(after)),
    ...(ending.reason === null ? [] : [quote(ending.reason, REASON_SHOWN)]),
  ];
}

/** What the viewer may want to do with access that stands or is on its way. Whether they may is asked at the click. */
export function accessButtons(overview: RequestOverview, viewer: CardViewer, texts: Texts): KnownBlock[] {
  const { request, grants, endsSoon, canRenew } = overview;
  const label = requestLabel(request);
  const isOpen = request.status === "GRANTED" || request.status === "GRANTING" || (request.status === "FAILED" && grants.some(isStanding));
  const canChange = request.status === "GRANTED" || request.status === "GRANTING";
  if (viewer.kind === "requester") {
    const mine = [
      ...((endsSoon || (request.status === "ENDED" && overview.window !== null)) && canRenew
        ? [renewButton(request.id, label, texts)]
        : []),
      ...(isOpen ? [doneButton(request.id, label, texts)] : []),
      ...(canChange ? [changeButton(request.id, label, texts)] : []),
    ];
    return mine.length === 0 ? [] : [actions(BLOCK.accessActions, mine)];
  }
  if (viewer.kind === "reader" || !isOpen) return [];
  return [
    actions(BLOCK.accessActions, [...(canChange ? [changeButton(request.id, label, texts)] : []), revokeButton(request.id, label, texts)]),
  ];
}

/** Stands, or may: nobody knows what ZPA made of the last try. */
const isStanding = ({ status, failure }: RequestOverview["grants"][number]): boolean =>
  status === "GRANTED" || (status === "FAILED" && failure?.code === "zpa_timeout");

function endingParts(overview: RequestOverview, texts: Texts): Part[] {
  const { life } = texts;
  const { request, grants } = overview;
  if (request.status === "ENDING") return [...endingLines(overview, texts), line(words(life.beingEnded)), line(words(life.sessionUnknown))];
  if (request.status !== "ENDED") return [];
  const stood = grants.some(({ zpaId }) => zpaId !== null);
  return [
    ...endingLines(overview, texts),
    ...(stood && request.ending !== null ? [line(words(life.ended))] : []),
    ...(stood ? [line(words(life.sessionUnknown))] : []),
  ];
}

/** While Zscaler is away, what was decided waits; it says since when. */
function waitingParts({ request, grants }: RequestOverview, { life }: Texts): Part[] {
  const since = grants.find(({ status, failure }) => status === "PLANNED" && failure !== null)?.failure?.params.sinceEpochSeconds;
  if (request.status !== "GRANTING" || typeof since !== "number") return [];
  const [before, after] = life.zpaAway;
  return [line(words(before), moment(new Date(since * 1000)), words(after))];
}

function termLines(before: AccessTerms, after: AccessTerms, texts: Texts): Part[] {
  const { life } = texts;
  const [until, instead, end] = life.until;
  const hours = { before: hoursText(before, texts), after: hoursText(after, texts) };
  return [
    ...(before.end.getTime() === after.end.getTime()
      ? []
      : [line(words(until), instant(after.end), words(instead), instant(before.end), words(end))]),
    ...(hours.before === hours.after ? [] : [line(words(life.hours(hours.after, hours.before)))]),
  ];
}

/** @example "Monday, Tuesday 09:00–17:00 (Europe/Berlin)" */
export function hoursText({ workingHours }: Pick<AccessTerms, "workingHours">, { life, days, common }: Texts): string {
  if (workingHours === null) return life.aroundTheClock;
  const { start, end, timeZone } = workingHours;
  const names = workingHours.days.map((day) => days[day]).join(", ");
  return common.zone(timeZone, `${names} ${start}–${end}`);
}

function actor(by: string, { life }: Texts): RichTextElement {
  if (by === "portcullis") return words(life.by.portcullis);
  return by.startsWith("cli:") ? words(life.by.cli(by.slice("cli:".length))) : user(by);
}

const failed = (failure: Failure, texts: Texts): Part =>
  quote(`${failureSentence(failure, texts)}\n${texts.common.reference(failure.reference)}`, FAILURE_SHOWN);
