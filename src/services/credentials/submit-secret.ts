import { addSeconds } from "date-fns/addSeconds";
import { fromUnknown, PortcullisError } from "../../errors.ts";
import { appendToLedger } from "../audit/ledger.ts";
import { isVerdictOnPerson } from "../directory/trusted-at.ts";
import type { CredentialSecret, PrivilegedCredential } from "../zpa/credentials/credential.ts";
import { administrator, type CredentialPorts } from "./credentials-ports.ts";
import { standingOf } from "./decide.ts";
import type { ClosedWhy, Handover } from "./handover.ts";
import { hashOf } from "./handover-keys.ts";
import { changeHandover, lockHandover } from "./handover-rows.ts";
import { readCredential } from "./list-credentials.ts";
import { refuseTakenName } from "./offer-handover.ts";
import { recordOutcome } from "./record-outcome.ts";
import { LOOK_AGAIN_SECONDS } from "./settle-handover.ts";
import { writeSecret } from "./write-secret.ts";

/**
 * The secret's way: everything that can be asked is asked first; then one transaction claims the link, so that of two submissions, also on
 * two replicas, one goes on; then ZPA is written to, and read back. From looking at what stands to that is one turn: of two who add the same
 * name, the second finds it taken. The job that is planned with the claim tells the person what came of
 * it, and looks in ZPA when this process does not live to say it.
 */
export const submitSecret =
  (ports: CredentialPorts) =>
  async (handover: Handover, { browser }: { readonly browser: string | null }, secret: CredentialSecret): Promise<void> => {
    await stillAdministrator(ports, handover);
    await ports.checkSecret(handover.fields.type, secret);
    await ports.credentialTurns.run(async () => {
      const current = await whatStands(ports, handover);
      const claimed = await claim(ports, handover, { browserHash: browser === null ? null : hashOf(browser), current });
      if (claimed === null) return;
      await recordOutcome(ports, claimed, await writeSecret(ports, claimed, { current, secret }));
    });
  };

/** Who may no longer, by Slack's own word, has no link either. @throws PortcullisError */
async function stillAdministrator(ports: CredentialPorts, { id, by }: Handover): Promise<void> {
  try {
    await administrator(ports, by);
  } catch (thrown) {
    const { code } = fromUnknown(thrown);
    if (code === "admins_only" || isVerdictOnPerson(code)) await closeFor(ports, id, { why: "not-allowed", code });
    throw thrown;
  }
}

const closeFor = (
  { db, clock }: CredentialPorts,
  id: string,
  after: { readonly why: ClosedWhy; readonly code: string } & Readonly<Record<string, unknown>>,
): Promise<void> =>
  db.transaction().execute(async (trx) => {
    const { usedAt, closed, by } = await lockHandover(trx, id);
    if (usedAt !== null || closed !== null) return;
    const now = clock.now();
    await changeHandover(trx, id, { closed: { at: now, why: after.why } });
    await appendToLedger(trx, now, [
      { kind: "credential.link-closed", requestId: null, actor: by.userId, subject: id, before: null, after },
    ]);
  });

/** Of a rotation: the credential as it is. Of an addition: that none has the name yet. Nothing is claimed if that cannot be read. */
async function whatStands(ports: CredentialPorts, { id, kind, credentialId, fields }: Handover): Promise<PrivilegedCredential | null> {
  if (kind === "rotate" && credentialId !== null) {
    const current = await readCredential(ports, credentialId, fields.microtenantId);
    const changed = COMPARED.filter((field) => current[field] !== fields[field]);
    // The update carries these fields, too: it would undo what somebody else has changed since the link was given.
    if (changed.length > 0) {
      const code = "credential_changed";
      await closeFor(ports, id, { why: "changed", code, changed });
      throw new PortcullisError(code, { params: { name: fields.name } });
    }
    // An answer need not repeat where it was asked, and the update must not go elsewhere.
    return { ...current, microtenantId: fields.microtenantId };
  }
  await refuseTakenName(ports, fields);
  return null;
}

const COMPARED = ["name", "type", "userName", "userDomain", "description"] as const;

/** @returns null when somebody else was first, or the link is over by now */
const claim = (
  { db, clock, jobs }: CredentialPorts,
  { id }: Handover,
  { browserHash, current }: { readonly browserHash: string | null; readonly current: PrivilegedCredential | null },
): Promise<Handover | null> =>
  db.transaction().execute(async (trx) => {
    const handover = await lockHandover(trx, id);
    const now = clock.now();
    if (standingOf(handover, browserHash, now).kind !== "ready") return null;
    const change = { usedAt: now, resetBefore: current?.lastResetAt ?? null };
    await changeHandover(trx, id, change);
    await appendToLedger(trx, now, [
      {
        kind: handover.kind === "add" ? "credential.to-be-added" : "credential.to-be-rotated",
        requestId: null,
        actor: handover.by.userId,
        subject: handover.credentialId ?? id,
        before: current === null ? null : { lastResetAt: current.lastResetAt },
        after: { handoverId: id, ...handover.fields },
      },
    ]);
    await jobs.enqueue(trx, "settle-handover", { handoverId: id }, { startAfter: addSeconds(now, LOOK_AGAIN_SECONDS) });
    return { ...handover, ...change };
  });
