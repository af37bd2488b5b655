import type { CoverageStatus, SegmentCoverage } from "./coverage.ts";

/** A segment that several microtenants list is judged by the rules of each, and told of once. Which of them a session goes by nobody says. */
export function oneVerdictEach(found: readonly SegmentCoverage[]): readonly SegmentCoverage[] {
  return [...Map.groupBy(found, ({ id }) => id).values()].flatMap((verdicts) => joined(verdicts) ?? []);
}

function joined(verdicts: readonly SegmentCoverage[]): SegmentCoverage | undefined {
  // What has not been read may agree or not: it is no difference, and what was known before stays for it.
  const unread = verdicts.find(({ reason }) => reason.code === "rules_not_read");
  const [first] = verdicts;
  if (first === undefined || unread !== undefined) return unread;
  if (verdicts.every(({ status }) => EFFECT[status] === EFFECT[first.status])) return first;
  return { ...first, status: "unknown", ruleId: null, reason: { code: "microtenants_differ" } };
}

/** Where nobody's approval counts, it does not matter which of the two reasons it has. */
const EFFECT: Readonly<Record<CoverageStatus, "counts" | "nothing" | "unknown">> = {
  covered: "counts",
  uncovered: "nothing",
  shadowed: "nothing",
  unknown: "unknown",
};
