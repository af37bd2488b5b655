/** A console as it can be asked for. */
export interface CatalogConsole {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly enabled: boolean;
  readonly segmentId: string;
  readonly segmentName: string;
  /** Where the segment belongs in ZPA; null while that is not known: every segment has a group. */
  readonly segmentGroupId: string | null;
  readonly segmentGroupName: string | null;
  /** null is the Default microtenant. */
  readonly microtenantId: string | null;
  readonly microtenantName: string;
  readonly privilegedApprovalsEnabled: boolean;
  readonly protocol: string | null;
  readonly domain: string | null;
  readonly portals: readonly CatalogPortal[];
}

export interface CatalogPortal {
  readonly id: string;
  readonly name: string;
  /** https address of the portal page. */
  readonly url: string | null;
}

/** One read of ZPA, whole. */
export interface CatalogSnapshot {
  readonly consoles: readonly CatalogConsole[];
  readonly refreshedAt: Date;
}

/** What can be asked for, from the cache. Never calls ZPA. */
export interface Catalog {
  /** Up to `limit` consoles for what was typed, best first; the whole catalog is searched. */
  search(text: string, limit: number): readonly CatalogConsole[];
  byId(consoleId: string): CatalogConsole | null;
  /** Finds by exact name (case-insensitive) or id, as typed in `/pra request`; null also for a name that several consoles have. */
  byName(name: string): CatalogConsole | null;
  /** Every console on a segment: what an approval of the segment opens. */
  onSegment(segmentId: string): readonly CatalogConsole[];
  /** null until the first read of ZPA succeeded. */
  refreshedAt(): Date | null;
  size(): number;
}
