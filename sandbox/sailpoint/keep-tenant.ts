import { z } from "zod";
import { readKept, writeKept } from "../kept-file.ts";
import type { StoredApproval, Tenant } from "./tenant.ts";

const instant = z.iso.datetime().transform((text) => new Date(text));
const holder = z.object({ type: z.enum(["IDENTITY", "GOVERNANCE_GROUP"]), id: z.string() });
const criterion = z.object({ calculationType: z.enum(["COUNT", "PERCENT"]), value: z.number() });
const anyObject = z.record(z.string(), z.unknown());

const keptApproval = z.object({
  id: z.string(),
  type: z.string(),
  status: z.enum(["PENDING", "APPROVED", "REJECTED", "EXPIRED", "CANCELLED", "PASSED"]),
  name: z.string(),
  description: z.string(),
  priority: z.enum(["HIGH", "MEDIUM", "LOW"]),
  requesterId: z.string(),
  requesteeId: z.string(),
  seats: z.array(
    z.object({ holder, decision: z.object({ verdict: z.enum(["APPROVED", "REJECTED"]), byId: z.string(), at: instant }).nullable() }),
  ),
  criteria: z.object({ type: z.enum(["SERIAL", "PARALLEL"]), approval: criterion, rejection: criterion }),
  config: anyObject,
  comments: z.array(z.object({ id: z.string(), authorId: z.string(), text: z.string(), at: instant })),
  attributes: anyObject.transform((attributes) => new Map(Object.entries(attributes))),
  references: z.array(z.object({ id: z.string(), type: z.string(), name: z.string().optional() })),
  targets: z.array(
    z.object({ id: z.string(), name: z.string(), targetType: z.string(), requestType: z.string(), reauthRequired: z.boolean() }),
  ),
  reassignments: z.array(
    z.object({ from: holder.nullable(), to: holder, byId: z.string(), at: instant, commentId: z.string().nullable() }),
  ),
  batch: z.object({ batchId: z.string(), batchSize: z.number() }).nullable(),
  created: instant,
  modified: instant,
  due: instant.nullable(),
  completed: instant.nullable(),
});

const version = 1;
const keptFile = z.object({
  version: z.literal(version),
  approvals: z.array(keptApproval),
  configs: z.record(z.string(), anyObject),
  nextId: z.number().int(),
});

const printed = (approval: StoredApproval) => ({ ...approval, attributes: Object.fromEntries(approval.attributes) });

const textOf = ({ approvals, configs, nextId }: Tenant): string =>
  JSON.stringify({ version, approvals: [...approvals.values()].map(printed), configs: Object.fromEntries(configs), nextId });

/**
 * Takes approvals and configurations up where the file left them, and says how to write them down again. People, faults, bulk commands that
 * wait and the clock are not kept.
 *
 * @throws KeptTenantError when there is a file that is not ours, rather than to overwrite it
 */
export function keptIn(tenant: Tenant, file: string): () => void {
  const kept = readKept(file, keptFile);
  if (kept !== null) {
    for (const approval of kept.approvals) tenant.approvals.set(approval.id, approval);
    for (const [key, config] of Object.entries(kept.configs)) tenant.configs.set(key, config);
    tenant.nextId = kept.nextId;
  }
  let last = textOf(tenant);
  return () => {
    // A look may change something, too: what was accepted in bulk is carried out by the first call after its time.
    const text = textOf(tenant);
    if (text === last) return;
    writeKept(file, text);
    last = text;
  };
}
