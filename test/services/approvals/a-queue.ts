import { randomUUID } from "node:crypto";
import { fromUnknown } from "../../../src/errors.ts";
import type { Approval, Holder } from "../../../src/services/approvals/approval.ts";
import { parseApprovalConfig } from "../../../src/services/approvals/approval-config.ts";
import { approvalFromRow, insertApproval } from "../../../src/services/approvals/approval-rows.ts";
import { decide } from "../../../src/services/approvals/decide.ts";
import { passTime } from "../../../src/services/approvals/timers.ts";
import type { FrozenRules } from "../../../src/services/policy/rules.ts";
import type { House } from "../access/a-house.ts";
import { anApproval } from "./an-approval.ts";

export interface Waiting {
  readonly holders: readonly Holder[];
  readonly criteria?: "SERIAL" | "PARALLEL";
  /** Approvals that are needed. */
  readonly needed?: number;
  readonly priority?: FrozenRules["priority"];
  readonly daysUntilTimeout?: number | null;
  readonly selfApproval?: "OFF" | "ALLOWED";
  readonly requester?: string;
  readonly createdAt: Date;
  readonly console?: string;
  readonly reason?: string;
}

/** Puts an approval that waits straight into the store, with a request behind it. @returns its id */
export async function waits(house: House, waiting: Waiting): Promise<string> {
  const { holders, criteria = "PARALLEL", needed = 1, priority = "MEDIUM", daysUntilTimeout = null, createdAt } = waiting;
  const { selfApproval = "OFF", requester = "UANA", console = "db-prod", reason = "OPS-1" } = waiting;
  const who = house.known.get(requester);
  if (who === undefined) throw new Error(`${requester} is not known`);
  const [known] = house.catalog.search("", 1);
  const id = randomUUID();
  const requestId = randomUUID();
  const rules = anApproval([]).rules;
  await house.db
    .insertInto("request")
    .values({
      id: requestId,
      requester: JSON.stringify(who),
      beneficiary: JSON.stringify(who),
      requester_user_id: requester,
      beneficiary_user_id: requester,
      consoles: JSON.stringify([{ ...known, name: console }]),
      requested_time: JSON.stringify({ start: { kind: "onApproval" }, end: { kind: "after", seconds: 3600 }, workingHours: null }),
      reason,
      status: "PENDING",
      submission_key: requestId,
      created_at: createdAt,
    })
    .execute();
  const approval = anApproval(holders, {
    id,
    requestId,
    createdAt,
    modifiedAt: createdAt,
    requesterUserId: requester,
    beneficiaryUserId: requester,
    interestedZpaUsers: [who.zpaUser],
    rules: { ...rules, priority },
    criteria: { ...anApproval([]).criteria, type: criteria, approval: { calculationType: "COUNT", value: needed } },
    config: parseApprovalConfig({
      requiresComment: "REJECTION",
      selfApproval,
      timeoutConfig: daysUntilTimeout === null ? null : { enabled: true, daysUntilTimeout },
    }),
  });
  await house.db.transaction().execute((trx) => insertApproval(trx, approval));
  return id;
}

/** What the engine itself would let this person decide now through a seat, in the order of urgency: what the queue must show. */
export async function decidable(house: House, userId: string): Promise<readonly string[]> {
  const now = house.clock.at;
  const rows = await house.db.selectFrom("approval").selectAll().execute();
  const approvals: Approval[] = rows.map(approvalFromRow);
  const zpaUser = house.known.get(userId)?.zpaUser ?? "";
  const groupIds = [...house.groups].filter(([, members]) => members.includes(userId)).map(([groupId]) => groupId);
  const by = { teamId: "T1", userId, zpaUser, groupIds, isAdmin: false };
  const may = (approval: Approval): boolean => {
    try {
      const { approval: present } = passTime(approval, now, []);
      decide(present, { kind: "reject", by, version: null, comment: "oracle" }, now);
      return true;
    } catch (thrown) {
      fromUnknown(thrown);
      return false;
    }
  };
  const rank = { HIGH: 1, MEDIUM: 2, LOW: 3 };
  const due = ({ config: { timeoutConfig }, createdAt }: Approval): number =>
    timeoutConfig.enabled ? createdAt.getTime() + timeoutConfig.daysUntilTimeout * 86_400_000 : Number.POSITIVE_INFINITY;
  return approvals
    .filter(may)
    .toSorted(
      (a, b) =>
        compare(due(a), due(b)) ||
        rank[a.rules.priority] - rank[b.rules.priority] ||
        compare(+a.createdAt, +b.createdAt) ||
        (a.id < b.id ? -1 : 1),
    )
    .map(({ id }) => id);
}

const compare = (a: number, b: number): number => (a === b ? 0 : a < b ? -1 : 1);
