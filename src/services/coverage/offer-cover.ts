import { createHash } from "node:crypto";
import { fromUnknown, PortcullisError } from "../../errors.ts";
import { administer } from "../zpa-admin/administer.ts";
import { administratorName } from "../zpa-admin/administrator.ts";
import { segmentToCover } from "../zpa-admin/policy-writes.ts";
import type { Covered } from "./cover-segment.ts";
import type { CoveragePorts } from "./coverage-ports.ts";
import type { CoverageService, MadeCover } from "./coverage-service.ts";
import { coverageOf, noteCoverage } from "./coverage-store.ts";
import { type CoverProposal, type CoverTarget, proposeCover } from "./propose-cover.ts";

/** The rule as it would be made now. */
export const offerCover =
  (ports: CoveragePorts): CoverageService["offer"] =>
  async ({ by, segmentId }) => {
    await administratorName(ports.people, by);
    const { microtenantName, ...target } = targetOf(ports, segmentId);
    await refuseInSeveral(ports, target);
    const proposal = await proposeCover(ports.zpa, target);
    return { proposal, microtenantName, seal: sealOf(proposal) };
  };

/**
 * Makes the rule that was shown, or nothing: it is thought through again right before, by the rules as they stand then. Where an answer of
 * ZPA's is lost, or only the first of two calls was taken, what stands is looked for.
 */
export const coverAsOffered =
  (ports: CoveragePorts): CoverageService["cover"] =>
  async ({ by, segmentId, seal }) => {
    const record = await administer(ports)(by);
    const target = targetOf(ports, segmentId);
    await refuseInSeveral(ports, target);
    const proposal = await proposeCover(ports.zpa, target);
    const { name } = proposal.segment;
    if (sealOf(proposal) !== seal) throw new PortcullisError("coverage_changed", { params: { segment: name } });
    try {
      const { read, asIntended, recorded } = await record(segmentToCover(ports.zpa, proposal));
      await noteSeen(ports, read);
      return { kind: "made", read, asIntended, isRecordedWhole: recorded === "whole" };
    } catch (thrown) {
      const { code } = fromUnknown(thrown);
      if (code !== "zpa_timeout" && code !== "coverage_not_placed") throw thrown;
      return { kind: "unknown", segmentId, name, stands: await standing(ports, target) };
    }
  };

/** Where a segment is comes from the catalog: a button says only which. @throws PortcullisError `coverage_segment_unknown` */
function targetOf({ catalog }: CoveragePorts, segmentId: string): CoverTarget & { readonly microtenantName: string | null } {
  const [console] = catalog.onSegment(segmentId);
  if (console === undefined) throw new PortcullisError("coverage_segment_unknown", { params: { segment: segmentId } });
  const { microtenantId, microtenantName } = console;
  return { segmentId, microtenantId, microtenantName: microtenantId === null ? null : microtenantName };
}

/**
 * A rule in one microtenant says nothing of the sessions of another. By what was read last: asking every microtenant again at each click would
 * use up the budget that grants need.
 *
 * @throws PortcullisError `coverage_not_possible`
 */
async function refuseInSeveral({ db, catalog }: CoveragePorts, { segmentId }: CoverTarget): Promise<void> {
  const consoles = catalog.onSegment(segmentId);
  const [known] = await coverageOf({ db })([segmentId]);
  const places = new Set(consoles.map(({ microtenantId }) => microtenantId));
  if (places.size < 2 && known?.reason.code !== "microtenants_differ") return;
  const segment = consoles[0]?.segmentName ?? segmentId;
  throw new PortcullisError("coverage_not_possible", { params: { segment, reason: "several_microtenants" } });
}

/** A rule of an earlier attempt that came half-way is no other proposal. */
function sealOf({ segment, current, afterwards, setId, draft, order, before, behind }: CoverProposal): string {
  const shown = [segment.id, segment.name, current.status, current.reason, afterwards.status, setId, draft, order, before, behind];
  return createHash("sha256").update(JSON.stringify(shown)).digest("hex").slice(0, 24);
}

/** The rule stands whether or not this is written down: the next reading brings it. */
async function noteSeen({ db, clock, log }: CoveragePorts, { coverage }: Covered): Promise<void> {
  try {
    await noteCoverage(db, [coverage], clock.now());
  } catch (thrown) {
    log.error({ err: fromUnknown(thrown), segmentId: coverage.id }, "coverage.not-noted");
  }
}

async function standing({ zpa, log }: CoveragePorts, target: CoverTarget): Promise<Extract<MadeCover, { kind: "unknown" }>["stands"]> {
  try {
    return (await proposeCover(zpa, target)).standingRuleId === null ? "nothing" : "half";
  } catch (thrown) {
    const error = fromUnknown(thrown);
    if (error.code === "coverage_not_needed") return "counts";
    log.warn({ err: error, segmentId: target.segmentId }, "coverage.not-looked-for");
    return "unread";
  }
}
