import { fromUnknown, PortcullisError } from "../../errors.ts";
import type { PolicyRule } from "../zpa/policy/policy.ts";
import type { ZpaClient } from "../zpa/zpa-client.ts";
import { coverage, type SegmentCoverage } from "./coverage.ts";
import { type CoverProposal, proposeCover } from "./propose-cover.ts";

type Zpa = Pick<ZpaClient, "applications" | "segments" | "policy">;

/** What stands after it, as read from ZPA. */
export interface Covered {
  readonly rule: PolicyRule;
  readonly coverage: SegmentCoverage;
}

/**
 * Version 1: the page documents REQUIRE_APPROVAL, and the microtenant with it, for that one alone, although it says that version 2 will take
 * its place one day.
 */
const VERSION = 1;

/**
 * Makes the rule that was shown, and puts it in its place. A run that was cut off is taken up by the next: the rule that it made is found
 * and moved. Between the two calls the rule stands last, where it does no more than it is meant to.
 *
 * Looking and writing are one turn among policy writes, of all replicas where they share a database: of two at once the second finds what
 * the first has made.
 *
 * @throws PortcullisError `coverage_changed` when the rules are not any more what they were when it was shown; `zpa_timeout` when it is not
 *   known whether the rule was made, and `coverage_not_placed` when it was, and may not stand in its place: propose again, which finds it
 */
export const coverSegment = (zpa: Zpa, shown: CoverProposal): Promise<{ readonly ruleId: string }> =>
  zpa.policy.inOneTurn(async (policy) => {
    const { segment } = shown;
    const place = { microtenantId: segment.microtenantId };
    const fresh = await proposeCover({ ...zpa, policy }, { segmentId: segment.id, ...place });
    if (!isSameProposal(fresh, shown)) throw new PortcullisError("coverage_changed", { params: { segment: segment.name } });
    const { setId, draft, order, before, standingRuleId } = fresh;
    if (standingRuleId !== null) {
      await policy.reorder(setId, standingRuleId, order, place);
      return { ruleId: standingRuleId };
    }
    const { id: ruleId } = await policy.createRule(setId, draft, { version: VERSION, ...place });
    if (before !== null) await policy.reorder(setId, ruleId, order, place).catch(notPlaced(segment));
    return { ruleId };
  });

/** Whatever refused the second call, the first has had its effect: "refused" would be a lie. */
const notPlaced =
  ({ name }: CoverProposal["segment"]) =>
  (cause: unknown): never => {
    throw new PortcullisError("coverage_not_placed", { params: { segment: name, reason: fromUnknown(cause).code } }, { cause });
  };

/** What ZPA says of the segment and the rule now. @throws PortcullisError `zpa_not_found` when the rule is gone */
export async function readCovered({ policy }: Pick<Zpa, "policy">, { segment, setId }: CoverProposal, ruleId: string): Promise<Covered> {
  const place = { microtenantId: segment.microtenantId };
  const rule = await policy.rule(setId, ruleId, place);
  const [seen] = coverage([segment], await policy.rules("ACCESS_POLICY", place));
  if (seen === undefined) throw new PortcullisError("coverage_segment_unknown", { params: { segment: segment.name } });
  return { rule, coverage: seen };
}

/** A rule that an earlier attempt has made meanwhile is the same proposal. */
const isSameProposal = (fresh: CoverProposal, shown: CoverProposal): boolean =>
  fresh.setId === shown.setId &&
  fresh.order === shown.order &&
  fresh.before?.id === shown.before?.id &&
  fresh.afterwards.status === shown.afterwards.status &&
  JSON.stringify(fresh.draft) === JSON.stringify(shown.draft);
