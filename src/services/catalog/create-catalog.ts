import { isDeepStrictEqual } from "node:util";
import type { Kysely } from "kysely";
import type { Database } from "../../store/schema.ts";
import type { Catalog, CatalogConsole, CatalogSnapshot } from "./catalog.ts";
import { type ConsoleSearch, createConsoleSearch, searchAmong } from "./console-search.ts";
import { newerSnapshot } from "./snapshot.ts";

export interface LoadedCatalog extends Catalog {
  /** Takes over the stored snapshot when it is newer than the one held, such as after a refresh by another replica. */
  load(): Promise<void>;
  /**
   * Takes over a snapshot, such as the one just read from ZPA. The one held answers until the new one is ready.
   * An older one than the one held is left alone.
   */
  replace(snapshot: CatalogSnapshot): Promise<void>;
  /** As `search`, among the consoles that cannot be asked for because they, their application or their microtenant are switched off. */
  searchSwitchedOff(text: string, limit: number): readonly CatalogConsole[];
}

interface Held {
  readonly consoles: readonly CatalogConsole[];
  readonly refreshedAt: Date | null;
  readonly search: ConsoleSearch;
  readonly searchSwitchedOff: ConsoleSearch;
  readonly byId: ReadonlyMap<string, CatalogConsole>;
  readonly byName: ReadonlyMap<string, readonly CatalogConsole[]>;
  readonly bySegment: ReadonlyMap<string, readonly CatalogConsole[]>;
}

const NOTHING: Held = {
  consoles: [],
  refreshedAt: null,
  search: () => [],
  searchSwitchedOff: () => [],
  byId: new Map(),
  byName: new Map(),
  bySegment: new Map(),
};

/** The catalog in memory, empty until it is loaded. */
export function createCatalog({ db }: { readonly db: Kysely<Database> }): LoadedCatalog {
  let held = NOTHING;
  /** When the newest snapshot was read that is held or being made ready. */
  let newest: Date | null = null;
  const isNewer = (refreshedAt: Date) => newest === null || newest < refreshedAt;

  const replace = async ({ consoles, refreshedAt }: CatalogSnapshot) => {
    if (!isNewer(refreshedAt)) return;
    newest = refreshedAt;
    // Most readings of a tenant bring what the one before brought.
    const next = isDeepStrictEqual(consoles, held.consoles) ? { ...held, refreshedAt } : await hold(consoles, refreshedAt);
    if (newest === refreshedAt) held = next;
  };

  return {
    replace,
    load: async () => {
      const newer = await newerSnapshot(db, isNewer);
      if (newer !== null) await replace(newer);
    },
    search: (text, limit) => held.search(text, limit),
    searchSwitchedOff: (text, limit) => held.searchSwitchedOff(text, limit),
    byId: (consoleId) => held.byId.get(consoleId) ?? null,
    byName: (name) => held.byId.get(name.trim()) ?? theOne(held.byName.get(plain(name)) ?? []),
    onSegment: (segmentId) => held.bySegment.get(segmentId) ?? [],
    refreshedAt: () => held.refreshedAt,
    size: () => held.byId.size,
  };
}

const plain = (name: string): string => name.trim().toLowerCase();

const hold = async (consoles: readonly CatalogConsole[], refreshedAt: Date): Promise<Held> => ({
  consoles,
  refreshedAt,
  search: await createConsoleSearch(consoles),
  searchSwitchedOff: await searchAmong(consoles.filter(({ enabled }) => !enabled)),
  byId: new Map(consoles.map((console) => [console.id, console])),
  byName: Map.groupBy(consoles, ({ name }) => plain(name)),
  bySegment: Map.groupBy(consoles, ({ segmentId }) => segmentId),
});

/** Names repeat between microtenants: a name that could mean several consoles means none, rather than a wrong one. */
function theOne(named: readonly CatalogConsole[]): CatalogConsole | null {
  const enabled = named.filter((console) => console.enabled);
  const candidates = enabled.length > 0 ? enabled : named;
  return candidates.length === 1 ? (candidates[0] ?? null) : null;
}
