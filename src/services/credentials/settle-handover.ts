import { differenceInSeconds } from "date-fns/differenceInSeconds";
import { fromUnknown, PortcullisError } from "../../errors.ts";
import { failureOf } from "../access/failure.ts";
import { claimNotice, unclaimNotice } from "../notify/card-rows.ts";
import type { CredentialPorts } from "./credentials-ports.ts";
import type { Handover, HandoverOutcome } from "./handover.ts";
import { handoverById } from "./handover-rows.ts";
import { recordOutcome } from "./record-outcome.ts";
import { lookFor } from "./write-secret.ts";

/** Longer than a submission takes with all of its tries. */
const OLD_ENOUGH_SECONDS = 120;
/** When what is not known by then is looked for. The database's clock, which rings, may run ahead of ours. */
export const LOOK_AGAIN_SECONDS = 180;

/** What `slack/` fills in: tells the person, in their direct messages, what became of the secret that they sent. */
export type TellOutcome = (handover: Handover & { readonly outcome: HandoverOutcome }) => Promise<void>;

export type SettlePorts = Pick<CredentialPorts, "db" | "jobs" | "zpa" | "clock" | "ids" | "log"> & { readonly tellOutcome: TellOutcome };

/**
 * The job that tells a person what became of their secret; where that is not known minutes later, because ZPA's answer was lost or the
 * process died in between, it looks in ZPA first. Each outcome is told once.
 */
export const settleHandover =
  (ports: SettlePorts) =>
  async ({ handoverId }: { readonly handoverId: string }): Promise<void> => {
    const handover = await handoverById(ports.db, handoverId);
    if (handover === null || handover.usedAt === null) return;
    await tellOnce(ports, handover);
    if (handover.outcome === "DONE" || handover.outcome === "REFUSED") return;
    if (differenceInSeconds(ports.clock.now(), handover.usedAt) < OLD_ENOUGH_SECONDS) return;
    await lookAgain(ports, handover);
    const settled = await handoverById(ports.db, handoverId);
    if (settled !== null) await tellOnce(ports, settled);
  };

/** @throws PortcullisError `zpa_*` while ZPA is away: the queue comes back, and until then the person knows that nobody knows */
async function lookAgain(ports: SettlePorts, handover: Handover): Promise<void> {
  try {
    const credentialId = await lookFor(ports, handover);
    if (credentialId !== null) return await recordOutcome(ports, handover, { outcome: "DONE", credentialId, failure: null });
    await recordUnknown(ports, handover);
  } catch (thrown) {
    await recordUnknown(ports, handover);
    // That the credential is gone is an answer.
    if (fromUnknown(thrown).code !== "zpa_not_found") throw thrown;
  }
}

function recordUnknown(ports: SettlePorts, handover: Handover): Promise<void> {
  const failure = failureOf(new PortcullisError("credential_effect_unknown"), ports.ids.reference(), ports.log, {
    handoverId: handover.id,
  });
  return recordOutcome(ports, handover, { outcome: "UNKNOWN", credentialId: handover.credentialId, failure });
}

/** Claimed before it is said, so that two replicas do not both say it, and given back when it was not said. */
async function tellOnce({ db, clock, tellOutcome }: SettlePorts, handover: Handover): Promise<void> {
  const { outcome } = handover;
  if (outcome === null) return;
  const key = `credential-handover:${handover.id}:${outcome}`;
  if (!(await claimNotice(db, key, clock.now()))) return;
  try {
    await tellOutcome({ ...handover, outcome });
  } catch (thrown) {
    await unclaimNotice(db, key);
    throw thrown;
  }
}
