import { countsInstead, type Reach, type ScopedRules } from "./counting-rules.ts";
import { type KnownSettings, LOOSENINGS, type Loosening, loosens, NOTHING_PASSES } from "./loosens.ts";
import type { Rules, ScopeKey } from "./rules.ts";

/**
 * In what a change of one scope's rules loosens approval. A scope that gets its first rules, or loses them, is compared with all that
 * may have counted there, or may count there then. While any segment group has rules, a request for a segment whose group is not known
 * is refused (`segment_group_unknown`): taking the last of those rules away lets it pass under wider ones.
 *
 * @param rules null takes the scope's rules away
 */
export function looseningOfChange(
  { scope, scopeId, rules }: ScopeKey & { readonly rules: Rules | null },
  written: readonly ScopedRules[],
  { settings, reach }: { readonly settings: KnownSettings; readonly reach: Reach },
): readonly Loosening[] {
  const own = written.find((each) => each.scope === scope && each.scopeId === scopeId)?.rules ?? null;
  if (own === null && rules === null) return [];
  const without = countsInstead({ scope, scopeId }, written, reach);
  const before = own === null ? without : [own];
  const after = rules === null ? without : [rules];
  const found = new Set(before.flatMap((was) => after.flatMap((is) => loosens(was, is, settings))));
  const isLastOfGroups = scope === "SEGMENT_GROUP" && !written.some((each) => each.scope === scope && each.scopeId !== scopeId);
  if (rules === null && isLastOfGroups && without.some((is) => loosens(NOTHING_PASSES, is, settings).some((code) => PASSES.includes(code))))
    found.add("circumvention_ended");
  return LOOSENINGS.filter((code) => found.has(code));
}

/** Of the ways in which rules are looser than those under which nothing passes: that something does. */
const PASSES: readonly Loosening[] = ["circumvention_ended", "passed_makes_grant"];
