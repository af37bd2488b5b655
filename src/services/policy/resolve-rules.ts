import { PortcullisError } from "../../errors.ts";
import { problemsIn } from "../approvals/approval-config.ts";
import type { CatalogConsole } from "../catalog/catalog.ts";
import { DEFAULT_MICROTENANT } from "../catalog/join-catalog.ts";
import { SETTINGS_RULES, SETTINGS_SOURCE } from "./route.ts";
import { APPROVAL_TYPE, Rules, type RulesSource, type ScopeKey } from "./rules.ts";

/** The rules of one scope as they are stored: not looked into before they count. */
export interface StoredRules extends ScopeKey {
  readonly revision: number;
  readonly body: unknown;
}

export interface ResolvedRules {
  readonly source: RulesSource;
  readonly rules: Rules;
}

/** Consoles that fall under the same rules: one request, one approval. */
export interface RulesGroup<Console> extends ResolvedRules {
  readonly consoles: readonly Console[];
}

/** What of a console decides about its rules. */
export type PlacedConsole = Pick<CatalogConsole, "name" | "segmentId" | "segmentGroupId" | "microtenantId">;

/**
 * Where rules for a console may be written down, the narrowest first. The Default microtenant goes by ZPA's own id for it, "0". An
 * approval's own copy (APPROVAL_REQUEST) is not among them: it is made when the approval is opened and counts from then on.
 */
export const scopesOf = ({ segmentId, segmentGroupId, microtenantId }: Omit<PlacedConsole, "name">): readonly ScopeKey[] => [
  { scope: "APPLICATION_SEGMENT", scopeId: segmentId },
  ...(segmentGroupId === null ? [] : [{ scope: "SEGMENT_GROUP", scopeId: segmentGroupId } as const]),
  { scope: "MICROTENANT", scopeId: microtenantId ?? DEFAULT_MICROTENANT },
  { scope: "APPROVAL_TYPE", scopeId: APPROVAL_TYPE },
  { scope: "TENANT", scopeId: "" },
];

/**
 * The rules for one console: of the narrowest scope that has any, whole; nothing of a wider scope is mixed in. Where nothing is
 * written down, the settings count.
 *
 * @param stored in any order; also of scopes that are not the console's
 * @throws PortcullisError `rules_unreadable` when those rules cannot be read: wider ones might be looser |
 *   `segment_group_unknown` when nothing is known of the segment's group and rules of segment groups exist
 */
export const resolveRules = (console: PlacedConsole, stored: readonly StoredRules[]): ResolvedRules =>
  read(narrowest(console, tableOf(stored)));

/**
 * Divides the consoles of a request by the rules that they fall under; each is in exactly one part, and the parts stand in the order
 * in which their first console was asked for.
 *
 * A grant opens a whole segment. So the rules must cover every console on it, also those that nobody asked for: where these would fall
 * under other rules (a segment that microtenants share), the request is refused until the segment has rules of its own.
 *
 * @param onSegment every console on a segment
 * @throws PortcullisError `rules_differ_on_segment`, and as {@link resolveRules}
 */
export function groupByRules<Console extends PlacedConsole>(
  asked: readonly Console[],
  onSegment: (segmentId: string) => readonly PlacedConsole[],
  stored: readonly StoredRules[],
): readonly RulesGroup<Console>[] {
  const table = tableOf(stored);
  const bySegment = new Map(
    [...Map.groupBy(asked, ({ segmentId }) => segmentId)].map(([segmentId, consoles]) => [
      segmentId,
      forWholeSegment([...consoles, ...onSegment(segmentId)], table),
    ]),
  );
  return [...Map.groupBy(asked, ({ segmentId }) => bySegment.get(segmentId) ?? null)].map(([rules, consoles]) => ({
    ...read(rules),
    consoles,
  }));
}

function forWholeSegment(consoles: readonly PlacedConsole[], table: RulesTable): StoredRules | null {
  const [first] = consoles;
  if (first === undefined) return null;
  const own = narrowest(first, table);
  const other = consoles.find((neighbour) => narrowest(neighbour, table) !== own);
  if (other !== undefined)
    throw new PortcullisError("rules_differ_on_segment", { field: "consoles", params: { console: first.name, other: other.name } });
  return own;
}

type RulesTable = ReadonlyMap<string, ReadonlyMap<string, StoredRules>>;

/** By scope, then by its id. */
const tableOf = (stored: readonly StoredRules[]): RulesTable =>
  new Map([...Map.groupBy(stored, ({ scope }) => scope)].map(([scope, rows]) => [scope, new Map(rows.map((row) => [row.scopeId, row]))]));

/** Null where no scope of the console has rules. */
function narrowest(console: PlacedConsole, table: RulesTable): StoredRules | null {
  const found = scopesOf(console).map(({ scope, scopeId }) => table.get(scope)?.get(scopeId));
  const [ofSegment] = found;
  if (ofSegment === undefined && console.segmentGroupId === null && table.has("SEGMENT_GROUP"))
    throw new PortcullisError("segment_group_unknown", { field: "consoles", params: { console: console.name } });
  return found.find((rules) => rules !== undefined) ?? null;
}

function read(found: StoredRules | null): ResolvedRules {
  if (found === null) return { source: SETTINGS_SOURCE, rules: SETTINGS_RULES };
  const { scope, scopeId, revision, body } = found;
  const { success, data, error } = Rules.safeParse(body);
  if (!success) throw new PortcullisError("rules_unreadable", { params: { scope, scopeId, problem: problemsIn(error) } }, { cause: error });
  return { source: { scope, scopeId, revision }, rules: data };
}
