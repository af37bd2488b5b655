import type { StoredCredential, Tenant } from "./tenant.ts";
import { escaped, modifiedBy, type Wire } from "./wire.ts";

/** As a list and a reading print it: never modified, never said; in the Default microtenant, no word of it. */
export function credentialOf(tenant: Tenant, credential: StoredCredential): Wire {
  const { id, creationTime, modifiedTime, microtenantId, name, description, userName, userDomain, credentialType } = credential;
  const microtenant = tenant.objects.microtenants.get(microtenantId ?? "");
  return {
    id,
    ...(modifiedTime === null ? {} : { modifiedTime: String(modifiedTime) }),
    creationTime: String(creationTime),
    modifiedBy,
    name: escaped(name),
    ...(microtenantId === null ? {} : { microtenantId, microtenantName: microtenant?.name }),
    ...(description === null ? {} : { description: escaped(description) }),
    ...(userDomain === null ? {} : { userDomain }),
    ...(userName === null ? {} : { userName }),
    credentialType,
    lastCredentialResetTime: String(credential.lastCredentialResetTime),
  };
}

/** The answer to a create says a time of modification, but not for a password alone: so the vendor's page has it. */
export const createdCredential = (tenant: Tenant, credential: StoredCredential): Wire => ({
  ...credentialOf(tenant, credential),
  ...(credential.credentialType === "PASSWORD" ? {} : { modifiedTime: String(credential.creationTime) }),
});
