import type { Transaction } from "kysely";
import type { Clock } from "../../clock.ts";
import type { Jobs } from "../../jobs/jobs.ts";
import type { Database } from "../../store/schema.ts";
import type { SailPointApproval } from "../sailpoint/approval.ts";
import { attributesDigest, storable } from "./attributes.ts";
import { type GovernedApproval, lockGoverned, noteSight, updateGoverned } from "./governed-rows.ts";
import type { Sighting } from "./judge-approval.ts";

export interface SeePorts {
  readonly jobs: Pick<Jobs, "enqueue">;
  readonly clock: Clock;
  /** The types on the list. */
  readonly types: readonly string[];
}

/**
 * Looks at an approval that was stored anew or changed, in the transaction that stores it: remembers what was shown of it first, and has it
 * settled once it says that it is decided. Types that are not on the list are not looked at. Seeing the same again changes nothing.
 *
 * @param before as it was stored until now; null for a new one
 */
export const seeGoverned =
  ({ jobs, clock, types }: SeePorts) =>
  async (trx: Transaction<Database>, approval: SailPointApproval, before: SailPointApproval | null): Promise<void> => {
    const { id: sailpointId, type } = approval;
    if (type === null || !types.includes(type)) return;
    await noteSight(trx, { sailpointId, type, name: nameOf(approval) }, firstSight(before ?? approval, clock.now()));
    const known = await lockGoverned(trx, sailpointId);
    if (known === null) return;
    await rememberShown(trx, known, approval, clock.now());
    if (approval.status === "PENDING") {
      if (isSilent(approval) && known.status === "WATCHED") await jobs.enqueue(trx, "settle-governed", { sailpointId });
      return;
    }
    const next = nextStatus(known, approval);
    if (next === null) return;
    await updateGoverned(trx, sailpointId, { status: next });
    await jobs.enqueue(trx, "settle-governed", { sailpointId });
  };

const nameOf = ({ name }: SailPointApproval): string | null => (name === null ? null : storable(name));

/** What is remembered of an approval that was never seen before. */
export const firstSight = (approval: SailPointApproval, now: Date): Sighting => ({
  seenAt: now,
  seenPending: approval.status === "PENDING",
  shownDigest: attributesDigest(approval.additionalAttributes),
  shownRequesteeId: approval.requestee?.id ?? null,
  shownSince: null,
  shownOtherwise: false,
});

/** A row of a list may leave the attributes out: then it is read whole. */
export const isSilent = ({ raw }: SailPointApproval): boolean => raw.additionalAttributes === undefined;

/**
 * Of one that was not settled yet: what came after the first sight, while it waits, and whether anything is otherwise than it was shown.
 * What was shown once stays what was shown.
 */
export async function rememberShown(
  trx: Transaction<Database>,
  known: GovernedApproval,
  approval: SailPointApproval,
  now: Date,
): Promise<void> {
  if (known.status !== "WATCHED") return;
  const digest = attributesDigest(approval.additionalAttributes);
  const waits = approval.status === "PENDING";
  await updateGoverned(trx, known.sailpointId, {
    ...(isOtherwise(known, approval, digest) ? { shownOtherwise: true } : {}),
    ...(waits && known.shownDigest === null && digest !== null ? { shownDigest: digest, shownSince: approval.modifiedAt ?? now } : {}),
    ...(waits && known.shownRequesteeId === null && approval.requestee !== null ? { shownRequesteeId: approval.requestee.id } : {}),
    ...(approval.name === null ? {} : { name: nameOf(approval) }),
  });
}

/** Attributes that were left out or cannot be read, and a row that names no requestee, say nothing. */
function isOtherwise({ shownDigest, shownRequesteeId }: GovernedApproval, approval: SailPointApproval, digest: string | null): boolean {
  const { additionalAttributes, requestee } = approval;
  const hasOthers = shownDigest !== null && additionalAttributes !== null && !isSilent(approval) && digest !== shownDigest;
  return hasOthers || (shownRequesteeId !== null && requestee !== null && requestee.id !== shownRequesteeId);
}

/**
 * Null where nothing follows. A deadline that passes takes nothing back: it says nothing about a yes that was given.
 */
function nextStatus({ status, shownDigest }: GovernedApproval, approval: SailPointApproval): "DUE" | "WITHDRAWING" | null {
  switch (approval.status) {
    case "APPROVED":
      return status === "WATCHED" ? "DUE" : null;
    case "PASSED":
      return status === "WATCHED" && (shownDigest ?? attributesDigest(approval.additionalAttributes)) !== null ? "DUE" : null;
    case "CANCELLED":
    case "REJECTED":
      return status === "GRANTED" ? "WITHDRAWING" : null;
    case "EXPIRED":
    case "PENDING":
    case "UNKNOWN":
      return null;
  }
}
