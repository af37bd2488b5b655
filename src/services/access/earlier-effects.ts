import { fromUnknown } from "../../errors.ts";
import type { PrivilegedApproval } from "../zpa/zpa-client.ts";
import { type Claim, readClaim } from "./claim-grant.ts";
import type { Grant } from "./grant.ts";
import { effectsOf } from "./matching.ts";
import type { ProvisionPorts } from "./provision-ports.ts";
import { idsOfOtherGrants, recordEffectRemoved, recordZpaId } from "./provision-steps.ts";

/**
 * What an earlier attempt left in ZPA, recognised by its id where that is known and else by what was sent. Of twins the lowest id
 * stays; the others are ours to delete.
 *
 * @throws PortcullisError `zpa_*` when ZPA cannot be asked
 */
export async function findEffect(
  ports: ProvisionPorts,
  claim: Claim,
): Promise<{ readonly grant: Grant; readonly found: PrivilegedApproval } | null> {
  const { zpaId } = claim.grant;
  const known = zpaId === null ? null : await readIfThere(ports, claim.grant, zpaId);
  if (known !== null) return { grant: claim.grant, found: known };
  const [kept, ...twins] = await search(ports, claim);
  if (kept === undefined) return null;
  for (const twin of twins) await remove(ports, claim.grant, twin.id);
  const grant = { ...claim.grant, start: kept.start, end: kept.end };
  await recordZpaId(ports, grant, kept.id);
  return { grant: { ...grant, zpaId: kept.id }, found: kept };
}

/**
 * Takes away everything that the grant's attempts left in ZPA.
 * @throws PortcullisError `zpa_*` when ZPA cannot be asked: whether something is left is then not known
 */
export async function removeEffects(ports: ProvisionPorts, grantId: string): Promise<void> {
  // Read anew: the run that gives up may have recorded an attempt or an id since it began.
  const claim = await readClaim(ports, grantId);
  if (claim === null) return;
  const { zpaId } = claim.grant;
  const ids = new Set((await search(ports, claim)).map((found) => found.id));
  if (zpaId !== null) ids.add(zpaId);
  for (const id of ids) await remove(ports, claim.grant, id);
}

async function search(ports: ProvisionPorts, { grant, attempts }: Claim): Promise<readonly PrivilegedApproval[]> {
  if (attempts.length === 0) return [];
  const tenant = await ports.zpa.approvals.list({ microtenantId: grant.microtenantId });
  const others = await idsOfOtherGrants(ports, grant);
  return effectsOf(
    tenant.filter(({ id }) => !others.has(id)),
    attempts,
  );
}

async function remove(ports: ProvisionPorts, grant: Grant, id: string): Promise<void> {
  await ports.zpa.approvals.delete(id, { microtenantId: grant.microtenantId });
  await recordEffectRemoved(ports, grant, id);
}

async function readIfThere(ports: ProvisionPorts, grant: Grant, zpaId: string): Promise<PrivilegedApproval | null> {
  try {
    return await ports.zpa.approvals.get(zpaId, { microtenantId: grant.microtenantId });
  } catch (thrown) {
    if (fromUnknown(thrown).code === "zpa_not_found") return null;
    throw thrown;
  }
}
