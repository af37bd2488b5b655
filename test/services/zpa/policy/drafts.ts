import type { PolicyRuleDraft } from "../../../../src/services/zpa/policy/policy.ts";
import type { TenantClient } from "../support/tenant-client.ts";

export const rotterdam = "145260601092866314";

/** Ids of the tenant's first segments of a microtenant, and of the group of the first. */
export async function placesOf({ zpa }: TenantClient, microtenantId: string | null = null) {
  const segments = await zpa.segments.list({ microtenantId });
  const ids = segments.map(({ id }) => id);
  return { segmentIds: ids, groupId: segments[0]?.segmentGroupId ?? "" };
}

/** A rule that asks for an approval on one segment. */
export const asking = (segmentId: string, changes: Partial<PolicyRuleDraft> = {}): PolicyRuleDraft => ({
  name: "Approval needed",
  description: "For <production> & staging",
  action: "REQUIRE_APPROVAL",
  customMessage: "Ask in Slack",
  conditions: [
    { operator: "OR", negated: false, operands: [{ objectType: "APP", lhs: "id", rhs: segmentId }] },
    { operator: "OR", negated: true, operands: [{ objectType: "POSTURE", lhs: "posture-1", rhs: "false" }] },
  ],
  ...changes,
});
