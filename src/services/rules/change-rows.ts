import type { Kysely, Selectable, Transaction } from "kysely";
import { z } from "zod";
import { PortcullisError } from "../../errors.ts";
import type { Database } from "../../store/schema.ts";
import type { RulesChangeTable } from "../../store/tables/rules.ts";
import { LOOSENINGS, type Loosening } from "../policy/loosens.ts";
import { Rules, SCOPES, type ScopeKey } from "../policy/rules.ts";

/** OVERTAKEN: what it was compared with has changed meanwhile. */
export const CHANGE_STATUSES = ["WAITING", "APPLIED", "DECLINED", "OVERTAKEN"] as const;
export type ChangeStatus = (typeof CHANGE_STATUSES)[number];

/** A change that loosens approval, and what became of it. */
export interface RulesChange extends ScopeKey {
  readonly id: string;
  /** What the scope had when it was proposed; 0 where it had none. */
  readonly baseRevision: number;
  readonly before: Rules | null;
  /** Null takes the scope's rules away. */
  readonly after: Rules | null;
  readonly loosens: readonly Loosening[];
  readonly status: ChangeStatus;
  readonly proposedBy: string;
  readonly proposedAt: Date;
  /** Null while it waits, and where another change overtook it. */
  readonly settledBy: string | null;
  readonly settledAt: Date | null;
}

/** What a later version said is no reason to fail: it is shown by the others. */
const storedLoosens = z.array(z.string()).transform((codes) => LOOSENINGS.filter((code) => codes.includes(code)));

const fromRow = (row: Selectable<RulesChangeTable>): RulesChange => ({
  id: row.id,
  scope: z.enum(SCOPES).parse(row.scope),
  scopeId: row.scope_id,
  baseRevision: row.base_revision,
  before: row.before === null ? null : Rules.parse(row.before),
  after: row.body === null ? null : Rules.parse(row.body),
  loosens: storedLoosens.parse(row.loosens),
  status: z.enum(CHANGE_STATUSES).parse(row.status),
  proposedBy: row.proposed_by,
  proposedAt: row.proposed_at,
  settledBy: row.settled_by,
  settledAt: row.settled_at,
});

export async function insertChange(trx: Transaction<Database>, change: RulesChange): Promise<void> {
  await trx
    .insertInto("rules_change")
    .values({
      id: change.id,
      scope: change.scope,
      scope_id: change.scopeId,
      base_revision: change.baseRevision,
      before: change.before === null ? null : JSON.stringify(change.before),
      body: change.after === null ? null : JSON.stringify(change.after),
      loosens: JSON.stringify(change.loosens),
      status: change.status,
      proposed_by: change.proposedBy,
      proposed_at: change.proposedAt,
      settled_by: change.settledBy,
      settled_at: change.settledAt,
    })
    .execute();
}

/** @throws PortcullisError `change_unknown` */
export async function readChange(db: Kysely<Database>, changeId: string): Promise<RulesChange> {
  const isId = z.uuid().safeParse(changeId).success;
  const row = isId ? await db.selectFrom("rules_change").selectAll().where("id", "=", changeId).executeTakeFirst() : undefined;
  if (row === undefined) throw new PortcullisError("change_unknown");
  return fromRow(row);
}

/** Changes that wait for a second administrator, the oldest first. */
export async function waitingChanges(db: Kysely<Database>): Promise<readonly RulesChange[]> {
  const rows = await db
    .selectFrom("rules_change")
    .selectAll()
    .where("status", "=", "WAITING")
    .orderBy("proposed_at")
    .orderBy("id")
    .execute();
  return rows.map(fromRow);
}

export async function settleChangeRow(
  trx: Transaction<Database>,
  changeId: string,
  { status, by, at }: { readonly status: Exclude<ChangeStatus, "WAITING">; readonly by: string | null; readonly at: Date },
): Promise<void> {
  await trx.updateTable("rules_change").set({ status, settled_by: by, settled_at: at }).where("id", "=", changeId).execute();
}
