import { z } from "zod";
import { type Checked, checkHome, checkMessageBlocks, checkModal } from "../blocks/check-blocks.ts";
import { APP, TEAM } from "../seed.ts";
import { type Answer, ApiRefusal, type Method, method, structure } from "./method.ts";

const Message = z.object({ blocks: z.unknown().optional() });
const isHome = (view: unknown) => z.object({ type: z.literal("home") }).safeParse(view).success;

/** What does not pass is `ok: false` with one entry for each complaint (docs.slack.dev/reference/methods/blocks.validate). */
function verdict(error: string, checked: Checked<unknown>): Answer {
  if (checked.ok) return {};
  throw new ApiRefusal(error, [], { errors: checked.complaints.map((complaint) => ({ code: "invalid", ...complaint })) });
}

export const app: Readonly<Record<string, Method>> = {
  "auth.test": method({ args: z.object({}) }, () => ({
    url: `https://${TEAM.domain}.slack.com/`,
    team: TEAM.name,
    user: APP.name,
    team_id: TEAM.id,
    user_id: APP.botUserId,
    bot_id: APP.botId,
    is_enterprise_install: false,
  })),
  "apps.connections.open": method({ token: "app", scopes: ["connections:write"], args: z.object({}) }, (_, { socketUrl }) => ({
    url: socketUrl(),
  })),
  "blocks.validate": method(
    { args: z.object({ blocks: structure.optional(), view: structure.optional(), message: structure.optional() }) },
    ({ blocks, view, message }) => {
      if (view !== undefined) return verdict("invalid_view", isHome(view) ? checkHome(view) : checkModal(view));
      if (message !== undefined) return verdict("invalid_message", checkMessageBlocks(Message.parse(message).blocks ?? []));
      return verdict("invalid_blocks", checkMessageBlocks(blocks));
    },
  ),
};
