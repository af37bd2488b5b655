import { fromUnknown } from "../../errors.ts";
import type { People } from "../directory/person.ts";
import { isVerdictOnPerson } from "../directory/trusted-at.ts";
import type { Holder } from "./approval.ts";
import type { Candidate } from "./open-approval.ts";

/**
 * Looks up who could sit on the seats of an approval. A group is here when it has a member who could decide; its other members are
 * not looked at one by one.
 *
 * @param barred what ZPA knows requester and beneficiary as, where they may not decide: none of their Slack accounts could
 */
export const candidatesOf = (
  people: People,
  { teamId, holders, barred }: { readonly teamId: string; readonly holders: readonly Holder[]; readonly barred: readonly string[] },
): Promise<Candidate[]> =>
  Promise.all(
    holders.map(async (holder): Promise<Candidate> => {
      const members = holder.kind === "group" ? await people.membersOf(holder.groupId) : [];
      const deciders = holder.kind === "group" ? members : [holder.userId];
      return { holder, members, isHere: await anyCouldDecide(people, { teamId, userIds: deciders, barred }) };
    }),
  );

async function anyCouldDecide(
  people: People,
  { teamId, userIds, barred }: { readonly teamId: string; readonly userIds: readonly string[]; readonly barred: readonly string[] },
): Promise<boolean> {
  for (const userId of userIds) {
    try {
      const { zpaUser } = await people.trusted({ teamId, userId });
      if (!barred.includes(zpaUser)) return true;
    } catch (thrown) {
      if (!isVerdictOnPerson(fromUnknown(thrown).code)) throw thrown;
    }
  }
  return false;
}
