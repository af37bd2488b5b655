import type { Kysely } from "kysely";
import type { Clock } from "../../clock.ts";
import type { Config } from "../../config.ts";
import type { Ids } from "../../ids.ts";
import type { Jobs } from "../../jobs/jobs.ts";
import type { Database } from "../../store/schema.ts";
import type { ApplyPorts } from "../approvals/apply-command.ts";
import type { Catalog } from "../catalog/catalog.ts";
import type { People } from "../directory/person.ts";

export interface EmergencyPorts {
  readonly db: Kysely<Database>;
  readonly jobs: Jobs;
  readonly people: People;
  readonly catalog: Catalog;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly onSettled: ApplyPorts["onSettled"];
  readonly settings: EmergencySettings;
}

export type EmergencySettings = Pick<
  Config,
  "approvers" | "selfApproval" | "maxConsolesPerRequest" | "admins" | "onCall" | "onCallMaxHours" | "breakGlass" | "breakGlassMaxMinutes"
> & { readonly approvalsChannel: string | null };
