import { fromUnknown } from "../../errors.ts";
import type { PolicyRule } from "../zpa/policy/policy.ts";
import type { ApplicationSegment, Microtenant, ZpaClient } from "../zpa/zpa-client.ts";
import { type CoverageSegment, coverage, type SegmentCoverage } from "./coverage.ts";

type Zpa = Pick<ZpaClient, "microtenants" | "applications" | "segments" | "policy">;

/**
 * What ZPA's rules of access make of every segment with PRA applications, as ZPA says it now: of one microtenant, or of all of them.
 * Each microtenant's segments are judged by its own rules. Where the rules cannot be read, its segments are *unknown*.
 *
 * @param only null is the Default microtenant; left out, all
 * @throws PortcullisError `zpa_*` when segments or microtenants cannot be read
 */
export async function readCoverage(zpa: Zpa, only?: { readonly microtenantId: string | null }): Promise<readonly SegmentCoverage[]> {
  const places = only === undefined ? placesOf(await zpa.microtenants.list()) : [only];
  const found = new Map<string, SegmentCoverage>();
  // One after the other: the budget of ZPA's API is for grants first.
  for (const place of places) {
    const segments = await readSegments(zpa, place);
    for (const each of await coverageAt(zpa, place.microtenantId, segments)) if (!found.has(each.id)) found.set(each.id, each);
  }
  return [...found.values()];
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
  return coverage(segments, rules.rules);
}

async function rulesOrProblem(
  policy: Zpa["policy"],
  microtenantId: string | null,
): Promise<{ readonly rules: readonly PolicyRule[] } | { readonly problem: string }> {
  try {
    return { rules: await policy.rules("ACCESS_POLICY", { microtenantId }) };
  } catch (thrown) {
    return { problem: fromUnknown(thrown).code };
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
  { applications, segments }: Pick<Zpa, "applications" | "segments">,
  place: { readonly microtenantId: string | null },
): Promise<readonly CoverageSegment[]> {
  const [listed, named] = await Promise.all([applications.list(place), segments.list(place).catch((): readonly KnownSegment[] => [])]);
  const known = new Map(named.map((segment) => [segment.id, segment]));
  const found = new Map<string, CoverageSegment>();
  for (const { segmentId: id, name } of listed) {
    const segment = known.get(id);
    if (!found.has(id)) found.set(id, { ...place, id, name: segment?.name ?? name, groupId: segment?.segmentGroupId ?? null });
  }
  return [...found.values()];
}

type KnownSegment = ApplicationSegment & { readonly name: string | null };

/** Every tenant has the Default microtenant, also where ZPA's list leaves it out. */
function placesOf(microtenants: readonly Microtenant[]): readonly { readonly microtenantId: string | null }[] {
  const others = microtenants.filter(({ id }) => id !== "0").map(({ id }) => ({ microtenantId: id }));
  return [{ microtenantId: null }, ...others];
}
