import { PortcullisError } from "../../errors.ts";
import { attemptsOf } from "./claim-grant.ts";
import { remove, search } from "./earlier-effects.ts";
import { readGrant } from "./grant-rows.ts";
import { whileHeld } from "./hold-grant.ts";
import { differences, draftOf, inOrder } from "./matching.ts";
import { planLateSweep } from "./plan-late-sweep.ts";
import type { ProvisionPorts } from "./provision-ports.ts";
import { recordZpaId } from "./provision-steps.ts";

/**
 * Deletes what came to light of a grant's lost attempts after it was settled: beside a grant that stands all but the lowest id, of one
 * that failed or is over everything.
 *
 * @throws PortcullisError when another run may succeed; the queue comes back to it
 */
export const sweepLateEffects =
  (ports: ProvisionPorts) =>
  async ({ grantId, round }: { readonly grantId: string; readonly round: number }): Promise<void> => {
    const isDone = await whileHeld(ports, grantId, async () => {
      const claim = { grant: await readGrant(ports.db, grantId), attempts: await attemptsOf(ports.db, grantId) };
      // A run that is still to come looks by itself.
      if (claim.grant.status === "PLANNED" || claim.grant.status === "ENDING") return;
      const late = (await search(ports, claim, "end")).filter(({ id }) => id !== claim.grant.zpaId);
      for (const { id } of late)
        if (claim.grant.status === "GRANTED") await keepLower(ports, grantId, id);
        else await remove(ports, claim.grant, id);
    });
    if (!isDone) throw new PortcullisError("unexpected", { params: { reason: "another run has the grant" } });
    await ports.db.transaction().execute((trx) => planLateSweep(trx, ports.jobs, grantId, ports.clock.now(), round + 1));
  };

/** The one that stays is made what is intended before the other goes, so that nobody is shut out in between. */
async function keepLower(ports: ProvisionPorts, grantId: string, twin: string): Promise<void> {
  const grant = await readGrant(ports.db, grantId);
  const [lower] = grant.zpaId === null ? [twin] : inOrder(grant.zpaId, twin);
  if (lower !== grant.zpaId) {
    const place = { microtenantId: grant.microtenantId, priority: "end" } as const;
    const draft = draftOf(grant);
    const found = await ports.zpa.approvals.get(lower, place);
    if (differences(found, draft).length > 0) {
      await ports.zpa.approvals.update(found, draft, place);
      const fields = differences(await ports.zpa.approvals.get(lower, place), draft);
      if (fields.length > 0) throw new PortcullisError("zpa_read_back_differs", { params: { fields: fields.join(", "), id: lower } });
    }
  }
  await recordZpaId(ports, grant, twin);
}
