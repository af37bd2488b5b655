import { PortcullisError } from "../../errors.ts";
import { attemptsOf } from "./claim-grant.ts";
import { search } from "./earlier-effects.ts";
import { readGrant } from "./grant-rows.ts";
import { whileHeld } from "./hold-grant.ts";
import { planLateSweep } from "./plan-late-sweep.ts";
import type { ProvisionPorts } from "./provision-ports.ts";
import { settleLateEffects } from "./settle-late-effects.ts";

/**
 * Deletes what came to light of a grant's lost attempts after it was settled: beside a grant that stands all but the lowest id, of one
 * that failed or is over everything.
 *
 * @throws PortcullisError when another run may succeed; the queue comes back to it
 */
export const sweepLateEffects =
  (ports: ProvisionPorts) =>
  async ({ grantId, round }: { readonly grantId: string; readonly round: number }): Promise<void> => {
    const isDone = await whileHeld(ports, grantId, async (confirm) => {
      const claim = { grant: await readGrant(ports.db, grantId), attempts: await attemptsOf(ports.db, grantId) };
      const late = (await search(ports, claim, "end")).filter(({ id, end }) => id !== claim.grant.zpaId && end > ports.clock.now());
      await settleLateEffects(
        ports,
        grantId,
        late.map(({ id }) => id),
        confirm,
      );
    });
    if (!isDone) throw new PortcullisError("unexpected", { params: { reason: "another run has the grant" } });
    await ports.db.transaction().execute((trx) => planLateSweep(trx, ports.jobs, grantId, ports.clock.now(), round + 1));
  };
