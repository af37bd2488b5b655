import { PortcullisError } from "../../errors.ts";
import { administer } from "../zpa-admin/administer.ts";
import { credentialToMove } from "../zpa-admin/credential-writes.ts";
import { asCredential } from "./credential-error.ts";
import { administrator, type CredentialPorts } from "./credentials-ports.ts";
import type { CredentialsService } from "./credentials-service.ts";
import { placesOf, readCredential, viewOf } from "./list-credentials.ts";
import { usesAsShown } from "./uses-as-shown.ts";

/** What a form shows before: the credential, the rules that inject it where it is, and where it would be. */
export const previewMove =
  (ports: CredentialPorts): CredentialsService["previewMove"] =>
  async ({ by, credentialId, microtenantId, to }) => {
    await administrator(ports, by);
    const [credential, places] = await Promise.all([readCredential(ports, credentialId, microtenantId), placesOf(ports)]);
    const uses = await ports.usesOf(credentialId, microtenantId);
    const target = places.find(({ id }) => id === to) ?? { id: to, name: to ?? "" };
    return { credential: viewOf(ports, { ...credential, microtenantId }, places), uses, to: target };
  };

/** Moves a credential to another microtenant, and proves that it is there. Rules that inject it must be those that the person was shown. */
export const moveCredential =
  (ports: CredentialPorts): CredentialsService["move"] =>
  async ({ by, credentialId, microtenantId: from, to, shownUses }) => {
    const record = await administer(ports)(by);
    const [credential, places] = await Promise.all([readCredential(ports, credentialId, from), placesOf(ports)]);
    const current = { ...credential, microtenantId: from };
    if (from === to) return viewOf(ports, current, places);
    const rules = await usesAsShown(ports, current, shownUses);
    const write = credentialToMove(ports.zpa.credentials, { current, from, to });
    const { read, asIntended } = await asCredential(record({ ...write, intended: { ...write.intended, rules } }));
    if (!asIntended) throw new PortcullisError("credential_differs");
    return viewOf(ports, { ...read, microtenantId: to }, places);
  };
