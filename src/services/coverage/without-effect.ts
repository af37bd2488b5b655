import type { Kysely } from "kysely";
import type { Database } from "../../store/schema.ts";
import type { CatalogConsole } from "../catalog/catalog.ts";
import { coverageOf } from "./coverage-store.ts";

/**
 * Those of the consoles on which a privileged approval does nothing for anybody, by the rules last read. Of *unknown* nothing is said here:
 * it may count for this very person, and a warning on every request would soon be read by nobody.
 */
export const withoutEffect =
  ({ db }: { readonly db: Kysely<Database> }) =>
  async (consoles: readonly CatalogConsole[]): Promise<readonly CatalogConsole[]> => {
    const known = await coverageOf({ db })(consoles.map(({ segmentId }) => segmentId));
    const dead = new Set(known.flatMap(({ segmentId, status }) => (status === "uncovered" || status === "shadowed" ? [segmentId] : [])));
    return consoles.filter(({ segmentId }) => dead.has(segmentId));
  };
