import { max } from "date-fns/max";
import { PortcullisError } from "../../errors.ts";
import { appendToLedger } from "../audit/ledger.ts";
import { cronsAt } from "../schedule/cron.ts";
import { lockGrant, readGrant, updateGrant } from "./grant-rows.ts";
import { differences, draftOf } from "./matching.ts";
import { planRealignment } from "./plan-realignment.ts";
import type { ProvisionPorts } from "./provision-steps.ts";

/**
 * Writes a grant's crons as the zone's offset now wants them, with the original start, reads them back, and plans the next change.
 * Running it again is harmless: what already stands is not written twice.
 *
 * @throws PortcullisError `zpa_*`; the queue comes back to it
 */
export const realignGrant =
  (ports: ProvisionPorts) =>
  async ({ grantId }: { readonly grantId: string }): Promise<void> => {
    const now = ports.clock.now();
    const grant = await readGrant(ports.db, grantId);
    if (grant.status !== "GRANTED" || grant.workingHours === null || grant.zpaId === null || grant.end <= now) return;
    const anchor = max([grant.start, now]);
    const workingHours = { ...grant.workingHours, ...cronsAt(grant.workingHours, anchor) };
    const draft = draftOf({ ...grant, workingHours });
    const microtenant = { microtenantId: grant.microtenantId };
    const found = await ports.zpa.approvals.get(grant.zpaId, microtenant);
    if (differences(found, draft).length > 0) {
      await ports.zpa.approvals.update(found, draft);
      const fields = differences(await ports.zpa.approvals.get(grant.zpaId, microtenant), draft);
      if (fields.length > 0) throw new PortcullisError("zpa_read_back_differs", { params: { fields: fields.join(", "), id: grant.zpaId } });
    }
    await ports.db.transaction().execute(async (trx) => {
      const locked = await lockGrant(trx, grantId);
      await updateGrant(trx, grantId, now, { workingHours });
      await appendToLedger(trx, now, [
        {
          kind: "grant.realigned",
          requestId: grant.requestId,
          actor: "portcullis",
          subject: grantId,
          before: locked.workingHours,
          after: workingHours,
        },
      ]);
      await planRealignment(trx, ports.jobs, { ...grant, workingHours }, now);
      await ports.jobs.enqueue(trx, "project-request", { requestId: grant.requestId });
    });
  };
