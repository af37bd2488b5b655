import type {
  CredentialDetails,
  CredentialMovePreview,
  CredentialPlace,
  CredentialUse,
  CredentialView,
  HandoverOffer,
} from "../../src/services/credentials/credentials-service.ts";
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

export const somePlaces: readonly CredentialPlace[] = [
  { id: null, name: "Default" },
  { id: "77", name: "Plant" },
];

export const someUses: readonly CredentialUse[] = [{ ruleId: "5001", name: "Database hosts" }];

export const aCredentialDetails = (over: Partial<CredentialDetails> = {}): CredentialDetails => ({
  credential: aCredentialView(),
  maxAgeDays: 90,
  canRotate: true,
  elsewhere: somePlaces.filter(({ id }) => id !== null),
  ...over,
});

export const aMovePreview = (over: Partial<CredentialMovePreview> = {}): CredentialMovePreview => ({
  credential: aCredentialView(),
  uses: someUses,
  to: { id: "77", name: "Plant" },
  ...over,
});

export const anOffer = (over: Partial<HandoverOffer> = {}): HandoverOffer => ({
  handoverId: "0195b7f4-0000-7000-8000-000000000001",
  kind: "add",
  url: "https://portcullis.example.com/credentials/x4Jd0Tz2nB7kq9Wm1Lr5Vc8Yh3Ga6Fs0Ee2Uu4Ii6Oo",
  expiresAt: new Date("2026-11-22T00:10:00Z"),
  fields: aHandover().fields,
  ...over,
});
