import { fromUnknown, PortcullisError } from "../../errors.ts";
import type { People, Person } from "../directory/person.ts";
import { isVerdictOnPerson, trustedAt } from "../directory/trusted-at.ts";
import type { Approval, Holder } from "./approval.ts";
import { type ApprovalCommand, decide } from "./decide.ts";
import { holderKey, sameHolder } from "./seats.ts";

/**
 * Refuses to hand a seat to someone through whom nobody could decide: an empty or disabled group, one of requester and beneficiary
 * alone, a person who has decided already. The seat would wait for ever.
 *
 * The handover and the new holder's decision are rehearsed with the rules themselves, so that both ask the same.
 *
 * @throws PortcullisError `reassign_not_possible`, or what speaks against the person, with field `assignee`; whatever `decide` refuses
 */
export async function refuseDeadEnd(
  people: People,
  approval: Approval,
  command: Extract<ApprovalCommand, { kind: "reassign" }>,
  now: Date,
): Promise<void> {
  const { approval: handedOver } = decide(approval, command, now);
  // In a chain their turn will come: whether it is now is not asked.
  const inTurn: Approval = { ...handedOver, criteria: { ...handedOver.criteria, type: "PARALLEL" } };
  for await (const person of candidates(people, command.to, command.by.teamId)) if (couldDecide(inTurn, person, command.to, now)) return;
  throw new PortcullisError("reassign_not_possible", { field: "assignee", params: { holder: holderKey(command.to) } });
}

/** One after the other: usually the first member of a group will do, and Slack need not be asked about the rest. */
async function* candidates(people: People, to: Holder, teamId: string): AsyncGenerator<Person> {
  if (to.kind === "person") return yield trustedAt("assignee", people, { teamId, userId: to.userId });
  for (const userId of await people.membersOf(to.groupId)) {
    try {
      yield await people.trusted({ teamId, userId });
    } catch (thrown) {
      if (!isVerdictOnPerson(fromUnknown(thrown).code)) throw thrown;
    }
  }
}

function couldDecide(approval: Approval, person: Person, through: Holder, now: Date): boolean {
  const by = { ...person, groupIds: through.kind === "group" ? [through.groupId] : [], isAdmin: false };
  try {
    const decided = decide(approval, { kind: "reject", by, version: approval.version, comment: "rehearsal" }, now).approval;
    // A member with a seat of their own decides on that one, and not for the group.
    return decided.seats.some(({ holder, decision }) => sameHolder(holder, through) && decision !== null);
  } catch (thrown) {
    if (thrown instanceof PortcullisError) return false;
    throw thrown;
  }
}
