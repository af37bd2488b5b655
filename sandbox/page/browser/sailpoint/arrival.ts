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

const dayMilliseconds = 86_400_000;

/** By the second: nobody types milliseconds into SailPoint. */
const instantOf = (milliseconds: number): string => new Date(Math.floor(milliseconds / 1000) * 1000).toISOString().replace(".000", "");

/**
 * The approval that a workflow inside SailPoint would make of it. Who gets the access is the requestee; no attribute says it.
 * @param now of the tenant
 */
export function approvalOf(arrival: Arrival, now: Date): ApprovalInput {
  const { kind, name, requesteeId, approverId } = arrival;
  const shared = { name, requesterId: requesteeId, requesteeId, approverIds: [approverId] };
  if (kind === "plain") return { ...shared, type: "ACCESS_REQUEST_APPROVAL", description: "A role in the ledger application" };
  return {
    ...shared,
    type: "GENERIC_APPROVAL",
    description: "Privileged Remote Access",
    attributes: {
      praConsoles: arrival.consoles,
      praStart: instantOf(now.getTime()),
      praEnd: instantOf(now.getTime() + arrival.days * dayMilliseconds),
      praDays: arrival.weekdays,
      praFrom: arrival.from,
      praTo: arrival.to,
      praTimeZone: arrival.timeZone,
    },
  };
}
