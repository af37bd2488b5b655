import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchSimulators, type Simulators } from "../../sandbox/launch-simulators.ts";
import { valuesOf } from "../../sandbox/page/browser/form-state.ts";
import type { SimMessage, SlackControl } from "../../sandbox/slack/control.ts";
import { CHANNELS, PEOPLE } from "../../sandbox/slack/seed.ts";
import { buttonNamed, textOf } from "../../sandbox/story/read-blocks.ts";
import { until } from "../../sandbox/story/until.ts";
import { type Portcullis, startPortcullis } from "../../src/app.ts";
import { readConfig } from "../../src/config.ts";
import { createLog } from "../../src/log.ts";
import { menuValue } from "../../src/views/button-value.ts";
import { ACTION, BLOCK } from "../../src/views/ids.ts";
import { type DataFolder, newMigratedFolder } from "../support/data-folder.ts";
import { startSandbox, type TestSandbox } from "./a-sandbox.ts";

const { requester: ana, approver: ben, otherApprover: chiyo, admin: dora } = PEOPLE;

const comment = (value: string) => ({ [BLOCK.comment]: { [ACTION.comment]: { type: "plain_text_input", value } } });
const isEightHours = ({ startTime, endTime }: Record<string, unknown>): boolean => Number(endTime) - Number(startTime) === 8 * 3600;

/** What people do and see, by what the request is for. */
const playing = (slack: SlackControl) => {
  const cardsOf = async (reason: string): Promise<SimMessage[]> =>
    (await slack.state()).messages.filter(({ blocks, threadTs }) => threadTs === null && textOf(blocks).includes(reason));
  /** The direct messages with one person. */
  const cardFor = (userId: string, reason: string): Promise<SimMessage> =>
    until(`a card for ${userId}`, async () => {
      const { channels } = await slack.state();
      const own = channels.find(({ kind, members }) => kind === "im" && members.includes(userId))?.id;
      return (await cardsOf(reason)).find(({ channel }) => channel === own) ?? null;
    });
  const thread = async ({ channel, ts }: SimMessage, userId: string): Promise<string[]> =>
    (await slack.state()).messages
      .filter(
        (message) => message.channel === channel && message.threadTs === ts && (message.onlyFor === null || message.onlyFor === userId),
      )
      .map(({ blocks, text }) => (blocks.length > 0 ? textOf(blocks) : text));
  const said = (card: SimMessage, userId: string, words: string): Promise<string> =>
    until(`"${words}" in the thread of ${userId}`, async () => (await thread(card, userId)).find((text) => text.includes(words)) ?? null);
  const form = (userId: string) =>
    until(`a form for ${userId}`, async () => {
      const view = (await slack.state()).views[userId]?.at(-1)?.view;
      return view?.type === "modal" && view.submit ? view : null;
    });
  const press = async (userId: string, reason: string, name: string) => {
    const card = await cardFor(userId, reason);
    const found = buttonNamed(card.blocks, name);
    if (!found) throw new Error(`There is no button ${name}.`);
    await slack.messageAction({
      userId,
      channelId: card.channel,
      ts: card.ts,
      blockId: found.blockId,
      actionId: found.element.action_id ?? "",
    });
  };
  const choose = async (userId: string, reason: string, choice: "changes" | "details") => {
    const card = await cardFor(userId, reason);
    const row = card.blocks.find((block) => block.type === "actions" && block.block_id === BLOCK.decision);
    const menu = row?.type === "actions" ? row.elements.find((element) => element.type === "overflow") : undefined;
    const value =
      menu?.options.find((option) => option.value?.startsWith(choice))?.value ?? menuValue(choice, { approvalId: "?", version: 0 });
    await slack.messageAction({
      ...{ userId, channelId: card.channel, ts: card.ts, blockId: BLOCK.decision, actionId: ACTION.cardMenu },
      element: { type: "overflow", selected_option: { value } },
    });
    return form(userId);
  };
  const ask = async (reason: string): Promise<void> => {
    const words = `request db-prod for 2h because ${reason}`;
    const view = await until("the form with db-prod in it", async () => {
      await slack.command({ userId: ana.id, channelId: CHANNELS.general.id, command: "/pra", text: words });
      const opened = await form(ana.id);
      if (JSON.stringify(valuesOf(opened)).includes("db-prod")) return opened;
      await slack.close({ userId: ana.id }); // the catalog is still being read
      return null;
    });
    await slack.submit({ userId: ana.id, values: valuesOf(view) });
  };
  return { cardsOf, cardFor, thread, said, form, press, choose, ask };
};

