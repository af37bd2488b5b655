import type { ZpaClient } from "../zpa/zpa-client.ts";

/** A rule of the credential policy that injects a credential. */
export interface CredentialUse {
  readonly ruleId: string;
  readonly name: string;
}

/** Which rules of the credential policy inject a credential now. @throws PortcullisError `zpa_*` */
export type UsesOfCredential = (credentialId: string, microtenantId: string | null) => Promise<readonly CredentialUse[]>;

/** The way to ask for them; null as long as the client cannot read policies, which whoever deletes is told. */
export const usesOfCredential = (_zpa: ZpaClient): UsesOfCredential | null => null;
