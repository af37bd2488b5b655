import { fromUnknown } from "../../errors.ts";
import type { PrivilegedApproval, ZpaPriority } from "../zpa/zpa-client.ts";
import { type Claim, isPlanned, readClaim } from "./claim-grant.ts";
import type { Grant } from "./grant.ts";
import { effectsOf, isUnknown } from "./matching.ts";
import type { ProvisionPorts } from "./provision-ports.ts";
import { forgetZpaId, idsOfOtherGrants, recordEffectRemoved, recordZpaId } from "./provision-steps.ts";

/**
 * What an earlier attempt left in ZPA, recognised by its id where that is known and else by what was sent. Of twins the lowest id
 * stays; the others are ours to delete. The end and the hours may have been changed since: they are the grant's, not the attempt's.
 *
 * @throws PortcullisError `zpa_*` when ZPA cannot be asked
 */
export async function findEffect(
  ports: ProvisionPorts,
  claim: Claim,
): Promise<{ readonly grant: Grant; readonly found: PrivilegedApproval } | null> {
  const { zpaId } = claim.grant;
  const now = ports.clock.now();
  const known = zpaId === null ? null : await readIfThere(ports, claim.grant, zpaId, claim.priority);
  if (known !== null && known.end > now) return { grant: claim.grant, found: known };
  // What is over in ZPA cannot be changed any more: an end that was moved since needs a privileged approval of its own.
  if (known !== null) await forgetZpaId(ports, claim.grant);
  const [kept, ...twins] = (await search(ports, claim)).filter(({ end }) => end > now);
  if (kept === undefined) return null;
  for (const twin of twins) await remove(ports, claim.grant, twin.id);
  const grant = { ...claim.grant, start: kept.start };
  await recordZpaId(ports, grant, kept.id);
  return { grant: { ...grant, zpaId: kept.id }, found: kept };
}

/**
 * Takes away everything that the attempts of a grant that gives up left in ZPA.
 * @throws PortcullisError `zpa_*` when ZPA cannot be asked: whether something is left is then not known
 */
export async function removeEffects(ports: ProvisionPorts, grantId: string): Promise<void> {
  // Read anew: the run that gives up may have recorded an attempt or an id since it began.
  const claim = await readClaim(ports, grantId, isPlanned);
  if (claim !== null) await removeAll(ports, claim);
}

/** @throws PortcullisError `zpa_*` when ZPA cannot be asked: whether something is left is then not known */
export async function removeAll(ports: ProvisionPorts, claim: Claim, priority?: ZpaPriority): Promise<void> {
  const { zpaId } = claim.grant;
  const ids = new Set((await search(ports, claim, priority)).map((found) => found.id));
  if (zpaId !== null) ids.add(zpaId);
  for (const id of ids) await remove(ports, claim.grant, id);
}

/** What stands in ZPA of a grant's attempts, lowest id first. Where every answer is known there is nothing to look for. */
export async function search(
  ports: ProvisionPorts,
  { grant, attempts, priority: urgency }: Claim,
  priority: ZpaPriority = urgency ?? "grant",
): Promise<readonly PrivilegedApproval[]> {
  if (!attempts.some(isUnknown)) return [];
  const tenant = await ports.zpa.approvals.list({ microtenantId: grant.microtenantId, priority });
  const others = await idsOfOtherGrants(ports, grant);
  return effectsOf(
    tenant.filter(({ id }) => !others.has(id)),
    attempts,
  );
}

/** Deletes a privileged approval of the grant's. */
export async function remove(ports: ProvisionPorts, grant: Grant, id: string): Promise<void> {
  await ports.zpa.approvals.delete(id, { microtenantId: grant.microtenantId });
  await recordEffectRemoved(ports, grant, id);
}

/** Null when ZPA says that there is none of that id. */
export async function readIfThere(
  ports: ProvisionPorts,
  grant: Grant,
  zpaId: string,
  priority: ZpaPriority = "grant",
): Promise<PrivilegedApproval | null> {
  try {
    return await ports.zpa.approvals.get(zpaId, { microtenantId: grant.microtenantId, priority });
  } catch (thrown) {
    if (fromUnknown(thrown).code === "zpa_not_found") return null;
    throw thrown;
  }
}
