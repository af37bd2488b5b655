import type { PrivilegedCredential } from "../../../../src/services/zpa/credentials/credential.ts";

/** A credential as the client reads it. */
export const credentialOf = (change: Partial<PrivilegedCredential> = {}): PrivilegedCredential => ({
  ...{ id: "47", name: "plc-gateway", description: null, type: "SSH_KEY", userName: "plc", userDomain: null },
  ...{ lastResetAt: null, createdAt: null, modifiedAt: null, microtenantId: null, microtenantName: null, raw: {} },
  ...change,
});
