import { fromUnknown } from "../../errors.ts";
import type { People } from "../directory/person.ts";
import { isVerdictOnPerson } from "../directory/trusted-at.ts";
import type { Holder } from "./approval.ts";
import type { Candidate } from "./open-approval.ts";

/**
 * Looks up who could sit on the seats of an approval. A group is here when it has a member who could decide; its other members are
 * not looked at one by one. Who has a seat of their own does not count for it, where one of requester and beneficiary is a member, too.
 *
 * @param barred what ZPA knows requester and beneficiary as, where they may not decide: none of their Slack accounts could
 */
export const candidatesOf = (
  people: People,
  { teamId, holders, barred, seated }: Deciders & { readonly holders: readonly Holder[] },
): Promise<Candidate[]> =>
  Promise.all(
    holders.map(async (holder): Promise<Candidate> => {
      const members = holder.kind === "group" ? await people.membersOf(holder.groupId) : [];
      const isHere =
        holder.kind === "group"
          ? await anyCouldDecide(people, { teamId, userIds: members, barred, seated })
          : await anyCouldDecide(people, { teamId, userIds: [holder.userId], barred, seated: [] });
      return { holder, members, isHere };
    }),
  );

interface Deciders {
  readonly teamId: string;
  readonly barred: readonly string[];
  /** User ids of those who are to have a seat of their own. */
  readonly seated: readonly string[];
}

async function anyCouldDecide(
  people: People,
  { teamId, userIds, barred, seated }: Deciders & { readonly userIds: readonly string[] },
): Promise<boolean> {
  let [hasBarred, hasSeated] = [false, false];
  for (const userId of userIds) {
    try {
      const { zpaUser } = await people.trusted({ teamId, userId });
      if (barred.includes(zpaUser)) hasBarred = true;
      else if (seated.includes(userId)) hasSeated = true;
      else return true;
    } catch (thrown) {
      if (!isVerdictOnPerson(fromUnknown(thrown).code)) throw thrown;
    }
  }
  return hasSeated && !hasBarred;
}
