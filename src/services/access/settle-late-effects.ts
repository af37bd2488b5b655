import { PortcullisError } from "../../errors.ts";
import type { ZpaPriority } from "../zpa/zpa-client.ts";
import { readIfThere, remove } from "./earlier-effects.ts";
import type { Grant } from "./grant.ts";
import { readGrant } from "./grant-rows.ts";
import type { Held } from "./hold-grant.ts";
import { differences, draftOf, inOrder } from "./matching.ts";
import type { ProvisionPorts } from "./provision-ports.ts";
import { recordZpaId, replaceZpaId } from "./provision-steps.ts";

/**
 * Settles what lost attempts of a grant left in ZPA beside the privileged approval that is on record: beside a grant that stands the
 * lowest id stays, of one that failed or is over nothing does. To be run while the grant is held.
 *
 * @param late ids that were recognised as the grant's, other than the one on record
 * @param confirm that the grant is held still, right before something is written
 * @throws PortcullisError `zpa_*`
 */
export async function settleLateEffects(
  ports: ProvisionPorts,
  grantId: string,
  late: readonly string[],
  confirm: Held["confirm"],
  priority: ZpaPriority = "end",
): Promise<void> {
  for (const id of late) {
    const grant = await readGrant(ports.db, grantId);
    // A run that is still to come looks by itself.
    if (grant.status === "PLANNED" || grant.status === "ENDING") return;
    if (grant.status === "GRANTED") await keepLower(ports, grant, id, { confirm, priority });
    else await remove(ports, grant, id);
  }
}

interface Hold {
  readonly confirm: Held["confirm"];
  readonly priority: ZpaPriority;
}

/** The one that stays is made what is intended before the other goes, so that nobody is shut out in between. */
async function keepLower(ports: ProvisionPorts, grant: Grant, late: string, hold: Hold): Promise<void> {
  const recorded = grant.zpaId === null ? null : await readIfThere(ports, grant, grant.zpaId, hold.priority);
  const [lower] = recorded === null ? [late] : inOrder(recorded.id, late);
  if (lower !== grant.zpaId) await makeIntended(ports, grant, lower, hold);
  // Of two that stand the lower goes on; where the one on record is gone, the late one takes its place, whatever its number.
  if (recorded === null) await replaceZpaId(ports, grant, late);
  else await recordZpaId(ports, grant, late);
}

async function makeIntended(ports: ProvisionPorts, grant: Grant, id: string, { confirm, priority }: Hold): Promise<void> {
  const place = { microtenantId: grant.microtenantId, priority };
  const draft = draftOf(grant);
  const found = await ports.zpa.approvals.get(id, place);
  if (differences(found, draft).length === 0) return;
  await confirm();
  await ports.zpa.approvals.update(found, draft, place);
  const fields = differences(await ports.zpa.approvals.get(id, place), draft);
  if (fields.length > 0) throw new PortcullisError("zpa_read_back_differs", { params: { fields: fields.join(", "), id } });
}
