import { sql } from "kysely";
import { PortcullisError } from "../../../src/errors.ts";
import { randomIds } from "../../../src/ids.ts";
import type { Holder } from "../../../src/services/approvals/approval.ts";
import { createRulesService } from "../../../src/services/rules/create-rules-service.ts";
import { placesIn } from "../../../src/services/rules/places.ts";
import type { RulesPorts } from "../../../src/services/rules/rules-ports.ts";
import type { ChangeOutcome } from "../../../src/services/rules/rules-service.ts";
import type { OpenDatabase } from "../../../src/store/database.ts";
import { openDatabase } from "../../../src/store/open-database.ts";
import { catalogOf } from "../../actions/request-form/fixtures.ts";
import { newMigratedFolder } from "../../support/data-folder.ts";
import { keptLog } from "../../support/silent-log.ts";
import { ana, consoleNamed } from "../../views/models.ts";

const catalog = catalogOf([
  consoleNamed("db-prod", { segmentId: "216196257331372731", segmentName: "Databases" }),
  consoleNamed("hmi", { segmentId: "216196257331372732", segmentName: "Line 4", microtenantId: "77", microtenantName: "Plant" }),
  consoleNamed("shared-hmi", { segmentId: "216196257331372732", segmentName: "Line 4", microtenantId: "78", microtenantName: "Harbour" }),
]);

export const dora = { teamId: "T1", userId: "UDORA" };
export const emil = { teamId: "T1", userId: "UEMIL" };
export const shell = { osUser: "ops" };
export const TENANT = { scope: "TENANT", scopeId: "" } as const;
export const SEGMENT = { scope: "APPLICATION_SEGMENT", scopeId: "216196257331372731" } as const;
export const STRICT = "longestWindowHours: 8\n";

/** The change that waits after this. */
export const changeOf = ({ changeId }: ChangeOutcome): string => {
  if (changeId === null) throw new Error("It does not wait.");
  return changeId;
};

/** The rules' use-cases over a real PGlite, with two administrators (Dora, and Emil in a group) and a clock that the test sets. */
export async function aRulebook() {
  const data = await newMigratedFolder();
  const book = await aRulebookIn(data.folder);
  return {
    ...book,
    folder: data.folder,
    close: async () => {
      await book.close();
      await data.remove();
    },
  };
}

/** The same in a folder that is there already. */
export const aRulebookIn = async (folder: string) => aRulebookOn(await openDatabase({ url: null, folder, log: keptLog().log }));

/** One replica of it. */
export function aRulebookOn(database: OpenDatabase) {
  const clock = { at: new Date("2026-11-02T08:00:00Z"), now: () => clock.at };
  const groups = new Map([["SADM", ["UEMIL"]]]);
  const left = new Set<string>();
  const zpaUsers = new Map<string, string>();
  const admins: Holder[] = [
    { kind: "person", userId: "UDORA" },
    { kind: "group", groupId: "SADM" },
  ];
  const enqueued: { queue: string; payload: unknown }[] = [];
  const ports: RulesPorts = {
    db: database.db,
    jobs: { enqueue: async (_trx, queue, payload) => void enqueued.push({ queue, payload }) },
    people: {
      trusted: async ({ userId }) => {
        if (left.has(userId)) throw new PortcullisError("person_deactivated");
        return { ...ana, userId, zpaUser: zpaUsers.get(userId) ?? `${userId}@example.com` };
      },
      isAdmin: async (userId) => userId === "UDORA" || groups.get("SADM")?.includes(userId) === true,
      membersOf: async (groupId) => groups.get(groupId) ?? [],
    },
    admins,
    clock,
    ids: randomIds,
    settings: { approvers: ["UBEN", "UCHI"], selfApproval: false },
    places: placesIn(catalog),
  };
  const rules = createRulesService(ports);
  return {
    db: database.db,
    ports,
    rules,
    clock,
    groups,
    left,
    /** Whom ZPA knows otherwise than by their own name. */
    zpaUsers,
    enqueued,
    /** Dora's, for the whole tenant and whatever was there before, unless something else is said. */
    put: (yaml: string, over: Partial<Parameters<typeof rules.put>[0]> = {}) =>
      rules.put({ ...TENANT, yaml, by: dora, expectedRevision: null, mode: "apply", ...over }),
    /** Writes a scope's rules, whatever they loosen: a second administrator is there at once. */
    given: async (
      key: { scope: "TENANT" | "APPROVAL_TYPE" | "MICROTENANT" | "SEGMENT_GROUP" | "APPLICATION_SEGMENT"; scopeId: string },
      yaml: string,
    ) => {
      const outcome = await rules.put({ ...key, yaml, by: dora, expectedRevision: null, mode: "apply" });
      if (outcome.changeId !== null) await rules.confirm({ changeId: outcome.changeId, by: emil });
      enqueued.length = 0;
    },
    ledger: async () =>
      (await database.db.selectFrom("ledger_event").selectAll().orderBy("id").execute()).map(({ kind, actor, subject }) => ({
        kind,
        actor,
        subject,
      })),
    /** Everything as it was at the start: a database of its own for each test would take minutes. */
    clear: async () => {
      await sql`alter table ledger_event disable trigger user`.execute(database.db);
      await sql`truncate approval_rules, rules_change, rules_change_card, ledger_event`.execute(database.db);
      await sql`alter table ledger_event enable trigger user`.execute(database.db);
      groups.set("SADM", ["UEMIL"]);
      left.clear();
      zpaUsers.clear();
      enqueued.length = 0;
    },
    close: () => database.close(),
  };
}

export type Rulebook = Awaited<ReturnType<typeof aRulebook>>;
