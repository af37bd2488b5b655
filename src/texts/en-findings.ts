import type { FindingKind, FindingStatus, Verdict } from "../services/access/reconcile/finding.ts";

type Around = readonly [string, string, string];

const titles: Readonly<Record<FindingKind, string>> = {
  CHANGED: "Changed in Zscaler",
  MISSING: "Missing in Zscaler",
  FOREIGN: "Not from Portcullis",
  MANY: "Many findings in Zscaler",
  LIST: "Zscaler’s list looks wrong",
};

const what: Readonly<Record<Exclude<FindingKind, "MANY" | "LIST">, string>> = {
  CHANGED: "Somebody changed this privileged approval in Zscaler. It is no longer what was approved.",
  MISSING: "This privileged approval is gone from Zscaler, although its time is not over. The access does not open.",
  FOREIGN: "This privileged approval stands in Zscaler, and Portcullis did not make it. It opens access without a request.",
};

const fields: Readonly<Record<string, string>> = {
  emailIds: "Who",
  applications: "Segments",
  startTime: "Start",
  endTime: "End",
  workingHours: "Working hours",
  startTimeCron: "Start cron",
  endTimeCron: "End cron",
  timeZone: "Time zone",
  days: "Days",
  hours: "Hours",
};

const settled: Readonly<Record<Exclude<FindingStatus, "OPEN" | "GONE">, Around>> = {
  ADOPTED: ["Adopted by ", " at ", ". What stands in Zscaler is what is intended now."],
  RESTORED: ["Restored by ", " at ", ". It stands in Zscaler as intended, proven by reading it back."],
  IGNORED: ["Ignored by ", " at ", ". It is told anew when it changes."],
  REVOKED: ["Revoked by ", " at ", "."],
};

const wanted: Readonly<Record<Verdict, readonly [string, string]>> = {
  adopt: ["Being adopted, as ", " decided."],
  restore: ["Being restored, as ", " decided. It is said here once it is proven."],
  ignore: ["Being ignored, as ", " decided."],
  revoke: ["Being deleted, as ", " decided. It is said here once it is proven."],
};

const verdicts: Readonly<Record<Verdict, string>> = { adopt: "Adopt", restore: "Restore", ignore: "Ignore", revoke: "Revoke" };

export const enFindings = {
  titles,
  what,
  fields,
  settled,
  wanted,
  verdicts,
  verdictLabel: (verdict: Verdict, about: string) => `${verdicts[verdict]} ${about}`,
  checkEach: "Check each one",
  checkEachLabel: (place: string) => `Ask Zscaler for each privileged approval of ${place} by its id`,
  cardFallback: (title: string, about: string) => `${title}: ${about}`,
  about: (email: string, segments: string) => `${email} on ${segments}`,
  of: "Request",
  who: "Who",
  segments: "Segments",
  microtenant: "Microtenant",
  window: "From – until",
  hours: "Working hours",
  noHours: "around the clock",
  id: "Id in Zscaler",
  differs: "What differs",
  difference: ["approved: ", "; in Zscaler: "] as readonly [string, string],
  wasOurs: "It was Portcullis’s once: the request is over, and somebody has opened it again in Zscaler.",
  many: (n: number, place: string) => `${n} findings in ${place} have no message of their own:`,
  manyOf: { CHANGED: "changed", MISSING: "missing", FOREIGN: "not from Portcullis" } as Readonly<Record<string, string>>,
  manyNone: (place: string) => `The findings in ${place} are dealt with.`,
  list: (absent: number, grants: number, place: string) =>
    `Zscaler’s list for ${place} lacks ${absent} of ${grants} privileged approvals that stand. So many at once are rather a mistake of the list than missing: nothing was concluded from it.`,
  open: "Show findings",
  openLabel: "Show all findings that wait",
  goneAround: ["No longer so, as seen at ", ". Nothing is to be done."] as readonly [string, string],
  known: ["Adopted by ", " at ", ". It is known, and is told anew when it changes."] as Around,
  listChecked: ["Checked one by one, as ", " asked at ", "."] as Around,
  revoking: "The whole request’s access ends; its card says when it is gone from Zscaler.",
  answers: ["Answers for it: ", "."] as readonly [string, string],
  reason: "Reason",
  failed: "That did not come about:",
  restoreTitle: "Restore it?",
  restoreText: "What was approved is written to Zscaler again, and read back.",
  revokeTitle: "Take this access away?",
  revokeText: "You are asked for a reason next.",
  yes: "Go on",
  no: "Not now",
  adoptTitle: "Adopt",
  adoptChanged: "What stands in Zscaler becomes what is intended: the request’s end and hours change with it.",
  adoptForeign: "It is known from now on, and is not told again until it changes.",
  revokeForm: "Revoke",
  revokeOurs: "The whole request’s access ends now, in Zscaler too.",
  revokeForeign: "It is deleted from Zscaler, exactly as it is shown. That cannot be undone.",
  revokeSubmit: "Revoke",
  reasonHint: "It is recorded in the ledger.",
  owner: "Who answers for it?",
  listTitle: "Findings",
  none: "Nothing waits: all that stands in Zscaler is as intended, or known.",
  waiting: (n: number) => (n === 1 ? "1 finding waits." : `${n} findings wait.`),
  lastPass: ["The tenant was compared last at ", "."] as readonly [string, string],
  noPass: "The tenant has not been compared yet.",
  nextPage: "Next page",
  nextPageLabel: "Show the next findings",
  started: "The tenant is being compared. You hear here what came of it; findings are told where they always are.",
  passTitle: "The tenant was compared",
  passLine: (r: {
    listed: number;
    asIntended: number;
    changed: number;
    missing: number;
    foreign: number;
    expired: number;
    moving: number;
  }) =>
    `${r.listed} listed: ${r.asIntended} as intended, ${r.changed} changed, ${r.missing} missing, ${r.foreign} not from Portcullis, ${r.expired} over, ${r.moving} being worked on.`,
  passRemoved: (removed: number, cleaned: number) =>
    `Deleted of our own: ${removed} left behind by lost attempts, ${cleaned} that were over.`,
  passProblem: (problem: string) => `Nothing can be said: ${problem}`,
};
