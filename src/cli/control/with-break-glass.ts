import { systemClock } from "../../clock.ts";
import { type Environment, type ReadFile, readSettings } from "../../config/read-settings.ts";
import { type Config, readConfig, secretsIn } from "../../config.ts";
import { fromUnknown, PortcullisError } from "../../errors.ts";
import { noFault } from "../../fault-points.ts";
import { type ControlCommand, controlCommands } from "../../http/control/control-commands.ts";
import { randomIds } from "../../ids.ts";
import { startJobs } from "../../jobs/start-jobs.ts";
import { createLog } from "../../log.ts";
import { readGrants } from "../../services/access/grant-rows.ts";
import { letGoOfAllGrants } from "../../services/access/hold-grant.ts";
import { provisionGrant } from "../../services/access/provision-grant.ts";
import { settleRequest } from "../../services/access/settle-request.ts";
import { createCatalog } from "../../services/catalog/create-catalog.ts";
import { createPeople } from "../../services/directory/people.ts";
import { breakGlassAtTerminal } from "../../services/emergency/break-glass-at-terminal.ts";
import { namedForBreakGlass } from "../../services/emergency/named-for-break-glass.ts";
import { createZpaClient } from "../../services/zpa/create-zpa-client.ts";
import { createMemorySlots } from "../../services/zpa/memory-slots.ts";
import { createPostgresSlots } from "../../services/zpa/postgres-slots.ts";
import { createThrottle } from "../../services/zpa/throttle.ts";
import { createSlackDirectory } from "../../slack/slack-directory.ts";
import { createWebClients } from "../../slack/web-clients.ts";
import { openDatabase } from "../../store/open-database.ts";
import { doneWithin, systemTimers } from "../../timers.ts";
import { accountName, botOf, isBusyFolder } from "./with-control.ts";

/** The way to break the glass. */
export interface BreakGlassWay {
  /** The answer is what comes out of JSON: instants are texts. */
  readonly ask: (command: BreakGlassCommand, payload: object) => Promise<unknown>;
  /** Writes to ZPA what no bot writes; says why not where it fails, and null where there is nothing to say. */
  readonly work: (requestIds: readonly string[]) => Promise<PortcullisError | null>;
}

type BreakGlassCommand = Extract<ControlCommand, `break-glass.${string}`>;

const STOP_MILLISECONDS = 5_000;

/**
 * Lends the way to break the glass: through the bot that has the embedded database, whether it reaches Slack or not; or, when none runs,
 * or on PostgreSQL, with the database and ZPA in one's own hands. What is to be said in Slack is in the database, for the next bot.
 *
 * @throws PortcullisError `setting_*`, `control_unreachable`, `database_unreachable`
 */
export async function withBreakGlass<T>(
  { env, readFile }: { readonly env: Environment; readonly readFile: ReadFile },
  use: (way: BreakGlassWay) => Promise<T>,
): Promise<T> {
  const settings = readSettings(env, readFile);
  const folder = settings.value("DATA_DIR") ?? ".";
  if (settings.value("DATABASE_URL") === null) {
    const bot = await botOf(folder, accountName());
    if (bot !== null) return use({ ask: bot, work: async () => null });
  }
  return withOwnHands(readConfig(env, readFile), use);
}

async function withOwnHands<T>(config: Config, use: (way: BreakGlassWay) => Promise<T>): Promise<T> {
  const log = createLog("silent", { secrets: secretsIn(config) });
  const [clock, ids, timers] = [systemClock, randomIds, systemTimers];
  const database = await openDatabase({ ...config.database, log }).catch((cause: unknown) => {
    throw isBusyFolder(cause)
      ? new PortcullisError("control_unreachable", { params: { folder: config.database.folder } }, { cause })
      : cause;
  });
  try {
    const { db } = database;
    if (database.kind === "pglite") await letGoOfAllGrants(db); // whoever held one is dead
    const jobs = await startJobs({ database, clock, log, ids });
    const slots = database.kind === "postgres" ? createPostgresSlots(database.pool) : createMemorySlots(timers);
    const zpa = createZpaClient({
      config: config.zpa,
      clock,
      timers,
      random: Math.random,
      log,
      throttle: createThrottle({ slots, timers, log }),
    });
    try {
      const catalog = createCatalog({ db });
      await catalog.load();
      const clients = createWebClients(config.slack, log);
      // Nobody waits long for a Slack that does not answer.
      const directory = createSlackDirectory({ clients: { interactive: clients.interactive, patient: clients.interactive }, timers, log });
      const people = createPeople({ directory, config });
      const { breakGlass, zpaUserByEmail } = config;
      const named = namedForBreakGlass({ db, people, directory, breakGlass, zpaUserByEmail });
      const onSettled = settleRequest({ jobs, ids, log, overnightHours: config.overnightHours });
      const settings = { ...config, approvalsChannel: config.slack.approvalsChannel };
      const terminal = breakGlassAtTerminal({ db, jobs, people, catalog, clock, ids, onSettled, settings, named });
      const provision = provisionGrant({ db, jobs, zpa, people, namedForBreakGlass: named, clock, ids, log, faultPoint: noFault, timers });
      const osUser = accountName();
      return await use({
        ask: async (command, payload) =>
          JSON.parse(JSON.stringify((await controlCommands[command]({ breakGlass: terminal }, { osUser }, payload)) ?? null)),
        work: async (requestIds) => {
          const grants = (await Promise.all(requestIds.map((id) => readGrants(db, id)))).flat();
          try {
            for (const { id, status } of grants)
              if (status === "PLANNED")
                await provision({ grantId: id }, { jobId: ids.uuid(), retryCount: 0, isLast: false, signal: new AbortController().signal });
            return null;
          } catch (thrown) {
            return fromUnknown(thrown);
          }
        },
      });
    } finally {
      await jobs.stop(STOP_MILLISECONDS);
      await doneWithin(timers, STOP_MILLISECONDS, zpa.close());
    }
  } finally {
    await database.close();
  }
}
