import { noFault } from "../../../src/fault-points.ts";
import { randomIds } from "../../../src/ids.ts";
import type { Jobs } from "../../../src/jobs/jobs.ts";
import type { Approval, Decision, Holder, Seat } from "../../../src/services/approvals/approval.ts";
import { ApprovalCriteria } from "../../../src/services/approvals/approval-config.ts";
import { insertApproval } from "../../../src/services/approvals/approval-rows.ts";
import { decideApproval, mayDecide, type PersonCommand } from "../../../src/services/approvals/decide-approval.ts";
import { createPeople } from "../../../src/services/directory/people.ts";
import type { SlackActor, SlackUser } from "../../../src/services/directory/person.ts";
import { openDatabase } from "../../../src/store/open-database.ts";
import { codeOf } from "../../support/code-of.ts";
import { newMigratedFolder } from "../../support/data-folder.ts";
import { keptLog } from "../../support/silent-log.ts";
import { anApproval, group, person } from "./an-approval.ts";

export const NOW = new Date("2026-11-02T09:00:00Z");
const user = (userId: string, change: Partial<SlackUser> = {}): SlackUser => ({
  ...{ teamId: "T1", userId, name: userId, email: `${userId.toLowerCase()}@example.com`, emailConfirmed: true },
  ...{ timeZone: null, locale: null, isBot: false, isGuest: false, isDeactivated: false, isStranger: false },
  ...change,
});

/** Everybody in the workspace, by what they are to the approval that {@link approvalIn} opens. */
const USERS: readonly SlackUser[] = [
  ...["UANA", "ULU", "UANA2", "UBO", "UHAL", "UCY", "UDORA", "UMO", "UMAX", "UROOT", "URITA", "UADAM"].map((id) => user(id)),
  ...["UOLGA", "URON", "UEVE", "UZOE"].map((id) => user(id)),
  user("UGUEST", { isGuest: true }),
  user("ULEAVER", { isDeactivated: true }),
  user("UBOT", { isBot: true }),
  user("UOTHER", { teamId: "T2" }),
  user("UCONNECT", { isStranger: true }),
  user("UNOEMAIL", { email: null }),
  user("UUNSURE", { emailConfirmed: false }),
  user("UFOREIGN", { email: "foreign@elsewhere.org" }),
  user("USHARED", { email: "shared@example.com" }),
  user("UTWIN", { email: "shared@example.com" }),
];
const GROUPS: Readonly<Record<string, readonly string[]>> = { SSRE: ["UCY", "UANA"], SOPS: ["UMO", "UMAX"], SOFF: [] };
/** Those whom Slack or their email rule out are administrators here, and hold seats: nothing else would stop them. */
export const UNTRUSTED = ["UGUEST", "ULEAVER", "UBOT", "UOTHER", "UCONNECT", "UNOEMAIL", "UUNSURE", "UFOREIGN", "USHARED", "UGHOST"];
const ADMINS = ["UROOT", "URITA", "UADAM", ...UNTRUSTED];

const decided = (userId: string): Decision => ({
  ...{ verdict: "APPROVED", by: { teamId: "T1", userId }, at: NOW, comment: null, capacity: "APPROVER" },
});
const seats: readonly (readonly [Holder, Decision | null])[] = [
  [person("UDORA"), decided("UDORA")],
  [group("SOPS"), decided("UMAX")],
  [person("UBO"), null],
  [person("UHAL"), null],
  [group("SSRE"), null],
  [person("URITA"), null],
  [person("UANA2"), null],
  ...UNTRUSTED.map((userId) => [person(userId), null] as const),
];
const all = { calculationType: "PERCENT", value: 100 } as const;

export type State = "parallel" | "serial" | Exclude<Approval["status"], "PENDING">;

/**
 * Ana's request for Lu, in a state. Dora has decided, and Max for the group of him and Mo; Bo is next; Hal, Cy's group, Rita and Ana's
 * other account come later; Olga had Bo's place before; Ron is told of it. It takes everyone, so that no single answer settles it.
 */
