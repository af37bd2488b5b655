import type { Kysely } from "kysely";
import type { Clock } from "../../clock.ts";
import { PortcullisError } from "../../errors.ts";
import type { Ids } from "../../ids.ts";
import type { Jobs } from "../../jobs/jobs.ts";
import type { Database } from "../../store/schema.ts";
import type { Holder } from "../approvals/approval.ts";
import type { People } from "../directory/person.ts";
import type { KnownSettings } from "../policy/loosens.ts";
import type { Places } from "./places.ts";
import type { RulesActor } from "./rules-service.ts";

export interface RulesPorts {
  readonly db: Kysely<Database>;
  readonly jobs: Pick<Jobs, "enqueue">;
  readonly people: Pick<People, "trusted" | "isAdmin" | "membersOf">;
  readonly admins: readonly Holder[];
  readonly clock: Clock;
  readonly ids: Ids;
  readonly settings: KnownSettings;
  readonly places: Places;
}

const OS_USER = "cli:";

/** Whether a name of the ledger is one of the command line. Such names can be borrowed by whoever has the machine. */
export const isOsUser = (actor: string): boolean => actor.startsWith(OS_USER);

/**
 * Who acts, by the name that the ledger has for them, once it is sure that they may.
 * @throws PortcullisError `admins_only`, or what speaks against the person
 */
export async function administrator({ people }: Pick<RulesPorts, "people">, by: RulesActor): Promise<string> {
  // Whoever reaches the database's folder or its address could write into it all the same: the command line is their ledger.
  if ("osUser" in by) return `${OS_USER}${by.osUser}`;
  const { userId } = await people.trusted(by);
  if (!(await people.isAdmin(userId))) throw new PortcullisError("admins_only");
  return userId;
}
