import { differences } from "../access/matching.ts";
import type { PrivilegedApproval, PrivilegedApprovalDraft, ZpaClient } from "../zpa/zpa-client.ts";
import { readGone } from "./read-gone.ts";
import type { AdminWrite } from "./record-write.ts";

type Approvals = ZpaClient["approvals"];

/** A privileged approval made by an administrator, past requests and rules: the reconciler will call it foreign. */
export const approvalToCreate = (
  approvals: Approvals,
  draft: PrivilegedApprovalDraft,
): AdminWrite<{ readonly id: string }, PrivilegedApproval> => ({
  object: "approval",
  verb: "create",
  subject: draft.email,
  before: null,
  intended: notedDraft(draft),
  write: () => approvals.create(draft),
  readBack: ({ id }) => approvals.get(id, draft),
  noted: approvalFields,
  asIntended: (read) => differences(read, draft).length === 0,
});

/** One changed. Once it has started its start stays as it is. */
export const approvalToUpdate = (
  approvals: Approvals,
  { current, draft }: { readonly current: PrivilegedApproval; readonly draft: PrivilegedApprovalDraft },
): AdminWrite<void, PrivilegedApproval> => ({
  object: "approval",
  verb: "update",
  subject: current.id,
  before: approvalFields(current),
  intended: notedDraft(draft),
  write: () => approvals.update(current, draft),
  readBack: () => approvals.get(current.id, current),
  noted: approvalFields,
  asIntended: (read) => differences(read, draft).length === 0,
});

/** One deleted. */
export const approvalToDelete = (approvals: Approvals, current: PrivilegedApproval): AdminWrite<void, PrivilegedApproval | null> => ({
  object: "approval",
  verb: "delete",
  subject: current.id,
  before: approvalFields(current),
  intended: null,
  write: () => approvals.delete(current.id, current),
  readBack: () => readGone(() => approvals.get(current.id, current)),
  noted: (read) => (read === null ? { gone: true } : approvalFields(read)),
  asIntended: (read) => read === null,
});

/** Everything that is over in one microtenant deleted, whoever made it. Reads back whether ZPA had any. */
export const expiredToDelete = (approvals: Approvals, microtenantId: string | null): AdminWrite<boolean, boolean> => ({
  object: "approval",
  verb: "delete-expired",
  subject: microtenantId ?? "Default",
  before: null,
  intended: null,
  write: () => approvals.deleteExpired({ microtenantId }),
  readBack: async (isDeleted) => isDeleted,
  noted: (isDeleted) => ({ isDeleted }),
  asIntended: () => true,
});

const notedDraft = ({ start, end, ...same }: PrivilegedApprovalDraft): Record<string, unknown> => ({
  ...same,
  start: start.toISOString(),
  end: end.toISOString(),
});

/** What there is to say of one, as JSON. */
export const approvalFields = ({ id, emailIds, segmentIds, start, end, workingHours, status, microtenantId }: PrivilegedApproval) => ({
  id,
  emailIds,
  segmentIds,
  start: start.toISOString(),
  end: end.toISOString(),
  workingHours,
  status,
  microtenantId,
});
