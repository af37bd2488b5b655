import type { Kysely } from "kysely";
import { PortcullisError } from "../../../errors.ts";
import type { Jobs } from "../../../jobs/jobs.ts";
import type { Database } from "../../../store/schema.ts";
import { appendToLedger } from "../../audit/ledger.ts";
import type { RulesActor } from "../../rules/rules-service.ts";
import type { FindingKind, FindingsPage, FindingView, PassSummary } from "./finding.ts";
import { countFindings, findingFromRow, readFinding } from "./finding-rows.ts";
import { findingView, type ViewPorts } from "./finding-view.ts";
import { adminOf, type JudgeFinding, judgeFinding, mayJudge } from "./judge-finding.ts";
import { lastPass, type PassPorts, reconcileTenant } from "./reconcile-tenant.ts";

/** What administrators do about what differs between ZPA and what is intended. Every call throws `admins_only` for others. */
export interface FindingsService {
  /** What waits, the newest first; of `kind` alone where one is named. `after` is an id that a page before ended with. */
  list(query: {
    readonly by: RulesActor;
    readonly after: string | null;
    readonly limit: number;
    readonly kind?: FindingKind;
  }): Promise<FindingsPage>;
  /** One of them, whatever has become of it. @throws PortcullisError `finding_unknown` */
  get(query: { readonly by: RulesActor; readonly findingId: string }): Promise<FindingView>;
  /** Whether a form may be opened. @throws PortcullisError as {@link judge} */
  mayJudge(command: Omit<JudgeFinding, "reason">): Promise<FindingView>;
  /** Done, or durably written down, when it resolves. */
  judge(command: JudgeFinding): Promise<FindingView>;
  /** Has the tenant compared before long; whoever asked hears what it came to. @returns what the last pass came to */
  startPass(command: { readonly by: RulesActor }): Promise<PassSummary | null>;
  /** Compares the tenant now. @throws PortcullisError `reconcile_running`, `zpa_*` */
  pass(command: { readonly by: RulesActor }): Promise<PassSummary>;
  /**
   * Deletes everything that is over in one microtenant, whoever made it: ZPA's own command, which knows no owners.
   * @returns false when there was nothing
   */
  deleteExpired(command: { readonly by: RulesActor; readonly microtenantId: string | null }): Promise<boolean>;
}

interface ServicePorts extends PassPorts, ViewPorts {
  readonly db: Kysely<Database>;
  readonly jobs: Jobs;
}

/** The use-cases of findings. */
export const createFindingsService = (ports: ServicePorts): FindingsService => {
  const { db, jobs, people, clock } = ports;
  const judge = judgeFinding(ports);
  const may = mayJudge(ports);
  return {
    list: async ({ by, after, limit, kind }) => {
      await adminOf(people, by);
      const rows = await pageOf(db, { after, limit: limit + 1, ...(kind === undefined ? {} : { kind }) });
      const page = rows.slice(0, limit);
      return {
        findings: await Promise.all(page.map((row) => findingView(ports, findingFromRow(row), clock.now()))),
        counts: await countFindings(db),
        lastPass: await lastPass(db),
        next: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
      };
    },
    get: async ({ by, findingId }) => {
      await adminOf(people, by);
      return findingView(ports, await readFinding(db, findingId), clock.now());
    },
    mayJudge: async (command) => findingView(ports, await may(command), clock.now()),
    judge: async (command) => findingView(ports, await judge(command), clock.now()),
    startPass: async ({ by }) => {
      const { name, zpaUser } = await adminOf(people, by);
      await jobs.enqueueNow("reconcile-tenant", { askedBy: zpaUser === null ? null : name }, { singletonKey: `asked by ${name}` });
      return lastPass(db);
    },
    pass: async ({ by }) => {
      await adminOf(people, by);
      return reconcileTenant(ports);
    },
    deleteExpired: async ({ by, microtenantId }) => {
      const { name } = await adminOf(people, by);
      const at = clock.now();
      const event = { requestId: null, actor: name, subject: microtenantId ?? "Default" };
      const note = (kind: string, after: object | null) =>
        db.transaction().execute((trx) => appendToLedger(trx, at, [{ kind, ...event, before: null, after }]));
      await note("tenant.expired-to-be-deleted", null);
      const isDeleted = await ports.zpa.approvals.deleteExpired({ microtenantId });
      await note("tenant.expired-deleted", { isDeleted });
      return isDeleted;
    },
  };
};

async function pageOf(
  db: Kysely<Database>,
  { after, limit, kind }: { readonly after: string | null; readonly limit: number; readonly kind?: FindingKind },
) {
  let query = db.selectFrom("finding").selectAll().where("status", "=", "OPEN").orderBy("found_at", "desc").orderBy("id").limit(limit);
  query = kind === undefined ? query.where("kind", "!=", "MANY") : query.where("kind", "=", kind);
  if (after === null) return query.execute();
  const last = await db.selectFrom("finding").select(["found_at", "id"]).where("id", "=", after).executeTakeFirst();
  if (last === undefined) throw new PortcullisError("finding_unknown");
  return query
    .where((eb) => eb.or([eb("found_at", "<", last.found_at), eb.and([eb("found_at", "=", last.found_at), eb("id", ">", last.id)])]))
    .execute();
}
