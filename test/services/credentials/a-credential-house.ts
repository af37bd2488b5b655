import { type Kysely, sql } from "kysely";
import { PortcullisError } from "../../../src/errors.ts";
import { randomIds } from "../../../src/ids.ts";
import { createCheckSecret } from "../../../src/services/credentials/check-secret.ts";
import { createCredentialsService } from "../../../src/services/credentials/create-credentials-service.ts";
import type { CredentialPorts } from "../../../src/services/credentials/credentials-ports.ts";
import type { CredentialUse } from "../../../src/services/credentials/credentials-service.ts";
import type { Handover } from "../../../src/services/credentials/handover.ts";
import { createHandoverDoor } from "../../../src/services/credentials/handover-door.ts";
import { randomToken } from "../../../src/services/credentials/handover-keys.ts";
import { judgeKey } from "../../../src/services/credentials/judge-key.ts";
import { settleHandover } from "../../../src/services/credentials/settle-handover.ts";
import { createProcessTurns, type Turns } from "../../../src/services/zpa/turns.ts";
import type { Database } from "../../../src/store/schema.ts";
import { systemTimers, type Timers } from "../../../src/timers.ts";
import { keptLog } from "../../support/silent-log.ts";
import { ana } from "../../views/models.ts";
import type { TenantClient } from "../zpa/support/tenant-client.ts";

export const dora = { teamId: "T1", userId: "UDORA" };
export const emil = { teamId: "T1", userId: "UEMIL" };

/** What people of the tests are, until a test says otherwise. */
export const someAdmins = () => ({ admins: new Set(["UDORA", "UEMIL"]), left: new Set<string>() });

/** What is asked for a new one. */
export const newKey = {
  by: dora,
  kind: "add",
  name: "new",
  type: "SSH_KEY",
  userName: "root",
  userDomain: null,
  description: null,
  microtenantId: null,
} as const;

/** Dora's command about one that is there. */
export const deedOn = ({ id, microtenantId }: { readonly id: string; readonly microtenantId: string | null }) => ({
  by: dora,
  credentialId: id,
  microtenantId,
});

export interface HouseOptions {
  readonly db: Kysely<Database>;
  readonly client: Pick<TenantClient, "tenant" | "zpa">;
  readonly people?: ReturnType<typeof someAdmins>;
  readonly timers?: Timers;
  readonly pageUrl?: CredentialPorts["pageUrl"];
  readonly credentialTurns?: Turns;
}

/** Where the clocks of a house, and of the tenant beside it, begin. */
export const NOW = new Date("2026-11-24T12:00:00Z");

/** The use-cases of credentials over a database and a simulated tenant, with a clock that the test moves. */
export function aCredentialHouse({
  db,
  client,
  people = someAdmins(),
  timers = systemTimers,
  credentialTurns = createProcessTurns(),
  pageUrl = (token) => `http://127.0.0.1/credentials/${token}`,
}: HouseOptions) {
  const clock = { at: NOW, now: () => clock.at };
  const enqueued: { queue: string; payload: unknown; startAfter: Date | null }[] = [];
  const told: (Handover & { readonly outcome: string })[] = [];
  const uses: CredentialUse[] = [];
  const { log, lines } = keptLog();
  const ports: CredentialPorts = {
    db,
    jobs: {
      enqueue: async (_trx, queue, payload, options) => void enqueued.push({ queue, payload, startAfter: options?.startAfter ?? null }),
      enqueueNow: async (queue, payload, options) => void enqueued.push({ queue, payload, startAfter: options?.startAfter ?? null }),
    },
    people: {
      trusted: async ({ userId }) => {
        if (people.left.has(userId)) throw new PortcullisError("person_deactivated");
        return { ...ana, userId, locale: userId === "UEMIL" ? "de-DE" : "en-US" };
      },
      isAdmin: async (userId) => people.admins.has(userId),
    },
    zpa: client.zpa,
    credentialTurns,
    clock,
    timers,
    ids: randomIds,
    log,
    maxAgeDays: 90,
    pageUrl,
    token: randomToken,
    checkSecret: createCheckSecret(async (key) => judgeKey(key)),
    usesOf: async () => uses,
  };
  const credentials = createCredentialsService(ports);
  return {
    ports,
    clock,
    people,
    enqueued,
    told,
    uses,
    logged: lines,
    credentials,
    /** The first that is found. */
    named: async (search: string) => {
      const [found] = (await credentials.list({ by: dora, search })).credentials;
      if (found === undefined) throw new Error(`There is no ${search}.`);
      return found;
    },
    door: createHandoverDoor(ports),
    settle: settleHandover({ ...ports, tellOutcome: async (handover) => void told.push(handover) }),
    pass: ({ seconds }: { readonly seconds: number }) => {
      clock.at = new Date(clock.at.getTime() + seconds * 1000);
    },
  };
}

export const ledgerOf = async (
  db: Kysely<Database>,
): Promise<readonly { readonly kind: string; readonly actor: string; readonly after: unknown }[]> =>
  (await db.selectFrom("ledger_event").select(["kind", "actor", "after"]).orderBy("id").execute()).map((event) => ({ ...event }));

export const kindsOf = async (db: Kysely<Database>): Promise<readonly string[]> => (await ledgerOf(db)).map(({ kind }) => kind);

/** Every table, whatever schema it is in, as text. */
export async function everythingIn(db: Kysely<Database>): Promise<string> {
  const { rows } = await sql<{ schema: string; name: string }>`
    select schemaname as schema, relname as name from pg_stat_user_tables order by 1, 2`.execute(db);
  const tables: string[] = [];
  for (const { schema, name } of rows) {
    const dumped = await sql<{ line: string }>`select row_to_json(t)::text as line from ${sql.table(`${schema}.${name}`)} t`.execute(db);
    tables.push(`${schema}.${name}`, ...dumped.rows.map(({ line }) => line));
  }
  return tables.join("\n");
}
