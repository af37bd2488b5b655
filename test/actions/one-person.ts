import type { ModalView } from "@slack/types";
import { CHANNELS, PEOPLE } from "../../sandbox/slack/seed.ts";
import { type Listening, until } from "../support/slack-listeners.ts";
import { wordsIn } from "../views/block-kit.ts";

/** Slack user id of the one person who types and clicks in these tests. */
export const ana = PEOPLE.requester.id;

export const type = (bot: Listening, text: string) =>
  bot.workspace.control.command({ userId: ana, channelId: CHANNELS.general.id, command: "/pra", text });

/** A click in the page on top. */
export const press = (bot: Listening, blockId: string, actionId: string, element?: Record<string, unknown>) =>
  bot.workspace.control.viewAction({ userId: ana, surface: "modal", blockId, actionId, ...(element === undefined ? {} : { element }) });

/** Her open pages, bottom first. */
const views = async (bot: Listening) => ((await bot.workspace.control.state()).views[ana] ?? []).map(({ view }) => view as ModalView);

export const stack = async (bot: Listening) => (await views(bot)).map(({ callback_id }) => callback_id);

/** The page on top, once it is of this kind and says this. */
export const shown = (bot: Listening, callbackId: string, words = "") =>
  until(async () => {
    const top = (await views(bot)).at(-1);
    return top?.callback_id === callbackId && wordsIn(top).includes(words) ? top : null;
  });

/** The words of whatever page is on top, once it says all of these. */
export const page = (bot: Listening, ...said: readonly string[]) =>
  until(async () => {
    const words = wordsIn((await views(bot)).at(-1)?.blocks);
    return said.every((each) => words.includes(each)) ? words : null;
  });

/** With what a use-case was called, in order. */
export const called = (bot: Listening, name: string) => bot.calls.filter(([useCase]) => useCase === name).map(([, command]) => command);

/** What Slack would have refused. */
export const refusals = async (bot: Listening) => (await bot.workspace.control.state()).refusals;
