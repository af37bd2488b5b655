import type { Kysely } from "kysely";
import type { Database } from "../../store/schema.ts";
import type { Catalog, CatalogConsole } from "../catalog/catalog.ts";
import { groupByRules, type RulesGroup } from "../policy/resolve-rules.ts";
import { readRulesFor } from "../rules/read-rules.ts";

/**
 * Divides consoles by the rules that stand now: a request for each part. Looks at every console on their segments, since a grant opens
 * all of them.
 * @throws PortcullisError `rules_unreadable` | `segment_group_unknown` | `rules_differ_on_segment`
 */
export const divideRequest =
  ({ db, catalog }: { readonly db: Kysely<Database>; readonly catalog: Pick<Catalog, "onSegment"> }) =>
  async (consoles: readonly CatalogConsole[]): Promise<readonly RulesGroup<CatalogConsole>[]> => {
    if (consoles.length === 0) return [];
    const onSegment = (segmentId: string) => catalog.onSegment(segmentId);
    const opened = [...new Set(consoles.map(({ segmentId }) => segmentId))].flatMap(onSegment);
    return groupByRules(consoles, onSegment, await readRulesFor(db, [...consoles, ...opened]));
  };
