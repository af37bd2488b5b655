import { addSeconds } from "date-fns/addSeconds";
import { type ErrorCode, fromUnknown, PortcullisError } from "../../../errors.ts";
import type { JobAttempt } from "../../../jobs/jobs.ts";
import { failureOf } from "../failure.ts";
import { whileHeld } from "../hold-grant.ts";
import { REFUSALS } from "../provision-grant.ts";
import type { ProvisionPorts } from "../provision-ports.ts";
import { adoptChange } from "./adopt-change.ts";
import type { Outcome } from "./close-finding.ts";
import { deleteForeign } from "./delete-foreign.ts";
import type { Finding } from "./finding.ts";
import { lockFinding, readFinding, updateFinding } from "./finding-rows.ts";
import { restoreChanged } from "./restore-changed.ts";
import { restoreMissing } from "./restore-missing.ts";

/**
 * Brings about what an administrator decided about a finding. What concerns a grant is done while the grant is held. A run that dies at any
 * line can be run again; what ZPA refuses, or what is otherwise than it was looked at, opens the finding again and says why.
 *
 * @throws PortcullisError when another run may succeed; the queue comes back to it
 */
export const carryOutFinding =
  (ports: ProvisionPorts) =>
  async ({ findingId, round }: { readonly findingId: string; readonly round: number }, job: JobAttempt): Promise<void> => {
    const finding = await readFinding(ports.db, findingId);
    if (finding.wanted === null || finding.closedAt !== null) return;
    try {
      if ((await carryOut(ports, finding)) === "done") return;
    } catch (thrown) {
      const error = fromUnknown(thrown);
      if (!FINAL.has(error.code) && !job.isLast) throw error;
      return reopen(ports, finding, error);
    }
    const startAfter = addSeconds(ports.clock.now(), Math.min(2 ** (round + 1), LONGEST_SECONDS));
    await ports.jobs.enqueueNow("carry-out-finding", { findingId, round: round + 1 }, { startAfter, singletonKey: findingId });
  };

const LONGEST_SECONDS = 300;
const FINAL: ReadonlySet<ErrorCode> = new Set([
  ...REFUSALS,
  "zpa_read_back_differs",
  "finding_changed",
  "finding_not_possible",
  "window_over_rules",
]);

async function carryOut(ports: ProvisionPorts, finding: Finding): Promise<Outcome> {
  const { kind, grantId, wanted } = finding;
  if (kind === "FOREIGN") return deleteForeign(ports, finding);
  if (grantId === null) throw new PortcullisError("finding_not_possible", { params: { verdict: wanted?.verdict ?? "" } });
  let outcome: Outcome = "come-back";
  await whileHeld(ports, grantId, async (confirm) => {
    if (kind === "MISSING") outcome = await restoreMissing(ports, finding, grantId);
    else if (wanted?.verdict === "adopt") outcome = await adoptChange(ports, finding, grantId);
    else outcome = await restoreChanged(ports, finding, { grantId, confirm });
  });
  return outcome;
}

async function reopen(ports: ProvisionPorts, finding: Finding, error: PortcullisError): Promise<void> {
  const failure = failureOf(error, ports.ids.reference(), ports.log, { findingId: finding.id });
  await ports.db.transaction().execute(async (trx) => {
    const { wanted, closedAt } = await lockFinding(trx, finding.id);
    if (wanted === null || closedAt !== null) return;
    await updateFinding(trx, finding.id, { wanted: null, failure });
    await ports.jobs.enqueue(trx, "project-finding", { findingId: finding.id });
  });
}
