import { rulesUsing } from "./policy/rules-using.ts";
import type { Tenant } from "./tenant.ts";

/** Ids of the rules that name a console in their conditions: the tenant keeps a console that one of them names. */
export const consoleUses = (tenant: Tenant, consoleId: string): readonly string[] =>
  rulesUsing(tenant, { objectType: "CONSOLE", id: consoleId }).map(({ id }) => id);
