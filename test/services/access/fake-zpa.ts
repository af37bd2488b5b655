import { PortcullisError } from "../../../src/errors.ts";
import type { ApprovalsApi, PrivilegedApproval, PrivilegedApprovalDraft } from "../../../src/services/zpa/zpa-client.ts";

type Fault = "refused" | "lost-before-effect" | "lost-after-effect" | "late-effect" | "unreachable";

/** A tenant in memory with only what provisioning needs: faults by call, and edits that happen behind our back. */
export function fakeZpa() {
  const stored: PrivilegedApproval[] = [];
  const faults: Record<"create" | "get" | "list" | "update" | "delete", Fault[]> = {
    create: [],
    get: [],
    list: [],
    update: [],
    delete: [],
  };
  const late: PrivilegedApprovalDraft[] = [];
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

  const approvals: ApprovalsApi = {
    create: async (draft, { beforeSending } = {}) => {
      await beforeSending?.();
      const planned = fault("create");
      if (planned === "late-effect") {
        late.push(draft);
        throw new PortcullisError("zpa_timeout");
      }
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
      const planned = fault("update");
      if (planned === "refused") throw refused();
      if (planned === "unreachable") throw new PortcullisError("zpa_unreachable");
      if (planned === "lost-before-effect") throw new PortcullisError("zpa_timeout");
      const at = stored.findIndex((each) => each.id === current.id);
      const { email, ...rest } = draft;
      stored[at] = { ...current, ...rest, emailIds: [email] };
      if (planned === "lost-after-effect") throw new PortcullisError("zpa_timeout");
    },
    delete: async (id) => {
      const planned = fault("delete");
      if (planned === "refused") throw refused();
      if (planned === "unreachable") throw new PortcullisError("zpa_unreachable");
      if (planned === "lost-before-effect") throw new PortcullisError("zpa_timeout");
      const at = stored.findIndex((each) => each.id === id);
      if (at >= 0) stored.splice(at, 1);
      if (planned === "lost-after-effect") throw new PortcullisError("zpa_timeout");
    },
    deleteExpired: async () => false,
  };
  /** What was sent and took its time has its effect now. */
  const bringLateEffects = () => late.splice(0).map(keep);
  return { approvals, stored, faults, calls, keep, bringLateEffects };
}
