import type { CardViewer } from "../../src/views/approval-card.ts";
import { ana, approvalOf, at, overviewOf, requestOf } from "./models.ts";

export const approver: CardViewer = { kind: "approver", userId: "U2BEN", timeZone: "America/New_York", locale: "en-US" };
export const requester: CardViewer = { kind: "requester", userId: ana.userId, timeZone: "Europe/Lisbon", locale: "en-GB" };
export const reader: CardViewer = { kind: "reader", userId: "U5EVE", timeZone: "Europe/Lisbon", locale: "en-GB" };
export const channel: CardViewer = { kind: "channel", timeZone: null, locale: null };
export const decision = {
  verdict: "APPROVED",
  by: { teamId: "T1", userId: "U2BEN" },
  at: at("2026-03-16T08:00:00Z"),
  comment: null,
  capacity: "APPROVER",
} as const;
export const decided = (over: Partial<Parameters<typeof requestOf>[0]>) =>
  overviewOf({
    request: requestOf(over),
    approval: approvalOf({
      status: "APPROVED",
      seats: [{ id: "s1", holder: { kind: "person", userId: "U2BEN" }, decision, insteadOf: null, autoApproveFor: null }],
    }),
  });
