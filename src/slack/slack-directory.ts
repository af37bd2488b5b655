import type { WebClient } from "@slack/web-api";
import type { Log } from "../log.ts";
import type { SlackDirectory, SlackUser } from "../services/directory/person.ts";
import type { Timers } from "../timers.ts";
import { createEmailOwners } from "./email-owners.ts";
import { createMemory } from "./memory.ts";
import { asking, slackFailure } from "./slack-failure.ts";
import type { WebClients } from "./web-clients.ts";

/** A person who is deactivated is refused at most this much later. */
const USER_MILLISECONDS = 60_000;
/** Who sits in an approver group decides about access: asked anew at practically every click. */
const GROUP_MILLISECONDS = 10_000;

/** What Slack says when a user group does not exist any more, or was switched off. */
const NO_SUCH_GROUP = ["no_such_subteam", "subteam_not_found"];

/** Slack said that somebody, or a group, is not what it was. */
export interface Forget {
  user(userId: string): void;
  group(groupId: string): void;
}

/**
 * The workspace's people through the Web API (users.info, users.list, usergroups.users.list, auth.test).
 * @returns the directory, whose every answer may fail with PortcullisError `slack_unreachable` | `slack_refused`
 */
export const createSlackDirectory = ({
  clients,
  timers,
  log,
}: {
  readonly clients: Pick<WebClients, "interactive" | "patient">;
  readonly timers: Timers;
  readonly log: Log;
}): SlackDirectory & { readonly forget: Forget } => {
  const { interactive, patient } = clients;
  const team = createMemory({ ask: () => readTeamId(interactive), milliseconds: Number.POSITIVE_INFINITY, timers });
  const user = createMemory({ ask: (userId) => readUser(interactive, userId), milliseconds: USER_MILLISECONDS, timers });
  const groupMembers = createMemory({ ask: (groupId) => readMembers(interactive, groupId), milliseconds: GROUP_MILLISECONDS, timers });
  return {
    teamId: () => team("own"),
    user,
    groupMembers,
    userIdsByEmail: createEmailOwners({ client: patient, timers, log }),
    forget: { user: user.forget, group: groupMembers.forget },
  };
};

const readTeamId = async (client: WebClient): Promise<string> => {
  const { team_id: teamId } = await asking("auth.test", () => client.auth.test());
  return teamId ?? "";
};

const readUser = async (client: WebClient, userId: string): Promise<SlackUser | null> => {
  try {
    const { user } = await client.users.info({ user: userId, include_locale: true });
    if (!user?.id) return null;
    const { profile } = user;
    return {
      teamId: user.team_id ?? "",
      userId: user.id,
      name: profile?.real_name || user.real_name || profile?.display_name || user.name || user.id,
      email: profile?.email ?? null,
      emailConfirmed: user.is_email_confirmed ?? false,
      timeZone: user.tz ?? null,
      locale: user.locale ?? null,
      isBot: user.is_bot === true || user.is_workflow_bot === true || user.id === "USLACKBOT",
      isGuest: user.is_restricted === true || user.is_ultra_restricted === true,
      isDeactivated: user.deleted === true,
      isStranger: user.is_stranger === true,
    };
  } catch (cause) {
    const failure = slackFailure("users.info", cause);
    if (failure.details.params?.reason === "user_not_found" || failure.details.params?.reason === "user_not_visible") return null;
    throw failure;
  }
};

const readMembers = async (client: WebClient, groupId: string): Promise<readonly string[]> => {
  try {
    const { users } = await client.usergroups.users.list({ usergroup: groupId, include_disabled: false });
    return users ?? [];
  } catch (cause) {
    const failure = slackFailure("usergroups.users.list", cause);
    if (NO_SUCH_GROUP.includes(String(failure.details.params?.reason))) return [];
    throw failure;
  }
};
