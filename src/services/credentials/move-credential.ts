import { fromUnknown, PortcullisError } from "../../errors.ts";
import type { PrivilegedCredential } from "../zpa/credentials/credential.ts";
import { asCredential, credentialError } from "./credential-error.ts";
import { administrator, type CredentialPorts } from "./credentials-ports.ts";
import type { CredentialsService } from "./credentials-service.ts";
import { placesOf, readCredential, viewOf } from "./list-credentials.ts";
import { factsOf, inLedger } from "./remove-credential.ts";

/** What a form shows before: the credential, the rules that inject it where it is, and where it would be. */
export const previewMove =
  (ports: CredentialPorts): CredentialsService["previewMove"] =>
  async ({ by, credentialId, microtenantId, to }) => {
    await administrator(ports, by);
    const [credential, places] = await Promise.all([readCredential(ports, credentialId, microtenantId), placesOf(ports)]);
    const uses = await asCredential(ports.usesOf(credentialId, microtenantId));
    const target = places.find(({ id }) => id === to) ?? { id: to, name: to ?? "" };
    return { credential: viewOf(ports, { ...credential, microtenantId }, places), uses, to: target };
  };

/** Moves a credential to another microtenant, and proves that it is there. Sent once: after a lost answer it is looked for there. */
export const moveCredential =
  (ports: CredentialPorts): CredentialsService["move"] =>
  async ({ by, credentialId, microtenantId: from, to }) => {
    const { userId } = await administrator(ports, by);
    const [credential, places] = await Promise.all([readCredential(ports, credentialId, from), placesOf(ports)]);
    if (from === to) return viewOf(ports, { ...credential, microtenantId: from }, places);
    const event = { actor: userId, subject: credentialId, before: factsOf(credential, from) };
    const after = { microtenantId: to };
    await inLedger(ports, { ...event, kind: "credential.to-be-moved", after });
    try {
      await ports.zpa.credentials.move(credentialId, { from, to });
    } catch (thrown) {
      const error = credentialError(thrown);
      if (error.code !== "credential_effect_unknown") {
        await inLedger(ports, { ...event, kind: "credential.not-moved", after: { ...after, code: error.code } });
        throw error;
      }
    }
    const moved = await standsIn(ports, credentialId, to);
    await inLedger(ports, { ...event, kind: moved === null ? "credential.effect-unknown" : "credential.moved", after });
    if (moved === null) throw new PortcullisError("credential_effect_unknown");
    return viewOf(ports, { ...moved, microtenantId: to }, places);
  };

async function standsIn({ zpa, log }: CredentialPorts, id: string, microtenantId: string | null): Promise<PrivilegedCredential | null> {
  try {
    return await zpa.credentials.get(id, { microtenantId });
  } catch (thrown) {
    log.warn({ err: fromUnknown(thrown), credentialId: id, microtenantId }, "credential.not-read-back");
    return null;
  }
}
