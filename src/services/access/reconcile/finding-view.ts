import type { Kysely } from "kysely";
import type { Database } from "../../../store/schema.ts";
import type { Catalog } from "../../catalog/catalog.ts";
import { readGrant } from "../grant-rows.ts";
import { requestLabel } from "../request.ts";
import { readRequest } from "../request-rows.ts";
import { isAdoptable } from "./adopt-change.ts";
import { type Finding, type FindingView, verdictsOn } from "./finding.ts";

export interface ViewPorts {
  readonly db: Kysely<Database>;
  readonly catalog: Pick<Catalog, "onSegment">;
}

export async function findingView({ db, catalog }: ViewPorts, finding: Finding, now: Date): Promise<FindingView> {
  const request = finding.grantId === null ? null : await readRequest(db, (await readGrant(db, finding.grantId)).requestId);
  const { seen, intended } = finding.body;
  const segmentIds = new Set([...(seen?.segmentIds ?? []), ...(intended?.segmentIds ?? [])]);
  const named = [...segmentIds].flatMap((id) => {
    const [console] = catalog.onSegment(id);
    return console === undefined ? [] : [[id, console.segmentName] as const];
  });
  const waits = finding.status === "OPEN" && finding.wanted === null;
  return {
    ...finding,
    label: request === null ? null : requestLabel(request),
    requestId: request?.id ?? null,
    segmentNames: Object.fromEntries(named),
    verdicts: waits ? verdictsOn(finding).filter((verdict) => verdict !== "adopt" || isAdoptable(finding, now)) : [],
  };
}