/**
 * Contract: over the real bot, a question gets from the approver's form into the requester's thread, the answer from there into the
 * approvers' threads, each once; a longer window waits for the requester's button, and is granted after it.
 */
describe("in direct messages, over Socket Mode", () => {
  let started: TestSandbox;
  let sandbox: TestSandbox["sandbox"];
  let slack: SlackControl;
  let people: ReturnType<typeof playing>;
  beforeAll(async () => {
    started = await startSandbox("socket");
    sandbox = started.sandbox;
    slack = sandbox.slack.control;
    people = playing(slack);
  }, 60_000);
  afterAll(() => started.stop());

  it("carries a question and its answer across, once each", async () => {
    await people.ask("TALK-1");
    const cards = {
      ana: await people.cardFor(ana.id, "TALK-1"),
      ben: await people.cardFor(ben.id, "TALK-1"),
      chiyo: await people.cardFor(chiyo.id, "TALK-1"),
    };
    await people.press(ben.id, "TALK-1", "Ask…");
    await people.form(ben.id);
    await slack.submit({ userId: ben.id, values: comment("Is <!channel> *urgent*?") });
    await people.said(cards.ana, ana.id, "Is <!channel> *urgent*?");
    await people.said(cards.chiyo, chiyo.id, "Is <!channel> *urgent*?");
    await slack.say({ userId: ana.id, channelId: cards.ana.channel, threadTs: cards.ana.ts, text: "Yes, by noon" });
    await people.said(cards.ben, ben.id, "Yes, by noon");
    await people.said(cards.chiyo, chiyo.id, "Yes, by noon");
    await slack.say({ userId: chiyo.id, channelId: cards.chiyo.channel, threadTs: cards.chiyo.ts, text: "Whose noon?" });
    await people.said(cards.ana, ana.id, "Whose noon?");
    await people.said(cards.ben, ben.id, "Whose noon?");
    for (const [card, userId, words] of [
      [cards.ana, ana.id, ["urgent", "Yes, by noon", "Whose noon?"]],
      [cards.ben, ben.id, ["urgent", "Yes, by noon", "Whose noon?"]],
      [cards.chiyo, chiyo.id, ["urgent", "Yes, by noon", "Whose noon?"]],
    ] as const) {
      const lines = await people.thread(card, userId);
      for (const word of words)
        expect(
          lines.filter((line) => line.includes(word)),
          `${word} for ${userId}`,
        ).toHaveLength(1);
    }
    await until("the comments on Ben's card", async () =>
      textOf((await people.cardFor(ben.id, "TALK-1")).blocks).includes("Comments (3)") ? true : null,
    );
    await people.press(ben.id, "TALK-1", "Approve");
    await until("Granted", async () => (textOf((await people.cardFor(ana.id, "TALK-1")).blocks).includes("Granted") ? true : null));
    await slack.say({ userId: ana.id, channelId: cards.ana.channel, threadTs: cards.ana.ts, text: "Thanks!" });
    await people.said(cards.ana, ana.id, "Thank you all the same");
    expect((await people.thread(cards.ben, ben.id)).filter((line) => line.includes("Thanks!"))).toEqual([]);
    expect((await slack.state()).refusals).toEqual([]);
  });

  it("answers what is written outside every thread with where to write", async () => {
    const { channel } = await people.cardFor(ana.id, "TALK-1");
    await slack.say({ userId: ana.id, channelId: channel, text: "hello?" });
    const answer = await until("an answer", async () => {
      const { messages } = await slack.state();
      return messages.find((message) => message.channel === channel && message.onlyFor === ana.id && message.threadTs === null) ?? null;
    });
    expect(answer.text).toContain("Only replies in the thread");
  });

  it("grants a longer window after the requester's consent, and nothing before", async () => {
    await people.ask("TALK-2");
    await people.cardFor(ana.id, "TALK-2");
    await people.choose(ben.id, "TALK-2", "changes");
    const longer = { [BLOCK.duration]: { [ACTION.duration]: { type: "static_select", selected_option: { value: String(8 * 3600) } } } };
    await slack.submit({ userId: ben.id, values: longer });
    await until("the proposal on Chiyo's card", async () =>
      textOf((await people.cardFor(chiyo.id, "TALK-2")).blocks).includes("to a longer window") ? true : null,
    );
    expect((await sandbox.tenant.control.state()).approvals.filter(isEightHours)).toEqual([]);
    await until("Accept on Ana's card", async () => buttonNamed((await people.cardFor(ana.id, "TALK-2")).blocks, "Accept"));
    await people.press(ana.id, "TALK-2", "Accept");
    await until("Granted", async () => (textOf((await people.cardFor(ana.id, "TALK-2")).blocks).includes("Granted") ? true : null));
    expect((await sandbox.tenant.control.state()).approvals.filter(isEightHours)).toHaveLength(1);
    expect((await slack.state()).refusals).toEqual([]);
  });
});

