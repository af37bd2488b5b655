import { fromUnknown } from "../../errors.ts";
import type { People } from "../directory/person.ts";
import { isVerdictOnPerson } from "../directory/trusted-at.ts";
import type { Holder } from "./approval.ts";
import type { Candidate } from "./open-approval.ts";

/**
 * Looks up who could sit on the seats of an approval. A group is here when it has a member who could decide; its other members are
 * not looked at one by one.
 *
 * @param barred user ids that do not count as members who could decide
 */
export const candidatesOf = (
  people: People,
  { teamId, holders, barred }: { readonly teamId: string; readonly holders: readonly Holder[]; readonly barred: readonly string[] },
): Promise<Candidate[]> =>
  Promise.all(
    holders.map(async (holder): Promise<Candidate> => {
      if (holder.kind === "person") return { holder, members: [], isHere: await isTrusted(people, teamId, holder.userId) };
      const members = await people.membersOf(holder.groupId);
      return {
        holder,
        members,
        isHere: await anyTrusted(
          people,
          teamId,
          members.filter((userId) => !barred.includes(userId)),
        ),
      };
    }),
  );

async function anyTrusted(people: People, teamId: string, userIds: readonly string[]): Promise<boolean> {
  for (const userId of userIds) if (await isTrusted(people, teamId, userId)) return true;
  return false;
}

async function isTrusted(people: People, teamId: string, userId: string): Promise<boolean> {
  try {
    await people.trusted({ teamId, userId });
    return true;
  } catch (thrown) {
    if (isVerdictOnPerson(fromUnknown(thrown).code)) return false;
    throw thrown;
  }
}
