import type { Transaction } from "kysely";
import type { Database } from "../../store/schema.ts";
import { appendToLedger } from "../audit/ledger.ts";
import type { Rules, ScopeKey } from "../policy/rules.ts";
import { type RulesChange, settleChangeRow, waitingChanges } from "./change-rows.ts";
import { DELETED, lastRevision, removeRules, type StoredRules, saveRules } from "./rule-rows.ts";
import type { RulesPorts } from "./rules-ports.ts";
import { sameScope, scopeName } from "./scope.ts";

export interface RulesToWrite extends ScopeKey {
  readonly before: StoredRules | null;
  readonly after: Rules | null;
  /** Whose change it is. */
  readonly changedBy: string;
  /** The change that was confirmed, and by whom; null for one that needed nobody. */
  readonly confirmed: { readonly changeId: string; readonly by: string } | null;
}

/**
 * Puts rules into force: row, ledger, and the end of every other change of that scope that waited, all in the caller's transaction.
 * Approvals that are open keep what they were opened under.
 * @returns the scope's revision; that of a scope without rules is the one that was taken away
 */
export async function writeRules(ports: RulesPorts, trx: Transaction<Database>, write: RulesToWrite, now: Date): Promise<number> {
  const { scope, scopeId, before, after, changedBy, confirmed } = write;
  const revision = before === null ? (await lastRevision(trx, write)) + 1 : before.revision + 1;
  if (after === null) await removeRules(trx, write);
  else await saveRules(trx, { scope, scopeId, rules: after, revision, changedBy, changedAt: now });
  await appendToLedger(trx, now, [
    {
      kind: after === null ? DELETED : "rules.changed",
      requestId: null,
      actor: confirmed?.by ?? changedBy,
      subject: scopeName(write),
      // Taken away counts as a revision, too: what comes after is another.
      before: before === null ? null : { revision: after === null ? revision : before.revision, rules: before.rules },
      after: after === null ? null : { revision, rules: after, proposedBy: changedBy, changeId: confirmed?.changeId ?? null },
    },
  ]);
  for (const waiting of await waitingChanges(trx))
    if (sameScope(waiting, write) && waiting.id !== confirmed?.changeId) await overtake(ports, trx, waiting, now);
  return revision;
}

/** What a change was compared with is not there any more: it will never be applied, and everybody who was asked sees that. */
export async function overtake(ports: RulesPorts, trx: Transaction<Database>, change: RulesChange, now: Date): Promise<void> {
  await settleChangeRow(trx, change.id, { status: "OVERTAKEN", by: null, at: now });
  await appendToLedger(trx, now, [{ ...settlementOf(change, "OVERTAKEN"), actor: "portcullis" }]);
  await ports.jobs.enqueue(trx, "project-rules-change", { changeId: change.id });
}

export const settlementOf = (change: RulesChange, status: RulesChange["status"]) => ({
  kind: `rules.change_${status.toLowerCase()}`,
  requestId: null,
  subject: change.id,
  before: { status: change.status },
  after: { status, scope: change.scope, scopeId: change.scopeId, proposedBy: change.proposedBy },
});
