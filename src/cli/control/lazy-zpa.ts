import { systemClock } from "../../clock.ts";
import type { Environment, ReadFile } from "../../config/read-settings.ts";
import { readConfig } from "../../config.ts";
import type { Log } from "../../log.ts";
import { createZpaClient } from "../../services/zpa/create-zpa-client.ts";
import { createMemorySlots } from "../../services/zpa/memory-slots.ts";
import { createPostgresSlots } from "../../services/zpa/postgres-slots.ts";
import { createThrottle } from "../../services/zpa/throttle.ts";
import type { ZpaClient } from "../../services/zpa/zpa-client.ts";
import type { openDatabase } from "../../store/open-database.ts";
import { systemTimers } from "../../timers.ts";

interface Ports {
  readonly env: Environment;
  readonly readFile: ReadFile;
  readonly database: Awaited<ReturnType<typeof openDatabase>>;
  readonly log: Log;
}

/**
 * A ZPA client that asks for its settings when it is first used: most of what `pra` does needs none. It keeps to the budget that running
 * bots share by their PostgreSQL.
 */
export function lazyZpa({ env, readFile, database, log }: Ports): {
  readonly zpa: Pick<ZpaClient, "approvals" | "microtenants">;
  close(): Promise<void>;
} {
  let made: ZpaClient | null = null;
  const client = (): ZpaClient => {
    if (made !== null) return made;
    const { zpa: config } = readConfig(env, readFile);
    const slots = database.kind === "postgres" ? createPostgresSlots(database.pool) : createMemorySlots(systemTimers);
    const throttle = createThrottle({ slots, timers: systemTimers, log });
    made = createZpaClient({ config, clock: systemClock, timers: systemTimers, random: Math.random, log, throttle });
    return made;
  };
  return {
    zpa: {
      get approvals() {
        return client().approvals;
      },
      get microtenants() {
        return client().microtenants;
      },
    },
    close: async () => made?.close(),
  };
}
