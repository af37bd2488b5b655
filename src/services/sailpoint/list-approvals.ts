import { z } from "zod";
import { PortcullisError } from "../../errors.ts";
import type { Api, Done } from "./api.ts";
import type { SailPointApproval } from "./approval.ts";
import { approvalOnWire } from "./approval-wire.ts";
import { printFilter } from "./filter.ts";
import type { ApprovalPage, ApprovalQuery, PageOptions, Urgency } from "./sailpoint-client.ts";

/** SailPoint's largest. */
const pageSize = 250;
const passesAtMost = 3;

const rows = z.array(approvalOnWire);

/** One page, with the count of the whole list. */
export async function readPage(api: Api, query: ApprovalQuery, options: PageOptions & Urgency = {}): Promise<ApprovalPage> {
  const { limit = pageSize, offset = 0, priority = "look" } = options;
  const paging = { count: "true", limit: String(limit), offset: String(offset) };
  const done = await api.send({ operation: "list", query: { ...parametersOf(query), ...paging }, priority });
  return { approvals: understood(rows, done.body ?? []), total: totalOf(done) };
}

/** How many there are; no approval is sent. @throws PortcullisError `sailpoint_answer_not_understood` when the header is missing */
export async function countApprovals(api: Api, query: ApprovalQuery, { priority = "look" }: Urgency = {}): Promise<number> {
  const total = totalOf(await api.send({ operation: "list", query: { ...parametersOf(query), "count-only": "true" }, priority }));
  if (total === null) throw new PortcullisError("sailpoint_answer_not_understood", { params: { problem: "X-Total-Count is missing" } });
  return total;
}

/**
 * Every approval of a list, each once. Offsets count from a list that changes while it is read: an approval that leaves it pulls the next page
 * forward, over one that nobody then saw. Whoever has fewer than the last page counted reads again and keeps both.
 */
export async function listApprovals(api: Api, query: ApprovalQuery, options: Urgency = {}): Promise<readonly SailPointApproval[]> {
  const found = new Map<string, SailPointApproval>();
  for (let pass = 1; ; pass += 1) {
    const total = await readThrough(api, query, { options, found });
    if (found.size >= total || pass >= passesAtMost) return [...found.values()];
  }
}

/** @returns how many the last page counted; without a count, 0 */
async function readThrough(
  api: Api,
  query: ApprovalQuery,
  { options, found }: { readonly options: Urgency; readonly found: Map<string, SailPointApproval> },
): Promise<number> {
  for (let offset = 0; ; offset += pageSize) {
    const { approvals, total } = await readPage(api, query, { ...options, offset });
    for (const approval of approvals) found.set(approval.id, approval);
    const isLast = approvals.length === 0 || (total === null ? approvals.length < pageSize : offset + pageSize >= total);
    if (isLast) return total ?? 0;
  }
}

/** Names as the page spells them; what is not said is left to SailPoint's defaults. */
function parametersOf({
  mine,
  requesterId,
  requesteeId,
  approverId,
  filter,
  include = [],
  sorters = [],
}: ApprovalQuery): Record<string, string> {
  const said = {
    mine: mine === undefined ? undefined : String(mine),
    requesterId,
    requesteeId,
    approverId,
    filters: filter === undefined ? undefined : printFilter(filter),
    sorters: sorters.length === 0 ? undefined : sorters.join(","),
  };
  const given = Object.entries(said).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
  return Object.fromEntries([...given, ...include.map((part) => [`include-${part}`, "true"] as const)]);
}

const total = z.coerce.number().int().nonnegative();

function totalOf({ headers }: Done): number | null {
  const { success, data } = total.safeParse(headers["x-total-count"]);
  return success ? data : null;
}

/** Parses what SailPoint sent. @throws PortcullisError `sailpoint_answer_not_understood` */
export function understood<Value>(schema: z.ZodType<Value>, wire: unknown): Value {
  const { success, data, error } = schema.safeParse(wire);
  if (!success) throw new PortcullisError("sailpoint_answer_not_understood", {}, { cause: error });
  return data;
}
