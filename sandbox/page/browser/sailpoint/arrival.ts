import type { ApprovalInput } from "../../../sailpoint/control.ts";

/** What is typed into the form by which an approval arrives. */
export interface Arrival {
  readonly kind: "pra" | "plain";
  readonly name: string;
  readonly requesteeId: string;
  /** An identity or a governance group. */
  readonly approverId: string;
  /** Names, divided by commas, as SailPoint keeps them: one text. */
  readonly consoles: string;
  readonly reason: string;
  /** From the approval on. */
  readonly days: number;
  /** Of the week, as cron names them, divided by commas. */
  readonly weekdays: string;
  /** `HH:mm` in the zone. */
  readonly from: string;
  readonly to: string;
  readonly timeZone: string;
}

export const weekdayChoices = [
  { value: "MON,TUE,WED,THU,FRI", label: "Weekdays" },
  { value: "SUN,MON,TUE,WED,THU,FRI,SAT", label: "Every day" },
  { value: "SAT,SUN", label: "Weekends" },
] as const;

/** What Portcullis reads of an approval that is to become access. Who gets it is the requestee; no attribute says it. */
const attributesOf = ({ consoles, reason, days, weekdays, from, to, timeZone }: Arrival): Readonly<Record<string, string>> => ({
  portcullisConsoles: consoles,
  portcullisDuration: `P${days}D`,
  portcullisDays: weekdays,
  portcullisHoursStart: from,
  portcullisHoursEnd: to,
  portcullisTimeZone: timeZone,
  portcullisReason: reason,
});

/** The approval that a workflow inside SailPoint would make of it. */
export function approvalOf(arrival: Arrival): ApprovalInput {
  const { kind, name, requesteeId, approverId } = arrival;
  const shared = { name, requesterId: requesteeId, requesteeId, approverIds: [approverId] };
  return kind === "plain"
    ? { ...shared, type: "ACCESS_REQUEST_APPROVAL", description: "A role in the ledger application" }
    : { ...shared, type: "GENERIC_APPROVAL", description: "Privileged Remote Access", attributes: attributesOf(arrival) };
}
