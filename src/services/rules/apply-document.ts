import { PortcullisError } from "../../errors.ts";
import { changeRules, previewChanges, type RevisedRules } from "./change-rules.ts";
import { readWritten } from "./rule-rows.ts";
import { administrator, type RulesPorts } from "./rules-ports.ts";
import type { RulesService } from "./rules-service.ts";
import { documentFromYaml } from "./rules-yaml.ts";
import { sameScope } from "./scope.ts";

/**
 * Brings everything to what a document says. Scopes are changed the widest first, and what is to go goes last: so rules that a wider
 * scope has just taken over can be taken away without a second administrator.
 *
 * @throws PortcullisError `rules_changed_meanwhile` when a scope is not what the document was exported from, or what was planned
 */
export const applyDocument =
  (ports: RulesPorts): RulesService["apply"] =>
  async ({ by, yaml, unnamed, mode, seen }) => {
    const actor = await administrator(ports, by);
    const entries = documentFromYaml(yaml);
    const expected = (key: RevisedRules | (typeof entries)[number], revision: number | null): number | null =>
      seen === null ? revision : (seen.find((each) => sameScope(each, key))?.baseRevision ?? revision);
    const written = await readWritten(ports.db);
    const surplus = unnamed === "remove" ? written.filter((stored) => !entries.some((entry) => sameScope(entry, stored))) : [];
    const wanted: RevisedRules[] = [
      ...entries.map((entry) => ({ ...entry, expectedRevision: expected(entry, entry.revision) })),
      ...surplus
        .toReversed()
        .map(({ scope, scopeId, revision }) => ({ scope, scopeId, rules: null, expectedRevision: revision }))
        .map((gone) => ({ ...gone, expectedRevision: expected(gone, gone.expectedRevision) })),
    ];
    // What appeared after the plan was shown was never looked at.
    if (seen !== null && wanted.some((each) => !seen.some((planned) => sameScope(planned, each))))
      throw new PortcullisError("rules_changed_meanwhile");
    return mode === "plan" ? previewChanges(ports, wanted) : changeRules(ports, wanted, actor);
  };
