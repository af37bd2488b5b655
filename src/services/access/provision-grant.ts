import { type ErrorCode, fromUnknown, PortcullisError } from "../../errors.ts";
import type { CreateOptions, PrivilegedApproval, ZpaPriority } from "../zpa/zpa-client.ts";
import { type Claim, isPlanned, readClaim, refusalOf } from "./claim-grant.ts";
import { alignedAt } from "./crons-of-grant.ts";
import { findEffect, removeEffects } from "./earlier-effects.ts";
import type { Grant } from "./grant.ts";
import { type Held, onHeldGrant } from "./hold-grant.ts";
import { differences, draftOf } from "./matching.ts";
import { isAway, noteWaiting } from "./note-waiting.ts";
import type { ProvisionPorts } from "./provision-ports.ts";
import { markFailed, markGranted, type RecordedAttempt, recordAttempt, recordRefusal, recordZpaId } from "./provision-steps.ts";

type Standing =
  | { readonly kind: "as-intended"; readonly grant: Grant; readonly found: PrivilegedApproval }
  | { readonly kind: "refused"; readonly error: PortcullisError };

/**
 * Makes one grant real in ZPA, exactly once, and proves it by reading it back.
 *
 * One run at a time holds the grant. The first attempt posts at once. Every later one first looks for the effect of an earlier
 * attempt, because an answer that was lost says nothing about the effect. A job that dies at any line can be run again from the top.
 * A grant that ends as FAILED leaves nothing behind in ZPA, or says that it may have (`zpa_timeout`).
 *
 * @throws PortcullisError when another run may succeed; the queue comes back to it
 */
export const provisionGrant = (ports: ProvisionPorts) => onHeldGrant(ports, "provision-grant", (held) => provisionHeld(ports, held));

async function provisionHeld(ports: ProvisionPorts, { grantId, job, confirm }: Held): Promise<void> {
  let claim: Claim | null = null;
  try {
    claim = await readClaim(ports, grantId, isPlanned);
    if (claim === null) return;
    await ports.faultPoint("grant.claimed");
    const refusal = await refusalOf(ports, claim.grant);
    const standing = refusal === null ? await stand(ports, claim, confirm) : refused(refusal);
    if (standing === null) return; // ended meanwhile: the end sees to what was sent
    if (standing.kind === "refused") return await giveUp(ports, claim, standing.error);
    await ports.faultPoint("grant.read-back");
    await markGranted(ports, standing.grant, standing.found);
    await ports.faultPoint("grant.committed");
  } catch (thrown) {
    const error = fromUnknown(thrown);
    if (!job.isLast) {
      if (isAway(error.code)) await noteWaiting(ports, grantId, error);
      throw error;
    }
    // What the last run leaves behind is not known: the failure says so where something was sent.
    const sent = claim !== null && (claim.attempts.length > 0 || claim.grant.zpaId !== null || error.code === "zpa_timeout");
    await markFailed(ports, grantId, sent ? new PortcullisError("zpa_timeout", {}, { cause: error }) : error);
  }
}

/** Takes away what an attempt may have left in ZPA, and only then says that the grant failed. */
async function giveUp(ports: ProvisionPorts, claim: Claim, error: PortcullisError): Promise<void> {
  const mayHaveEffect = claim.attempts.length > 0 || claim.grant.zpaId !== null || error.code === "zpa_read_back_differs";
  if (mayHaveEffect) await removeEffects(ports, claim.grant.id);
  await markFailed(ports, claim.grant.id, error);
}

/** The privileged approval as ZPA holds it once it is what was intended; null when it is no longer wanted. */
async function stand(ports: ProvisionPorts, claim: Claim, confirm: Held["confirm"]): Promise<Standing | null> {
  const earlier = await findEffect(ports, claim);
  const { priority = "grant" } = claim;
  if (earlier !== null) return asIntended(ports, alignedAt(earlier.grant, ports.clock.now()), earlier.found, { confirm, priority });

  const attempt = await recordAttempt(ports, claim.grant);
  if (attempt === null) return null;
  const { grant } = attempt;
  await ports.faultPoint("grant.attempt-recorded");
  const id = await post(ports, attempt, { beforeSending: confirm, priority });
  if (typeof id !== "string") return id;
  await ports.faultPoint("grant.posted");
  const kept = await recordZpaId(ports, grant, id, attempt.id);
  await ports.faultPoint("grant.id-recorded");
  const found = await ports.zpa.approvals.get(kept, { microtenantId: grant.microtenantId, priority });
  return asIntended(ports, grant, found, { confirm, priority });
}

async function post(ports: ProvisionPorts, { id, grant }: RecordedAttempt, options: CreateOptions): Promise<string | Standing> {
  try {
    return (await ports.zpa.approvals.create(draftOf(grant), options)).id;
  } catch (thrown) {
    const error = fromUnknown(thrown);
    if (!REFUSALS.has(error.code)) throw error;
    await recordRefusal(ports, id);
    return refused(error);
  }
}

/** Writes the whole object again where ZPA holds something else than was intended, once, and reads that back too. */
async function asIntended(
  ports: ProvisionPorts,
  grant: Grant,
  found: PrivilegedApproval,
  { confirm, priority }: { readonly confirm: Held["confirm"]; readonly priority: ZpaPriority },
): Promise<Standing> {
  const draft = draftOf(grant);
  if (differences(found, draft).length === 0) return { kind: "as-intended", grant, found };
  await confirm();
  await ports.zpa.approvals.update(found, draft, { priority });
  const again = await ports.zpa.approvals.get(found.id, { microtenantId: grant.microtenantId, priority });
  const fields = differences(again, draft);
  if (fields.length === 0) return { kind: "as-intended", grant, found: again };
  return refused(new PortcullisError("zpa_read_back_differs", { params: { fields: fields.join(", "), id: found.id } }));
}

const refused = (error: PortcullisError): Standing => ({ kind: "refused", error });

/** A POST answered so had no effect, and no further run would be answered otherwise before somebody mends something. */
export const REFUSALS: ReadonlySet<ErrorCode> = new Set(["zpa_refused", "zpa_not_permitted", "zpa_sign_in_failed", "zpa_not_found"]);
