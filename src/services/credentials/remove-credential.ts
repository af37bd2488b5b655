import { PortcullisError } from "../../errors.ts";
import { administer } from "../zpa-admin/administer.ts";
import { credentialToDelete } from "../zpa-admin/credential-writes.ts";
import { asCredential } from "./credential-error.ts";
import { administrator, type CredentialPorts } from "./credentials-ports.ts";
import type { CredentialsService } from "./credentials-service.ts";
import { placesOf, readCredential, viewOf } from "./list-credentials.ts";
import { usesAsShown } from "./uses-as-shown.ts";

/** What a form shows before: the credential, and the rules that would lose it. */
export const previewRemove =
  (ports: CredentialPorts): CredentialsService["previewRemove"] =>
  async ({ by, credentialId, microtenantId }) => {
    await administrator(ports, by);
    const [credential, places] = await Promise.all([readCredential(ports, credentialId, microtenantId), placesOf(ports)]);
    const uses = await ports.usesOf(credentialId, microtenantId);
    return { credential: viewOf(ports, { ...credential, microtenantId }, places), uses };
  };

/** Deletes a credential, and proves that it is gone. Rules that inject it must be those that the person was shown. */
export const removeCredential =
  (ports: CredentialPorts): CredentialsService["remove"] =>
  async ({ by, credentialId, microtenantId, shownUses }) => {
    const record = await administer(ports)(by);
    const current = { ...(await readCredential(ports, credentialId, microtenantId)), microtenantId };
    const rules = await usesAsShown(ports, current, shownUses);
    const write = credentialToDelete(ports.zpa.credentials, current);
    const { asIntended } = await asCredential(record({ ...write, intended: { rules } }));
    if (!asIntended) throw new PortcullisError("credential_effect_unknown");
    return viewOf(ports, current);
  };
