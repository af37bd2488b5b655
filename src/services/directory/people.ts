import type { Config } from "../../config.ts";
import { type ErrorCode, PortcullisError } from "../../errors.ts";
import { isGroupId } from "../policy/route.ts";
import type { People, Person, SlackActor, SlackDirectory, SlackUser } from "./person.ts";

/**
 * Turns Slack users into trusted people, or says why not. Every answer rests on what the directory knows now; how long it
 * may remember is the directory's promise: a minute for who a person is, ten seconds for who is in a group, and some ten minutes for
 * who else carries an email, because that takes a reading of the whole workspace.
 */
export const createPeople = ({
  directory,
  config,
}: {
  readonly directory: SlackDirectory;
  readonly config: Pick<Config, "allowedEmailDomains" | "zpaUserByEmail" | "admins">;
}): People => ({
  trusted: async ({ teamId, userId }: SlackActor): Promise<Person> => {
    const ourTeamId = await directory.teamId();
    const user = await directory.user(userId);
    if (user === null) throw new PortcullisError("person_unknown", { params: { userId } });
    const refusal = refusalOf(user, { actedInTeamId: teamId, ourTeamId });
    if (refusal) throw new PortcullisError(refusal, { params: { userId, name: user.name } });
    const email = confirmedEmail(user, config.allowedEmailDomains);
    const owners = new Set([...(await directory.userIdsByEmail(email)), userId]);
    if (owners.size > 1) throw new PortcullisError("email_shared", { params: { userId, name: user.name } });
    return {
      teamId: user.teamId,
      userId,
      name: user.name,
      email,
      zpaUser: config.zpaUserByEmail.get(email) ?? email,
      timeZone: user.timeZone ?? "Etc/UTC",
      locale: user.locale ?? "en-US",
    };
  },
  membersOf: (groupId) => directory.groupMembers(groupId),
  groupsOf: (userId, groupIds) => groupsOf(directory, userId, groupIds),
  isAdmin: async (userId) =>
    config.admins.includes(userId) || (await groupsOf(directory, userId, config.admins.filter(isGroupId))).length > 0,
});

async function groupsOf(directory: SlackDirectory, userId: string, groupIds: readonly string[]): Promise<readonly string[]> {
  const memberships = await Promise.all(
    groupIds.map(async (groupId) => ({ groupId, isMember: (await directory.groupMembers(groupId)).includes(userId) })),
  );
  return memberships.filter(({ isMember }) => isMember).map(({ groupId }) => groupId);
}

/** Both the team that the click came from and the team that the user belongs to must be ours. */
const refusalOf = (user: SlackUser, teams: { readonly actedInTeamId: string; readonly ourTeamId: string }): ErrorCode | null => {
  if (user.isStranger || user.teamId !== teams.ourTeamId || teams.actedInTeamId !== teams.ourTeamId) return "team_not_trusted";
  if (user.isDeactivated) return "person_deactivated";
  if (user.isBot) return "person_is_bot";
  if (user.isGuest) return "person_is_guest";
  return null;
};

const confirmedEmail = (user: SlackUser, allowedDomains: readonly string[]): string => {
  const refuse = (code: ErrorCode): never => {
    throw new PortcullisError(code, { params: { userId: user.userId, name: user.name } });
  };
  const email = user.email?.trim().toLowerCase() ?? "";
  const [name, domain, ...rest] = email.split("@");
  if (!name || !domain || rest.length > 0) return refuse("email_missing");
  if (!user.emailConfirmed) return refuse("email_unconfirmed");
  if (!allowedDomains.includes(domain)) return refuse("email_domain_not_allowed");
  return email;
};
