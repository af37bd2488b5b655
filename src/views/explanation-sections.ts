import type { Holder } from "../services/approvals/approval.ts";
import type { ExplainedSeat, Explanation, Happened, SeatReason, Upcoming } from "../services/approvals/explanation.ts";
import type { Piece } from "../texts/pieces.ts";
import type { Texts } from "../texts/texts.ts";
import { approvalName, governedDeciders } from "./governed-card.ts";
import { named } from "./literal.ts";
import { madeTogetherLine, nameList } from "./name-list.ts";

/** Lines under a title; each line is a sentence or two in pieces. */
export interface ExplainedSection {
  readonly title: string;
  readonly lines: readonly (readonly Piece[])[];
}

const CONSOLES_SHOWN = 10;
const SEATS_SHOWN = 20;
const MEMBERS_SHOWN = 8;
const ADMINS_SHOWN = 8;
const PAST_SHOWN = 20;

/** An explanation in sentences, for Slack and for the command line alike. */
export function explanationSections(explained: Explanation, texts: Texts): readonly ExplainedSection[] {
  const { explain, status } = texts;
  const { label, requestStatus, consoleNames, madeTogether } = explained;
  return [
    {
      title: explain.title(label),
      lines: [
        [`${status[requestStatus]}.`.replace("….", "…")],
        [explain.consoles(nameList(consoleNames, CONSOLES_SHOWN, texts))],
        ...(madeTogether.length === 0 ? [] : [[madeTogetherLine(madeTogether, texts)]]),
        ...originLines(explained, texts),
      ],
    },
    { title: explain.rulesTitle, lines: rulesLines(explained, texts) },
    ...(explained.seats.length === 0 ? [] : [{ title: explain.criteriaTitle, lines: criteriaLines(explained, texts) }]),
    { title: explain.seatsTitle, lines: noSeatsLines(explained, texts) ?? seatsLines(explained, texts) },
    ...(explained.status === "PENDING"
      ? [
          { title: explain.barredTitle, lines: barredLines(explained, texts) },
          { title: explain.nextTitle, lines: nextLines(explained, texts) },
        ]
      : []),
    { title: explain.pastTitle, lines: pastLines(explained, texts) },
  ];
}

/** What went past the approvers, and past whom. */
function originLines({ origin, skipped, requesterUserId, governedBy }: Explanation, texts: Texts): Lines {
  const { explain, emergency, governed } = texts;
  if (governedBy !== null) return [[governed.explained(governedDeciders(governedBy, texts), approvalName(governedBy, texts))]];
  if (origin !== "ON_CALL" && origin !== "BREAK_GLASS") return [];
  const how = emergency.explained[origin]({ person: requesterUserId });
  return skipped.length === 0 ? [how] : [how, emergency.skipped(inRow(skipped.map(pieceOf), SEATS_SHOWN, explain))];
}

/** Why nobody here holds a seat; null where somebody does. */
function noSeatsLines({ origin }: Explanation, { emergency, governed }: Texts): Lines | null {
  if (origin === "BREAK_GLASS") return [[emergency.noSeats]];
  return origin === "SAILPOINT" ? [[governed.noSeats]] : null;
}

type Lines = readonly (readonly Piece[])[];

function rulesLines({ rules: { source, name, priority } }: Explanation, { explain }: Texts): Lines {
  if (source.scope === "SETTINGS") return [[explain.noRules]];
  return [[explain.rules(source.scope, name === null ? null : named(name, 100), source.revision)], [explain.priority(priority)]];
}

const criteriaLines = ({ criteria }: Explanation, { explain }: Texts): Lines => [
  [explain.approvals(criteria)],
  [explain.rejections(criteria)],
  ...(criteria.seats > 1 ? [[explain.order[criteria.type]]] : []),
];

function seatsLines({ seats, admins }: Explanation, { explain }: Texts): Lines {
  if (seats.length === 0) return [[explain.noSeats]];
  const rest = seats.length - SEATS_SHOWN;
  return [
    ...seats.slice(0, SEATS_SHOWN).map((seat) => seatLine(seat, explain)),
    ...(rest > 0 ? [[explain.and(rest)]] : []),
    ...(admins.length === 0 ? [] : [explain.admins(inRow(admins.map(pieceOf), ADMINS_SHOWN, explain))]),
  ];
}

function seatLine({ place, holder, members, because, turn, decision }: ExplainedSeat, explain: Texts["explain"]): readonly Piece[] {
  const isOpen = turn === "NOW" || turn === "LATER";
  return [
    ...explain.seat(place, pieceOf(holder)),
    ...(isOpen && members !== null ? throughLine(members, explain) : []),
    ...reasonLine(because, explain),
    ...(decision === null ? [] : explain.said[decision.verdict]({ person: decision.by.userId }, { at: decision.at })),
    ...(turn === "DECIDED" ? [] : [explain.turn[turn]]),
  ];
}

