import { fromUnknown } from "../../../errors.ts";
import { appendToLedger } from "../../audit/ledger.ts";
import { readIfThere } from "../earlier-effects.ts";
import type { Grant } from "../grant.ts";
import type { ProvisionPorts } from "../provision-ports.ts";
import type { Classification } from "./classify.ts";

/** A pass takes its time: what is over does no harm meanwhile. */
const BATCH = 20;

/**
 * Deletes our own privileged approvals that are over, by the ids on record, a few in each pass. ZPA is asked for each once more: one
 * that somebody has opened again is not over.
 *
 * @returns how many were deleted
 */
export async function cleanExpired(ports: ProvisionPorts, { of }: Classification, grants: ReadonlyMap<string, Grant>): Promise<number> {
  const over = [...of].flatMap(([id, classed]) => {
    const grant = classed.kind === "expired" ? grants.get(classed.grantId) : undefined;
    return grant !== undefined && grant.zpaId === id ? [{ id, grant }] : [];
  });
  let cleaned = 0;
  for (const { id, grant } of over.slice(0, BATCH)) {
    try {
      const found = await readIfThere(ports, grant, id, "read");
      if (found === null || found.end > ports.clock.now()) continue;
      await ports.zpa.approvals.delete(id, { microtenantId: grant.microtenantId, priority: "read" });
      const event = { kind: "grant.expired-cleaned", requestId: grant.requestId, actor: "portcullis", subject: grant.id } as const;
      await ports.db.transaction().execute(async (trx) => {
        await appendToLedger(trx, ports.clock.now(), [{ ...event, before: { zpaId: id, end: found.end }, after: null }]);
      });
      cleaned += 1;
    } catch (thrown) {
      ports.log.warn({ err: fromUnknown(thrown), grantId: grant.id, id }, "reconcile.not-cleaned");
    }
  }
  return cleaned;
}
