import type { CredentialView } from "../../src/services/credentials/credentials-service.ts";
import type { Handover } from "../../src/services/credentials/handover.ts";

export const aCredentialView = (over: Partial<CredentialView> = {}): CredentialView => ({
  id: "11262",
  name: "db-prod maintenance",
  type: "SSH_KEY",
  userName: "maint",
  userDomain: null,
  description: null,
  microtenantId: null,
  microtenantName: "Default",
  lastResetAt: new Date("2026-08-01T00:00:00Z"),
  createdAt: new Date("2025-08-01T00:00:00Z"),
  ageDays: 113,
  isStale: true,
  ...over,
});

/** A link that was given and that nobody has opened. */
export const aHandover = (over: Partial<Handover> = {}): Handover => ({
  id: "0195b7f4-0000-7000-8000-000000000001",
  kind: "add",
  credentialId: null,
  fields: { name: "db-prod root", type: "SSH_KEY", userName: "root", userDomain: null, description: null, microtenantId: null },
  by: { teamId: "T1", userId: "UDORA" },
  locale: "en-GB",
  createdAt: new Date("2026-11-22T00:00:00Z"),
  expiresAt: new Date("2026-11-22T00:10:00Z"),
  browserHash: null,
  codeHash: null,
  wrongCodes: 0,
  otherBrowserAt: null,
  confirmedAt: null,
  usedAt: null,
  resetBefore: null,
  closed: null,
  outcome: null,
  failure: null,
  ...over,
});
