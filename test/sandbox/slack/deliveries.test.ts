import { App, isValidSlackRequest, SocketModeReceiver } from "@slack/bolt";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CHANNELS, PEOPLE, TEAM } from "../../../sandbox/slack/seed.ts";
import type { SimulatedSlack, SlackOptions } from "../../../sandbox/slack/server.ts";
import { handClock, payloadOf, type Received, type RecordingApp, silent, startRecordingApp, webClient } from "./recording-app.ts";
import { APP_TOKEN, BOT_TOKEN, SIGNING_SECRET, startWorkspace } from "./tiny-app.ts";

const userId = PEOPLE.requester.id;
const channelId = CHANNELS.approvals.id;
const ask = { userId, channelId, command: "/pra", text: "mine" };

describe("a delivery over HTTP", () => {
  let slack: SimulatedSlack;
  let app: RecordingApp;
  const start = async (options: Partial<SlackOptions> = {}) => {
    slack = await startWorkspace({ deliverTo: app.url, ackLimitMilliseconds: 150, ...options });
  };
  beforeEach(async () => {
    app = await startRecordingApp();
  });
  afterEach(async () => {
    await slack.close();
    await app.close();
  });

  it("is signed over its raw body with the content type that Bolt wants", async () => {
    await start();
    await slack.control.command(ask);
    const [received] = app.received;
    const { headers, body }: Received = received ?? { headers: {}, body: "" };
    expect(headers["content-type"]).toBe("application/x-www-form-urlencoded");
    const signed = {
      "x-slack-signature": String(headers["x-slack-signature"]),
      "x-slack-request-timestamp": Number(headers["x-slack-request-timestamp"]),
    };
    expect(isValidSlackRequest({ signingSecret: SIGNING_SECRET, body, headers: signed })).toBe(true);
    expect(isValidSlackRequest({ signingSecret: "another", body, headers: signed })).toBe(false);
    expect(payloadOf(app.received[0])).toMatchObject({
      team_id: TEAM.id,
      user_id: userId,
      channel_id: channelId,
      command: "/pra",
      text: "mine",
    });
  });

  it("that is not acked in time counts as timed out, and is not tried again", async () => {
    await start();
    app.answer = null;
    expect(await slack.control.command(ask)).toMatchObject({ status: "timeout", httpStatus: null });
    expect(app.received).toHaveLength(1);
  });

  it("that the app refuses carries its status", async () => {
    await start();
    app.answer = { status: 401, body: "" };
    expect(await slack.control.command(ask)).toMatchObject({ status: "refused", httpStatus: 401 });
  });

  it("reaches nobody while the app is away", async () => {
    await start({ deliverTo: "http://127.0.0.1:9/slack/events" });
    expect(await slack.control.command(ask)).toMatchObject({ status: "unreachable" });
  });

  it("shows what a command's ack says to the person alone", async () => {
    await start();
    app.answer = { status: 200, body: JSON.stringify({ text: "Just for you." }) };
    await slack.control.command(ask);
    expect((await slack.control.state()).messages).toMatchObject([{ text: "Just for you.", onlyFor: userId, channel: channelId }]);
  });

  it("of an event is tried three more times with Slack's headers, under the same event id", async () => {
    await start({ eventRetryAfterMilliseconds: [0, 0, 0] });
    app.answer = { status: 500, body: "" };
    expect(await slack.control.openHome({ userId })).toMatchObject({ status: "refused", httpStatus: 500 });
    await expect.poll(() => app.received.length, { interval: 5 }).toBe(4);
    expect(app.received.map(({ headers }) => headers["x-slack-retry-num"])).toEqual([undefined, "1", "2", "3"]);
    expect(app.received[1]?.headers["x-slack-retry-reason"]).toBe("http_error");
    expect(new Set(app.received.map(({ body }) => JSON.parse(body).event_id)).size).toBe(1);
  });

  it("offers an address for answers: five times within thirty minutes", async () => {
    const clock = handClock();
    await start({ clock });
    const answer = async (url: unknown, text: string) => {
      const response = await fetch(String(url), { method: "POST", body: JSON.stringify({ text }) });
      return `${response.status} ${await response.text()}`;
    };
    await slack.control.command(ask);
    const { response_url } = payloadOf(app.received[0]);
    for (const text of ["1", "2", "3", "4", "5"]) expect(await answer(response_url, text)).toBe("200 ok");
    expect(await answer(response_url, "6")).toBe("404 used_url");
    expect((await slack.control.state()).messages.map(({ text }) => text)).toEqual(["1", "2", "3", "4", "5"]);

    await slack.control.command(ask);
    clock.pass(30 * 60_000 + 1);
    expect(await answer(payloadOf(app.received[1]).response_url, "late")).toBe("404 expired_url");
  });

  it("of a click carries the message, its state and the element as it is now", async () => {
    await start();
    const option = (value: string) => ({ text: { type: "plain_text" as const, text: value }, value });
    const blocks = [
      {
        type: "actions" as const,
        block_id: "row",
        elements: [
          { type: "static_select" as const, action_id: "days", options: [option("MON"), option("TUE")] },
          {
            type: "button" as const,
            action_id: "go",
            text: { type: "plain_text" as const, text: "Go" },
            value: "7:1",
            style: "primary" as const,
          },
        ],
      },
    ];
    const { ts = "" } = await webClient(slack).chat.postMessage({ channel: channelId, text: "card", blocks });
    const place = { userId, channelId, ts, blockId: "row" };
    await slack.control.messageAction({ ...place, actionId: "days", element: { selected_option: { value: "TUE" } } });
    await slack.control.messageAction({ ...place, actionId: "go" });
    expect(payloadOf(app.received[1])).toMatchObject({
      type: "block_actions",
      user: { id: userId, team_id: TEAM.id },
      container: { type: "message", message_ts: ts, channel_id: channelId, is_ephemeral: false },
      message: { ts, text: "card" },
      state: { values: { row: { days: { type: "static_select", selected_option: option("TUE") } } } },
      actions: [{ type: "button", block_id: "row", action_id: "go", value: "7:1", style: "primary" }],
    });
    await expect(
      slack.control.messageAction({ ...place, actionId: "days", element: { selected_option: { value: "SUN" } } }),
    ).rejects.toThrow("row/days does not offer SUN.");
    await expect(slack.control.messageAction({ ...place, actionId: "gone" })).rejects.toThrow("There is no element row/gone here");
  });
});

