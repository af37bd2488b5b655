/**
 * The control side of the simulated ZPA tenant: JSON over HTTP under `/control`, apart from the API's own paths.
 * `GET /control/state`, and `POST /control/<verb>` with the argument as JSON.
 */
export interface TenantState {
  /** As the tenant stores and would list them. */
  approvals: Record<string, unknown>[];
  /** With `secretSha256`, which no answer of the API has. */
  credentials: Record<string, unknown>[];
  consoles: Record<string, unknown>[];
  portals: Record<string, unknown>[];
  microtenants: Record<string, unknown>[];
  applications: Record<string, unknown>[];
  /** Of policies, of every set and microtenant, in their order. */
  rules: Record<string, unknown>[];
  /** API calls by HTTP method since the last reset; sign-ins are counted apart. */
  calls: Record<string, number>;
  authCalls: number;
  /** Answers 429 since the last reset. */
  rateLimited: number;
  now: string;
}

export const faultKinds = [
  "500",
  "503",
  "429",
  "400-transient",
  "409",
  "401",
  "timeout-before-effect",
  "timeout-after-effect",
  "reset",
  "garbage",
  "empty-list",
] as const;

export type FaultKind = (typeof faultKinds)[number];

export interface TenantControl {
  /** The tenant's clock is the machine's plus this. */
  clock(input: { offsetMilliseconds: number }): Promise<void>;
  /** @param input.after calls that still go well before the fault; 0 unless said otherwise */
  fault(input: { method: string; pathContains?: string; kind: FaultKind; after?: number; times: number }): Promise<void>;
  /** What was ordered and has not come to pass does not come to pass any more. */
  clearFaults(input: Record<string, never>): Promise<void>;
  resetCalls(input: Record<string, never>): Promise<void>;
  seed(input: { consoles?: number; microtenants?: boolean }): Promise<void>;
  /** An administrator acts in the tenant by hand, behind the bot's back. */
  deleteApproval(input: { id: string }): Promise<void>;
  /** Moves the end of one. */
  changeApproval(input: { id: string; endTime: number }): Promise<void>;
  /** Makes one for an hour or more, on the tenant's first segment of the Default microtenant unless another is named. */
  addApproval(input: { email: string; minutes: number; segmentId?: string }): Promise<{ id: string }>;
  /** Whether the tenant would let this person in now, by its rules of access, and by start, end and the crons' last firings. */
  access(input: { email: string; segmentId: string; at?: string }): Promise<{ allowed: boolean; approvalIds: string[] }>;
  state(): Promise<TenantState>;
}
