import { PortcullisError } from "../../errors.ts";
import { CREDENTIAL_TYPES } from "../zpa/credentials/credential.ts";
import { administrator, type CredentialPorts } from "./credentials-ports.ts";
import type { CredentialsService } from "./credentials-service.ts";
import { placesOf, readCredential, viewOf } from "./list-credentials.ts";

/** One credential as it stands now, and what can be done with it. */
export const lookAtCredential =
  (ports: CredentialPorts): CredentialsService["look"] =>
  async ({ by, credentialId, microtenantId }) => {
    await administrator(ports, by);
    const [credential, places] = await Promise.all([readCredential(ports, credentialId, microtenantId), placesOf(ports)]);
    return {
      // An answer need not repeat where it was asked.
      credential: viewOf(ports, { ...credential, microtenantId }, places),
      maxAgeDays: ports.maxAgeDays,
      canRotate: CREDENTIAL_TYPES.some((type) => type === credential.type),
      elsewhere: places.filter(({ id }) => id !== microtenantId),
    };
  };

/** Where a new credential can be made. Nobody fills in a form whose secret could then not be handed over. */
export const roomForCredential =
  (ports: CredentialPorts): CredentialsService["room"] =>
  async ({ by }) => {
    await administrator(ports, by);
    if (ports.pageUrl("") === null) throw new PortcullisError("credential_page_off");
    return { places: await placesOf(ports) };
  };
