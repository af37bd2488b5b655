import { userInfo } from "node:os";
import { systemClock } from "../../clock.ts";
import { type Environment, type ReadFile, readSettings, type Settings } from "../../config/read-settings.ts";
import { secretsAmong } from "../../config.ts";
import { PortcullisError } from "../../errors.ts";
import { noFault } from "../../fault-points.ts";
import { type ControlCommand, type ControlServices, runControl } from "../../http/control/control-commands.ts";
import { explainPlainly } from "../../http/control/explain-plainly.ts";
import { controlSocketIfAny } from "../../http/control/socket-path.ts";
import { randomIds } from "../../ids.ts";
import { startJobs } from "../../jobs/start-jobs.ts";
import { createLog } from "../../log.ts";
import { operateAccess } from "../../services/access/operate-access.ts";
import { createFindingsService } from "../../services/access/reconcile/findings-service.ts";
import { settleRequest } from "../../services/access/settle-request.ts";
import { explainApproval } from "../../services/approvals/explain-approval.ts";
import { createAuditService } from "../../services/audit/audit-service.ts";
import { loadLedgerKeys } from "../../services/audit/load-ledger-keys.ts";
import { createCatalog } from "../../services/catalog/create-catalog.ts";
import type { People } from "../../services/directory/person.ts";
import { holderOf } from "../../services/policy/route.ts";
import { createRulesService } from "../../services/rules/create-rules-service.ts";
import { placesIn } from "../../services/rules/places.ts";
import { createAdminLedger } from "../../services/zpa-admin/admin-ledger.ts";
import { openDatabase } from "../../store/open-database.ts";
import { askBot } from "./ask-bot.ts";
import { lazyZpa } from "./lazy-zpa.ts";

/** Asks whoever has the database. The answer is what comes out of JSON: instants are texts. */
export type AskControl = (command: ControlCommand, payload: object) => Promise<unknown>;

interface Ports {
  readonly env: Environment;
  readonly readFile: ReadFile;
}

/** What must be right if it is set. */
const NEEDED: ReadonlySet<string> = new Set(["DATABASE_URL", "DATA_DIR", "LEDGER_KEY", "LEDGER_OLD_KEYS"]);

const STOP_MILLISECONDS = 5_000;

/**
 * Lends the way to the rules, for as long as `use` takes: through the bot that has the embedded database, or, when none runs, with the
 * database in one's own hands; a PostgreSQL is opened directly. Only DATABASE_URL and DATA_DIR are needed; what APPROVERS, ADMINS,
 * SELF_APPROVAL and LEDGER_KEY say counts where they are set.
 *
 * @throws PortcullisError `setting_invalid` | `control_unreachable` | `control_path_too_long` | `database_unreachable`
 */
export async function withControl<T>({ env, readFile }: Ports, use: (ask: AskControl) => Promise<T>): Promise<T> {
  const settings = readSettings(env, readFile);
  const fault = settings.problems.find(({ setting }) => NEEDED.has(setting));
  if (fault !== undefined) throw new PortcullisError("setting_invalid", { params: { settings: fault.setting, problems: fault.sentence } });
  const url = settings.value("DATABASE_URL");
  const folder = settings.value("DATA_DIR") ?? ".";
  const osUser = accountName();
  const bot = url === null ? await botOf(folder, osUser) : null;
  if (bot !== null) return use(bot);
  return withOwnDatabase({ url, folder, settings, env, readFile }, async (services) =>
    use(async (command, payload) => JSON.parse(JSON.stringify((await runControl(services, { command, osUser, payload })) ?? null))),
  );
}

/** The way to the bot that owns a folder; null when none listens. */
export async function botOf(folder: string, osUser: string): Promise<AskControl | null> {
  const socket = controlSocketIfAny(folder, process.cwd());
  if (socket === null || !(await listens(socket, osUser))) return null;
  return async (command, payload) => {
    const answer = await askBot(socket, { command, osUser, payload });
    if (answer === null) throw new PortcullisError("control_unreachable", { params: { folder } });
    return answer.result;
  };
}

