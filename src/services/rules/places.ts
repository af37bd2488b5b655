import type { Catalog, CatalogConsole } from "../catalog/catalog.ts";
import { DEFAULT_MICROTENANT } from "../catalog/join-catalog.ts";
import type { Reach } from "../policy/counting-rules.ts";
import { APPROVAL_TYPE, type ScopeKey } from "../policy/rules.ts";

/** A scope and what people call it. */
export interface NamedScope extends ScopeKey {
  readonly name: string | null;
}

/** What the catalog knows of the ids that rules are written for. */
export interface Places extends Reach {
  nameOf(key: ScopeKey): string | null;
  /** Scopes whose name or id holds what was typed, the widest first. */
  find(text: string, limit: number): readonly NamedScope[];
}

/** Consoles looked through for what was typed: several share a segment. */
const SEARCHED = 500;

export const placesIn = (catalog: Pick<Catalog, "search" | "onSegment" | "size">): Places => {
  const microtenantIdOf = ({ microtenantId }: CatalogConsole): string => microtenantId ?? DEFAULT_MICROTENANT;
  const everywhere = () => catalog.search("", catalog.size());
  return {
    microtenantOf: (segmentId) => catalog.onSegment(segmentId).map(microtenantIdOf)[0] ?? null,
    // The catalog does not say which groups a segment is in: all of them may be.
    segmentGroupsOf: () => null,
    nameOf: ({ scope, scopeId }) => {
      if (scope === "APPLICATION_SEGMENT") return catalog.onSegment(scopeId)[0]?.segmentName ?? null;
      if (scope === "MICROTENANT") return everywhere().find((console) => microtenantIdOf(console) === scopeId)?.microtenantName ?? null;
      return null;
    },
    find: (text, limit) => {
      const found = catalog.search(text, SEARCHED);
      const holds = (name: string): boolean => name.toLowerCase().includes(text.trim().toLowerCase());
      const microtenants = everywhere()
        .map((console): NamedScope => ({ scope: "MICROTENANT", scopeId: microtenantIdOf(console), name: console.microtenantName }))
        .filter(({ name, scopeId }) => holds(name ?? "") || scopeId === text.trim());
      const segments = [...catalog.onSegment(text.trim()), ...found].map(
        ({ segmentId, segmentName }): NamedScope => ({ scope: "APPLICATION_SEGMENT", scopeId: segmentId, name: segmentName }),
      );
      const widest: readonly NamedScope[] = [
        { scope: "TENANT", scopeId: "", name: null },
        { scope: "APPROVAL_TYPE", scopeId: APPROVAL_TYPE, name: null },
      ];
      const all = [...widest.filter(({ scope, scopeId }) => holds(`${scope} ${scopeId}`)), ...microtenants, ...segments];
      return [...new Map(all.map((each) => [`${each.scope} ${each.scopeId}`, each])).values()].slice(0, limit);
    },
  };
};
