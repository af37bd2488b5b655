import type { Tenant } from "./tenant.ts";

/** Ids of the rules of the credential policy that inject a credential: the tenant keeps one that a rule names. No policy is simulated yet. */
export const credentialUses = (_tenant: Tenant, _credentialId: string): readonly string[] => [];
