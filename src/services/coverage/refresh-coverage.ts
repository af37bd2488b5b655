import type { Kysely } from "kysely";
import type { Clock } from "../../clock.ts";
import { fromUnknown } from "../../errors.ts";
import type { Log } from "../../log.ts";
import type { Database } from "../../store/schema.ts";
import type { CatalogReading } from "../catalog/refresh-catalog.ts";
import type { ZpaClient } from "../zpa/zpa-client.ts";
import type { SegmentCoverage } from "./coverage.ts";
import { saveCoverage } from "./coverage-store.ts";
import { oneVerdictEach } from "./one-verdict.ts";
import { coverageAt } from "./read-coverage.ts";

export interface RefreshCoveragePorts {
  readonly zpa: Pick<ZpaClient, "policy">;
  readonly db: Kysely<Database>;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Looks at the rules of access anew for whatever the catalog can be asked for: one reading for each microtenant. The catalog has been stored
 * by then, and a failure here is for the log alone; where rules may not be read, segments are *unknown* with that reason, and where ZPA is away
 * what was known before stays.
 */
export async function refreshCoverage(
  { zpa, db, clock, log }: RefreshCoveragePorts,
  { consoles, segments }: CatalogReading,
): Promise<void> {
  try {
    const checkedAt = clock.now();
    const read: SegmentCoverage[] = [];
    const asked = new Set(consoles.map(({ segmentId }) => segmentId));
    const looked = segments.filter(({ id }) => asked.has(id));
    for (const [microtenantId, listed] of Map.groupBy(looked, (segment) => segment.microtenantId)) {
      read.push(...(await coverageAt(zpa, microtenantId, listed)));
    }
    const found = oneVerdictEach(read);
    await saveCoverage(db, found, checkedAt);
    for (const error of new Set(found.flatMap(({ reason }) => (reason.code === "rules_not_read" ? [reason.error] : [])))) {
      log.warn({ error }, "coverage.rules-not-read");
    }
    log.info(countOf(found), "coverage.refreshed");
  } catch (thrown) {
    log.error({ err: fromUnknown(thrown) }, "coverage.not-refreshed");
  }
}

const countOf = (found: readonly SegmentCoverage[]): Record<string, number> =>
  Object.fromEntries([...Map.groupBy(found, ({ status }) => status)].map(([status, those]) => [status, those.length]));
