import { fromUnknown } from "../../errors.ts";
import { mapInSlices } from "../catalog/map-in-slices.ts";
import type { PolicyRule } from "../zpa/policy/policy.ts";
import type { Microtenant, NamedSegment, ZpaClient } from "../zpa/zpa-client.ts";
import { type CoverageSegment, coverage, type SegmentCoverage } from "./coverage.ts";
import { oneVerdictEach } from "./one-verdict.ts";

type Zpa = Pick<ZpaClient, "microtenants" | "applications" | "segments" | "policy">;

/**
 * What ZPA's rules of access make of every segment with PRA applications, as ZPA says it now: of one microtenant, or of all of them.
 * Each microtenant's segments are judged by its own rules; where several list one and differ, it is *unknown*. Where the rules cannot be read, its segments are *unknown*.
 *
 * @param only null is the Default microtenant; left out, all
 * @throws PortcullisError `zpa_*` when segments or microtenants cannot be read
 */
export async function readCoverage(zpa: Zpa, only?: { readonly microtenantId: string | null }): Promise<readonly SegmentCoverage[]> {
  const places = only === undefined ? placesOf(await zpa.microtenants.list()) : [only];
  const found: SegmentCoverage[] = [];
  // One after the other: the budget of ZPA's API is for grants first.
  for (const place of places) {
    const segments = await readSegments(zpa, place);
    found.push(...(await coverageAt(zpa, place.microtenantId, segments)));
  }
  return oneVerdictEach(found);
}

/** The same of segments that are known already. Of a microtenant without any nothing is asked. */
export async function coverageAt(
  { policy }: Pick<Zpa, "policy">,
  microtenantId: string | null,
  segments: readonly CoverageSegment[],
): Promise<readonly SegmentCoverage[]> {
  if (segments.length === 0) return [];
  const rules = await rulesOrProblem(policy, microtenantId);
  if ("problem" in rules) return unread(segments, rules.problem);
  const found = await mapInSlices(segments, (segment) => coverage([segment], rules.rules));
  return found.flat();
}

async function rulesOrProblem(
  policy: Zpa["policy"],
  microtenantId: string | null,
): Promise<{ readonly rules: readonly PolicyRule[] } | { readonly problem: string }> {
  try {
    return { rules: await policy.rules("ACCESS_POLICY", { microtenantId }) };
  } catch (thrown) {
    const { code } = fromUnknown(thrown);
    if (code === "unexpected") throw thrown;
    return { problem: code };
  }
}

const unread = (segments: readonly CoverageSegment[], error: string): readonly SegmentCoverage[] =>
  segments.map(({ id, name, microtenantId }) => ({
    ...{ id, name, microtenantId },
    status: "unknown",
    ruleId: null,
    reason: { code: "rules_not_read", error },
  }));

/** Segments of one microtenant that have PRA applications. Names and groups are left out where an API client may not list segments. */
export async function readSegments(
  { applications, segments }: Pick<Zpa, "applications"> & { readonly segments: Pick<Zpa["segments"], "list"> },
  place: { readonly microtenantId: string | null },
): Promise<readonly CoverageSegment[]> {
  const [listed, named] = await Promise.all([applications.list(place), namedSegments(segments, place)]);
  const known = new Map(named.map((segment) => [segment.id, segment]));
  const found = new Map<string, CoverageSegment>();
  for (const { segmentId: id, name } of listed) {
    const segment = known.get(id);
    if (!found.has(id)) found.set(id, { ...place, id, name: segment?.name ?? name, groupId: segment?.segmentGroupId ?? null });
  }
  return [...found.values()];
}

async function namedSegments(
  segments: Pick<Zpa["segments"], "list">,
  place: { readonly microtenantId: string | null },
): Promise<readonly NamedSegment[]> {
  try {
    return await segments.list(place);
  } catch (thrown) {
    if (fromUnknown(thrown).code === "zpa_not_permitted") return [];
    throw thrown;
  }
}

/** Every tenant has the Default microtenant, also where ZPA's list leaves it out. */
export function placesOf(microtenants: readonly Microtenant[]): readonly { readonly microtenantId: string | null }[] {
  const others = microtenants.filter(({ id }) => id !== "0").map(({ id }) => ({ microtenantId: id }));
  return [{ microtenantId: null }, ...others];
}
