import { createHash } from "node:crypto";
import type { CronPair, WorkingHours } from "../../schedule/working-hours.ts";
import type { PrivilegedApproval } from "../../zpa/zpa-client.ts";
import type { Grant } from "../grant.ts";
import { microtenantKey, segmentKey } from "../grant-rows.ts";
import type { Failure } from "../request.ts";

/** MANY stands for those that have no message of their own; LIST for a list that lacks so much of ours that it is not believed. */
export const FINDING_KINDS = ["CHANGED", "MISSING", "FOREIGN", "MANY", "LIST"] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

/** OPEN waits for an administrator; GONE settled itself: it is no longer so. */
export const FINDING_STATUSES = ["OPEN", "ADOPTED", "RESTORED", "IGNORED", "REVOKED", "GONE"] as const;
export type FindingStatus = (typeof FINDING_STATUSES)[number];

export const VERDICTS = ["adopt", "restore", "ignore", "revoke"] as const;
export type Verdict = (typeof VERDICTS)[number];

/** What stands in ZPA, or is to stand there. */
export interface FindingTerms {
  readonly emailIds: readonly string[];
  readonly segmentIds: readonly string[];
  readonly start: Date;
  readonly end: Date;
  readonly workingHours: (WorkingHours & CronPair) | null;
}

/** What a finding says. */
export interface FindingBody {
  readonly microtenantName: string;
  /** In which fields what stands differs from what is intended. */
  readonly fields: readonly string[];
  readonly intended: FindingTerms | null;
  readonly seen: FindingTerms | null;
  /** MANY: how many of which kind wait. LIST: of how many grants how many are not listed. */
  readonly counts: Readonly<Record<string, number>>;
}

/** What a pass says of one thing in the tenant. */
export interface Found {
  readonly kind: FindingKind;
  /** What it is about: of one subject and kind one finding at a time is open. */
  readonly subject: string;
  readonly microtenantId: string | null;
  readonly zpaId: string | null;
  readonly grantId: string | null;
  /** Of what stands and what is intended: with another one it is another matter. */
  readonly fingerprint: string;
  readonly body: FindingBody;
}

/** What an administrator decided and a job is bringing about. */
export interface Wanted {
  readonly verdict: Verdict;
  readonly by: string;
  readonly reason: string | null;
}

export interface Finding extends Found {
  readonly id: string;
  readonly status: FindingStatus;
  readonly version: number;
  readonly wanted: Wanted | null;
  /** Why what was wanted did not come about. */
  readonly failure: Failure | null;
  /** Has a message of its own. */
  readonly isTold: boolean;
  readonly settledBy: string | null;
  readonly reason: string | null;
  readonly owner: string | null;
  readonly foundAt: Date;
  readonly settledAt: Date | null;
  readonly closedAt: Date | null;
}

/** What can be done about a finding. */
export const verdictsOn = ({ kind }: Pick<Finding, "kind">): readonly Verdict[] => POSSIBLE[kind];

const POSSIBLE: Readonly<Record<FindingKind, readonly Verdict[]>> = {
  CHANGED: ["adopt", "restore", "ignore", "revoke"],
  MISSING: ["restore", "ignore", "revoke"],
  FOREIGN: ["adopt", "ignore", "revoke"],
  LIST: ["restore", "ignore"],
  MANY: [],
};

export const foreignSubject = (microtenantId: string | null, zpaId: string): string => `${microtenantKey(microtenantId)}/${zpaId}`;

export const termsOf = ({ emailIds, segmentIds, start, end, workingHours }: PrivilegedApproval): FindingTerms => ({
  emailIds: emailIds.toSorted(),
  segmentIds: segmentIds.toSorted(),
  start,
  end,
  workingHours,
});

export const intendedOf = ({ email, segmentIds, start, end, workingHours }: Grant): FindingTerms => ({
  emailIds: [email],
  segmentIds,
  start,
  end,
  workingHours,
});

const CRONS: ReadonlySet<string> = new Set(["startTimeCron", "endTimeCron"]);

/**
 * Of a change: only what differs counts, on either side. Crons move with the seasons by themselves, and count only where nothing else
 * differs: what is ignored must not come back at every change of the clocks.
 */
export function fingerprintOfChange(fields: readonly string[], seen: FindingTerms, intended: FindingTerms): string {
  const lasting = fields.filter((field) => !CRONS.has(field));
  return lasting.length === 0
    ? digest(["crons", seen.workingHours])
    : digest(lasting.map((field) => [field, part(field, seen), part(field, intended)]));
}

export const fingerprintOfForeign = (seen: FindingTerms): string =>
  digest([seen.emailIds.map((email) => email.toLowerCase()), segmentKey(seen.segmentIds), seen.start, seen.end, seen.workingHours]);

export const fingerprintOfMissing = (zpaId: string): string => digest(["missing", zpaId]);

function part(field: string, terms: FindingTerms): unknown {
  switch (field) {
    case "emailIds":
      return terms.emailIds.map((email) => email.toLowerCase());
    case "applications":
      return segmentKey(terms.segmentIds);
    case "startTime":
      return terms.start;
    case "endTime":
      return terms.end;
    default:
      return terms.workingHours === null ? null : { ...terms.workingHours, startTimeCron: null, endTimeCron: null };
  }
}

const digest = (value: unknown): string => createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 32);
