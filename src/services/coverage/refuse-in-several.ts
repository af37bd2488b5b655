import { PortcullisError } from "../../errors.ts";
import type { ZpaClient } from "../zpa/zpa-client.ts";
import { placesOf, readSegments } from "./read-coverage.ts";

interface Zpa extends Pick<ZpaClient, "applications"> {
  readonly microtenants: Pick<ZpaClient["microtenants"], "list">;
  readonly segments: Pick<ZpaClient["segments"], "list">;
}

/**
 * Refuses a segment that several microtenants list, as ZPA says it now: a rule in one of them says nothing of the sessions of another.
 *
 * @param name as people know the segment
 * @throws PortcullisError `coverage_not_possible`, `zpa_*`
 */
export async function refuseInSeveral(zpa: Zpa, { segmentId, name }: { readonly segmentId: string; readonly name: string }): Promise<void> {
  let listing = 0;
  for (const place of placesOf(await zpa.microtenants.list()))
    if ((await readSegments(zpa, place)).some(({ id }) => id === segmentId)) listing += 1;
  if (listing > 1) throw new PortcullisError("coverage_not_possible", { params: { segment: name, reason: "several_microtenants" } });
}
