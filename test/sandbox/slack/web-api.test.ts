import { ErrorCode, type WebClient } from "@slack/web-api";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { CHANNELS, PEOPLE, USER_GROUPS } from "../../../sandbox/slack/seed.ts";
import type { SimulatedSlack, SlackOptions } from "../../../sandbox/slack/server.ts";
import { handClock, outcome, webClient } from "./recording-app.ts";
import { APP_TOKEN, BOT_TOKEN, startWorkspace } from "./tiny-app.ts";

const Members = z.object({ members: z.array(z.object({ id: z.string() })) });
const channel = CHANNELS.approvals.id;
let slack: SimulatedSlack;
let client: WebClient;

const start = async (options: Partial<SlackOptions> = {}) => {
  slack = await startWorkspace(options);
  client = webClient(slack);
};
beforeEach(() => start());
afterEach(() => slack.close());

describe("a token", () => {
  it("is asked for, recognised, and good for its own kind of method", async () => {
    expect(await outcome(webClient(slack, "xoxb-of-somebody-else").auth.test())).toBe("invalid_auth");
    expect(await outcome(webClient(slack, APP_TOKEN).auth.test())).toBe("not_allowed_token_type");
    expect(await outcome(client.apps.connections.open())).toBe("not_allowed_token_type");
    expect(await (await fetch(`${slack.apiUrl}auth.test`, { method: "POST" })).json()).toEqual({ ok: false, error: "not_authed" });
  });

  it("names its scopes with every answer, and the missing one when it lacks it", async () => {
    await slack.close();
    await start({ scopes: ["chat:write"] });
    const response = await fetch(`${slack.apiUrl}users.info?user=${PEOPLE.requester.id}`, {
      headers: { authorization: `Bearer ${BOT_TOKEN}` },
    });
    expect(response.headers.get("x-oauth-scopes")).toBe("chat:write");
    expect(await response.json()).toMatchObject({ ok: false, error: "missing_scope", needed: "users:read", provided: "chat:write" });
    expect((await slack.control.state()).refusals).toMatchObject([{ method: "users.info", error: "missing_scope" }]);
  });

  it("sees emails only with the scope for them", async () => {
    await slack.close();
    await start({ scopes: ["users:read"] });
    const { user } = await client.users.info({ user: PEOPLE.requester.id });
    expect(user?.profile).not.toHaveProperty("email");
    expect(await outcome(client.users.lookupByEmail({ email: PEOPLE.requester.email ?? "" }))).toBe("missing_scope");
  });
});

describe("a call", () => {
  it("of no method is refused by name", async () => {
    expect(await outcome(client.apiCall("chat.shout"))).toBe("unknown_method");
    expect(await outcome(client.apiCall("constructor"))).toBe("unknown_method");
  });

  it("without its arguments is refused with one message for each, and listed", async () => {
    expect(await outcome(client.apiCall("chat.update", { text: "x" }))).toBe("invalid_arguments");
    const { refusals } = await slack.control.state();
    expect(refusals[0]?.detail).toMatch(/channel.*ts/s);
  });

  it("may come as JSON or as a form", async () => {
    const headers = { authorization: `Bearer ${BOT_TOKEN}`, "content-type": "application/json; charset=utf-8" };
    const blocks = [{ type: "divider" }];
    const sent = await fetch(`${slack.apiUrl}chat.postMessage`, {
      method: "POST",
      headers,
      body: JSON.stringify({ channel, text: "json", blocks }),
    });
    expect(await sent.json()).toMatchObject({ ok: true, channel });
    await client.chat.postMessage({ channel, text: "form", blocks: [{ type: "divider" }] });
    const { messages, calls } = await slack.control.state();
    expect(messages.map(({ text, blocks }) => [text, blocks[0]?.type])).toEqual([
      ["json", "divider"],
      ["form", "divider"],
    ]);
    expect(calls).toEqual({ "chat.postMessage": 2 });
  });
});

describe("people", () => {
  it("are described as Slack does: zone, locale on request, what makes them untrusted", async () => {
    const info = async (user: string) => (await client.users.info({ user, include_locale: true })).user;
    expect(await info(PEOPLE.admin.id)).toMatchObject({
      tz: "Europe/Berlin",
      locale: "de-DE",
      is_email_confirmed: true,
      profile: { email: PEOPLE.admin.email },
    });
    expect(await info(PEOPLE.guest.id)).toMatchObject({ is_restricted: true });
    expect(await info(PEOPLE.unconfirmed.id)).toMatchObject({ is_email_confirmed: false, tz_offset: 19_800 });
    expect(await info(PEOPLE.bot.id)).toMatchObject({ is_bot: true });
    expect(await info(PEOPLE.stranger.id)).toMatchObject({ is_stranger: true, team_id: PEOPLE.stranger.teamId });
    const deactivated = await info(PEOPLE.deactivated.id);
    expect(deactivated).toMatchObject({ deleted: true });
    expect(deactivated).not.toHaveProperty("tz");
  });

  it("come page by page, without those of other teams", async () => {
    const ids: string[] = [];
    for await (const page of client.paginate("users.list", { limit: 4 })) {
      const { members } = Members.parse(page);
      expect(members.length).toBeLessThanOrEqual(4);
      ids.push(...members.map(({ id }) => id));
    }
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toContain(PEOPLE.sharedTwo.id);
    expect(ids).not.toContain(PEOPLE.stranger.id);
  });

  it("stand in groups", async () => {
    expect((await client.usergroups.users.list({ usergroup: USER_GROUPS.approvers.id })).users).toEqual(USER_GROUPS.approvers.users);
    expect(await outcome(client.usergroups.users.list({ usergroup: "S0NOBODY00" }))).toBe("no_such_subteam");
  });
});

