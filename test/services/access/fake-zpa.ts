import { PortcullisError } from "../../../src/errors.ts";
import type { PrivilegedApproval, PrivilegedApprovalDraft, ZpaClient } from "../../../src/services/zpa/zpa-client.ts";

type Fault = "refused" | "lost-before-effect" | "lost-after-effect" | "unreachable";

/** A tenant in memory with only what provisioning needs: faults by call, and edits that happen behind our back. */
export function fakeZpa() {
  const stored: PrivilegedApproval[] = [];
  const faults: Record<"create" | "get" | "list", Fault[]> = { create: [], get: [], list: [] };
  const calls: string[] = [];
  let lastId = 100;

  const fault = (call: keyof typeof faults): Fault | undefined => {
    calls.push(call);
    return faults[call].shift();
  };
  const keep = (draft: PrivilegedApprovalDraft): PrivilegedApproval => {
    lastId += 1;
    const { email, microtenantId, segmentIds, start, end, workingHours } = draft;
    const approval = {
      id: String(lastId),
      emailIds: [email],
      segmentIds,
      start,
      end,
      workingHours,
      microtenantId,
      status: "ACTIVE",
      raw: {},
    };
    stored.push(approval);
    return approval;
  };
  const refused = () => new PortcullisError("zpa_refused", { params: { id: "invalid.resource.argument" } });

  const approvals: ZpaClient["approvals"] = {
    create: async (draft) => {
      const planned = fault("create");
      if (planned === "refused") throw refused();
      if (planned === "unreachable") throw new PortcullisError("zpa_unreachable");
      if (planned === "lost-before-effect") throw new PortcullisError("zpa_timeout");
      const { id } = keep(draft);
      if (planned === "lost-after-effect") throw new PortcullisError("zpa_timeout");
      return { id };
    },
    get: async (id) => {
      if (fault("get") !== undefined) throw new PortcullisError("zpa_unreachable");
      const found = stored.find((each) => each.id === id);
      if (found === undefined) throw new PortcullisError("zpa_not_found");
      return found;
    },
    list: async () => {
      if (fault("list") !== undefined) throw new PortcullisError("zpa_unreachable");
      return [...stored];
    },
    update: async (current, draft) => {
      calls.push("update");
      const at = stored.findIndex((each) => each.id === current.id);
      const { email, ...rest } = draft;
      stored[at] = { ...current, ...rest, emailIds: [email] };
    },
    delete: async (id) => {
      calls.push("delete");
      const at = stored.findIndex((each) => each.id === id);
      if (at >= 0) stored.splice(at, 1);
    },
    deleteExpired: async () => false,
  };
  return { approvals, stored, faults, calls, keep };
}
