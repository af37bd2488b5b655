import type { BulkVerdict } from "../services/approvals/bulk.ts";
import type { QueueFilter, QueueRow } from "../services/approvals/queue.ts";

const requests = (n: number): string => `${n} ${n === 1 ? "request" : "requests"}`;

const filters: Readonly<Record<QueueFilter, string>> = {
  ALL: "Everything that waits for me",
  DUE_SOON: "Due within 24 hours",
  MINE: "Asked of me personally",
  GROUPS: "Asked of my groups",
  HIGH: "High priority",
  EVERYONE: "Everybody's (administrators)",
};

const priority: Readonly<Record<QueueRow["priority"], string>> = {
  HIGH: "High priority.",
  MEDIUM: "Medium priority.",
  LOW: "Low priority.",
};

const selected: Readonly<Record<BulkVerdict, string>> = {
  approve: "Approve selected",
  reject: "Reject selected…",
  reassign: "Reassign selected…",
  cancel: "Withdraw selected…",
};

const titles: Readonly<Record<BulkVerdict, string>> = {
  approve: "Approve selected",
  reject: "Reject selected",
  reassign: "Reassign selected",
  cancel: "Withdraw selected",
};

const submits: Readonly<Record<BulkVerdict, string>> = { approve: "Approve", reject: "Reject", reassign: "Reassign", cancel: "Withdraw" };

const intros: Readonly<Record<BulkVerdict, (n: number) => string>> = {
  approve: (n) => `You are about to approve ${requests(n)}. Each is decided by its own rules, as it stood when you selected it.`,
  reject: (n) => `You are about to reject ${requests(n)}. Each is decided by its own rules, as it stood when you selected it.`,
  reassign: (n) => `Who should decide on ${requests(n)} in your place?`,
  cancel: (n) => `You are about to withdraw ${requests(n)}. They will no longer be decided.`,
};

const hints: Readonly<Record<BulkVerdict, string>> = {
  approve: "The requesters read this.",
  reject: "The requesters read this.",
  reassign: "The approvers and the requesters read this.",
  cancel: "The approvers read this.",
};

const done: Readonly<Record<BulkVerdict, string>> = {
  approve: "Your approval counts.",
  reject: "Your rejection counts.",
  reassign: "Handed over.",
  cancel: "Withdrawn.",
};

/** What waits for a person, and deciding many at once. */
export const enQueue = {
  title: "Approvals",
  search: "Search",
  filter: "Which of them to show",
  filters,
  words: "Look for",
  wordsPlaceholder: "Console, person, reason or PRA number",
  wordsHint: "Press Enter to look for it.",
  noneMatch: "Nothing that waits matches.",
  count: (n: number) => (n === 1 ? "1 request waits for you." : `${n} requests wait for you.`),
  countEveryone: (n: number) => (n === 1 ? "1 request waits for somebody." : `${n} requests wait for somebody.`),
  countMatching: (matching: number, waiting: number) => `${matching} of ${waiting} match.`,
  range: (first: number, last: number, all: number) => `Shown: ${first} to ${last} of ${all}, the most urgent first.`,
  due: (at: string) => `Decide by ${at}.`,
  dueSoon: (at: string) => `Decide by ${at}: less than 24 hours are left.`,
  noDeadline: "No deadline.",
  priority,
  asksYou: "Asked of you personally.",
  asksGroup: (group: string) => `Asked of your group ${group}.`,
  asksOthers: "Asked of others.",
  since: (at: string) => `Waits since ${at}.`,
  select: (label: string) => `Select ${label}`,
  selected,
  selectedLabel: (button: string) => `${button}: opens a page that lists them`,
  tickAll: "Select all on this page",
  tickNone: "Select none",
  next: "Next page",
  previous: "Previous page",
  showAll: "Clear the filter",
  withdrawSeveral: "Withdraw several…",
  withdrawSeveralLabel: "Choose several of your requests that still wait, and withdraw them together",
};

export const enBulk = {
  titles,
  submits,
  intros,
  hints,
  requests: "Which requests?",
  requestsPlaceholder: "Choose requests",
  atOnce: (limit: number) => `At most ${limit} at once.`,
  newestListed: (listed: number, waiting: number) =>
    `${waiting} of your requests wait; the newest ${listed} can be chosen here. Every other one has Withdraw on its card in your messages with this app. Or withdraw some here and open this page again.`,
  comment: "Comment",
  commentRequired: "Why?",
  forWhom: ", for ",
  workingTitle: "In progress",
  working: (n: number) =>
    `Deciding on ${requests(n)}. The result of each appears here in a moment; if you close this page, you get it as a message.`,
  resultTitle: "Result",
  summary: (done: number, all: number) => `Done: ${done} of ${all}.`,
  notDone: "Not done",
  wasDone: "Done",
  done,
};
