import type { ExplainedCriteria, ExplainedRules } from "../services/approvals/explanation.ts";
import { type Piece, say } from "./pieces.ts";

type Scope = ExplainedRules["source"]["scope"];

const scopes: Readonly<Record<Scope, string>> = {
  APPROVAL_REQUEST: "the request itself",
  APPLICATION_SEGMENT: "the segment",
  SEGMENT_GROUP: "the segment group",
  MICROTENANT: "the microtenant",
  APPROVAL_TYPE: "access requests",
  TENANT: "the whole tenant",
  SETTINGS: "the settings",
};

const priorities: Readonly<Record<ExplainedRules["priority"], string>> = { HIGH: "high", MEDIUM: "medium", LOW: "low" };

/** The answer to `/pra explain`. */
export const enExplain = {
  title: (label: string) => `${label} explained`,
  consoles: (names: string) => `For ${names}.`,
  rulesTitle: "Which rules count",
  noRules: "No rules are written for these consoles: the settings of Portcullis count.",
  rules: (scope: Scope, name: string | null, revision: number) =>
    `The rules of ${scopes[scope]}${name === null ? "" : ` “${name}”`}, revision ${revision}, as they stood when the request was made.`,
  priority: (priority: ExplainedRules["priority"]) => `Priority: ${priorities[priority]}.`,
  criteriaTitle: "What it takes",
  approvals: ({ approvalsNeeded, approvals, seats: all }: ExplainedCriteria) =>
    `${approvalsNeeded} of ${all} must agree; ${approvals} ${approvals === 1 ? "has" : "have"} so far.`,
  rejections: ({ rejectionsNeeded, rejections, seats: all }: ExplainedCriteria) =>
    `${rejectionsNeeded} of ${all} ${rejectionsNeeded === 1 ? "ends" : "end"} it with a no; ${rejections} ${rejections === 1 ? "has" : "have"} said no so far. It also ends when too few are left to agree.`,
  order: { SERIAL: "They decide one after the other, in this order.", PARALLEL: "They decide in any order." } as Readonly<
    Record<ExplainedCriteria["type"], string>
  >,
  seatsTitle: "Who may decide",
  noSeats: "Nobody: no decision is needed.",
  seat: (place: number, holder: Piece) => say`Seat ${String(place)}: ${holder}. `,
  through: (members: readonly Piece[]) => say`Any one of these decides: ${members}. `,
  throughNobody: "Of this group nobody could decide at the moment. ",
  named: {
    RULES: "Named by the rules.",
    SERIAL_CHAIN: "Named by the rules' serial chain.",
    SETTING: "Named by the setting APPROVERS.",
    ON_CALL: "On call by the setting ON_CALL.",
  } as Readonly<Record<ExplainedRules["approversFrom"], string>>,
  instead: {
    REQUESTER: (of: Piece) => say`Instead of ${of}, who asked for it.`,
    BENEFICIARY: (of: Piece) => say`Instead of ${of}, who would receive the access.`,
    NOT_AVAILABLE: (of: Piece) => say`Instead of ${of}, through whom nobody could decide when the request was made.`,
  },
  reassigned: (from: Piece, by: Piece) => say`Handed over from ${from}, by ${by}.`,
  escalated: (from: Piece) => say`Escalated from ${from}, because no decision had come.`,
  left: (from: Piece) => say`In place of ${from}, who is no longer in Slack.`,
  escalatedInstead: (from: Piece, of: Piece) =>
    say`Escalated from ${from}, because no decision had come; instead of ${of}, who may not decide on this request.`,
  takenOver: (from: Piece) => say`Taken over from ${from}, as an administrator.`,
  added: (by: Piece) => say`Added by ${by}.`,
  addedByNobody: "Added.",
  turn: { NOW: " It is their turn.", LATER: " Others decide before.", OVER: " No decision came from here." } as Readonly<
    Record<"NOW" | "LATER" | "OVER", string>
  >,
  said: {
    APPROVED: (by: Piece, at: Piece) => say` ${by} agreed at ${at}.`,
    REJECTED: (by: Piece, at: Piece) => say` ${by} said no at ${at}.`,
  },
  barredTitle: "Who may not decide",
  barred: {
    REQUESTER: (who: Piece) => say`${who}, who asked for it.`,
    BENEFICIARY: (who: Piece) => say`${who}, who would receive the access.`,
    REQUESTER_AND_BENEFICIARY: (who: Piece) => say`${who}, who asked for it and would receive the access.`,
  },
  sameUser: "Nor any other Slack account that Zscaler knows as the same user.",
  nobodyBarred: "The configuration lets requester and beneficiary decide like everyone else.",
  admins: (who: readonly Piece[]) => say`An administrator may take over a seat: ${who}.`,
  nextTitle: "What comes next, if nobody acts",
  nothingNext: "Nothing: it waits until somebody decides.",
  reminder: (at: Piece) => say`${at}: a reminder.`,
  escalation: (at: Piece, from: Piece, to: Piece) => say`${at}: the seat of ${from} goes to ${to}.`,
  exhausted: (at: Piece) => say`${at}: the escalation chain has run out, and the administrators are told.`,
  deadline: {
    EXPIRED: (at: Piece) => say`${at}: the request expires.`,
    APPROVED: (at: Piece) => say`${at}: the request counts as approved.`,
  },
  pastTitle: "What has happened",
  opened: (at: Piece, by: Piece) => say`${at}: asked by ${by}.`,
  decided: {
    APPROVED: (at: Piece, by: Piece) => say`${at}: ${by} agreed`,
    REJECTED: (at: Piece, by: Piece) => say`${at}: ${by} said no`,
  },
  capacity: {
    own: ".",
    APPROVER: (as: Piece) => say` for ${as}.`,
    ADMIN: " as an administrator.",
    AUTO: ": a requester who holds a seat needs no asking, by the configuration.",
  },
  moved: (at: Piece, from: Piece, to: Piece, by: Piece) => say`${at}: reassigned from ${from} to ${to} by ${by}.`,
  movedByLeaving: (at: Piece, from: Piece, to: Piece) => say`${at}: handed on from ${from}, who had left Slack, to ${to}.`,
  movedByClock: (at: Piece, from: Piece, to: Piece) => say`${at}: escalated from ${from} to ${to}.`,
  addedAt: (at: Piece, to: Piece) => say`${at}: ${to} was added as an approver.`,
  reminded: (at: Piece, times: number) => say`${at}: reminder${times === 1 ? "" : ` number ${times}, the latest`}.`,
  commented: (at: Piece, by: Piece) => say`${at}: ${by} commented.`,
  exhaustedAt: (at: Piece) => say`${at}: the escalation chain had run out.`,
  settled: {
    APPROVED: (at: Piece) => say`${at}: approved.`,
    REJECTED: (at: Piece) => say`${at}: rejected.`,
    EXPIRED: (at: Piece) => say`${at}: expired.`,
    CANCELLED: (at: Piece) => say`${at}: withdrawn.`,
    PASSED: (at: Piece) => say`${at}: passed without a decision, as the rules have it.`,
  },
  and: (n: number) => `… and ${n} more`,
};
