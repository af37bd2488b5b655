import type { Transaction } from "kysely";
import { PortcullisError } from "../../errors.ts";
import type { Database } from "../../store/schema.ts";
import { appendToLedger } from "../audit/ledger.ts";
import { looseningOfChange } from "../policy/loosening-of-change.ts";
import { type RulesChange, readChange, settleChangeRow } from "./change-rows.ts";
import { changeView } from "./list-rules.ts";
import { hasTwoAdmins } from "./other-admins.ts";
import { readWritten, type StoredRules, takeTurn } from "./rule-rows.ts";
import { administrator, isOsUser, type RulesPorts } from "./rules-ports.ts";
import type { ChangeView, RulesActor } from "./rules-service.ts";
import { sameScope } from "./scope.ts";
import { overtake, settlementOf, writeRules } from "./write-rules.ts";

interface Settlement {
  readonly changeId: string;
  readonly by: RulesActor;
}

/**
 * A second administrator's yes. What was proposed is applied if it is still what was looked at: the scope's rules are those that it was
 * compared with, it loosens nothing beyond what was said, and who proposed it is still an administrator. Else it is over, and said so.
 * Where one of the two voices is the command line's, there must be two administrators all the same: it has no face, and may be theirs.
 *
 * @throws PortcullisError `second_admin_needed` | `rules_changed_meanwhile` | `change_settled` | `change_unknown` | `admins_only`
 */
export const confirmChange =
  (ports: RulesPorts) =>
  async ({ changeId, by }: Settlement): Promise<ChangeView> => {
    const actor = await administrator(ports, by);
    const { proposedBy } = await readChange(ports.db, changeId);
    // Slack is asked before the lock is taken.
    const isStillProposed = isOsUser(proposedBy) || (await ports.people.isAdmin(proposedBy));
    const isOfShell = isOsUser(actor) || isOsUser(proposedBy);
    const areTwo = isSecond(actor, proposedBy) && (!isOfShell || (await hasTwoAdmins(ports, by)));
    const settled = await inTurn(ports, changeId, async (trx, change, now) => {
      if (!areTwo) throw new PortcullisError("second_admin_needed");
      const written = await readWritten(trx);
      const before = written.find((each) => sameScope(each, change)) ?? null;
      if (!isStillProposed || !isAsShown(ports, change, before, written)) return overtake(ports, trx, change, now);
      await settle(ports, trx, change, { status: "APPLIED", by: actor, at: now });
      const confirmed = { changeId, by: actor };
      await writeRules(ports, trx, { ...change, before, changedBy: change.proposedBy, confirmed }, now);
    });
    if (settled.status === "OVERTAKEN") throw new PortcullisError("rules_changed_meanwhile");
    return changeView(ports, settled);
  };

/**
 * An administrator's no, or the proposer's own.
 * @throws PortcullisError `change_settled` | `change_unknown` | `admins_only`
 */
export const declineChange =
  (ports: RulesPorts) =>
  async ({ changeId, by }: Settlement): Promise<ChangeView> => {
    const actor = await administrator(ports, by);
    const settled = await inTurn(ports, changeId, (trx, change, now) =>
      settle(ports, trx, change, { status: "DECLINED", by: actor, at: now }),
    );
    return changeView(ports, settled);
  };

/** The command line cannot tell one person from another who has the same machine: it is one voice. */
const isSecond = (actor: string, proposedBy: string): boolean => actor !== proposedBy && !(isOsUser(actor) && isOsUser(proposedBy));

const isAsShown = (
  { settings, places }: RulesPorts,
  change: RulesChange,
  before: StoredRules | null,
  written: readonly StoredRules[],
): boolean =>
  (before?.revision ?? 0) === change.baseRevision &&
  looseningOfChange({ ...change, rules: change.after }, written, { settings, reach: places }).every((code) =>
    change.loosens.includes(code),
  );

const inTurn = (
  { db, clock }: RulesPorts,
  changeId: string,
  work: (trx: Transaction<Database>, change: RulesChange, now: Date) => Promise<void>,
): Promise<RulesChange> =>
  db.transaction().execute(async (trx) => {
    await takeTurn(trx);
    const change = await readChange(trx, changeId);
    if (change.status !== "WAITING") throw new PortcullisError("change_settled", { params: { status: change.status } });
    await work(trx, change, clock.now());
    return readChange(trx, changeId);
  });

async function settle(
  { jobs }: RulesPorts,
  trx: Transaction<Database>,
  change: RulesChange,
  settled: Parameters<typeof settleChangeRow>[2] & { readonly by: string },
): Promise<void> {
  await settleChangeRow(trx, change.id, settled);
  await appendToLedger(trx, settled.at, [{ ...settlementOf(change, settled.status), actor: settled.by }]);
  await jobs.enqueue(trx, "project-rules-change", { changeId: change.id });
}
