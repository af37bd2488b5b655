import { isDeepStrictEqual } from "node:util";
import type { Transaction } from "kysely";
import { PortcullisError } from "../../errors.ts";
import type { Database } from "../../store/schema.ts";
import { appendToLedger } from "../audit/ledger.ts";
import { insertChange, type RulesChange, waitingChanges } from "./change-rows.ts";
import { diffOf, kindOf, type PlannedChange, planChanges, type WantedRules } from "./plan-changes.ts";
import { readWritten, takeTurn } from "./rule-rows.ts";
import type { RulesPorts } from "./rules-ports.ts";
import type { ChangeOutcome } from "./rules-service.ts";
import { sameScope, scopeName } from "./scope.ts";
import { writeRules } from "./write-rules.ts";

export interface RevisedRules extends WantedRules {
  /** What the change was made of; null: whatever the scope has. */
  readonly expectedRevision: number | null;
}

/** @throws PortcullisError `rules_changed_meanwhile` */
function refuseMeanwhile(planned: readonly PlannedChange[], wanted: readonly RevisedRules[]): void {
  for (const { kind, before, ...key } of planned) {
    const expected = wanted.find((each) => sameScope(each, key))?.expectedRevision ?? null;
    if (kind !== "none" && expected !== null && expected !== (before?.revision ?? 0))
      throw new PortcullisError("rules_changed_meanwhile", { params: { scope: scopeName(key) } });
  }
}

/** What changes would come to. Nothing is written. @throws PortcullisError `rules_changed_meanwhile` */
export async function previewChanges(ports: RulesPorts, wanted: readonly RevisedRules[]): Promise<readonly ChangeOutcome[]> {
  const planned = planChanges(await readWritten(ports.db), wanted, ports);
  refuseMeanwhile(planned, wanted);
  return planned.map((plan) => outcomeOf(ports, plan, { result: plan.kind === "none" ? "unchanged" : "planned" }));
}

/**
 * Applies what tightens or leaves approval as strict as it was, and has what loosens it wait for a second administrator. All in one
 * transaction: either every change is applied or waits, or nothing has happened.
 * @throws PortcullisError `rules_changed_meanwhile`
 */
export const changeRules = (ports: RulesPorts, wanted: readonly RevisedRules[], actor: string): Promise<readonly ChangeOutcome[]> =>
  ports.db.transaction().execute(async (trx) => {
    await takeTurn(trx);
    const now = ports.clock.now();
    const planned = planChanges(await readWritten(trx), wanted, ports);
    refuseMeanwhile(planned, wanted);
    const outcomes: ChangeOutcome[] = [];
    for (const plan of planned) outcomes.push(await carryOut(ports, trx, plan, actor, now));
    return outcomes;
  });

async function carryOut(
  ports: RulesPorts,
  trx: Transaction<Database>,
  plan: PlannedChange,
  actor: string,
  now: Date,
): Promise<ChangeOutcome> {
  if (plan.kind === "none") return outcomeOf(ports, plan, { result: "unchanged" });
  if (plan.loosens.length > 0) return outcomeOf(ports, plan, { result: "waiting", changeId: await propose(ports, trx, plan, actor, now) });
  const revision = await writeRules(ports, trx, { ...plan, changedBy: actor, confirmed: null }, now);
  return outcomeOf(ports, plan, { result: "applied", revision: plan.after === null ? 0 : revision });
}

/** @returns the change that waits; one that waits already, when it is the same and of the same person */
async function propose(ports: RulesPorts, trx: Transaction<Database>, plan: PlannedChange, actor: string, now: Date): Promise<string> {
  const { scope, scopeId, before, after, loosens } = plan;
  const change: RulesChange = {
    id: ports.ids.uuid(),
    scope,
    scopeId,
    baseRevision: before?.revision ?? 0,
    before: before === null || before.unreadable !== null ? null : before.rules,
    after,
    loosens,
    status: "WAITING",
    proposedBy: actor,
    proposedAt: now,
    settledBy: null,
    settledAt: null,
  };
  const same = (await waitingChanges(trx)).find(
    (each) =>
      sameScope(each, change) &&
      each.proposedBy === actor &&
      each.baseRevision === change.baseRevision &&
      isDeepStrictEqual(each.loosens, loosens) &&
      kindOf(each.after, after) === "none",
  );
  if (same !== undefined) return same.id;
  await insertChange(trx, change);
  await appendToLedger(trx, now, [
    {
      kind: "rules.change_proposed",
      requestId: null,
      actor,
      subject: change.id,
      before: before === null ? null : { revision: before.revision, rules: before.rules },
      after: { scope, scopeId, rules: after, loosens },
    },
  ]);
  await ports.jobs.enqueue(trx, "project-rules-change", { changeId: change.id });
  return change.id;
}

function outcomeOf(
  { places }: Pick<RulesPorts, "places">,
  { scope, scopeId, kind, before, after, loosens }: PlannedChange,
  done: Pick<ChangeOutcome, "result"> & Partial<Pick<ChangeOutcome, "revision" | "changeId">>,
): ChangeOutcome {
  const baseRevision = before?.revision ?? 0;
  const name = places.nameOf({ scope, scopeId });
  const diff = kind === "none" ? [] : diffOf(before, after);
  return { scope, scopeId, name, kind, baseRevision, revision: baseRevision, loosens, diff, changeId: null, ...done };
}
