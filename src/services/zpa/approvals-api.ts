import { z } from "zod";
import { PortcullisError } from "../../errors.ts";
import type { Api, Done } from "./api.ts";
import { approvalOnWire, createBody, updateBody } from "./approval-wire.ts";
import { errorOf, isMissing } from "./failure.ts";
import { allPages, understood } from "./pages.ts";
import { wireId } from "./wire.ts";
import type { MicrotenantOption, ZpaClient } from "./zpa-client.ts";

const created = z.object({ id: wireId });

/** `/approval` ("Configuring Privileged Approvals Using API"). */
export const approvalsApi = (api: Api): ZpaClient["approvals"] => ({
  create: async (draft, { priority = "grant", beforeSending } = {}) => {
    const done = await api.send({
      method: "POST",
      path: "approval",
      query: inMicrotenant(draft),
      body: createBody(draft),
      priority,
      ...(beforeSending === undefined ? {} : { beforeSending }),
    });
    return { id: createdId(done) };
  },
  get: async (id, options) => {
    const path = approvalPath(id);
    const { body } = await api.send({ method: "GET", path, query: inMicrotenant(options), priority: options?.priority ?? "grant" });
    return understood(approvalOnWire, body, path);
  },
  list: (options) =>
    allPages(api, { path: "approval", query: inMicrotenant(options), item: approvalOnWire, priority: options?.priority ?? "grant" }),
  update: async (current, draft, { priority = "grant" } = {}) => {
    const query = inMicrotenant({ microtenantId: current.microtenantId });
    await api.send({ method: "PUT", path: approvalPath(current.id), query, body: updateBody(current, draft), priority });
  },
  delete: async (id, options) => {
    const call = { method: "DELETE", path: approvalPath(id), query: inMicrotenant(options), priority: options?.priority ?? "end" } as const;
    const outcome = await api.attempt(call);
    if (!("failure" in outcome) || isMissing(outcome.failure)) return;
    throw errorOf(outcome.failure, { method: call.method, path: call.path }, outcome.unknown);
  },
  deleteExpired: async (options) => {
    const { status } = await api.send({ method: "DELETE", path: "approval/expired", query: inMicrotenant(options), priority: "read" });
    return status === 204; // 200 comes with the sentence "No records found"
  },
});

/** ZPA said 201: an answer without a usable id leaves an approval that nobody knows, so it counts as an unknown effect. */
function createdId({ body }: Done): string {
  const { success, data, error } = created.safeParse(body);
  if (!success) throw new PortcullisError("zpa_timeout", { params: { method: "POST", path: "approval" } }, { cause: error });
  return data.id;
}

/** Left out, ZPA takes the Default microtenant. */
export function inMicrotenant({ microtenantId }: MicrotenantOption = {}): Record<string, string> {
  return microtenantId === undefined || microtenantId === null ? {} : { microtenantId };
}

const approvalPath = (id: string): string => `approval/${encodeURIComponent(id)}`;
