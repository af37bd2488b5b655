import { type RulesChange, waitingChanges } from "./change-rows.ts";
import { otherAdmins } from "./other-admins.ts";
import { diffOf, storedYaml } from "./plan-changes.ts";
import { readWritten, type StoredRules } from "./rule-rows.ts";
import { isOsUser, type RulesPorts } from "./rules-ports.ts";
import type { ChangeView, RulesOverview, RulesView } from "./rules-service.ts";
import { shownRules } from "./rules-yaml.ts";

export const rulesView = ({ places }: Pick<RulesPorts, "places">, stored: StoredRules): RulesView => {
  const { rules, unreadable, ...rest } = stored;
  return { ...rest, name: places.nameOf(stored), yaml: storedYaml(stored), rules: unreadable ?? shownRules(rules) };
};

export const changeView = ({ places }: Pick<RulesPorts, "places">, { before, after, ...change }: RulesChange): ChangeView => ({
  ...change,
  name: places.nameOf(change),
  kind: before === null ? "add" : after === null ? "remove" : "change",
  diff: diffOf(before === null ? null : { rules: before, unreadable: null }, after),
});

/** Everything that is written down, and what waits for a second administrator. @param actor who looks */
export async function listRules(ports: RulesPorts, actor: string): Promise<RulesOverview> {
  const [written, waiting, others] = [await readWritten(ports.db), await waitingChanges(ports.db), await otherAdmins(ports, actor)];
  return {
    rules: written.map((stored) => rulesView(ports, stored)),
    waiting: waiting.map((change) => changeView(ports, change)),
    hasSecondAdmin: isOsUser(actor) ? Math.max(others.length, ports.admins.length) > 1 : others.length > 0,
  };
}
