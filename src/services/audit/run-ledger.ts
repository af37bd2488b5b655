import { addMinutes } from "date-fns/addMinutes";
import type { Clock } from "../../clock.ts";
import type { JobAttempt, Jobs } from "../../jobs/jobs.ts";
import { type SealPorts, sealLedger } from "./seal-ledger.ts";
import { type ShipPorts, shipLedger } from "./ship-ledger.ts";

const EVERY_MINUTES = 1;

export interface LedgerPorts extends SealPorts {
  readonly jobs: Jobs;
  /** Null sends the ledger nowhere. */
  readonly siem: ShipPorts | null;
}

const planNext = (jobs: Jobs, queue: "seal-ledger" | "ship-ledger", clock: Clock): Promise<void> =>
  jobs.enqueueNow(queue, {}, { startAfter: addMinutes(clock.now(), EVERY_MINUTES), singletonKey: "next" });

/** Seals what was committed since, and has it sent on. The next run is planned first, so that one which fails is not the last. */
export const runSealLedger =
  (ports: LedgerPorts) =>
  async (_: object, { signal }: JobAttempt): Promise<void> => {
    await planNext(ports.jobs, "seal-ledger", ports.clock);
    const sealed = await sealLedger(ports, signal);
    if (sealed > 0 && ports.siem !== null) await ports.jobs.enqueueNow("ship-ledger", {}, { singletonKey: "now" });
  };

/** The same for what is sent to the SIEM. */
export const runShipLedger =
  (ports: LedgerPorts) =>
  async (_: object, { signal }: JobAttempt): Promise<void> => {
    if (ports.siem === null) return;
    await planNext(ports.jobs, "ship-ledger", ports.clock);
    await shipLedger(ports.siem, signal);
  };

/** Has the ledger sealed, and sent on, from now on. Without a key nothing is sealed, and the log says so. */
export async function startLedger({ jobs, keys, siem, log, clock }: LedgerPorts): Promise<void> {
  if (keys.current === null) log.warn({}, "ledger.not-sealed");
  else await jobs.enqueueNow("seal-ledger", {}, { startAfter: clock.now(), singletonKey: "next" });
  if (siem !== null) await jobs.enqueueNow("ship-ledger", {}, { startAfter: clock.now(), singletonKey: "next" });
}