/**
 * Contract: an app with several connections gets each envelope on one of them; a connection that Slack ends is replaced
 * without the others noticing; an app that is not there is not waited for.
 */
describe("a delivery over Socket Mode", () => {
  let slack: SimulatedSlack;
  const heard: string[] = [];
  const apps: App[] = [];

  beforeEach(async () => {
    heard.length = 0;
    slack = await startWorkspace({ mode: "socket", ackLimitMilliseconds: 150 });
  });
  afterEach(async () => {
    await Promise.all(apps.splice(0).map((app) => app.stop()));
    await slack.close();
  });

  const connect = async (name: string) => {
    const clientOptions = { slackApiUrl: slack.apiUrl };
    const receiver = new SocketModeReceiver({
      appToken: APP_TOKEN,
      clientPingTimeout: 200,
      logger: silent,
      installerOptions: { clientOptions },
    });
    const app = new App({ token: BOT_TOKEN, receiver, clientOptions, convoStore: false, logger: silent });
    app.command("/pra", async ({ ack, command }) => {
      heard.push(name);
      if (command.text !== "silence") await ack({ text: `ack of ${command.text}` });
    });
    apps.push(app);
    await app.start();
  };

  it("goes to one of two connections each time, and brings back the ack", async () => {
    await connect("one");
    await connect("two");
    await expect.poll(async () => (await slack.control.state()).connectedSockets).toBe(2);
    for (const text of ["1", "2", "3", "4"]) {
      expect(await slack.control.command({ ...ask, text })).toMatchObject({ status: "acked", body: { text: `ack of ${text}` } });
    }
    expect(heard.toSorted()).toEqual(["one", "one", "two", "two"]);
    expect((await slack.control.state()).messages).toHaveLength(4);
  });

  it("times out without an ack, and reaches nobody without a connection", async () => {
    expect(await slack.control.command(ask)).toMatchObject({ status: "unreachable" });
    await connect("one");
    expect(await slack.control.command({ ...ask, text: "silence" })).toMatchObject({ status: "timeout" });
  });

  it("goes over HTTP instead while an app that may choose has no socket open", async () => {
    const posted = await startRecordingApp();
    await slack.close();
    slack = await startWorkspace({ mode: "either", deliverTo: posted.url });
    await slack.control.command(ask);
    expect(posted.received).toHaveLength(1);
    await connect("one");
    await expect.poll(async () => (await slack.control.state()).connectedSockets).toBe(1);
    expect(await slack.control.command({ ...ask, text: "2" })).toMatchObject({ body: { text: "ack of 2" } });
    expect(posted.received).toHaveLength(1);
    await posted.close();
  });

  it("finds the app again after the network dropped its connection", async () => {
    await connect("one");
    await slack.control.disconnect({ how: "drop" });
    await expect.poll(async () => (await slack.control.command(ask)).status, { timeout: 10_000 }).toBe("acked");
  });

  it("gives an app no more than ten connections, and tells the eleventh", async () => {
    const client = webClient(slack, APP_TOKEN);
    const greeting = async () => {
      const socket = new WebSocket((await client.apps.connections.open()).url ?? "");
      return new Promise<unknown>((resolve) => socket.addEventListener("message", ({ data }) => resolve(JSON.parse(data)), { once: true }));
    };
    const greetings = await Promise.all(Array.from({ length: 11 }, greeting));
    expect(greetings).toContainEqual(expect.objectContaining({ type: "disconnect", reason: "too_many_websockets" }));
    expect(greetings).toContainEqual(expect.objectContaining({ type: "hello", num_connections: 10 }));
  });

  it("refuses a connection without a ticket", async () => {
    const socket = new WebSocket(`${slack.url.replace("http", "ws")}/link/?ticket=none`);
    await new Promise<void>((resolve) => socket.addEventListener("error", () => resolve()));
    expect((await slack.control.state()).connectedSockets).toBe(0);
  });
});
