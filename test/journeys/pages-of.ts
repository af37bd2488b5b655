import { CHANNELS } from "../../sandbox/slack/seed.ts";
import { buttonNamed, textOf } from "../../sandbox/story/read-blocks.ts";
import { until } from "../../sandbox/story/until.ts";
import type { TestSandbox } from "./a-sandbox.ts";

/** What people type, read and press on the pages that open for them. */
export const pagesOf = (started: Pick<TestSandbox, "sandbox">) => {
  const slack = () => started.sandbox.slack.control;
  const top = async (userId: string) => (await slack().state()).views[userId]?.at(-1)?.view ?? null;
  return {
    top,
    /** The page on top, once it is of this kind and says this. */
    shown: (userId: string, callbackId: string, words = "") =>
      until(`${callbackId} with ${words}`, async () => {
        const view = await top(userId);
        return view?.callback_id === callbackId && textOf(view.blocks).includes(words) ? view : null;
      }),
    says: (userId: string, words: string) =>
      until(words, async () => {
        const view = await top(userId);
        return view !== null && textOf(view.blocks).includes(words) ? view : null;
      }),
    type: (userId: string, text: string) => slack().command({ userId, channelId: CHANNELS.general.id, command: "/pra", text }),
    /** A click on whatever says so on the page on top. */
    press: async (userId: string, label: string) => {
      const found = buttonNamed((await top(userId))?.blocks ?? [], label);
      if (found === null) throw new Error(`nothing says ${label}`);
      const { blockId, element } = found;
      return slack().viewAction({ userId, surface: "modal", blockId, actionId: element.action_id ?? "" });
    },
    closeAll: async (userId: string) => {
      while ((await top(userId)) !== null) await slack().close({ userId });
    },
  };
};
