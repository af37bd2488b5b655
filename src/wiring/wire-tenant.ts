import { createCatalog } from "../services/catalog/create-catalog.ts";
import { followCatalog } from "../services/catalog/follow-catalog.ts";
import { createTransport, timeoutsFor } from "../services/http-client/transport.ts";
import { countedTransport } from "../services/zpa/counted-transport.ts";
import { createZpaClient } from "../services/zpa/create-zpa-client.ts";
import { createMemorySlots } from "../services/zpa/memory-slots.ts";
import { createPostgresSlots } from "../services/zpa/postgres-slots.ts";
import { createPostgresTurns, type TurnsOf } from "../services/zpa/postgres-turns.ts";
import { createThrottle } from "../services/zpa/throttle.ts";
import { createProcessTurns } from "../services/zpa/turns.ts";
import type { Given } from "./given.ts";
import type { Store } from "./open-store.ts";

export type Tenant = Awaited<ReturnType<typeof wireTenant>>;

/** The client of the ZPA tenant with its budget of calls, and the catalog with what keeps it in step with the other replicas. */
export async function wireTenant({ config, database, db, clock, timers, pacing, random, log, metrics }: Given & Store) {
  const slots = database.kind === "postgres" ? createPostgresSlots(database.pool) : createMemorySlots(pacing);
  const transport = countedTransport(createTransport(timeoutsFor(config.zpa)), metrics);
  const throttle = createThrottle({ slots, timers: pacing, log });
  const turns = (of: TurnsOf) => (database.kind === "postgres" ? createPostgresTurns(database.pool, of) : createProcessTurns());
  const [policyTurns, consoleTurns, credentialTurns] = [turns("zpa_policy"), turns("zpa_consoles"), turns("zpa_credentials")];
  const zpa = createZpaClient({ config: config.zpa, clock, timers, random, log, throttle, policyTurns, transport });
  const catalog = createCatalog({ db });
  const following = await followCatalog({ catalog, database, log });
  return { slots, zpa, consoleTurns, credentialTurns, catalog, following };
}
