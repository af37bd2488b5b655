import { afterEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { APP, CHANNELS, PEOPLE, TEAM } from "../../../sandbox/slack/seed.ts";
import type { SlackOptions } from "../../../sandbox/slack/server.ts";
import { type RecordingApp, startRecordingApp } from "./recording-app.ts";
import { BOT_TOKEN, startWorkspace } from "./tiny-app.ts";

/** Contract: an app hears of messages as Slack tells of them, when it is in the conversation, has subscribed to its kind and may read it. */
const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});
const ana = PEOPLE.requester.id;
const approvals = CHANNELS.approvals.id;
const SCOPES = ["chat:write", "channels:history", "groups:history", "im:history"];
const EVENTS = ["message.channels", "message.groups", "message.im"];

const start = async (more: Partial<SlackOptions> = {}) => {
  const app: RecordingApp = await startRecordingApp();
  const slack = await startWorkspace({ deliverTo: app.url, scopes: SCOPES, events: EVENTS, ...more });
  open.push(
    () => app.close(),
    () => slack.close(),
  );
  const call = async (method: string, body: object) => {
    const answer = await fetch(`${slack.apiUrl}${method}`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${BOT_TOKEN}` },
      body: JSON.stringify(body),
    });
    return z.looseObject({ ok: z.boolean(), ts: z.string().default(""), error: z.string().optional() }).parse(await answer.json());
  };
  const heard = (): Record<string, unknown>[] =>
    app.received.map(({ body }) => z.object({ event: z.record(z.string(), z.unknown()) }).parse(JSON.parse(body)).event);
  const byPeople = () => heard().filter(({ bot_id }) => bot_id === undefined);
  return { slack, call, heard, byPeople, received: app.received };
};

describe("what people write in the simulated workspace", () => {
  it("reaches the app signed, as an event with the fields of Slack's", async () => {
    const { slack, call, byPeople, received } = await start();
    const { ts: root } = await call("chat.postMessage", { channel: approvals, text: "card" });
    const delivery = await slack.control.say({ userId: ana, channelId: approvals, threadTs: root, text: "hello" });
    expect(delivery.status).toBe("acked");
    const [event] = byPeople();
    expect(event).toEqual({
      ...{ type: "message", channel: approvals, channel_type: "channel", user: ana, text: "hello", team: TEAM.id },
      ...{ ts: expect.any(String), thread_ts: root, parent_user_id: APP.botUserId, event_ts: event?.ts },
    });
    expect(received.at(-1)?.headers["x-slack-signature"]).toMatch(/^v0=/);
    expect(JSON.parse(received.at(-1)?.body ?? "{}")).toMatchObject({ type: "event_callback", event_id: expect.stringMatching(/^Ev/) });
  });

  it("says of a changed message what it was and what it is, and of a deleted one what it was", async () => {
    const { slack, byPeople } = await start();
    await slack.control.say({ userId: ana, channelId: approvals, text: "one" });
    const ts = String(byPeople()[0]?.ts);
    await slack.control.edit({ userId: ana, channelId: approvals, ts, text: "two" });
    await slack.control.unsay({ userId: ana, channelId: approvals, ts });
    expect(byPeople().slice(1)).toMatchObject([
      { subtype: "message_changed", message: { user: ana, ts, text: "two", edited: {} }, previous_message: { text: "one" } },
      { subtype: "message_deleted", deleted_ts: ts, previous_message: { text: "two" } },
    ]);
    expect((await slack.control.state()).messages).toEqual([]);
  });

  it("tells the app of its own messages, too, with its bot id", async () => {
    const { call, heard } = await start();
    const { ts } = await call("chat.postMessage", { channel: approvals, text: "card" });
    await call("chat.update", { channel: approvals, ts, text: "changed" });
    while (heard().length < 2) await new Promise((resolve) => setImmediate(resolve));
    expect(heard()).toMatchObject([
      { bot_id: APP.botId, user: APP.botUserId, text: "card" },
      { subtype: "message_changed", message: { bot_id: APP.botId, text: "changed" } },
    ]);
  });

  it.each([
    ["has not subscribed to that kind", { events: ["message.im"] }, approvals],
    ["may not read that kind", { scopes: ["chat:write", "im:history"] }, approvals],
    ["is not in the channel", {}, CHANNELS.general.id],
  ] as const)("stays unheard where the app %s", async (_, more, channelId) => {
    const { slack, heard } = await start(more);
    await slack.control.say({ userId: ana, channelId, text: "hello" });
    expect(heard()).toEqual([]);
    expect((await slack.control.state()).messages).toHaveLength(1);
  });

  it("cannot be written where a person is not, or change what another wrote", async () => {
    const { slack, call } = await start();
    const { ts } = await call("chat.postMessage", { channel: approvals, text: "card" });
    const { control } = slack;
    await expect(control.say({ userId: PEOPLE.stranger.id, channelId: approvals, text: "hello" })).rejects.toThrow("is not in");
    await expect(control.say({ userId: ana, channelId: approvals, threadTs: "1.2", text: "hello" })).rejects.toThrow("no message");
    await expect(control.edit({ userId: ana, channelId: approvals, ts, text: "hello" })).rejects.toThrow("has written no message");
  });

  it("is found again in its thread, with the ids that the app gave to its blocks", async () => {
    const { slack, call } = await start();
    const blocks = [{ type: "divider", block_id: "mine" }];
    const { ts } = await call("chat.postMessage", { channel: approvals, text: "card" });
    await call("chat.postMessage", { channel: approvals, thread_ts: ts, text: "noted", blocks });
    await slack.control.say({ userId: ana, channelId: approvals, threadTs: ts, text: "hello" });
    const answer = await call("conversations.replies", { channel: approvals, ts });
    expect(answer.messages).toMatchObject([{ text: "card" }, { text: "noted", blocks }, { text: "hello", user: ana }]);
    expect(await call("conversations.replies", { channel: approvals, ts: "9.9" })).toMatchObject({ ok: false, error: "thread_not_found" });
  });
});
