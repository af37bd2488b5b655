import { min } from "date-fns/min";
import { PortcullisError } from "../../errors.ts";
import { administratorName } from "../zpa-admin/administrator.ts";
import type { CoverageStatus, SegmentCoverage } from "./coverage.ts";
import type { CoveragePorts } from "./coverage-ports.ts";
import type { CoveragePage, CoverageRow, CoverageService } from "./coverage-service.ts";
import { allCoverage, saveCoverage } from "./coverage-store.ts";
import { mayBeCovered } from "./propose-cover.ts";
import { readCoverage } from "./read-coverage.ts";

type Looked = SegmentCoverage & { readonly checkedAt: Date | null };

/** What an administrator has just read is what everybody's forms and cards go by: they would contradict one another else. */
export const readAndListCoverage =
  (ports: CoveragePorts): CoverageService["read"] =>
  async ({ by, limit }) => {
    const { people, zpa, db, clock, catalog } = ports;
    await administratorName(people, by);
    if (catalog.size() === 0) throw new PortcullisError("catalog_empty");
    const checkedAt = clock.now();
    const found = (await readCoverage(zpa)).filter(({ id }) => catalog.onSegment(id).length > 0);
    await saveCoverage(db, found, checkedAt);
    return pageOf(
      ports,
      found.map((each) => ({ ...each, checkedAt })),
      { page: 0, limit },
    );
  };

/** The pages after the first are of the same reading: ZPA's budget is for grants first, and nothing moves while somebody turns a page. */
export const listCoverage =
  (ports: CoveragePorts): CoverageService["page"] =>
  async ({ by, ...place }) => {
    await administratorName(ports.people, by);
    return pageOf(ports, await allCoverage(ports.db), place);
  };

const askable = ({ catalog }: Pick<CoveragePorts, "catalog">, segmentId: string) =>
  catalog.onSegment(segmentId).filter(({ enabled, privilegedApprovalsEnabled }) => enabled && privilegedApprovalsEnabled);

const URGENCY: Readonly<Record<CoverageStatus, number>> = { uncovered: 0, shadowed: 1, unknown: 2, covered: 3 };

function pageOf(
  ports: Pick<CoveragePorts, "catalog">,
  all: readonly Looked[],
  { page: wanted, limit }: { readonly page: number; readonly limit: number },
): CoveragePage {
  const known = all.filter(({ id }) => askable(ports, id).length > 0);
  const open = known.filter(({ status }) => status !== "covered");
  open.sort((one, other) => URGENCY[one.status] - URGENCY[other.status] || one.name.localeCompare(other.name, "en", { numeric: true }));
  const pages = Math.max(1, Math.ceil(open.length / limit));
  const page = Math.min(wanted, pages - 1);
  const count = (status: CoverageStatus) => known.filter((each) => each.status === status).length;
  const looked = known.flatMap(({ checkedAt }) => checkedAt ?? []);
  return {
    rows: open.slice(page * limit, (page + 1) * limit).map((each) => rowOf(ports, each)),
    counts: { covered: count("covered"), uncovered: count("uncovered"), shadowed: count("shadowed"), unknown: count("unknown") },
    page,
    pages,
    total: open.length,
    readAt: looked.length === 0 ? null : min(looked),
  };
}

function rowOf(ports: Pick<CoveragePorts, "catalog">, { checkedAt: _, ...each }: Looked): CoverageRow {
  const consoles = askable(ports, each.id);
  return {
    ...each,
    microtenantName: each.microtenantId === null ? null : (consoles[0]?.microtenantName ?? null),
    consoleNames: consoles.map(({ name }) => name),
    canBeCovered: mayBeCovered(each),
  };
}
