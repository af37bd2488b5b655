import { z } from "zod";
import type { SimChannel } from "../control.ts";
import { APP, TEAM } from "../seed.ts";
import { changed, directMessages, type Workspace } from "../workspace.ts";
import { type ApiContext, flag, type Method, method, needScope, page, paging, refuse } from "./method.ts";

/** The `types` of conversations, which kinds of ours they are, and the scope that each needs of its own. */
const TYPES: Readonly<Record<string, { readonly kind: SimChannel["kind"] | null; readonly scope: string }>> = {
  public_channel: { kind: "channel", scope: "channels:read" },
  private_channel: { kind: "private", scope: "groups:read" },
  im: { kind: "im", scope: "im:read" },
  mpim: { kind: null, scope: "mpim:read" },
};

/** A channel that the app may look at: public, or one that it is in. */
export function visibleChannel(workspace: Workspace, id: string): SimChannel {
  const channel = workspace.channels.get(id);
  if (!channel || (channel.kind !== "channel" && !channel.members.includes(APP.botUserId))) return refuse("channel_not_found");
  return channel;
}

function readable({ workspace, scopes }: ApiContext, id: string): SimChannel {
  const channel = visibleChannel(workspace, id);
  needScope(
    scopes,
    Object.values(TYPES).flatMap(({ kind, scope }) => (kind === channel.kind ? [scope] : [])),
  );
  return channel;
}

/** Where a message to `target` goes: a channel that the app is in, or a person's direct messages. */
export function postable(workspace: Workspace, target: string): SimChannel {
  if (/^[UW]/.test(target)) return openWith(workspace, target, "channel_not_found");
  const channel = visibleChannel(workspace, target);
  if (!channel.members.includes(APP.botUserId)) return refuse("not_in_channel");
  return channel;
}

function openWith(workspace: Workspace, userId: string, unknown: string): SimChannel {
  const user = workspace.users.get(userId);
  if (!user) return refuse(unknown);
  if (user.isDeleted) return refuse("user_disabled");
  if (user.isBot) return refuse("cannot_dm_bot");
  return directMessages(workspace, userId);
}

const described = (channel: SimChannel) =>
  channel.kind === "im"
    ? {
        id: channel.id,
        is_im: true,
        is_channel: false,
        is_group: false,
        is_archived: false,
        user: channel.members.find((member) => member !== APP.botUserId),
        context_team_id: TEAM.id,
      }
    : {
        id: channel.id,
        name: channel.name,
        name_normalized: channel.name,
        is_channel: channel.kind === "channel",
        is_group: channel.kind === "private",
        is_im: false,
        is_mpim: false,
        is_private: channel.kind === "private",
        is_archived: false,
        is_general: channel.name === "general",
        is_member: channel.members.includes(APP.botUserId),
        is_shared: channel.isExternallyShared,
        is_ext_shared: channel.isExternallyShared,
        is_org_shared: false,
        context_team_id: TEAM.id,
        num_members: channel.members.length,
      };

/** Keeps the conversations of the wanted types, each of which needs its scope. */
function ofTypes(channels: readonly SimChannel[], types = "public_channel", scopes: readonly string[]): SimChannel[] {
  const wanted = types.split(",").map((type) => TYPES[type.trim()] ?? refuse("invalid_types"));
  for (const { scope } of wanted) needScope(scopes, [scope]);
  return channels.filter((channel) => wanted.some(({ kind }) => kind === channel.kind));
}

const list = z.object({ ...paging, types: z.string().optional(), exclude_archived: flag.optional() });

export const conversations: Readonly<Record<string, Method>> = {
  "conversations.open": method(
    {
      scopes: ["im:write"],
      args: z.object({ users: z.string().optional(), channel: z.string().optional(), return_im: flag.optional() }),
    },
    ({ users, channel, return_im }, { workspace }) => {
      const opened = channel
        ? visibleChannel(workspace, channel)
        : openWith(workspace, users?.split(",")[0] || refuse("users_list_not_supplied"), "user_not_found");
      changed(workspace);
      return { channel: return_im ? described(opened) : { id: opened.id } };
    },
  ),
  "conversations.info": method(
    { args: z.object({ channel: z.string(), include_num_members: flag.optional(), include_locale: flag.optional() }) },
    ({ channel }, context) => ({ channel: described(readable(context, channel)) }),
  ),
  "conversations.members": method({ args: z.object({ ...paging, channel: z.string() }) }, (args, context) => {
    const { items, response_metadata } = page(readable(context, args.channel).members, args);
    return { members: items, response_metadata };
  }),
  "conversations.list": method({ args: list }, (args, { workspace, scopes }) => {
    const mine = [...workspace.channels.values()].filter(
      (channel) => channel.kind === "channel" || channel.members.includes(APP.botUserId),
    );
    const { items, response_metadata } = page(ofTypes(mine, args.types, scopes).map(described), args);
    return { channels: items, response_metadata };
  }),
  "users.conversations": method(
    { args: list.extend({ user: z.string().optional() }) },
    ({ user = APP.botUserId, ...args }, { workspace, scopes }) => {
      if (!workspace.users.has(user)) refuse("user_not_found");
      const theirs = [...workspace.channels.values()].filter(
        (channel) => channel.members.includes(user) && (channel.kind !== "im" || channel.members.includes(APP.botUserId)),
      );
      const { items, response_metadata } = page(ofTypes(theirs, args.types, scopes).map(described), args);
      return { channels: items, response_metadata };
    },
  ),
};