/** Whether somebody else owns the folder. */
export const isBusyFolder = (cause: unknown): boolean => cause instanceof PortcullisError && cause.code === "data_folder_in_use";

const listens = async (socket: string, osUser: string): Promise<boolean> =>
  (await askBot(socket, { command: "config.find", osUser, payload: { text: "TENANT" } })) !== null;

async function withOwnDatabase<T>(
  { url, folder, settings, env, readFile }: Ports & { readonly url: string | null; readonly folder: string; readonly settings: Settings },
  use: (services: ControlServices) => Promise<T>,
): Promise<T> {
  const log = createLog("error", { secrets: secretsAmong(settings) });
  const database = await openDatabase({ url, folder, log }).catch((cause: unknown) => {
    if (!(cause instanceof PortcullisError) || cause.code !== "data_folder_in_use") throw cause;
    const code = controlSocketIfAny(folder, process.cwd()) === null ? "control_path_too_long" : "control_unreachable";
    throw new PortcullisError(code, { params: { folder } }, { cause });
  });
  try {
    const { db } = database;
    const { zpa, close } = lazyZpa({ env, readFile, database, log });
    // What a change has others told is written in its own transaction, and done by the next bot that runs.
    const jobs = await startJobs({ database, clock: systemClock, log });
    try {
      const catalog = createCatalog({ db });
      await catalog.load();
      const approvers = settings.value("APPROVERS");
      const admins = (settings.value("ADMINS") ?? []).map(holderOf);
      const people = withoutSlack(settings.value("ADMINS") ?? []);
      const rules = createRulesService({
        db,
        jobs,
        people,
        admins,
        clock: systemClock,
        ids: randomIds,
        settings: approvers === null ? null : { approvers, selfApproval: settings.value("SELF_APPROVAL") ?? false },
        places: placesIn(catalog),
      });
      const onSettled = settleRequest({ jobs, ids: randomIds, log, overnightHours: settings.value("OVERNIGHT_HOURS") ?? "next-day" });
      const access = operateAccess({
        ...{ db, jobs, people, admins, onSettled, log },
        ...{ clock: systemClock, ids: randomIds, faultPoint: noFault },
      });
      // Who is in a group is for Slack to say, and so are names.
      const explain = explainApproval({ db, membersOf: async () => null, clock: systemClock, admins });
      const keys = loadLedgerKeys({ settings: ledgerSettings(settings), folder: url === null ? folder : null, whenMissing: "leave" });
      const audit = createAuditService({ db, keys, clock: systemClock });
      const findings = createFindingsService({
        db,
        jobs,
        zpa,
        people,
        catalog,
        clock: systemClock,
        ids: randomIds,
        log,
        faultPoint: noFault,
        cleanExpired: settings.value("CLEAN_EXPIRED") ?? false,
      });
      const adminLedger = createAdminLedger({ db, people, clock: systemClock });
      return await use({ rules, access, findings, adminLedger, explain: explainPlainly({ explain, nameOf: async (id) => id }), audit });
    } finally {
      await jobs.stop(STOP_MILLISECONDS);
      await close();
    }
  } finally {
    await database.close();
  }
}

const ledgerSettings = ({ value }: Settings) => ({ key: value("LEDGER_KEY"), oldKeys: value("LEDGER_OLD_KEYS") ?? [] });

/** Accounts of the machine act here. Whether somebody of Slack is still an administrator is known only of those whom ADMINS names. */
const withoutSlack = (admins: readonly string[]): People => {
  const unknown = async () => {
    throw new PortcullisError("slack_unreachable");
  };
  return {
    trusted: unknown,
    groupsOf: unknown,
    membersOf: async () => [],
    isAdmin: async (userId) => admins.includes(userId) || unknown(),
  };
};

/** The account that acts. */
export function accountName(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid-${process.getuid?.() ?? "unknown"}`; // an account without a name, as in many containers
  }
}