export function approvalIn(state: State, requesterUserId: string): Approval {
  const isPending = state === "parallel" || state === "serial";
  const blank = anApproval([person("UBO")]);
  return {
    ...blank,
    id: randomIds.uuid(),
    requestId: randomIds.uuid(),
    version: 5,
    status: isPending ? "PENDING" : state,
    completedAt: isPending ? null : NOW,
    seats: seats.map(([holder, decision], index): Seat => ({ id: `${index}`, holder, decision, insteadOf: null, autoApproveFor: null })),
    criteria: ApprovalCriteria.parse({
      type: state === "serial" ? "SERIAL" : "PARALLEL",
      approval: { calculationType: "COUNT", value: 99 },
      rejection: all,
    }),
    rules: { ...blank.rules, notify: ["URON"] },
    requesterUserId,
    beneficiaryUserId: "ULU",
    interestedZpaUsers: [`${requesterUserId.toLowerCase()}@example.com`, "ulu@example.com"],
    reassignmentHistory: [
      {
        ...{ seatId: "2", from: person("UOLGA"), to: person("UBO"), by: { teamId: "T1", userId: "UOLGA" }, at: NOW },
        ...{ comment: null, commentId: null, kind: "MANUAL_REASSIGNMENT" },
      },
    ],
  };
}

export type Deed = "approve" | "reject" | "reassign" | "take from Bo" | "comment" | "attributes" | "cancel" | "form";

export const commandFor = (deed: Exclude<Deed, "form">, by: SlackActor, version: number | null): PersonCommand => {
  switch (deed) {
    case "approve":
    case "reject":
      return { kind: deed, by, version, comment: "why" };
    case "reassign":
      return { kind: "reassign", by, version, from: null, to: person("UZOE"), comment: null };
    case "take from Bo":
      return { kind: "reassign", by, version, from: person("UBO"), to: person("UZOE"), comment: null };
    case "comment":
      return { kind: deed, by, comment: "why" };
    case "attributes":
      return { kind: deed, by, set: { ticket: "OPS-1" }, remove: [], comment: null };
    case "cancel":
      return { kind: deed, by, comment: null };
  }
};

const noJobs: Jobs = { enqueue: async () => {}, enqueueNow: async () => {}, work: async () => {}, stop: async () => {} };

/** The rights as they are checked at a click: who somebody is, is asked of a directory; approvals stand in a store. */
export async function aCourt() {
  const { folder, remove } = await newMigratedFolder();
  const { db, close } = await openDatabase({ url: null, folder, log: keptLog().log });
  const byId = new Map(USERS.map((each) => [each.userId, each]));
  const people = createPeople({
    directory: {
      teamId: async () => "T1",
      user: async (userId) => byId.get(userId) ?? null,
      userIdsByEmail: async (email) => USERS.filter((each) => each.email === email).map(({ userId }) => userId),
      groupMembers: async (groupId) => GROUPS[groupId] ?? [],
    },
    config: { allowedEmailDomains: ["example.com"], zpaUserByEmail: new Map([["uana2@example.com", "uana@example.com"]]), admins: ADMINS },
  });
  const clock = { now: () => NOW };
  const ports = { db, people, clock, jobs: noJobs, admins: [], onSettled: async () => {}, faultPoint: noFault, log: keptLog().log };
  const decide = decideApproval(ports);
  const form = mayDecide(ports);
  return {
    db,
    /** Stores an approval, with the request that it is on. */
    put: async (approval: Approval): Promise<Approval> => {
      await db.transaction().execute(async (trx) => {
        await trx.insertInto("request").values(aRequest(approval)).execute();
        await insertApproval(trx, approval);
      });
      return approval;
    },
    /** What a person is answered who tries it; `ok` or a code. */
    answer: (approvalId: string, deed: Deed, by: SlackActor, version: number | null): Promise<string> =>
      codeOf(deed === "form" ? form(approvalId, version ?? 5, by) : decide(approvalId, commandFor(deed, by, version))),
    close: async () => {
      await close();
      await remove();
    },
  };
}

const aRequest = ({ requestId, requesterUserId, beneficiaryUserId }: Approval) => ({
  ...{ id: requestId, requester: "{}", beneficiary: "{}", consoles: "[]", requested_time: "{}", reason: "OPS-1", status: "PENDING" },
  ...{ requester_user_id: requesterUserId, beneficiary_user_id: beneficiaryUserId, submission_key: requestId, created_at: NOW },
});
