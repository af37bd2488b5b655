import type { AccessRequest } from "../services/access/request.ts";
import type { ApprovalStatus } from "../services/approvals/approval.ts";
import type { Notice } from "../services/notify/notify-port.ts";
import type { Weekday } from "../services/schedule/working-hours.ts";
import { enConversation } from "./en-conversation.ts";
import { enEmergency } from "./en-emergency.ts";
import { enErrors } from "./en-errors.ts";
import { enExplain } from "./en-explain.ts";
import { enFindings } from "./en-findings.ts";
import { enLife } from "./en-life.ts";
import { enBulk, enQueue } from "./en-queue.ts";
import { enRules } from "./en-rules.ts";

type Status = AccessRequest["status"];
type Settled = Exclude<ApprovalStatus, "PENDING">;
/** Words around people and instants, which Slack shows in the reader’s own way. */
type WordsAround = readonly [string, string, string];

const count = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;

const status: Readonly<Record<Status, string>> = {
  PENDING: "Waiting for a decision",
  REJECTED: "Rejected",
  CANCELLED: "Withdrawn",
  EXPIRED: "Expired",
  PASSED: "Passed without a decision",
  GRANTING: "Granting…",
  GRANTED: "Granted",
  FAILED: "Failed",
  ENDING: "Ending…",
  ENDED: "Ended",
};

const settledBy: Readonly<Record<Settled, WordsAround>> = {
  APPROVED: ["Approved by ", " at ", "."],
  REJECTED: ["Rejected by ", " at ", "."],
  CANCELLED: ["Withdrawn by ", " at ", "."],
  EXPIRED: ["Asked by ", " and expired at ", "."],
  PASSED: ["Asked by ", " and passed without a decision at ", "."],
};

/** Settled by the clock, by the rules, or because somebody had left: by no person. The instant is the deadline where there was one. */
const settledByNobody: Readonly<Record<Settled, readonly [string, string]>> = {
  APPROVED: ["Approved because no decision had come by ", "."],
  REJECTED: ["Rejected at ", "."],
  CANCELLED: ["Closed at ", ", because whoever asked or would get the access is no longer in Slack."],
  EXPIRED: ["Expired because no decision had come by ", "."],
  PASSED: ["Passed without a decision at ", "."],
};

const alreadyDecidedByNobody: Readonly<Record<Settled, readonly [string, string]>> = {
  APPROVED: ["This request was already approved because no decision had come by ", ". Nothing was changed."],
  REJECTED: ["This request was already rejected at ", ". Nothing was changed."],
  CANCELLED: ["This request was closed at ", ", because whoever asked or would get the access is no longer in Slack. Nothing was changed."],
  EXPIRED: ["This request had already expired because no decision had come by ", ". Nothing was changed."],
  PASSED: ["This request had already passed without a decision at ", ". Nothing was changed."],
};

const calls = {
  reminder: (_nudgedBy: string) => "A reminder: your decision is awaited.",
  nudge: (nudgedBy: string) => `${nudgedBy} asks you to decide.`,
  turn: (_nudgedBy: string) => "It is your turn to decide.",
  exhausted: (_nudgedBy: string) =>
    "Nobody has decided, and nobody is left to pass it on to. As an administrator you can decide: you then take the first open seat over.",
  not_ended: (_nudgedBy: string) =>
    "Access that is to be over could not be ended in Zscaler and may still be open. It is tried again by itself; the privileged approval can be deleted in Zscaler by hand.",
  askedBy: (who: string) => `Asked by ${who},`,
  askedByFor: (who: string, forWhom: string) => `Asked by ${who} for ${forWhom},`,
  waitingSince: ["waiting since ", "."] as readonly [string, string],
} as const;

const alreadyDecided: Readonly<Record<Settled, WordsAround>> = {
  APPROVED: ["This request was already approved by ", " at ", ". Nothing was changed."],
  REJECTED: ["This request was already rejected by ", " at ", ". Nothing was changed."],
  CANCELLED: ["This request was already withdrawn by ", " at ", ". Nothing was changed."],
  EXPIRED: ["This request by ", " had already expired at ", ". Nothing was changed."],
  PASSED: ["This request by ", " was already settled at ", ". Nothing was changed."],
};