describe("a message", () => {
  it("to a person opens the one direct conversation with them", async () => {
    const { channel: opened } = await client.conversations.open({ users: PEOPLE.requester.id });
    const posted = await client.chat.postMessage({ channel: PEOPLE.requester.id, text: "hello" });
    expect(posted.channel).toBe(opened?.id);
    expect(await outcome(client.chat.postMessage({ channel: PEOPLE.deactivated.id, text: "hello" }))).toBe("user_disabled");
  });

  it("needs the app to be in the channel", async () => {
    expect(await outcome(client.chat.postMessage({ channel: CHANNELS.general.id, text: "hello" }))).toBe("not_in_channel");
  });

  it("keeps its blocks when only the text is updated, and loses them to an empty list", async () => {
    const { ts = "" } = await client.chat.postMessage({ channel, text: "a", blocks: [{ type: "divider", block_id: "line" }] });
    await client.chat.update({ channel, ts, text: "b" });
    expect((await slack.control.state()).messages[0]).toMatchObject({
      text: "b",
      edited: true,
      blocks: [{ type: "divider", block_id: "line" }],
    });
    await client.chat.update({ channel, ts, text: "c", blocks: [] });
    expect((await slack.control.state()).messages[0]?.blocks).toEqual([]);
  });

  it("gets ids for blocks and elements that came without", async () => {
    const { message } = await client.chat.postMessage({
      channel,
      text: "a",
      blocks: [{ type: "actions", elements: [{ type: "button", text: { type: "plain_text", text: "Go" } }] }],
    });
    expect(message?.blocks?.[0]).toMatchObject({
      block_id: expect.stringMatching(/./),
      elements: [{ action_id: expect.stringMatching(/./) }],
    });
  });

  it("for one person alone needs them in the channel", async () => {
    expect(await outcome(client.chat.postEphemeral({ channel, user: PEOPLE.requester.id, text: "psst" }))).toBe("ok");
    expect(await outcome(client.chat.postEphemeral({ channel, user: PEOPLE.stranger.id, text: "psst" }))).toBe("user_not_in_channel");
    expect((await slack.control.state()).messages).toMatchObject([{ onlyFor: PEOPLE.requester.id }]);
  });

  it("with bad blocks is refused with a pointer to each, and listed", async () => {
    const blocks = [{ type: "header" as const, text: { type: "plain_text" as const, text: "x".repeat(151) } }];
    const response = await fetch(`${slack.apiUrl}chat.postMessage`, {
      method: "POST",
      headers: { authorization: `Bearer ${BOT_TOKEN}`, "content-type": "application/json" },
      body: JSON.stringify({ channel, text: "x", blocks }),
    });
    const messages = ["[ERROR] must NOT have more than 150 characters [json-pointer:/blocks/0/text/text]"];
    expect(await response.json()).toMatchObject({ ok: false, error: "invalid_blocks", response_metadata: { messages } });
    expect((await slack.control.state()).refusals).toHaveLength(1);
    const validated = await fetch(`${slack.apiUrl}blocks.validate`, {
      method: "POST",
      headers: { authorization: `Bearer ${BOT_TOKEN}` },
      body: new URLSearchParams({ blocks: JSON.stringify(blocks) }),
    });
    expect(await validated.json()).toMatchObject({ ok: false, error: "invalid_blocks", errors: [{ pointer: "/blocks/0/text/text" }] });
  });

  it("with more than twelve thousand characters in its blocks is too long", async () => {
    const blocks = Array.from({ length: 5 }, () => ({
      type: "section" as const,
      text: { type: "mrkdwn" as const, text: "x".repeat(2500) },
    }));
    expect(await outcome(client.chat.postMessage({ channel, text: "x", blocks }))).toBe("msg_blocks_too_long");
  });
});

describe("trouble", () => {
  it("limits one channel to one message a second, when asked to", async () => {
    await slack.close();
    const clock = handClock();
    await start({ enforceRateLimits: true, clock });
    const post = () =>
      client.chat.postMessage({ channel, text: "x" }).then(
        () => null,
        ({ code, retryAfter }) => ({ code, retryAfter }),
      );
    expect(await post()).toBeNull();
    expect(await post()).toEqual({ code: ErrorCode.RateLimitedError, retryAfter: 1 });
    clock.pass(1000);
    expect(await post()).toBeNull();
  });

  it("is planned by method, comes so many times, before the effect or after it", async () => {
    const post = () =>
      client.chat.postMessage({ channel, text: "x" }).then(
        () => "ok",
        ({ code }) => code,
      );
    await slack.control.fault({ method: "chat.postMessage", kind: "500", times: 1 });
    await slack.control.fault({ method: "*", kind: "reset", times: 1, when: "after-effect" });
    await slack.control.fault({ method: "*", kind: "429", times: 1, retryAfterSeconds: 4 });
    expect(await post()).toBe(ErrorCode.HTTPError);
    expect((await slack.control.state()).messages).toHaveLength(0);
    expect(await post()).toBe(ErrorCode.RequestError);
    expect((await slack.control.state()).messages).toHaveLength(1);
    expect(await post()).toBe(ErrorCode.RateLimitedError);
    expect(await post()).toBe("ok");
  });

  it("of a call that is never answered ends with the workspace at the latest", async () => {
    await slack.control.fault({ method: "auth.test", kind: "timeout", times: 1 });
    const hanging = client.auth.test().then(
      () => "answered",
      () => "ended",
    );
    await expect.poll(async () => (await slack.control.state()).calls["auth.test"]).toBe(1);
    await slack.close();
    expect(await hanging).toBe("ended");
    await start();
  });
});
