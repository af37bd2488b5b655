import type { Clock } from "../../clock.ts";
import type { CatalogAge } from "../services.ts";
import type { Catalog } from "./catalog.ts";

const MINUTE = 60_000;
/** A reading that failed once or twice is nothing to speak of. */
const READINGS_MISSED = 3;

/** How old what can be asked for is; null before the first reading. */
export const catalogAge =
  ({
    catalog,
    clock,
    refreshMinutes,
  }: {
    readonly catalog: Pick<Catalog, "refreshedAt">;
    readonly clock: Clock;
    readonly refreshMinutes: number;
  }) =>
  (): CatalogAge | null => {
    const readAt = catalog.refreshedAt();
    if (readAt === null) return null;
    return { readAt, isOld: clock.now().getTime() - readAt.getTime() > READINGS_MISSED * refreshMinutes * MINUTE };
  };
