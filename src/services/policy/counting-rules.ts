import { WITHOUT_RULES } from "./loosens.ts";
import type { Rules, ScopeKey } from "./rules.ts";

/** Rules as they are written down, and for what. */
export interface ScopedRules extends ScopeKey {
  readonly rules: Rules;
}

/** Where a segment belongs, as far as it is known. */
export interface Reach {
  /** ZPA's ids (`0` is Default) of all that have consoles on it; null when they are not known. */
  microtenantsOf(segmentId: string): readonly string[] | null;
  /** Null when it is not known. */
  segmentGroupsOf(segmentId: string): readonly string[] | null;
}

/**
 * What may count for a scope if that scope had no rules of its own: the rules of every wider scope that may be the next to be found.
 *
 * The widest (approval type, else tenant, else the settings) can always be it. In between, a segment's microtenants and groups count
 * where they are known, and else all that have rules may be the ones. A group shares its segments with other groups and with
 * microtenants, which of them is never known, so all of theirs may.
 */
export function countsInstead(key: ScopeKey, written: readonly ScopedRules[], reach: Reach): readonly Rules[] {
  const others = written.filter(({ scope, scopeId }) => scope !== key.scope || scopeId !== key.scopeId);
  const of = (scope: ScopeKey["scope"]) => others.filter((each) => each.scope === scope);
  const tenant = of("TENANT")[0]?.rules ?? WITHOUT_RULES;
  if (key.scope === "TENANT") return [WITHOUT_RULES];
  const widest = of("APPROVAL_TYPE")[0]?.rules ?? tenant;
  switch (key.scope) {
    case "APPROVAL_TYPE":
      return [tenant];
    case "MICROTENANT":
      return [widest];
    case "SEGMENT_GROUP":
      return rulesOf([...of("SEGMENT_GROUP"), ...of("MICROTENANT")], widest);
    case "APPLICATION_SEGMENT":
    case "APPROVAL_REQUEST": {
      const segmentId = key.scope === "APPLICATION_SEGMENT" ? key.scopeId : null;
      const groups = segmentId === null ? null : reach.segmentGroupsOf(segmentId);
      const microtenants = segmentId === null ? null : reach.microtenantsOf(segmentId);
      const between = [
        ...of("SEGMENT_GROUP").filter(({ scopeId }) => groups === null || groups.includes(scopeId)),
        ...of("MICROTENANT").filter(({ scopeId }) => microtenants === null || microtenants.includes(scopeId)),
      ];
      return rulesOf(between, widest);
    }
  }
}

const rulesOf = (between: readonly ScopedRules[], widest: Rules): readonly Rules[] => [...between.map(({ rules }) => rules), widest];
