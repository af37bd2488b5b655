import type { Kysely } from "kysely";
import type { Database } from "../../store/schema.ts";
import type { Catalog, CatalogConsole, CatalogSnapshot } from "./catalog.ts";
import { type ConsoleSearch, createConsoleSearch } from "./console-search.ts";
import { newerSnapshot } from "./snapshot.ts";

export interface LoadedCatalog extends Catalog {
  /** Takes over the stored snapshot when it is newer than the one held, such as after a refresh by another replica. */
  load(): Promise<void>;
  /** Takes over a snapshot, such as the one just read from ZPA. An older one than the one held is left alone. */
  replace(snapshot: CatalogSnapshot): void;
}

interface Held {
  readonly refreshedAt: Date | null;
  readonly search: ConsoleSearch;
  readonly byId: ReadonlyMap<string, CatalogConsole>;
  readonly byName: ReadonlyMap<string, readonly CatalogConsole[]>;
  readonly bySegment: ReadonlyMap<string, readonly CatalogConsole[]>;
}

/** The catalog in memory, empty until it is loaded. */
export function createCatalog({ db }: { readonly db: Kysely<Database> }): LoadedCatalog {
  let held = hold([], null);
  const replace = ({ consoles, refreshedAt }: CatalogSnapshot) => {
    if (held.refreshedAt === null || held.refreshedAt < refreshedAt) held = hold(consoles, refreshedAt);
  };
  return {
    replace,
    load: async () => {
      const newer = await newerSnapshot(db, held.refreshedAt);
      if (newer !== null) replace(newer);
    },
    search: (text, limit) => held.search(text, limit),
    byId: (consoleId) => held.byId.get(consoleId) ?? null,
    byName: (name) => held.byId.get(name.trim()) ?? theOne(held.byName.get(plain(name)) ?? []),
    onSegment: (segmentId) => held.bySegment.get(segmentId) ?? [],
    refreshedAt: () => held.refreshedAt,
    size: () => held.byId.size,
  };
}

const plain = (name: string): string => name.trim().toLowerCase();

const hold = (consoles: readonly CatalogConsole[], refreshedAt: Date | null): Held => ({
  refreshedAt,
  search: createConsoleSearch(consoles),
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
