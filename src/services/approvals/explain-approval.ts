import type { Kysely } from "kysely";
import type { Clock } from "../../clock.ts";
import { PortcullisError } from "../../errors.ts";
import type { Database } from "../../store/schema.ts";
import { madeTogether } from "../access/load-overview.ts";
import { requestNumber } from "../access/request.ts";
import { requestFromRow } from "../access/request-rows.ts";
import type { People, SlackActor } from "../directory/person.ts";
import type { Approval, Holder } from "./approval.ts";
import { approvalFromRow } from "./approval-rows.ts";
import { explain } from "./explain.ts";
import type { Explanation } from "./explanation.ts";
import { requireParticipant } from "./rights.ts";

export interface ExplainPorts {
  readonly db: Kysely<Database>;
  /** Null where nobody can say. */
  readonly membersOf: (groupId: string) => Promise<readonly string[] | null>;
  readonly clock: Clock;
  readonly admins: readonly Holder[];
}

/**
 * Explains an approval to whoever operates Portcullis, such as on its command line; no rights are asked for.
 * @param label `PRA-1042`, also `1042`
 * @throws PortcullisError `request_unknown`
 */
export const explainApproval =
  (ports: ExplainPorts) =>
  async ({ label }: { readonly label: string }): Promise<Explanation> =>
    explained(ports, await readLabelled(ports.db, label));

/**
 * Explains an approval to one of those concerned: requester, beneficiary, who holds a seat or is in a group that does, who decided,
 * administrators.
 * @throws PortcullisError `request_unknown` | `not_allowed`, and as `people.trusted`
 */
export const explainApprovalTo =
  (ports: ExplainPorts & { readonly people: People }) =>
  async ({ label, by }: { readonly label: string; readonly by: SlackActor }): Promise<Explanation> => {
    const { teamId, userId, zpaUser } = await ports.people.trusted(by);
    const found = await readLabelled(ports.db, label);
    const [groupIds, isAdmin] = await Promise.all([ports.people.groupsOf(userId, groupsOn(found.approval)), ports.people.isAdmin(userId)]);
    requireParticipant(found.approval, { teamId, userId, zpaUser, groupIds, isAdmin });
    return explained(ports, found);
  };

async function readLabelled(db: Kysely<Database>, label: string) {
  const number = requestNumber(label);
  if (number === null) throw new PortcullisError("request_unknown");
  const request = await db.selectFrom("request").selectAll().where("number", "=", number).executeTakeFirst();
  if (request === undefined) throw new PortcullisError("request_unknown");
  const approval = await db.selectFrom("approval").selectAll().where("request_id", "=", request.id).executeTakeFirst();
  if (approval === undefined) throw new PortcullisError("request_unknown");
  return { request: requestFromRow(request), approval: approvalFromRow(approval) };
}

async function explained(
  { db, membersOf, clock, admins }: ExplainPorts,
  { request, approval }: Awaited<ReturnType<typeof readLabelled>>,
): Promise<Explanation> {
  const asked = await Promise.all(groupsOn(approval).map(async (groupId) => [groupId, await membersOf(groupId)] as const));
  const members = asked.flatMap(([groupId, userIds]) => (userIds === null ? [] : [[groupId, userIds] as const]));
  const together = await madeTogether(db, request);
  return explain({ approval, request, madeTogether: together, members: new Map(members), admins }, clock.now());
}

const groupsOn = ({ seats }: Approval): readonly string[] => [
  ...new Set(seats.flatMap(({ holder }) => (holder.kind === "group" ? [holder.groupId] : []))),
];
