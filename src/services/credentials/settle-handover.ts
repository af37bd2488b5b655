import { differenceInSeconds } from "date-fns/differenceInSeconds";
import { fromUnknown, PortcullisError } from "../../errors.ts";
import { failureOf } from "../access/failure.ts";
import { claimNotice, unclaimNotice } from "../notify/card-rows.ts";
import type { CredentialPorts } from "./credentials-ports.ts";
import type { Handover, HandoverOutcome } from "./handover.ts";
import { handoverById } from "./handover-rows.ts";
import { recordOutcome } from "./record-outcome.ts";
import { lookFor } from "./write-secret.ts";

/** Longer than a submission takes with all of its tries. What is not known by then is looked for. */
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
    if (handover.outcome !== "DONE" && handover.outcome !== "REFUSED") await lookAgain(ports, handover, handover.usedAt);
    const settled = await handoverById(ports.db, handoverId);
    if (settled !== null) await tellOnce(ports, settled);
  };

async function lookAgain(ports: SettlePorts, handover: Handover, usedAt: Date): Promise<void> {
  if (differenceInSeconds(ports.clock.now(), usedAt) < LOOK_AGAIN_SECONDS) return;
  try {
    const credentialId = await lookFor(ports, handover);
    if (credentialId !== null) return await recordOutcome(ports, handover, { outcome: "DONE", credentialId, failure: null });
  } catch (thrown) {
    const error = fromUnknown(thrown);
    // ZPA is away: the queue comes back. That the credential is gone is an answer.
    if (error.code !== "zpa_not_found") throw error;
  }
  const failure = failureOf(new PortcullisError("credential_effect_unknown"), ports.ids.reference(), ports.log, {
    handoverId: handover.id,
  });
  await recordOutcome(ports, handover, { outcome: "UNKNOWN", credentialId: handover.credentialId, failure });
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
