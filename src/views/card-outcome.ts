import type { KnownBlock, RichTextBlock, RichTextElement } from "@slack/types";
import type { Grant } from "../services/access/grant.ts";
import type { RequestOverview } from "../services/access/overview.ts";
import type { AccessRequest, Failure } from "../services/access/request.ts";
import type { Approval, Holder, Reassignment } from "../services/approvals/approval.ts";
import { takeover } from "../services/approvals/seats.ts";
import { failureSentence } from "../texts/error-sentence.ts";
import type { Texts } from "../texts/texts.ts";
import { emergencyOutcome } from "./emergency/emergency-outcome.ts";
import { governedOutcome } from "./governed-card.ts";
import { nameList } from "./name-list.ts";
import { line, moment, quote, richText, strong, user, userGroup, words } from "./rich-text.ts";

const HOLDERS_SHOWN = 10;
const REASSIGNMENTS_SHOWN = 3;
const COMMENT_SHOWN = 1000;
/** All comments of decisions together: a message holds some 12,000 characters, and an approval may have any number of seats. */
const DECISION_COMMENTS_SHOWN = 1200;
const DECISIONS_SHOWN = 8;
/** All grants of a request fall out of step by the same change of the clocks. */
const OUT_OF_STEP_SHOWN = 1;
const NAMES_SHOWN = 10;

/** Who is to decide or has decided, what they said, and how it went on from there. */
export function outcomeBlocks(overview: RequestOverview, texts: Texts): KnownBlock[] {
  const parts = [
    ...reassignmentParts(overview, texts),
    ...(overview.approval.status === "PENDING" ? waiting(overview, texts) : settlement(overview, texts)),
    ...failureParts(overview, texts),
  ];
  return parts.length === 0 ? [] : [richText(...parts)];
}

type Part = RichTextBlock["elements"][number];

function waiting(overview: RequestOverview, texts: Texts): readonly Part[] {
  const { deadline } = overview;
  return [waitsFor(overview, texts), ...(deadline === null ? [] : [line(...deadlineWords(deadline, texts))])];
}

/** Until when a decision is possible, in the reader's own zone, and what happens then. */
export function deadlineWords({ at, result }: NonNullable<RequestOverview["deadline"]>, { card }: Texts): readonly RichTextElement[] {
  const [before, after] = card.deadline[result];
  return [words(before), moment(at), words(after)];
}

function waitsFor({ approval }: RequestOverview, { card, common }: Texts): Part {
  const open = approval.seats.filter((seat) => seat.decision === null).map((seat) => holderElement(seat.holder));
  const rest = open.length - HOLDERS_SHOWN;
  const shown = open.slice(0, HOLDERS_SHOWN).flatMap((each, index) => (index === 0 ? [each] : [words(card.or), each]));
  return line(words(card.waitsFor), ...shown, ...(rest > 0 ? [words(` ${common.andMore(rest)}`)] : []));
}

function settlement(overview: RequestOverview, texts: Texts): readonly Part[] {
  const { approval, request, deadline } = overview;
  const elsewhere = emergencyOutcome(overview, texts) ?? governedOutcome(overview, texts);
  if (elsewhere !== null) return elsewhere;
  const seats = approval.seats.flatMap(({ id, decision }) => (decision === null ? [] : [{ id, decision }]));
  const decided = decisionParts(approval, seats, texts);
  const by = approval.settledBy;
  if (approval.status === "PENDING") return decided;
  if (by === null && (approval.status === "CANCELLED" || deadline?.result === approval.status)) {
    const [before, after] = texts.settledByNobody[approval.status];
    const until = approval.status === "CANCELLED" ? approval.completedAt : deadline?.at;
    return [...decided, line(words(before), moment(until ?? request.createdAt), words(after))];
  }
  if (seats.some(({ decision }) => decision.verdict === approval.status)) return decided;
  const [before, between, after] = texts.settledBy[approval.status];
  const at = moment(approval.completedAt ?? request.createdAt);
  const passed = approval.rules.passedMakesGrant ? texts.card.passedMakesGrant : texts.card.passedMakesNoGrant;
  return [
    ...decided,
    line(words(before), user(by?.userId ?? request.requester.userId), words(between), at, words(after)),
    ...(approval.status === "PASSED" ? [line(words(passed))] : []),
  ];
}

interface Decided {
  readonly id: string;
  readonly decision: NonNullable<Approval["seats"][number]["decision"]>;
}

