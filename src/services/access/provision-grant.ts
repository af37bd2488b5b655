import { type ErrorCode, fromUnknown, PortcullisError } from "../../errors.ts";
import type { JobAttempt } from "../../jobs/jobs.ts";
import type { PrivilegedApproval } from "../zpa/zpa-client.ts";
import { type Claim, claimGrant } from "./claim-grant.ts";
import type { Grant } from "./grant.ts";
import { differences, draftOf, effectsOf } from "./matching.ts";
import {
  idsOfOtherGrants,
  markFailed,
  markGranted,
  type ProvisionPorts,
  recordAttempt,
  recordTwinRemoved,
  recordZpaId,
} from "./provision-steps.ts";

/**
 * Makes one grant real in ZPA, exactly once, and proves it by reading it back.
 *
 * The first attempt posts at once. Every later one first looks for the effect of an earlier attempt, because an answer that was lost
 * says nothing about the effect. A job that dies at any line can be run again from the top.
 *
 * @throws PortcullisError when another run may succeed; the queue comes back to it. What no run can mend ends as FAILED instead.
 */
export const provisionGrant =
  (ports: ProvisionPorts) =>
  async ({ grantId }: { readonly grantId: string }, run: JobAttempt): Promise<void> => {
    const claim = await claimGrant(ports)(grantId);
    if (claim === null) return;
    await ports.faultPoint("grant.claimed");
    try {
      if (claim.refusal !== null) throw claim.refusal;
      const { grant, found } = await stand(ports, claim);
      await ports.faultPoint("grant.read-back");
      await markGranted(ports, grant, found);
      await ports.faultPoint("grant.committed");
    } catch (thrown) {
      const error = fromUnknown(thrown);
      if (!isFinal(error.code) && !run.isLast) throw error;
      await markFailed(ports, claim.grant, error);
    }
  };

/** The privileged approval as ZPA holds it once it is what was intended. */
async function stand(ports: ProvisionPorts, claim: Claim): Promise<{ grant: Grant; found: PrivilegedApproval }> {
  const known = claim.grant.zpaId === null ? null : await readIfThere(ports, claim.grant, claim.grant.zpaId);
  if (known !== null) return { grant: claim.grant, found: await asIntended(ports, claim.grant, known) };

  const earlier = claim.attempts.length === 0 ? null : await findEarlierEffect(ports, claim);
  if (earlier !== null) return { grant: earlier.grant, found: await asIntended(ports, earlier.grant, earlier.found) };

  const grant = await recordAttempt(ports, claim.grant);
  await ports.faultPoint("grant.attempt-recorded");
  const { id } = await ports.zpa.approvals.create(draftOf(grant));
  await ports.faultPoint("grant.posted");
  await recordZpaId(ports, grant, id);
  await ports.faultPoint("grant.id-recorded");
  const found = await ports.zpa.approvals.get(id, { microtenantId: grant.microtenantId });
  return { grant, found: await asIntended(ports, grant, found) };
}

async function readIfThere(ports: ProvisionPorts, grant: Grant, zpaId: string): Promise<PrivilegedApproval | null> {
  try {
    return await ports.zpa.approvals.get(zpaId, { microtenantId: grant.microtenantId });
  } catch (thrown) {
    if (fromUnknown(thrown).code === "zpa_not_found") return null;
    throw thrown;
  }
}

/** Looks for what an attempt without an answer may have left behind. Of twins the lowest id stays; the others are ours to delete. */
async function findEarlierEffect(ports: ProvisionPorts, claim: Claim): Promise<{ grant: Grant; found: PrivilegedApproval } | null> {
  const tenant = await ports.zpa.approvals.list({ microtenantId: claim.grant.microtenantId });
  const others = await idsOfOtherGrants(ports, claim.grant);
  const [kept, ...twins] = effectsOf(
    tenant.filter(({ id }) => !others.has(id)),
    claim.attempts,
  );
  if (kept === undefined) return null;
  for (const twin of twins) {
    await ports.zpa.approvals.delete(twin.id, { microtenantId: claim.grant.microtenantId });
    await recordTwinRemoved(ports, claim.grant, twin.id);
  }
  const grant = { ...claim.grant, start: kept.start, end: kept.end, zpaId: kept.id };
  await recordZpaId(ports, grant, kept.id);
  return { grant, found: kept };
}

/**
 * Writes the whole object again where ZPA holds something else than was sent, once, and reads that back too.
 * @throws PortcullisError `zpa_read_back_differs` (params: fields)
 */
async function asIntended(ports: ProvisionPorts, grant: Grant, found: PrivilegedApproval): Promise<PrivilegedApproval> {
  const draft = draftOf(grant);
  if (differences(found, draft).length === 0) return found;
  await ports.zpa.approvals.update(found, draft);
  const again = await ports.zpa.approvals.get(found.id, { microtenantId: grant.microtenantId });
  const fields = differences(again, draft);
  if (fields.length > 0) throw new PortcullisError("zpa_read_back_differs", { params: { fields: fields.join(", "), id: found.id } });
  return again;
}

const FINAL: ReadonlySet<ErrorCode> = new Set([
  "window_over",
  "zpa_refused",
  "zpa_not_permitted",
  "zpa_sign_in_failed",
  "zpa_read_back_differs",
  "microtenant_approvals_disabled",
  "person_deactivated",
  "person_unknown",
  "person_is_guest",
  "person_is_bot",
  "team_not_trusted",
  "email_missing",
  "email_unconfirmed",
  "email_shared",
  "email_domain_not_allowed",
  "email_changed",
]);

const isFinal = (code: ErrorCode): boolean => FINAL.has(code);
