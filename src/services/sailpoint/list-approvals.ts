import { z } from "zod";
import { PortcullisError } from "../../errors.ts";
import type { Done } from "../http-client/call.ts";
import type { Api } from "./api.ts";
import type { SailPointApproval } from "./approval.ts";
import { approvalOnWire } from "./approval-wire.ts";
import { printFilter } from "./filter.ts";
import type { ApprovalPage, ApprovalQuery, PageOptions, Urgency } from "./sailpoint-client.ts";

/** SailPoint's largest. */
const pageSize = 250;
/** A tenant that sorts differently each time would never be done. */
const stepsBackAtMost = 5;

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
 * forward, over one that nobody then saw. So each page begins with the last row of the one before; where that row is not known, rows were
 * passed over, and the page before is read again.
 */
export async function listApprovals(api: Api, query: ApprovalQuery, options: Urgency = {}): Promise<readonly SailPointApproval[]> {
  const found = new Map<string, SailPointApproval>();
  let stepsBack = 0;
  let offset = 0;
  while (true) {
    const { approvals, total } = await readPage(api, query, { ...options, offset });
    const [first] = approvals;
    const isContinued = offset === 0 || (first !== undefined && found.has(first.id));
    for (const approval of approvals) found.set(approval.id, approval);
    if (!isContinued && stepsBack < stepsBackAtMost) {
      stepsBack += 1;
      offset = Math.max(0, offset - (pageSize - 1));
      continue;
    }
    const isLast = approvals.length < pageSize || (total !== null && offset + approvals.length >= total);
    if (isLast) return [...found.values()];
    offset += pageSize - 1;
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
