import { PortcullisError } from "../../errors.ts";
import type { Api } from "./api.ts";
import type { Operation } from "./operations.ts";
import type { BulkPart, SailPointClient } from "./sailpoint-client.ts";

/** More ids are refused (seen live; the page does not say it). */
const idsAtMost = 50;

type BulkOperation = Extract<Operation, `bulk${string}`>;

/** `/generic-approvals/bulk-…`: SailPoint answers 202 and does it later. */
export const bulkApi = (api: Api): SailPointClient["bulk"] => ({
  approve: (ids, { comment, additionalAttributes } = {}) => send(api, "bulkApprove", { ids, said: { comment, additionalAttributes } }),
  reject: (ids, { comment } = {}) => send(api, "bulkReject", { ids, said: { comment } }),
  reassign: (ids, { to, from, comment }) => send(api, "bulkReassign", { ids, said: { reassignTo: to, reassignFrom: from, comment } }),
  cancel: (ids, { comment } = {}) => send(api, "bulkCancel", { ids, said: { comment } }),
});

async function send(
  api: Api,
  operation: BulkOperation,
  { ids, said }: { readonly ids: readonly string[]; readonly said: Readonly<Record<string, unknown>> },
): Promise<readonly BulkPart[]> {
  const parts: BulkPart[] = [];
  for (const part of inParts(ids)) parts.push(await sendPart(api, operation, { part, said, before: parts.at(-1) }));
  return parts;
}

async function sendPart(
  api: Api,
  operation: BulkOperation,
  { part, said, before }: { readonly part: readonly string[]; readonly said: object; readonly before: BulkPart | undefined },
): Promise<BulkPart> {
  if (before !== undefined && before.outcome !== "accepted") return { outcome: "undone", ids: part, error: before.error };
  try {
    await api.send({ operation, body: { approvalIds: part, ...said }, priority: "decision" });
    return { outcome: "accepted", ids: part };
  } catch (cause) {
    if (!(cause instanceof PortcullisError)) throw cause;
    return { outcome: cause.code === "sailpoint_timeout" ? "unknown" : "undone", ids: part, error: cause };
  }
}

/** Each id once, as many together as SailPoint takes. */
export function inParts(ids: readonly string[]): readonly (readonly string[])[] {
  const each = [...new Set(ids)];
  return Array.from({ length: Math.ceil(each.length / idsAtMost) }, (_, part) => each.slice(part * idsAtMost, (part + 1) * idsAtMost));
}
