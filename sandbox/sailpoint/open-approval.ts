import { z } from "zod";
import { holderOf } from "./approval-rules.ts";
import { configBody, configFor } from "./config-routes.ts";
import { newId, type StoredApproval, type StoredConfig, type Tenant } from "./tenant.ts";

const criterion = z.object({ calculationType: z.enum(["COUNT", "PERCENT"]), value: z.number().int().min(0) });
const one = { calculationType: "COUNT", value: 1 } as const;

export const approvalInput = z.object({
  name: z.string(),
  description: z.string().default(""),
  type: z.string().default("GENERIC_APPROVAL"),
  requesterId: z.string(),
  requesteeId: z.string().optional(),
  approverIds: z.array(z.string()).min(1),
  criteria: z
    .object({ type: z.enum(["SERIAL", "PARALLEL"]), approval: criterion, rejection: criterion })
    .default({ type: "PARALLEL", approval: one, rejection: one }),
  config: configBody.optional(),
  attributes: z.record(z.string(), z.unknown()).default({}),
  references: z.array(z.object({ id: z.string(), type: z.string(), name: z.string().optional() })).default([]),
  targets: z
    .array(
      z.object({
        id: z.string(),
        name: z.string(),
        targetType: z.string(),
        requestType: z.string().default("GRANT_ACCESS"),
        reauthRequired: z.boolean().default(false),
      }),
    )
    .default([]),
  priority: z.enum(["HIGH", "MEDIUM", "LOW"]).default("MEDIUM"),
});

const dayMilliseconds = 86_400_000;

/** What an access request, a workflow or an account action makes. @throws SailPointRefusal 400 for people that are not there */
export function openApproval(tenant: Tenant, input: z.infer<typeof approvalInput>): StoredApproval {
  const { approverIds, requesterId, requesteeId = requesterId, attributes, config: given, ...rest } = input;
  const now = tenant.now();
  for (const id of [requesterId, requesteeId]) holderOf(tenant, id);
  const config = given ?? configFor(tenant, rest);
  const approval: StoredApproval = {
    ...rest,
    id: newId(tenant),
    status: config.circumventApprovalProcess === true ? "PASSED" : "PENDING",
    requesterId,
    requesteeId,
    seats: approverIds.map((id) => ({ holder: holderOf(tenant, id), decision: null })),
    config,
    comments: [],
    attributes: new Map(Object.entries(attributes)),
    reassignments: [],
    batch: { batchId: newId(tenant), batchSize: 1 },
    created: now,
    modified: now,
    due: dueOf(config, now),
    completed: null,
  };
  tenant.approvals.set(approval.id, approval);
  return approval;
}

function dueOf(config: StoredConfig, created: Date): Date | null {
  const { timeoutConfig } = configBody.parse(config);
  if (timeoutConfig?.enabled !== true) return null;
  return new Date(created.getTime() + (timeoutConfig.daysUntilTimeout ?? 90) * dayMilliseconds);
}
