import { z } from "zod";
import type { SimChannel } from "../control.ts";
import { APP, TEAM } from "../seed.ts";
import { changed, directMessages, type Workspace } from "../workspace.ts";
import { flag, type Method, method, page, paging, refuse } from "./method.ts";

const READ = ["channels:read", "groups:read", "im:read", "mpim:read"];

/** A channel that the app may look at: public, or one that it is in. */
export function visibleChannel(workspace: Workspace, id: string): SimChannel {
  const channel = workspace.channels.get(id);
  if (!channel || (channel.kind !== "channel" && !channel.members.includes(APP.botUserId))) return refuse("channel_not_found");
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

const KINDS: Readonly<Record<SimChannel["kind"], string>> = { channel: "public_channel", private: "private_channel", im: "im" };
const ofTypes = (types = "public_channel") => {
  const wanted = types.split(",").map((type) => type.trim());
  return (channel: SimChannel) => wanted.includes(KINDS[channel.kind]);
};

const list = z.object({ ...paging, types: z.string().optional(), exclude_archived: flag.optional() });

export const conversations: Readonly<Record<string, Method>> = {
  "conversations.open": method(
    {
      scopes: ["im:write", "mpim:write", "channels:manage", "groups:write"],
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
    { scopes: READ, args: z.object({ channel: z.string(), include_num_members: flag.optional() }) },
    ({ channel }, { workspace }) => ({ channel: described(visibleChannel(workspace, channel)) }),
  ),
  "conversations.members": method({ scopes: READ, args: z.object({ ...paging, channel: z.string() }) }, (args, { workspace }) => {
    const { items, response_metadata } = page(visibleChannel(workspace, args.channel).members, args);
    return { members: items, response_metadata };
  }),
  "conversations.list": method({ scopes: READ, args: list }, (args, { workspace }) => {
    const mine = [...workspace.channels.values()].filter(
      (channel) => channel.kind === "channel" || channel.members.includes(APP.botUserId),
    );
    const { items, response_metadata } = page(mine.filter(ofTypes(args.types)).map(described), args);
    return { channels: items, response_metadata };
  }),
  "users.conversations": method(
    { scopes: READ, args: list.extend({ user: z.string().optional() }) },
    ({ user = APP.botUserId, ...args }, { workspace }) => {
      if (!workspace.users.has(user)) refuse("user_not_found");
      const theirs = [...workspace.channels.values()].filter(
        (channel) => channel.members.includes(user) && (channel.kind !== "im" || channel.members.includes(APP.botUserId)),
      );
      const { items, response_metadata } = page(theirs.filter(ofTypes(args.types)).map(described), args);
      return { channels: items, response_metadata };
    },
  ),
};
