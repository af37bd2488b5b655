import type { KnownBlock } from "@slack/types";
import type { Listening } from "./slack-listeners.ts";

interface Click {
  readonly userId: string;
  /** The blocks of the message that is posted to be clicked in. */
  readonly blocks: readonly KnownBlock[];
  readonly channelId: string;
  readonly actionId: string;
}

/** Has the bot post a message, and somebody press a button in it. @returns where it was posted, and what Slack heard */
export async function postAndClick(bot: Listening, { userId, blocks, channelId, actionId }: Click) {
  const posted = await bot.post(blocks, channelId);
  const delivery = await bot.workspace.control.messageAction({
    userId,
    channelId: posted.channelId,
    ts: posted.ts,
    blockId: blockOf(blocks, actionId),
    actionId,
  });
  return { ...posted, delivery };
}

/** The block in which a button of a message stands. */
const blockOf = (blocks: readonly KnownBlock[], actionId: string): string =>
  blocks.find(
    (block) => block.type === "actions" && block.elements.some((element) => "action_id" in element && element.action_id === actionId),
  )?.block_id ?? "";
