import { z } from "zod";
import type { Failure } from "../access/request.ts";
import type { SlackActor } from "../directory/person.ts";
import type { Holder } from "./approval.ts";

/** Most approvals that one command decides: SailPoint's limit for its bulk calls. */
export const BULK_LIMIT = 50;

export const BULK_VERDICTS = ["approve", "reject", "reassign", "cancel"] as const;
export type BulkVerdict = (typeof BULK_VERDICTS)[number];

/** One approval, in the version that the person saw. */
export const BulkItem = z.object({ approvalId: z.uuid(), version: z.number().int().nonnegative() });
export type BulkItem = z.infer<typeof BulkItem>;

export interface BulkSelection {
  readonly verdict: BulkVerdict;
  readonly items: readonly BulkItem[];
}

/** One approval of a selection, as its request reads. */
export interface BulkPreviewRow {
  readonly item: BulkItem;
  /** `PRA-1042`. */
  readonly label: string;
  readonly consoleNames: readonly string[];
  readonly beneficiaryUserId: string;
}

export interface BulkPreview {
  readonly verdict: BulkVerdict;
  readonly rows: readonly BulkPreviewRow[];
  /** The configuration of at least one of them asks for a comment with this verdict, or the verdict itself does. */
  readonly commentRequired: boolean;
}

/** Most requests of their own that a person chooses among in one form: a menu of Slack's holds no more. */
export const WITHDRAWABLE_LISTED = 100;

/** What a requester could take back. */
export interface Withdrawable {
  /** The newest. */
  readonly rows: readonly BulkPreviewRow[];
  /** All of them, also those that are not listed. */
  readonly waiting: number;
}

export interface SubmitBulk extends BulkSelection {
  readonly by: SlackActor;
  readonly comment: string;
  /** To whom the seats go; null for every other verdict. */
  readonly to: Holder | null;
  /** The modal that the result is shown in. The same submission of it, delivered twice, makes one command. */
  readonly viewId: string;
}

/** What became of one approval: `failure` is null where it was done. */
export interface BulkResultRow extends BulkPreviewRow {
  readonly failure: Failure | null;
}

export interface BulkResult {
  readonly id: string;
  readonly verdict: BulkVerdict;
  readonly by: SlackActor;
  readonly viewId: string;
  readonly rows: readonly BulkResultRow[];
}
