import type { StoredGroup, StoredIdentity } from "./tenant.ts";

/**
 * The control side of the simulated SailPoint tenant: JSON over HTTP under `/control`, apart from the API's own paths.
 * `GET /control/state`, and `POST /control/<verb>` with the argument as JSON.
 */
export interface SailPointState {
  readonly tenantId: string;
  /** Whole, and with their status, whatever the tenant's quirks. */
  readonly approvals: Record<string, unknown>[];
  readonly identities: StoredIdentity[];
  readonly groups: StoredGroup[];
  /** By `id:SCOPE`. */
  readonly configs: Record<string, Record<string, unknown>>;
  /** API calls by HTTP method since the last reset; sign-ins are counted apart. */
  readonly calls: Record<string, number>;
  readonly authCalls: number;
  /** Answers 429 since the last reset. */
  readonly rateLimited: number;
  /** Bulk commands that were accepted and are not carried out yet. */
  readonly bulkWaiting: number;
  readonly now: string;
}

export const faultKinds = [
  "429",
  "500",
  "401",
  "timeout-before-effect",
  "timeout-after-effect",
  "reset",
  "reset-after-effect",
  "garbage",
] as const;

export type FaultKind = (typeof faultKinds)[number];

export interface CriterionInput {
  calculationType: "COUNT" | "PERCENT";
  value: number;
}

/** What a process inside the tenant says when an approval is born: there is no call of the API that makes one. */
export interface ApprovalInput {
  name: string;
  description?: string;
  /** Default GENERIC_APPROVAL. */
  type?: string;
  requesterId: string;
  /** Default: the requester. */
  requesteeId?: string;
  /** Ids of identities and governance groups, in order. */
  approverIds: string[];
  /** Default: parallel, one yes approves and one no rejects. */
  criteria?: { type: "SERIAL" | "PARALLEL"; approval: CriterionInput; rejection: CriterionInput };
  /** Default: the configuration that is in force for its targets, its type or the tenant. */
  config?: Record<string, unknown>;
  attributes?: Record<string, unknown>;
  references?: { id: string; type: string; name?: string }[];
  targets?: { id: string; name: string; targetType: string; requestType?: string; reauthRequired?: boolean }[];
  priority?: "HIGH" | "MEDIUM" | "LOW";
}

export interface SailPointControl {
  /** The tenant's clock is the machine's plus this. */
  clock(input: { offsetMilliseconds: number }): Promise<void>;
  /** @param input.after calls that still go well before the fault; 0 unless said otherwise */
  fault(input: { method: string; pathContains?: string; kind: FaultKind; after?: number; times: number }): Promise<void>;
  /** What was ordered and has not come to pass does not come to pass any more. */
  clearFaults(input: Record<string, never>): Promise<void>;
  resetCalls(input: Record<string, never>): Promise<void>;
  /** Starts over with these people; approvals, configurations and other clients go. The bot's own client stays. */
  seed(input: { identities: StoredIdentity[]; groups?: StoredGroup[] }): Promise<void>;
  /** A personal access token of this identity. */
  createClient(input: { identityId: string }): Promise<{ clientId: string; clientSecret: string }>;
  createApprovals(input: { approvals: ApprovalInput[] }): Promise<{ ids: string[] }>;
  /** Somebody decides in SailPoint itself. */
  decide(input: { id: string; by: string; verdict: "APPROVED" | "REJECTED"; comment?: string }): Promise<void>;
  reassign(input: { id: string; by: string; to: string; from?: string; comment?: string }): Promise<void>;
  cancel(input: { id: string; by: string; comment?: string }): Promise<void>;
  /** Puts attributes in, behind the bot's back. */
  setAttributes(input: { id: string; attributes: Record<string, unknown> }): Promise<void>;
  /** Carries out the bulk commands that wait, whatever their time. */
  settleBulk(input: Record<string, never>): Promise<void>;
  /** No token that was given out is taken any more. */
  expireTokens(input: Record<string, never>): Promise<void>;
  state(): Promise<SailPointState>;
}
