import { PortcullisError } from "../../errors.ts";
import type { ScopeKey } from "../policy/rules.ts";
import { applyDocument } from "./apply-document.ts";
import { readChange } from "./change-rows.ts";
import { changeRules, previewChanges, type RevisedRules } from "./change-rules.ts";
import { getFrozen } from "./get-frozen.ts";
import { changeView, listRules, rulesView } from "./list-rules.ts";
import { readWritten, type StoredRules } from "./rule-rows.ts";
import { administrator, type RulesPorts } from "./rules-ports.ts";
import type { ChangeOutcome, RulesService } from "./rules-service.ts";
import { documentYaml, rulesFromYaml } from "./rules-yaml.ts";
import { editableScope, sameScope, scopeName } from "./scope.ts";
import { confirmChange, declineChange } from "./settle-change.ts";

/** The use-cases of rules by scope. */
export const createRulesService = (ports: RulesPorts): RulesService => {
  const writtenFor = async (key: ScopeKey): Promise<StoredRules> => {
    const found = (await readWritten(ports.db)).find((each) => sameScope(each, key));
    if (found === undefined) throw new PortcullisError("rules_unknown", { params: { scope: scopeName(key) } });
    return found;
  };
  const change = async (wanted: RevisedRules, mode: "plan" | "apply", actor: string): Promise<ChangeOutcome> => {
    const [outcome] = mode === "plan" ? await previewChanges(ports, [wanted]) : await changeRules(ports, [wanted], actor);
    if (outcome === undefined) throw new PortcullisError("unexpected");
    return outcome;
  };
  return {
    get: async ({ by, ...key }) => {
      await administrator(ports, by);
      return rulesView(ports, await writtenFor(editableScope(key)));
    },
    getFrozen: async ({ by, reference }) => {
      await administrator(ports, by);
      return getFrozen(ports.db, reference);
    },
    list: async ({ by }) => listRules(ports, await administrator(ports, by)),
    export: async ({ by }) => {
      await administrator(ports, by);
      const rules = (await readWritten(ports.db)).map((stored) => rulesView(ports, stored));
      return { yaml: documentYaml(rules), rules };
    },
    put: async ({ by, yaml, expectedRevision, mode, ...scope }) => {
      const actor = await administrator(ports, by);
      return change({ ...editableScope(scope), rules: rulesFromYaml(yaml), expectedRevision }, mode, actor);
    },
    delete: async ({ by, expectedRevision, mode, ...scope }) => {
      const actor = await administrator(ports, by);
      const key = editableScope(scope);
      await writtenFor(key);
      return change({ ...key, rules: null, expectedRevision }, mode, actor);
    },
    apply: applyDocument(ports),
    getChange: async ({ by, changeId }) => {
      await administrator(ports, by);
      return changeView(ports, await readChange(ports.db, changeId));
    },
    confirm: confirmChange(ports),
    decline: declineChange(ports),
    findScopes: (text, limit) => ports.places.find(text, limit),
  };
};
