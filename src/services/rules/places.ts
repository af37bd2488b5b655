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
    // Microtenants may share a segment: each of their rules counted for its own consoles.
    microtenantsOf: (segmentId) => {
      const microtenants = catalog.onSegment(segmentId).map(microtenantIdOf);
      return microtenants.length === 0 ? null : [...new Set(microtenants)];
    },
    segmentGroupsOf: (segmentId) => {
      const groups = catalog.onSegment(segmentId).map(({ segmentGroupId }) => segmentGroupId);
      const known = groups.filter((groupId) => groupId !== null);
      return known.length === 0 || known.length < groups.length ? null : [...new Set(known)];
    },
    nameOf: ({ scope, scopeId }) => {
      switch (scope) {
        case "APPLICATION_SEGMENT":
          return catalog.onSegment(scopeId)[0]?.segmentName ?? null;
        case "SEGMENT_GROUP":
          return everywhere().find(({ segmentGroupId }) => segmentGroupId === scopeId)?.segmentGroupName ?? null;
        case "MICROTENANT":
          return everywhere().find((console) => microtenantIdOf(console) === scopeId)?.microtenantName ?? null;
        default:
          return null;
      }
    },
    find: (text, limit) => {
      const typed = text.trim();
      const isMeant = ({ name, scopeId }: NamedScope): boolean =>
        (name ?? "").toLowerCase().includes(typed.toLowerCase()) || scopeId === typed;
      const consoles = everywhere();
      const groups = consoles.flatMap(({ segmentGroupId: scopeId, segmentGroupName: name }): NamedScope[] =>
        scopeId === null ? [] : [{ scope: "SEGMENT_GROUP", scopeId, name }],
      );
      const segments = [...catalog.onSegment(typed), ...catalog.search(text, SEARCHED)].map(
        ({ segmentId, segmentName }): NamedScope => ({ scope: "APPLICATION_SEGMENT", scopeId: segmentId, name: segmentName }),
      );
      const all = [
        ...WIDEST.filter(({ scope, scopeId }) => `${scope} ${scopeId}`.toLowerCase().includes(typed.toLowerCase())),
        ...consoles
          .map((console): NamedScope => ({ scope: "MICROTENANT", scopeId: microtenantIdOf(console), name: console.microtenantName }))
          .filter(isMeant),
        ...groups.filter(isMeant),
        ...segments,
      ];
      return [...new Map(all.map((each) => [`${each.scope} ${each.scopeId}`, each])).values()].slice(0, limit);
    },
  };
};

const WIDEST: readonly NamedScope[] = [
  { scope: "TENANT", scopeId: "", name: null },
  { scope: "APPROVAL_TYPE", scopeId: APPROVAL_TYPE, name: null },
];
