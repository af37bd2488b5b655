import { rulesUsing } from "./policy/rules-using.ts";
import type { Tenant } from "./tenant.ts";

/** Ids of the rules of the credential policy that inject a credential: the tenant keeps one that a rule names. */
export const credentialUses = (tenant: Tenant, credentialId: string): readonly string[] =>
  rulesUsing(tenant, { objectType: "CREDENTIAL", id: credentialId }).map(({ id }) => id);
