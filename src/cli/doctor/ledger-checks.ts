import { stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import { systemClock } from "../../clock.ts";
import type { Config } from "../../config.ts";
import { PortcullisError } from "../../errors.ts";
import { controlSocketIfAny } from "../../http/control/socket-path.ts";
import type { Log } from "../../log.ts";
import { examineLedger, LedgerState } from "../../services/audit/examine-ledger.ts";
import { loadLedgerKeys } from "../../services/audit/load-ledger-keys.ts";
import { createSiemClient } from "../../services/audit/siem-client.ts";
import { testBody } from "../../services/audit/siem-delivery.ts";
import { pendingMigrations } from "../../store/migrate.ts";
import { openDatabase } from "../../store/open-database.ts";
import type { Database } from "../../store/schema.ts";
import { faultText } from "../audit/report.ts";
import { askBot } from "../control/ask-bot.ts";
import { type Check, type Finding, notCheckable, ok, wrong } from "./finding.ts";

/** How many of the newest seals the doctor verifies; `pra audit verify` goes through all. */
const NEWEST = 1_000;
/** A sealer that runs every minute leaves nothing as long as this. */
const LONGEST_UNSEALED_MINUTES = 15;
const KEY_FIX = "Set LEDGER_KEY_FILE, the same for every replica: `openssl rand -hex 32` makes a key.";

/** That the ledger is sealed, and its newest seals hold. To be run when nobody else has the embedded database open. */
export const ledgerCheck = (config: Pick<Config, "database" | "ledger">, log: Log): Check => ({
  name: "ledger",
  fix: "Run `pra audit verify`, and look for ledger in the log.",
  run: async () => {
    const state = await stateOf(config, log);
    if (state === "owned") return notCheckable("a running Portcullis has the ledger, and cannot be asked", "Look for control in its log.");
    if (state === null && config.database.url !== null && config.ledger.key === null)
      return wrong("nothing will be sealed: there is no key here", KEY_FIX);
    if (state === null) return notCheckable("nothing is in the ledger before the first start", "Start the bot, then ask again.");
    const isFirstStart = config.database.url === null && state.keyId === null && state.sealed === 0;
    return isFirstStart
      ? notCheckable("the next start makes a key and seals the ledger", "Start the bot, then ask again.")
      : findingOf(state);
  },
});

/** That what is signed with SIEM_SECRET is taken at SIEM_URL. Sends a delivery without events, marked as a test. */
export const siemCheck = (siem: NonNullable<Config["siem"]>): Check => ({
  name: "siem",
  fix: "Check SIEM_URL, and that this machine reaches it.",
  run: async () => {
    const client = createSiemClient(siem, { realClock: systemClock });
    try {
      const outcome = await client.deliver(testBody(systemClock.now()));
      return outcome.kind === "taken"
        ? ok("takes what is sent to it")
        : wrong(
            `does not take what is sent to it: ${outcome.failure}`,
            "Check SIEM_URL and SIEM_SECRET, and look into the receiver's own log.",
          );
    } finally {
      await client.close();
    }
  },
});

async function stateOf(config: Pick<Config, "database" | "ledger">, log: Log): Promise<LedgerState | "owned" | null> {
  const { url } = config.database;
  try {
    return await (url === null ? embedded(config, log) : postgres(config, url));
  } catch (cause) {
    if (cause instanceof PortcullisError && cause.code === "data_folder_in_use") return "owned";
    throw cause;
  }
}

async function embedded({ database, ledger }: Pick<Config, "database" | "ledger">, log: Log): Promise<LedgerState | null> {
  const folder = resolve(database.folder);
  if (!(await isThere(join(folder, "pglite")))) return null;
  const asked = { command: "audit.examine", osUser: "doctor", payload: { newest: NEWEST } };
  const socket = controlSocketIfAny(folder, process.cwd());
  const answer = socket === null ? null : await askBot(socket, asked);
  if (answer !== null) return LedgerState.parse(answer.result);
  const keys = loadLedgerKeys({ settings: ledger, folder, whenMissing: "leave" });
  const opened = await openDatabase({ url: null, folder, log });
  try {
    return await examineLedger({ db: opened.db, keys })({ newest: NEWEST });
  } finally {
    await opened.close();
  }
}

/** @throws the fault of the file system when it cannot tell, such as a folder that this account may not enter */
async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return false;
    throw cause;
  }
}

/** A shared database is only looked at. */
async function postgres({ ledger }: Pick<Config, "ledger">, url: string): Promise<LedgerState | null> {
  const pool = new pg.Pool({ connectionString: url, max: 1, connectionTimeoutMillis: 5_000, application_name: "portcullis-doctor" });
  pool.on("error", () => {}); // a connection that breaks while idle is replaced; a query that fails says so itself
  try {
    const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
    if ((await pendingMigrations(db)).length > 0) return null;
    return await examineLedger({ db, keys: loadLedgerKeys({ settings: ledger, folder: null, whenMissing: "leave" }) })({ newest: NEWEST });
  } finally {
    await pool.end();
  }
}

function findingOf(state: LedgerState): Finding {
  const { keyId, newestKeyId, isKeyKnown, sealed, unsealed, oldestUnsealedAt, checked, firstBad, siem } = state;
  if (keyId === null) return wrong(`nothing is sealed: there is no key here (${unsealed} events wait)`, KEY_FIX);
  if (!isKeyKnown)
    return wrong(
      `was sealed with the key ${newestKeyId}, and the one here is ${keyId}`,
      "Put that key back, or name it in LEDGER_OLD_KEYS.",
    );
  if (firstBad !== null) return wrong(faultText(firstBad), "Run `pra audit verify`, and compare with the heads that were noted outside.");
  if (siem?.differs)
    return wrong(
      `the seals after ${siem.differs.after} are not those that the SIEM has${siem.differs.at === null ? "" : `, found ${siem.differs.at}`}`,
      "Keep what the SIEM has; see *The ledger* in docs/operating.md.",
    );
  const waits = oldestUnsealedAt === null ? 0 : (systemClock.now().getTime() - Date.parse(oldestUnsealedAt)) / 60_000;
  if (waits > LONGEST_UNSEALED_MINUTES)
    return wrong(
      `${unsealed} events wait for the sealer, the oldest since ${oldestUnsealedAt}`,
      "Start the bot, or look for seal-ledger in its log.",
    );
  if (siem !== null && siem.failures > 0)
    return wrong(`${sealed - siem.shipped} seals are not in the SIEM: ${siem.lastFailure}`, "Look into the SIEM's own log.");
  return ok(`${sealed} seals, of which the newest ${checked} hold; ${unsealed} events wait for the sealer; key ${keyId}`);
}
