import { z } from "zod";
import type { SimUser } from "../control.ts";
import { APP, TEAM } from "../seed.ts";
import type { Workspace } from "../workspace.ts";
import { flag, type Method, method, page, paging, refuse } from "./method.ts";

const zoneOf = ({ timeZone }: SimUser, now: Date) => {
  const name = (style: "long" | "longOffset") =>
    new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: style }).formatToParts(now).find((part) => part.type === "timeZoneName")
      ?.value ?? "";
  const [, sign = "+", hours = "0", minutes = "0"] = /GMT([+-])(\d+):(\d+)/.exec(name("longOffset")) ?? [];
  return { tz: timeZone, tz_label: name("long"), tz_offset: (sign === "-" ? -60 : 60) * (Number(hours) * 60 + Number(minutes)) };
};

/** A user as Slack answers; the email only with `users:read.email`, the locale only when asked for, no zone once deactivated. */
function described(user: SimUser, { now, scopes, withLocale }: { now: Date; scopes: readonly string[]; withLocale: boolean }) {
  return {
    id: user.id,
    team_id: user.teamId,
    name: user.name,
    real_name: user.realName,
    deleted: user.isDeleted,
    ...(!user.isDeleted && zoneOf(user, now)),
    ...(withLocale && { locale: user.locale }),
    profile: {
      real_name: user.realName,
      display_name: user.name,
      team: user.teamId,
      ...(user.email !== null && scopes.includes("users:read.email") && { email: user.email }),
      ...(user.id === APP.botUserId && { api_app_id: APP.id, bot_id: APP.botId }),
    },
    is_bot: user.isBot,
    is_app_user: false,
    is_restricted: user.isRestricted,
    is_ultra_restricted: false,
    is_stranger: user.isStranger,
    is_email_confirmed: user.emailConfirmed,
    updated: Math.floor(now.getTime() / 1000),
  };
}

const colleagues = (workspace: Workspace) => [...workspace.users.values()].filter((user) => user.teamId === TEAM.id);

export const users: Readonly<Record<string, Method>> = {
  "users.info": method(
    { scopes: ["users:read"], args: z.object({ user: z.string(), include_locale: flag.default(false) }) },
    ({ user, include_locale }, { workspace, scopes }) => {
      const found = workspace.users.get(user) ?? refuse("user_not_found");
      return { user: described(found, { now: workspace.clock.now(), scopes, withLocale: include_locale }) };
    },
  ),
  "users.list": method(
    { scopes: ["users:read"], args: z.object({ ...paging, include_locale: flag.default(false) }) },
    (args, { workspace, scopes }) => {
      const shown = { now: workspace.clock.now(), scopes, withLocale: args.include_locale };
      // Slack answers everybody at once when no limit is given.
      const { items, response_metadata } = page(colleagues(workspace), {
        cursor: args.cursor,
        limit: args.limit ?? Number.MAX_SAFE_INTEGER,
      });
      return { members: items.map((user) => described(user, shown)), cache_ts: Math.floor(shown.now.getTime() / 1000), response_metadata };
    },
  ),
  "users.lookupByEmail": method(
    { scopes: ["users:read.email"], args: z.object({ email: z.string() }) },
    ({ email }, { workspace, scopes }) => {
      const found = colleagues(workspace).find((user) => user.email?.toLowerCase() === email.toLowerCase() && !user.isDeleted);
      return { user: described(found ?? refuse("users_not_found"), { now: workspace.clock.now(), scopes, withLocale: false }) };
    },
  ),
  "usergroups.list": method(
    {
      scopes: ["usergroups:read"],
      args: z.object({ include_users: flag.default(false), include_disabled: flag.default(false), include_count: flag.optional() }),
    },
    ({ include_users, include_disabled }, { workspace }) => ({
      usergroups: [...workspace.userGroups.values()]
        .filter((group) => include_disabled || !group.isDisabled)
        .map((group) => ({
          id: group.id,
          team_id: TEAM.id,
          is_usergroup: true,
          handle: group.handle,
          name: group.name,
          description: "",
          is_external: false,
          date_delete: group.isDisabled ? 1 : 0,
          ...(include_users && { users: group.users }),
        })),
    }),
  ),
  "usergroups.users.list": method(
    { scopes: ["usergroups:read"], args: z.object({ usergroup: z.string(), include_disabled: flag.default(false) }) },
    ({ usergroup, include_disabled }, { workspace }) => {
      const group = workspace.userGroups.get(usergroup);
      if (!group || (group.isDisabled && !include_disabled)) return refuse("no_such_subteam");
      return { users: group.users };
    },
  ),
};