/** The latest decisions, in the order in which they were made. The more of them have a comment, the less is shown of each. */
function decisionParts(approval: Approval, seats: readonly Decided[], texts: Texts): readonly Part[] {
  const shown = seats.toSorted((one, other) => one.decision.at.getTime() - other.decision.at.getTime()).slice(-DECISIONS_SHOWN);
  const commented = shown.filter(({ decision }) => decision.comment !== null).length;
  const room = Math.min(COMMENT_SHOWN, Math.floor(DECISION_COMMENTS_SHOWN / Math.max(commented, 1)));
  const earlier = seats.length - shown.length;
  return [
    ...(earlier > 0 ? [line(words(texts.card.earlierDecisions(earlier)))] : []),
    ...shown.flatMap(({ id, decision: { verdict, by, at, comment, capacity } }) => {
      const [before, between, after] = texts.settledBy[verdict];
      const instead = capacity === "ADMIN" ? onBehalfOf(approval, id, texts) : [];
      return [
        line(words(before), user(by.userId), ...instead, words(between), moment(at), words(after)),
        ...(comment === null ? [] : [quote(comment, room)]),
      ];
    }),
  ];
}

/** In what capacity an administrator decided who took a seat over for it. */
function onBehalfOf(approval: Approval, seatId: string, { cardTalk: card }: Texts): readonly RichTextElement[] {
  const from = takeover(approval, seatId)?.from ?? null;
  return from === null ? [words(card.asAdministrator)] : [words(card.onBehalfOf), holderElement(from)];
}

const reassignmentParts = ({ approval }: RequestOverview, texts: Texts): readonly Part[] =>
  approval.reassignmentHistory
    .filter((entry) => entry !== takeover(approval, entry.seatId))
    .slice(-REASSIGNMENTS_SHOWN)
    .flatMap((entry) => [line(...reassigned(entry, texts)), ...(entry.comment === null ? [] : [quote(entry.comment, COMMENT_SHOWN / 4)])]);

function reassigned({ from, to, by, kind }: Reassignment, { card }: Texts): readonly RichTextElement[] {
  if (from === null) {
    const [before, after] = card.addedApprover;
    return [words(before), holderElement(to), ...(by === null ? [] : [words(after), user(by.userId)])];
  }
  const [before, between, after] = card.reassigned;
  const moved = [words(before), holderElement(from), words(between), holderElement(to)];
  if (by !== null) return [...moved, words(after), user(by.userId)];
  return [...moved, words(kind === "AUTO_REASSIGNMENT" ? card.byLeaving : card.byEscalation)];
}

function failureParts({ request, grants }: RequestOverview, texts: Texts): readonly Part[] {
  const { card } = texts;
  const granted = grants.filter((grant) => grant.status === "GRANTED");
  const lost = grants.find((grant) => grant.status === "FAILED");
  const failure = request.status === "FAILED" ? request.failure : request.status === "GRANTED" ? (lost?.failure ?? null) : null;
  const failed = failure === null ? [] : [explained(card.failure, failure, texts)];
  const outOfStep = clockFailures(request, granted).map((failure) => explained(card.hoursOutOfStep, failure, texts));
  const inPart = failure !== null && granted.length > 0 ? [line(strong(card.grantedInPart(consoleNames(granted, request, texts))))] : [];
  return [...failed.flat(), ...inPart, ...outOfStep.slice(0, OUT_OF_STEP_SHOWN).flat()];
}

/**
 * Why the hours of what stands could not be brought into step with the clocks. The other failures that grants carry are of a change by
 * somebody, which the card tells with the change: one that waits to be written, or that ZPA refused.
 */
function clockFailures({ amendments }: AccessRequest, granted: readonly Grant[]): Failure[] {
  const refused = new Set(amendments.map((amendment) => amendment.failure?.reference));
  return granted.flatMap(({ failure, changingFrom }) =>
    failure === null || changingFrom !== null || refused.has(failure.reference) ? [] : [failure],
  );
}

const explained = (title: string, failure: Failure, texts: Texts): readonly Part[] => [
  line(strong(title)),
  quote(`${failureSentence(failure, texts)}\n${texts.common.reference(failure.reference)}`, COMMENT_SHOWN),
];

function consoleNames(grants: readonly Grant[], { consoles }: AccessRequest, texts: Texts): string {
  const ids = new Set(grants.flatMap((grant) => grant.consoleIds));
  const granted = consoles.filter((console) => ids.has(console.id));
  return nameList(
    granted.map((console) => console.name),
    NAMES_SHOWN,
    texts,
  );
}

export const holderElement = (held: Holder): RichTextElement => (held.kind === "person" ? user(held.userId) : userGroup(held.groupId));
