import { fromUnknown } from "../../errors.ts";
import { isVerdictOnPerson } from "../directory/trusted-at.ts";
import type { RulesPorts } from "./rules-ports.ts";
import type { RulesActor } from "./rules-service.ts";

/** Every administrator, groups by their members now. */
export async function everyAdmin({
  admins,
  people,
}: Pick<RulesPorts, "admins"> & { readonly people: Pick<RulesPorts["people"], "membersOf"> }): Promise<readonly string[]> {
  const ids = await Promise.all(
    admins.map(async (holder) => (holder.kind === "person" ? [holder.userId] : people.membersOf(holder.groupId))),
  );
  return [...new Set(ids.flat())];
}

/** Who could confirm what this one proposes. */
export const otherAdmins = async (ports: Pick<RulesPorts, "admins" | "people">, actor: string): Promise<readonly string[]> =>
  (await everyAdmin(ports)).filter((userId) => userId !== actor);

/**
 * Whether two people at least are administrators. With a single one, the voice of the command line and the voice in Slack may be theirs
 * both. Two Slack accounts that ZPA knows as one are one person; whoever may not act does not count.
 *
 * @param by who asks: on the command line Slack may be out of reach, and then what ADMINS names counts
 * @throws PortcullisError `slack_unreachable`
 */
export async function hasTwoAdmins(ports: Pick<RulesPorts, "admins" | "people">, by: RulesActor): Promise<boolean> {
  const userIds = await everyAdmin(ports);
  if ("osUser" in by) return Math.max(ports.admins.length, userIds.length) > 1;
  const people = new Set<string>();
  for (const userId of userIds) {
    try {
      people.add((await ports.people.trusted({ teamId: by.teamId, userId })).zpaUser);
    } catch (thrown) {
      if (!isVerdictOnPerson(fromUnknown(thrown).code)) throw thrown;
    }
    if (people.size > 1) return true;
  }
  return false;
}