describe("with a channel of approvals, over HTTP", () => {
  const { approvals } = CHANNELS;
  let data: DataFolder;
  let simulators: Simulators;
  let bot: Portcullis;
  let slack: SlackControl;
  let people: ReturnType<typeof playing>;
  beforeAll(async () => {
    data = await newMigratedFolder();
    simulators = await launchSimulators({ slackMode: "http", dataFolder: data.folder, bot: "by-hand" });
    slack = simulators.slack.control;
    people = playing(slack);
    const settings = { ...simulators.settings, APPROVALS_CHANNEL: approvals.id, LOG_LEVEL: "error" };
    bot = await startPortcullis({ config: readConfig(settings, () => ""), log: createLog("error") });
  }, 60_000);
  afterAll(async () => {
    await bot.stop(5_000);
    await simulators.close();
    await data.remove();
  });
  const inChannel = (reason: string): Promise<SimMessage> =>
    until("the channel's card", async () => (await people.cardsOf(reason)).find(({ channel }) => channel === approvals.id) ?? null);

  it("carries replies between the channel's thread and the requester's, and nobody else's", async () => {
    await people.ask("TALK-4");
    const [channel, own] = [await inChannel("TALK-4"), await people.cardFor(ana.id, "TALK-4")];
    await slack.say({ userId: ben.id, channelId: channel.channel, threadTs: channel.ts, text: "Which ticket?" });
    await people.said(own, ana.id, "Which ticket?");
    await slack.say({ userId: ana.id, channelId: own.channel, threadTs: own.ts, text: "OPS-4" });
    await people.said(channel, ben.id, "OPS-4");
    await slack.say({ userId: PEOPLE.guest.id, channelId: channel.channel, threadTs: channel.ts, text: "me too" });
    await people.said(channel, PEOPLE.guest.id, "was not recorded");
    expect((await people.thread(own, ana.id)).filter((line) => line.includes("me too"))).toEqual([]);
    // Ben's own words stand in the channel once: where he wrote them.
    expect((await people.thread(channel, ben.id)).filter((line) => line.includes("Which ticket?"))).toHaveLength(1);
  });

  it("says on whose behalf an administrator decided who holds no seat", async () => {
    const card = await inChannel("TALK-4");
    const { blockId, element } = buttonNamed(card.blocks, "Approve") ?? { blockId: "", element: { action_id: "" } };
    await slack.messageAction({ userId: dora.id, channelId: card.channel, ts: card.ts, blockId, actionId: element.action_id ?? "" });
    const shown = await until("the decision on the card", async () => {
      const text = textOf((await inChannel("TALK-4")).blocks);
      return text.includes("Approved by") ? text : null;
    });
    expect(shown).toContain("as an administrator, on behalf of");
    expect(shown).not.toContain("Reassigned");
    expect((await slack.state()).refusals).toEqual([]);
  });
});
