import { fromUnknown } from "../../../errors.ts";
import { attemptsOf } from "../claim-grant.ts";
import { readIfThere } from "../earlier-effects.ts";
import type { Grant } from "../grant.ts";
import { readGrant } from "../grant-rows.ts";
import { whileHeld } from "../hold-grant.ts";
import { effectsOf, isUnknown } from "../matching.ts";
import type { ProvisionPorts } from "../provision-ports.ts";
import { idsOfOtherGrants } from "../provision-steps.ts";
import { settleLateEffects } from "../settle-late-effects.ts";
import { type Classification, changedFields } from "./classify.ts";

/**
 * Takes away what lost attempts of ours left behind: the only deletion that no person asks for. Each is looked at once more, with the
 * grant held: it goes only while it is still what we sent.
 *
 * @returns how many were there
 */
export async function removeOurs(ports: ProvisionPorts, { of }: Classification, grants: ReadonlyMap<string, Grant>): Promise<number> {
  const idsByGrant = new Map<string, string[]>();
  for (const [id, classed] of of) {
    const isLate = classed.kind === "leftover" || (classed.kind === "twin" && grants.get(classed.grantId)?.zpaId !== id);
    if (isLate) idsByGrant.set(classed.grantId, [...(idsByGrant.get(classed.grantId) ?? []), id]);
  }
  let removed = 0;
  for (const [grantId, ids] of idsByGrant) {
    try {
      await whileHeld(ports, grantId, async (confirm) => {
        const still = await stillOurs(ports, await readGrant(ports.db, grantId), ids);
        await settleLateEffects(ports, grantId, still, confirm, "read");
        removed += still.length;
      });
    } catch (thrown) {
      // The next pass finds it again.
      ports.log.warn({ err: fromUnknown(thrown), grantId, ids }, "reconcile.not-removed");
    }
  }
  return removed;
}

async function stillOurs(ports: ProvisionPorts, grant: Grant, ids: readonly string[]): Promise<readonly string[]> {
  const lost = (await attemptsOf(ports.db, grant.id)).filter(isUnknown);
  const others = await idsOfOtherGrants(ports, grant);
  const still: string[] = [];
  for (const id of ids) {
    const found = others.has(id) ? null : await readIfThere(ports, grant, id, "read");
    if (found === null) continue;
    const isRecorded = id === grant.zpaId;
    const isOver = grant.status === "ENDED" || grant.status === "FAILED";
    const isAsSent = isRecorded
      ? isOver && changedFields(found, grant, ports.clock.now()).length === 0
      : effectsOf([found], lost).length > 0;
    if (isAsSent) still.push(id);
  }
  return still;
}
