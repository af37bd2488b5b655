import { type Kysely, type Selectable, sql, type Transaction } from "kysely";
import { z } from "zod";
import type { Database } from "../../store/schema.ts";
import type { ApprovalRulesTable } from "../../store/tables/rules.ts";
import { NOTHING_PASSES } from "../policy/loosens.ts";
import { Rules, SCOPES, type ScopeKey } from "../policy/rules.ts";
import { byScope, scopeName } from "./scope.ts";

/** The rules of one scope, and who wrote them. */
export interface StoredRules extends ScopeKey {
  /** Of rules that cannot be read, what they come to: nothing passes. */
  readonly rules: Rules;
  /** What is stored where this version cannot read it (another wrote it); null otherwise. */
  readonly unreadable: object | null;
  readonly revision: number;
  /** A Slack user id, or `cli:<name>`. */
  readonly changedBy: string;
  readonly changedAt: Date;
}

/** What is in the ledger when rules are taken away, so that their revisions go on from there. */
export const DELETED = "rules.deleted";

function fromRow(row: Selectable<ApprovalRulesTable>): StoredRules {
  const parsed = Rules.safeParse(row.body);
  return {
    scope: z.enum(SCOPES).parse(row.scope),
    scopeId: row.scope_id,
    rules: parsed.success ? parsed.data : NOTHING_PASSES,
    unreadable: parsed.success ? null : row.body,
    revision: row.revision,
    changedBy: row.changed_by,
    changedAt: row.changed_at,
  };
}

/** Everything that is written down, the widest scope first. */
export async function readWritten(db: Kysely<Database>): Promise<readonly StoredRules[]> {
  return (await db.selectFrom("approval_rules").selectAll().execute()).map(fromRow).toSorted(byScope);
}

/**
 * Has changes of rules take turns, whatever their scopes: whether one loosens approval depends on what the other scopes say.
 */
export async function takeTurn(trx: Transaction<Database>): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('portcullis.rules'))`.execute(trx);
}

export async function saveRules(trx: Transaction<Database>, { scope, scopeId, ...stored }: Omit<StoredRules, "unreadable">): Promise<void> {
  const row = {
    body: JSON.stringify(stored.rules),
    revision: stored.revision,
    changed_by: stored.changedBy,
    changed_at: stored.changedAt,
  };
  await trx
    .insertInto("approval_rules")
    .values({ scope, scope_id: scopeId, ...row })
    .onConflict((conflict) => conflict.columns(["scope", "scope_id"]).doUpdateSet(row))
    .execute();
}

export async function removeRules(trx: Transaction<Database>, { scope, scopeId }: ScopeKey): Promise<void> {
  await trx.deleteFrom("approval_rules").where("scope", "=", scope).where("scope_id", "=", scopeId).execute();
}

/** The last revision of a scope whose rules were taken away; 0 where there never were any. A revision stands for one text only. */
export async function lastRevision(trx: Transaction<Database>, key: ScopeKey): Promise<number> {
  const { last } = await trx
    .selectFrom("ledger_event")
    .select(sql<number | null>`max((before ->> 'revision')::integer)`.as("last"))
    .where("kind", "=", DELETED)
    .where("subject", "=", scopeName(key))
    .executeTakeFirstOrThrow();
  return last ?? 0;
}
