import { isDeepStrictEqual } from "node:util";
import { looseningOfChange } from "../policy/loosening-of-change.ts";
import type { Loosening } from "../policy/loosens.ts";
import type { Rules, ScopeKey } from "../policy/rules.ts";
import { type DiffLine, lineDiff } from "./line-diff.ts";
import type { StoredRules } from "./rule-rows.ts";
import type { RulesPorts } from "./rules-ports.ts";
import { rulesYaml, yamlOf } from "./rules-yaml.ts";
import { sameScope } from "./scope.ts";

/** What a scope shall say; null takes its rules away. */
export interface WantedRules extends ScopeKey {
  readonly rules: Rules | null;
}

export interface PlannedChange extends ScopeKey {
  readonly kind: "add" | "change" | "remove" | "none";
  readonly before: StoredRules | null;
  readonly after: Rules | null;
  readonly loosens: readonly Loosening[];
}

/**
 * What several changes come to, one after the other: each is compared with what the ones before it leave, and one that loosens leaves
 * everything as it is, because it waits.
 */
export function planChanges(
  written: readonly StoredRules[],
  wanted: readonly WantedRules[],
  { settings, places }: Pick<RulesPorts, "settings" | "places">,
): readonly PlannedChange[] {
  let stands: readonly StoredRules[] = written;
  return wanted.map((change) => {
    const { scope, scopeId, rules } = change;
    const before = stands.find((each) => sameScope(each, change)) ?? null;
    const kind = kindOf(before?.rules ?? null, rules);
    const loosens = kind === "none" ? [] : looseningOfChange(change, stands, { settings, reach: places });
    if (loosens.length === 0) {
      const others = stands.filter((each) => !sameScope(each, change));
      stands = rules === null ? others : [...others, { ...NOT_YET, ...before, unreadable: null, scope, scopeId, rules }];
    }
    return { scope, scopeId, kind, before, after: rules, loosens };
  });
}

/** A scope that the plan itself gives rules to; only what they say is looked at. */
const NOT_YET = { revision: 0, changedBy: "", changedAt: new Date(0) };

export function kindOf(before: Rules | null, after: Rules | null): PlannedChange["kind"] {
  if (isDeepStrictEqual(plainOf(before), plainOf(after))) return "none";
  return before === null ? "add" : after === null ? "remove" : "change";
}

/** As the database keeps it: what is undefined is absent. */
const plainOf = (rules: Rules | null): unknown => JSON.parse(JSON.stringify(rules));

/** What is stored as it is shown, also where it cannot be read: whoever corrects it must see it. */
export const storedYaml = ({ rules, unreadable }: Pick<StoredRules, "rules" | "unreadable">): string =>
  unreadable === null ? rulesYaml(rules) : yamlOf(unreadable);

export const diffOf = (before: Pick<StoredRules, "rules" | "unreadable"> | null, after: Rules | null): readonly DiffLine[] =>
  lineDiff(before === null ? "" : storedYaml(before), after === null ? "" : rulesYaml(after));