const notices: Readonly<Record<Notice, string>> = {
  submitted: "The request is with the approvers.",
  passed: "This request passed without a decision.",
  given_on_call: "This access was given on call. It is being set up in Zscaler and is announced here once it is proven.",
  broke_glass:
    "The glass was broken. The access is being set up in Zscaler, before anything else, and is announced here once it is proven.",
  approved: "Approved. The access is being set up in Zscaler and is announced here once it is proven.",
  approved_by_timeout:
    "Approved: no decision had come in time, and the rules then approve. The access is being set up in Zscaler and is announced here once it is proven.",
  rejected: "Rejected.",
  reassigned: "The decision was handed to someone else.",
  changed: "An approver changed what was asked for.",
  proposed: "An approver would approve more than was asked for. Please answer with the buttons on the card.",
  escalated: "No decision has come yet, so the request was passed on to someone else.",
  handed_on: "Somebody who was to decide is no longer in Slack; someone else decides in their place.",
  stranded:
    "Those who could decide are no longer in Slack, and nobody is left to take their place. Ask the administrators of Portcullis to name other approvers, then ask again.",
  granted: "Granted. The access stands in Zscaler.",
  failed: "The access could not be set up.",
  withdrawn: "The request was withdrawn.",
  closed: "The request was closed: whoever asked or would get the access is no longer in Slack.",
  expired: "Nobody decided in time: the request has expired. Ask again if you still need the access.",
  ending_soon: "The access ends soon. Renew it, if you need it longer.",
  amending: "The access was changed. The change is being written to Zscaler.",
  amended: "The change of the access stands in Zscaler.",
  not_amended: "Zscaler would not have the change: what stood before still stands.",
  ending: "The access is being ended, before its window is over.",
  not_ended: "The access could not be ended yet, and may still be open. It is tried again by itself.",
  ended: "The access has ended.",
};

const days: Readonly<Record<Weekday, string>> = {
  SUN: "Sunday",
  MON: "Monday",
  TUE: "Tuesday",
  WED: "Wednesday",
  THU: "Thursday",
  FRI: "Friday",
  SAT: "Saturday",
};

