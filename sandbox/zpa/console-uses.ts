import type { Tenant } from "./tenant.ts";

/** Ids of the rules that name a console in their conditions: the tenant keeps a console that one of them names. No policy is simulated yet. */
export const consoleUses = (_tenant: Tenant, _consoleId: string): readonly string[] => [];
