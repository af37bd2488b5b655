import { z } from "zod";
import { type Checked, checkHome, checkMessageBlocks, checkModal } from "../blocks/check-blocks.ts";
import { APP, TEAM } from "../seed.ts";
import { type Method, method, structure } from "./method.ts";

const errors = (checked: Checked<unknown>) =>
  checked.ok ? [] : checked.complaints.map(({ pointer, message }) => ({ pointer, message, code: "invalid" }));

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
      const found = [
        ...(blocks === undefined ? [] : errors(checkMessageBlocks(blocks))),
        ...(message === undefined ? [] : errors(checkMessageBlocks(z.object({ blocks: z.unknown() }).parse(message).blocks))),
        ...(view === undefined
          ? []
          : errors(z.object({ type: z.literal("home") }).safeParse(view).success ? checkHome(view) : checkModal(view))),
      ];
      return { valid: found.length === 0, errors: found };
    },
  ),
};
