import type { FindingView } from "../../src/services/access/reconcile/finding.ts";
import { at } from "./models.ts";

const terms = {
  emailIds: ["ana@example.com"],
  segmentIds: ["seg-1"],
  start: at("2026-11-22T08:00:00Z"),
  end: at("2026-11-22T16:00:00Z"),
  workingHours: null,
};

/** A finding of a changed end, unless said otherwise. */
export const aFinding = (over: Partial<FindingView> = {}): FindingView => ({
  id: "0f8fad5b-d9cb-469f-a165-70867728950e",
  kind: "CHANGED",
  subject: "g1",
  microtenantId: null,
  zpaId: "20472",
  grantId: "g1",
  fingerprint: "f",
  body: {
    microtenantName: "Default",
    fields: ["endTime"],
    intended: terms,
    seen: { ...terms, end: at("2026-11-22T20:00:00Z") },
    counts: {},
  },
  status: "OPEN",
  version: 3,
  wanted: null,
  failure: null,
  isTold: true,
  settledBy: null,
  reason: null,
  owner: null,
  foundAt: at("2026-11-22T09:00:00Z"),
  settledAt: null,
  closedAt: null,
  label: "PRA-1042",
  requestId: "r1",
  segmentNames: { "seg-1": "Databases" },
  verdicts: ["adopt", "restore", "ignore", "revoke"],
  ...over,
});

export const aForeignFinding = (over: Partial<FindingView> = {}): FindingView =>
  aFinding({
    kind: "FOREIGN",
    grantId: null,
    label: null,
    requestId: null,
    body: { microtenantName: "Default", fields: [], intended: null, seen: terms, counts: {} },
    verdicts: ["adopt", "ignore", "revoke"],
    ...over,
  });