const throughLine = (members: readonly string[], explain: Texts["explain"]): readonly Piece[] =>
  members.length === 0
    ? [explain.throughNobody]
    : explain.through(
        inRow(
          members.map((userId) => ({ person: userId })),
          MEMBERS_SHOWN,
          explain,
        ),
      );

function reasonLine(because: SeatReason, explain: Texts["explain"]): readonly Piece[] {
  switch (because.kind) {
    case "NAMED":
      return [explain.named[because.by]];
    case "INSTEAD":
      return explain.instead[because.why](pieceOf(because.of));
    case "REASSIGNED":
      return explain.reassigned(pieceOf(because.from), { person: because.byUserId });
    case "ESCALATED":
      return because.insteadOf === null
        ? explain.escalated(pieceOf(because.from))
        : explain.escalatedInstead(pieceOf(because.from), pieceOf(because.insteadOf));
    case "LEFT":
      return explain.left(pieceOf(because.from));
    case "TAKEN_OVER":
      return explain.takenOver(pieceOf(because.from));
    case "ADDED":
      return because.byUserId === null ? [explain.addedByNobody] : explain.added({ person: because.byUserId });
  }
}

const barredLines = ({ barred }: Explanation, { explain }: Texts): Lines =>
  barred.length === 0
    ? [[explain.nobodyBarred]]
    : [...barred.map(({ userId, why }) => explain.barred[why]({ person: userId })), [explain.sameUser]];

const nextLines = ({ next }: Explanation, { explain }: Texts): Lines =>
  next.length === 0 ? [[explain.nothingNext]] : next.map((upcoming) => nextLine(upcoming, explain));

function nextLine(upcoming: Upcoming, explain: Texts["explain"]): readonly Piece[] {
  const at = { at: upcoming.at };
  switch (upcoming.kind) {
    case "REMINDER":
      return explain.reminder(at);
    case "ESCALATION":
      return explain.escalation(at, pieceOf(upcoming.from), pieceOf(upcoming.to));
    case "ESCALATION_EXHAUSTED":
      return explain.exhausted(at);
    case "DEADLINE":
      return explain.deadline[upcoming.result](at);
  }
}

/** The latest of a long story. */
function pastLines({ past, origin }: Explanation, texts: Texts): Lines {
  const { explain } = texts;
  const rest = past.length - PAST_SHOWN;
  return [...(rest > 0 ? [[explain.and(rest)]] : []), ...past.slice(-PAST_SHOWN).map((happened) => pastLine(happened, origin, texts))];
}

function pastLine(happened: Happened, origin: Explanation["origin"], { explain, emergency, governed }: Texts): readonly Piece[] {
  const at = { at: happened.at };
  switch (happened.kind) {
    case "OPENED":
      if (origin === "ON_CALL") return emergency.past.given(at, { person: happened.byUserId });
      if (origin === "BREAK_GLASS") return emergency.past.broken(at, { person: happened.byUserId });
      if (origin === "SAILPOINT") return governed.past.opened(at);
      return explain.opened(at, { person: happened.byUserId });
    case "DECIDED":
      if (origin === "ON_CALL") return emergency.past.agreed(at, { person: happened.byUserId });
      return [...explain.decided[happened.verdict](at, { person: happened.byUserId }), ...capacityOf(happened, explain)];
    case "REASSIGNED":
      if (happened.from === null) return explain.addedAt(at, pieceOf(happened.to));
      if (happened.how === "AUTO_REASSIGNMENT") return explain.movedByLeaving(at, pieceOf(happened.from), pieceOf(happened.to));
      return happened.byUserId === null
        ? explain.movedByClock(at, pieceOf(happened.from), pieceOf(happened.to))
        : explain.moved(at, pieceOf(happened.from), pieceOf(happened.to), { person: happened.byUserId });
    case "REMINDED":
      return explain.reminded(at, happened.times);
    case "COMMENTED":
      return explain.commented(at, { person: happened.byUserId });
    case "ESCALATION_EXHAUSTED":
      return explain.exhaustedAt(at);
    case "SETTLED":
      if (origin === "BREAK_GLASS" && happened.status === "PASSED") return emergency.past.passed(at);
      if (origin === "SAILPOINT" && happened.status === "PASSED") return governed.past.passed(at);
      return explain.settled[happened.status](at);
  }
}

function capacityOf(
  { capacity, as }: Extract<Happened, { readonly kind: "DECIDED" }>,
  { capacity: words }: Texts["explain"],
): readonly Piece[] {
  if (capacity !== "APPROVER") return [words[capacity]];
  return as.kind === "person" ? [words.own] : words.APPROVER(pieceOf(as));
}

const pieceOf = (holder: Holder): Piece => (holder.kind === "person" ? { person: holder.userId } : { group: holder.groupId });

function inRow(pieces: readonly Piece[], most: number, { and }: Texts["explain"]): readonly Piece[] {
  const shown = pieces.slice(0, most).flatMap((piece, place): Piece[] => (place === 0 ? [piece] : [", ", piece]));
  return pieces.length > most ? [...shown, `, ${and(pieces.length - most)}`] : shown;
}