/** English, and the measure for the other languages. `{…}` of Slack's own (mentions, dates) is put in by the views. */
export const en = {
  locale: "en-GB",
  errors: enErrors,
  status,
  days,
  notices,
  rules: enRules,
  findings: enFindings,
  alreadyDecided,
  alreadyDecidedByNobody,
  settledByNobody,
  calls,
  settledBy,
  common: {
    andMore: (n: number) => `and ${n} more`,
    cancel: "Cancel",
    close: "Close",
    reference: (id: string) => `Reference: ${id}`,
    zone: (timeZone: string, span: string) => `${span} (${timeZone})`,
    consoles: (n: number) => count(n, "console", "consoles"),
    loading: "One moment…",
    errorTitle: "That did not work",
  },
  card: {
    title: (label: string, state: string) => `${label}: ${state}`,
    fallback: (label: string, who: string, consoles: string, state: string) => `${label}: ${who} asks for access to ${consoles}. ${state}`,
    asks: (requester: string) => `${requester} asks for access.`,
    asksFor: (requester: string, beneficiary: string) => `${requester} asks for access for ${beneficiary}.`,
    madeTogether: (n: number, labels: string) =>
      `One of ${n} requests made together, because their consoles fall under different rules: ${labels}.`,
    passedMakesGrant: "By its rules this request needs no decision, and the access is set up.",
    passedMakesNoGrant: "By its rules this request needs no decision, and no access is made from it: nothing stands in Zscaler.",
    reason: "Reason",
    consoles: "Consoles asked for",
    alsoOpens: "Also opens, on the same segments",
    holds: "Already held",
    holdsUntil: " until ",
    window: "Window",
    yourZone: "your time",
    nextOpenings: "Next openings",
    noOpenings: "This window is over; it can no longer be granted.",
    alwaysOpen: "open the whole time, without working hours",
    fromApproval: "Starts at the approval.",
    lateStart: "The start asked for has passed; the access starts at the approval.",
    offsetChange: (at: string, timeZone: string) =>
      `The clocks in ${timeZone} change on ${at}. Local hours stay as they are: the crons are written anew at that moment.`,
    crons: (start: string, end: string) => `Crons in UTC: from ${start}, to ${end}`,
    waitsFor: "Waits for ",
    or: " or ",
    reassigned: ["Reassigned from ", " to ", " by "] as WordsAround,
    addedApprover: ["Added as an approver: ", ", by "] as readonly [string, string],
    byEscalation: ", because no decision had come",
    byLeaving: ", because the one before is no longer in Slack",
    withheld: (label: string) => `${label}: this channel is shared with another organisation, so nothing is shown here. Look in App Home.`,
    earlierDecisions: (n: number) => (n === 1 ? "1 earlier decision is not shown here." : `${n} earlier decisions are not shown here.`),
    deadline: {
      EXPIRED: ["Can be decided until ", "; after that the request expires."],
      APPROVED: ["Can be decided until ", "; after that it counts as approved."],
    } as Readonly<Record<"EXPIRED" | "APPROVED", readonly [string, string]>>,
    failure: "Why it failed",
    hoursOutOfStep:
      "The clocks changed and the hours in Zscaler could not be brought into step: access may open and close at other times than shown",
    grantedInPart: (names: string) => `Granted nevertheless: ${names}`,
    rejection: "Reason of the rejection",
    approve: "Approve",
    approveLabel: (label: string) => `Approve ${label}`,
    reject: "Reject…",
    rejectLabel: (label: string) => `Reject ${label} with a reason`,
    reassign: "Reassign…",
    reassignLabel: (label: string) => `Hand the decision on ${label} to someone else`,
    withdraw: "Withdraw",
    withdrawLabel: (label: string) => `Withdraw ${label}`,
    withdrawTitle: "Withdraw the request?",
    withdrawText: (label: string) => `${label} will no longer be decided. You can ask again at any time.`,
    retry: "Try again (administrators)",
    retryLabel: (label: string) => `Try to grant ${label} again; administrators only`,
    openPortal: (portal: string) => `Open ${portal}`,
    openPortalLabel: (portal: string) => `Open the portal ${portal} in the browser`,
  },
  form: {
    title: "Request access",
    submit: "Send request",
    beneficiary: "Who needs the access?",
    consoles: "Consoles",
    consolesPlaceholder: "Type part of a name",
    when: "When?",
    now: "Now",
    nowHint: "From the approval on, for a while",
    later: "Later",
    laterHint: "From one date and time to another",
    recurring: "Recurring",
    recurringHint: "Working hours on certain days",
    start: "Start",
    startOptional: "Not before (empty: from the approval on)",
    yourZoneHint: (timeZone: string) => `In your own time zone, ${timeZone}.`,
    end: "End",
    duration: "For how long?",
    durationHint: "Counted from the approval.",
    untilDate: "Until a date",
    until: "Last day",
    dayList: "Days",
    hoursStart: "From",
    hoursEnd: "To",
    hoursEndHint: "An end before the start means the next day.",
    timeZone: "Time zone of these hours",
    timeZonePlaceholder: "Type a city or a zone",
    reason: "Reason",
    reasonPlaceholder: "What you need to do, with a ticket number if there is one",
    preview: "Next openings",
    previewIncomplete: "Fill in the time to see when the access would open.",
    previewIfApprovedNow: "If it were approved this minute.",
    divided: (n: number) => `These consoles fall under different rules: sending makes ${n} requests, and each is decided on its own.`,
    alsoOpens: "These open too, being on the same segments:",
    notFound: (name: string) => `No console is named “${name}”. Choose it from the list if it exists.`,
    ambiguous: (name: string, candidates: string) => `“${name}” could be ${candidates}. Choose from the list.`,
    notUnderstood: (text: string) => `Not understood: “${text}”.`,
    check: "Please check",
    minutes: (n: number) => count(n, "minute", "minutes"),
    hours: (n: number) => count(n, "hour", "hours"),
    daysLong: (n: number) => count(n, "day", "days"),
    weeks: (n: number) => count(n, "week", "weeks"),
  },
  explain: enExplain,
  approve: {
    title: "Approve request",
    submit: "Approve",
    comment: "Why?",
    commentHint: "The rules ask for a comment. The requester reads it.",
    intro: (label: string) => `You are about to approve ${label}.`,
  },
  reject: {
    title: "Reject request",
    submit: "Reject",
    comment: "Why?",
    commentHint: "The requester reads this.",
    intro: (label: string) => `You are about to reject ${label}.`,
  },
  reassign: {
    title: "Reassign decision",
    submit: "Reassign",
    assignee: "To a person",
    group: "Or to a group",
    groupPlaceholder: "Choose a group",
    comment: "Why?",
    commentHint: "The approvers and the requester read this.",
    intro: (label: string) => `Who should decide on ${label} in your place?`,
    introAdmin: (label: string) => `Who should decide on ${label}, and in whose place?`,
    choosePerson: "Choose a person.",
    choosePersonOrGroup: "Choose a person or a group.",
    from: "Whose place?",
    addSeat: "Nobody’s: add an approver",
  },
  ...enConversation,
  life: enLife,
  emergency: enEmergency,
  queue: enQueue,
  bulk: enBulk,
  nudge: {
    title: "Reminder",
    button: "Remind approvers",
    label: (label: string) => `Remind the approvers of ${label}`,
    done: "The approvers are being reminded.",
    later: ["It is quiet time for the approvers: they hear of it at ", "."] as readonly [string, string],
    again: ["You can remind them again from ", " on."] as readonly [string, string],
    tooSoon: ["The approvers were reminded a short while ago. You can remind them again from ", " on."] as readonly [string, string],
  },
  home: {
    welcome: "Privileged access",
    request: "Request access",
    requestLabel: "Open the form to request access",
    refresh: "Refresh",
    refreshLabel: "Read this page anew",
    waiting: "Waiting for you",
    waitingNone: "Nothing waits for your decision.",
    access: "Your access",
    accessNone: "You hold no access at the moment.",
    requests: "Your requests",
    requestsNone: "You have not asked for anything yet.",
    by: (who: string) => `Asked by ${who}`,
    forWhom: (who: string) => `For ${who}`,
    window: (span: string) => `Window: ${span}`,
    nextOpening: (span: string) => `Next opening: ${span}`,
    more: "Show more",
    moreLabel: "Show more rows of each list",
    all: "Older rows are not shown here.",
    openPortal: "Open portal",
    updated: (at: string) => `As of ${at}.`,
  },
  help: {
    title: "What /pra can do",
    intro: "Ask for Privileged Remote Access to consoles. Someone who may approve decides, and the access opens by itself.",
    form: "opens the request form",
    request: "opens it filled in",
    requestExample: "/pra request db-prod weekdays 9-17 Europe/Berlin for 2 weeks because OPS-123",
    mine: "lists your access and your requests",
    explain: "says who may decide on a request and why, which rules count and what comes next",
    approvals: "lists what waits for your decision, the most urgent first; select many and decide together",
    grantExample: "/pra grant @ana db-prod 2h because INC-77",
    grant: "gives somebody access at once, for whoever is on call; without anything behind it, it opens a form",
    breakGlass: "opens the form for an emergency in which nobody can decide, for those who are named for it",
    config: "shows and changes the approval rules, for administrators",
    findings: "shows what stands in Zscaler and is not as intended, for administrators",
    reconcile: "has all of Zscaler compared now, for administrators",
    help: "shows this",
    home: "The app's Home tab shows the same, and what waits for your decision.",
  },
};
