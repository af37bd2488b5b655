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
    if (isOtherwise(known, approval)) await updateGoverned(trx, sailpointId, { shownOtherwise: true });
    if (approval.status === "PENDING") return remember(trx, known, approval, clock.now());
    const next = nextStatus(known, approval);
    if (next === null) return;
    await updateGoverned(trx, sailpointId, { status: next });
    await jobs.enqueue(trx, "settle-governed", { sailpointId });
  };

const nameOf = ({ name }: SailPointApproval): string | null => (name === null ? null : storable(name));

const firstSight = (approval: SailPointApproval, now: Date): Sighting => ({
  seenAt: now,
  seenPending: approval.status === "PENDING",
  shownDigest: attributesDigest(approval.additionalAttributes),
  shownRequesteeId: approval.requestee?.id ?? null,
  shownSince: null,
  shownOtherwise: false,
});

/** Changed since it was shown. Attributes that cannot be read, and a row that names no requestee, say nothing. */
function isOtherwise(
  { status, shownDigest, shownRequesteeId }: GovernedApproval,
  { additionalAttributes, requestee }: SailPointApproval,
): boolean {
  if (status !== "WATCHED") return false;
  const hasOthers = shownDigest !== null && additionalAttributes !== null && attributesDigest(additionalAttributes) !== shownDigest;
  return hasOthers || (shownRequesteeId !== null && requestee !== null && requestee.id !== shownRequesteeId);
}

/** What came after the first sight. What was shown once stays what was shown. */
async function remember(trx: Transaction<Database>, known: GovernedApproval, approval: SailPointApproval, now: Date): Promise<void> {
  if (known.status !== "WATCHED") return;
  const digest = attributesDigest(approval.additionalAttributes);
  await updateGoverned(trx, known.sailpointId, {
    ...(known.shownDigest === null && digest !== null ? { shownDigest: digest, shownSince: approval.modifiedAt ?? now } : {}),
    ...(known.shownRequesteeId === null && approval.requestee !== null ? { shownRequesteeId: approval.requestee.id } : {}),
    ...(approval.name === null ? {} : { name: nameOf(approval) }),
  });
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
