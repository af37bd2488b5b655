import { fromUnknown } from "../../errors.ts";
import type { Log } from "../../log.ts";
import type { OpenDatabase } from "../../store/database.ts";
import type { LoadedCatalog } from "./create-catalog.ts";
import { CATALOG_STORED } from "./snapshot.ts";

/** Loads whatever another replica stores, as soon as it is stored. One that cannot be loaded leaves the one held in force. */
export const followCatalog = ({
  catalog,
  database,
  log,
}: {
  readonly catalog: Pick<LoadedCatalog, "load">;
  readonly database: Pick<OpenDatabase, "listen">;
  readonly log: Log;
}): ReturnType<OpenDatabase["listen"]> => {
  const load = () => {
    catalog.load().catch((thrown: unknown) => log.error({ err: fromUnknown(thrown) }, "catalog.not_loaded"));
  };
  return database.listen(CATALOG_STORED, load, load);
};
