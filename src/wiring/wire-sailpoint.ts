import { createSailPointBudget, sailPointSlotRules } from "../services/sailpoint/budget.ts";
import { createSailPointClient } from "../services/sailpoint/create-sailpoint-client.ts";
import type { SailPointClient } from "../services/sailpoint/sailpoint-client.ts";
import { createMemorySlots } from "../services/zpa/memory-slots.ts";
import { createPostgresSlots } from "../services/zpa/postgres-slots.ts";
import type { Given } from "./given.ts";
import type { Store } from "./open-store.ts";

/** The client of the SailPoint tenant with its budget of calls, shared by all replicas; null where none is set up. */
export function wireSailPoint({ config, database, clock, timers, pacing, random, log }: Given & Store): SailPointClient | null {
  if (config.sailpoint === null) return null;
  const slots =
    database.kind === "postgres"
      ? createPostgresSlots(database.pool, sailPointSlotRules, "sailpoint_slot")
      : createMemorySlots(pacing, sailPointSlotRules);
  const budget = createSailPointBudget({ slots, timers: pacing, log });
  return createSailPointClient({ config: config.sailpoint, clock, timers, random, log, budget });
}
