import { fromUnknown, PortcullisError } from "../../errors.ts";
import { appendToLedger, type LedgerEvent } from "../audit/ledger.ts";
import type { PrivilegedCredential } from "../zpa/credentials/credential.ts";
import { asCredential, credentialError } from "./credential-error.ts";
import { administrator, type CredentialPorts } from "./credentials-ports.ts";
import type { CredentialsService } from "./credentials-service.ts";
import { placesOf, readCredential, viewOf } from "./list-credentials.ts";

/** What a form shows before: the credential, and the rules that would lose it. */
export const previewRemove =
  (ports: CredentialPorts): CredentialsService["previewRemove"] =>
  async ({ by, credentialId, microtenantId }) => {
    await administrator(ports, by);
    const [credential, places] = await Promise.all([readCredential(ports, credentialId, microtenantId), placesOf(ports)]);
    const uses = await asCredential(ports.usesOf(credentialId, microtenantId));
    return { credential: viewOf(ports, { ...credential, microtenantId }, places), uses };
  };

/** Deletes a credential, and proves that it is gone. Rules that inject it must be those that the person was shown. */
export const removeCredential =
  (ports: CredentialPorts): CredentialsService["remove"] =>
  async ({ by, credentialId, microtenantId, shownUses }) => {
    const { userId } = await administrator(ports, by);
    const credential = await readCredential(ports, credentialId, microtenantId);
    const uses = await asCredential(ports.usesOf(credentialId, microtenantId));
    if (uses.some(({ ruleId }) => !shownUses.includes(ruleId)))
      throw new PortcullisError("credential_uses_changed", { params: { rules: uses.map(({ name }) => name).join(", ") } });
    const event = { actor: userId, subject: credentialId, before: factsOf(credential, microtenantId) };
    await inLedger(ports, { ...event, kind: "credential.to-be-deleted", after: { rules: uses.map(({ ruleId }) => ruleId) } });
    try {
      await ports.zpa.credentials.delete(credentialId, { microtenantId });
    } catch (thrown) {
      const error = credentialError(thrown);
      // Whether it is gone is asked below.
      if (error.code !== "credential_effect_unknown") {
        await inLedger(ports, { ...event, kind: "credential.not-deleted", after: { code: error.code } });
        throw error;
      }
    }
    const isGone = await isMissing(ports, credentialId, microtenantId);
    await inLedger(ports, { ...event, kind: isGone ? "credential.deleted" : "credential.effect-unknown", after: null });
    if (!isGone) throw new PortcullisError("credential_effect_unknown");
    return viewOf(ports, { ...credential, microtenantId });
  };

async function isMissing({ zpa, log }: CredentialPorts, id: string, microtenantId: string | null): Promise<boolean> {
  try {
    await zpa.credentials.get(id, { microtenantId });
    return false;
  } catch (thrown) {
    const error = fromUnknown(thrown);
    if (error.code !== "zpa_not_found") log.warn({ err: error, credentialId: id }, "credential.not-read-back");
    return error.code === "zpa_not_found";
  }
}

/** What the ledger keeps of a credential. */
export const factsOf = ({ name, type, userName, userDomain }: PrivilegedCredential, microtenantId: string | null) => ({
  name,
  type,
  userName,
  userDomain,
  microtenantId,
});

export const inLedger = ({ db, clock }: Pick<CredentialPorts, "db" | "clock">, event: Omit<LedgerEvent, "requestId">): Promise<void> =>
  db.transaction().execute((trx) => appendToLedger(trx, clock.now(), [{ ...event, requestId: null }]));
