import type { Api } from "./api.ts";
import type { SailPointApproval } from "./approval.ts";
import { approvalOnWire } from "./approval-wire.ts";
import { inParts } from "./bulk-api.ts";
import { isAmong } from "./filter.ts";
import { countApprovals, listApprovals, readPage, understood } from "./list-approvals.ts";
import type { Approving, Rejecting, SailPointClient } from "./sailpoint-client.ts";

/** `/generic-approvals`, one approval at a time. */
export const approvalsApi = (api: Api): SailPointClient["approvals"] => ({
  list: (query = {}, options) => listApprovals(api, query, options),
  page: (query, options) => readPage(api, query, options),
  count: (query = {}, options) => countApprovals(api, query, options),
  listByIds: async (ids, query = {}, options = {}) => {
    const found: SailPointApproval[] = [];
    for (const part of inParts(ids)) {
      found.push(...(await listApprovals(api, { ...query, filter: isAmong("approvalId", part) }, options)));
    }
    return found;
  },
  get: async (id, { priority = "look" } = {}) => understood(approvalOnWire, (await api.send({ operation: "get", id, priority })).body),
  approve: async (id, said = {}) => {
    await api.send({ operation: "approve", id, body: { ...verdict(said), ...attributes(said) }, priority: "decision" });
  },
  reject: async (id, said = {}) => {
    await api.send({ operation: "reject", id, body: verdict(said), priority: "decision" });
  },
  reassign: async (id, { to, from, comment }) => {
    await api.send({ operation: "reassign", id, body: { reassignTo: to, reassignFrom: from, comment }, priority: "decision" });
  },
  comment: async (id, comment) => {
    await api.send({ operation: "comment", id, body: { comment }, priority: "decision" });
  },
  changeAttributes: async (id, { set = {}, remove = [], comment }) => {
    const body = { additionalAttributes: set, removeAttributeKeys: remove, comment };
    await api.send({ operation: "changeAttributes", id, body, priority: "decision" });
  },
});

const verdict = ({ comment, overrideApproverId }: Rejecting) => ({ comment, overrideApproverID: overrideApproverId });

const attributes = ({ additionalAttributes }: Approving) => (additionalAttributes === undefined ? {} : { additionalAttributes });
