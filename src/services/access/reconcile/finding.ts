import type { CronPair, WorkingHours } from "../../schedule/working-hours.ts";
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

/** A finding as it is shown. */
export interface FindingView extends Finding {
  /** `PRA-1042`, where it is about a request's access. */
  readonly label: string | null;
  readonly requestId: string | null;
  /** Names of segments by id, as far as the catalog knows them. */
  readonly segmentNames: Readonly<Record<string, string>>;
  /** What can be done about it now. */
  readonly verdicts: readonly Verdict[];
}

/** How many findings wait for an administrator, by class. */
export type FindingCounts = Readonly<Record<"changed" | "missing" | "foreign" | "list", number>>;

/** One page of findings. */
export interface FindingsPage {
  readonly findings: readonly FindingView[];
  readonly counts: FindingCounts;
  /** The last pass that came to its end; null before the first. */
  readonly lastPass: PassSummary | null;
  /** Pass it on to have the next page; null at the end. */
  readonly next: string | null;
}

/** What a pass came to in one microtenant. */
export interface MicrotenantResult {
  readonly microtenantId: string | null;
  readonly microtenantName: string;
  readonly listed: number;
  readonly asIntended: number;
  readonly changed: number;
  readonly missing: number;
  readonly foreign: number;
  readonly expired: number;
  /** Being worked on: judged by the next pass. */
  readonly moving: number;
  /** Left behind by lost attempts of ours, and deleted. */
  readonly removed: number;
  readonly cleaned: number;
  /** The list was not believed, or not had: why. */
  readonly problem: string | null;
}

/** What a pass over the whole tenant came to. */
export interface PassSummary {
  readonly finishedAt: Date;
  readonly microtenants: readonly MicrotenantResult[];
}
