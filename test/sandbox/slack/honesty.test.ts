import { createEmulator, type Emulator } from "emulate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { CHANNELS, PEOPLE } from "../../../sandbox/slack/seed.ts";
import type { SimulatedSlack } from "../../../sandbox/slack/server.ts";
import { freshTrigger, type RecordingApp, startRecordingApp } from "./recording-app.ts";
import { BOT_TOKEN, startWorkspace } from "./tiny-app.ts";

/**
 * Contract: the same Web API calls have the same outcome here and in `emulate`, a simulator of Slack that others wrote from the
 * same documentation: the same error codes, and in a good answer the same fields of the same types.
 * Left out, because `emulate` and Slack's documentation part ways: `chat.update` without blocks, and which blocks are valid.
 */
interface Side {
  readonly call: (method: string, args?: Record<string, unknown>, token?: string) => Promise<Record<string, unknown>>;
  readonly channel: string;
  readonly person: string;
  readonly email: string;
  trigger(): Promise<string>;
}

const EMAIL = "ana.ribeiro@harbour.example";
const SCOPES = ["chat:write", "channels:read", "groups:read", "im:read", "im:write", "users:read", "users:read.email"];

const caller =
  (api: string): Side["call"] =>
  async (method, args = {}, token = BOT_TOKEN) => {
    const response = await fetch(`${api}${method}`, {
      method: "POST",
      headers: { "content-type": "application/json", ...(token && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify(args),
    });
    return Answer.parse(await response.json());
  };
const Answer = z.record(z.string(), z.unknown());

let emulator: Emulator;
let slack: SimulatedSlack;
let app: RecordingApp;
let theirs: Side;
let ours: Side;

beforeAll(async () => {
  app = await startRecordingApp();
  slack = await startWorkspace({ deliverTo: app.url, scopes: SCOPES });
  ours = {
    call: caller(slack.apiUrl),
    channel: CHANNELS.approvals.id,
    person: PEOPLE.requester.id,
    email: EMAIL,
    trigger: () => freshTrigger(slack, app),
  };
  emulator = await createEmulator({
    service: "slack",
    port: await freePort(),
    seed: {
      slack: {
        users: [{ name: "ana", real_name: "Ana Ribeiro", email: EMAIL }],
        channels: [{ name: "pra-approvals" }],
        tokens: [{ token: BOT_TOKEN, type: "bot", scopes: [...SCOPES] }],
        strict_scopes: true,
      },
    },
  });
  theirs = await emulated(caller(`${emulator.url}/api/`));
});
afterAll(async () => {
  await Promise.all([emulator.close(), slack.close(), app.close()]);
});

async function freePort(): Promise<number> {
  const { createServer } = await import("node:net");
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address ? address.port : 0;
}

const Found = z.object({ user: z.object({ id: z.string() }) });
const Listed = z.object({ channels: z.array(z.object({ id: z.string(), name: z.string() })) });
const Triggered = z.object({ trigger_id: z.string() });

async function emulated(call: Side["call"]): Promise<Side> {
  const person = Found.parse(await call("users.lookupByEmail", { email: EMAIL })).user.id;
  const channel = Listed.parse(await call("conversations.list")).channels.find(({ name }) => name === "pra-approvals")?.id ?? "";
  let view: unknown;
  const spied: Side["call"] = async (method, args, token) => {
    const answer = await call(method, args, token);
    if (method === "views.open" && answer.ok) view = z.object({ view: z.object({ id: z.string() }) }).parse(answer).view.id;
    return answer;
  };
  const trigger = async () =>
    Triggered.parse(await call("views.generateTriggerId", { user_id: person, ...(view ? { view_id: view } : {}) })).trigger_id;
  return { call: spied, channel, person, email: EMAIL, trigger };
}

/** The error code, or the names and types of the fields that matter. */
function shape(answer: Record<string, unknown>, fields: readonly string[]): unknown {
  if (answer.ok !== true) return answer.error;
  const at = (path: string) => path.split(".").reduce<unknown>((value, key) => Answer.safeParse(value).data?.[key], answer);
  return Object.fromEntries(fields.map((field) => [field, Array.isArray(at(field)) ? "array" : typeof at(field)]));
}

const modal = { type: "modal", title: { type: "plain_text", text: "Ask" }, blocks: [{ type: "divider" }] };
const VIEW = [
  "view.id",
  "view.team_id",
  "view.type",
  "view.hash",
  "view.root_view_id",
  "view.previous_view_id",
  "view.blocks",
  "view.state",
];
const USER = ["user.id", "user.team_id", "user.name", "user.real_name", "user.deleted", "user.is_bot", "user.profile.email"];
const MESSAGE = ["channel", "ts", "message.ts", "message.text", "message.type", "message.user"];

const calls: [name: string, run: (side: Side) => Promise<Record<string, unknown>>, fields?: readonly string[]][] = [
  ["auth.test", ({ call }) => call("auth.test"), ["url", "team", "user", "team_id", "user_id"]],
  ["no token", ({ call }) => call("auth.test", {}, "")],
  ["users.info", ({ call, person }) => call("users.info", { user: person }), USER],
  ["users.info of nobody", ({ call }) => call("users.info", { user: "U0NOBODY00" })],
  ["users.list", ({ call }) => call("users.list", { limit: 1 }), ["members", "response_metadata.next_cursor"]],
  ["users.lookupByEmail", ({ call, email }) => call("users.lookupByEmail", { email }), USER],
  ["users.lookupByEmail of nobody", ({ call }) => call("users.lookupByEmail", { email: "nobody@harbour.example" })],
  [
    "conversations.info",
    ({ call, channel }) => call("conversations.info", { channel }),
    ["channel.id", "channel.name", "channel.is_private", "channel.is_channel", "channel.is_archived", "channel.is_member"],
  ],
  ["conversations.info of nothing", ({ call }) => call("conversations.info", { channel: "C0NOTHING0" })],
  ["conversations.members", ({ call, channel }) => call("conversations.members", { channel }), ["members"]],
  ["conversations.list", ({ call }) => call("conversations.list", { limit: 1 }), ["channels", "response_metadata.next_cursor"]],
  ["conversations.list without the scope", ({ call }) => call("conversations.list", { types: "mpim" })],
  ["conversations.open", ({ call, person }) => call("conversations.open", { users: person }), ["channel.id"]],
  [
    "conversations.open in full",
    ({ call, person }) => call("conversations.open", { users: person, return_im: true }),
    ["channel.id", "channel.is_im", "channel.user"],
  ],
  ["conversations.open with nobody", ({ call }) => call("conversations.open", { users: "" })],
  ["conversations.open with a stranger", ({ call }) => call("conversations.open", { users: "U0NOBODY00" })],
  ["chat.postMessage", ({ call, channel }) => call("chat.postMessage", { channel, text: "hello" }), MESSAGE],
  ["chat.postMessage of nothing", ({ call, channel }) => call("chat.postMessage", { channel })],
  ["chat.postMessage nowhere", ({ call }) => call("chat.postMessage", { channel: "C0NOTHING0", text: "x" })],
  ["chat.postEphemeral", ({ call, channel, person }) => call("chat.postEphemeral", { channel, user: person, text: "x" }), ["message_ts"]],
  ["chat.update", (side) => afterPost(side, "chat.update", { text: "new" }), [...MESSAGE, "text"]],
  ["chat.update with nothing", (side) => afterPost(side, "chat.update", {})],
  ["chat.update of nothing", ({ call, channel }) => call("chat.update", { channel, ts: "1.000001", text: "x" })],
  ["chat.delete", (side) => afterPost(side, "chat.delete", {}), ["channel", "ts"]],
  ["chat.delete of nothing", ({ call, channel }) => call("chat.delete", { channel, ts: "1.000001" })],
  ["chat.getPermalink of nothing", ({ call, channel }) => call("chat.getPermalink", { channel, message_ts: "1.000001" })],
  ["views.open", async ({ call, trigger }) => call("views.open", { trigger_id: await trigger(), view: modal }), VIEW],
  ["views.open with a made-up trigger", ({ call }) => call("views.open", { trigger_id: "1.2.three", view: modal })],
  ["views.open twice", async (side) => twice(side)],
  ["views.push", async ({ call, trigger }) => call("views.push", { trigger_id: await trigger(), view: modal }), VIEW],
  ["views.update of nothing", ({ call }) => call("views.update", { view_id: "V0NOTHING0", view: modal })],
  ["views.publish", ({ call, person }) => call("views.publish", { user_id: person, view: { type: "home", blocks: [] } }), VIEW],
  ["views.publish for nobody", ({ call }) => call("views.publish", { user_id: "U0NOBODY00", view: { type: "home", blocks: [] } })],
  [
    "views.publish with an old hash",
    ({ call, person }) => call("views.publish", { user_id: person, hash: "1.old", view: { type: "home", blocks: [] } }),
  ],
];

async function afterPost({ call, channel }: Side, method: string, args: Record<string, unknown>) {
  const { ts } = await call("chat.postMessage", { channel, text: "old" });
  return call(method, { channel, ts, ...args });
}

async function twice({ call, trigger }: Side) {
  const trigger_id = await trigger();
  await call("views.open", { trigger_id, view: modal });
  return call("views.open", { trigger_id, view: modal });
}

describe("the same call, here and in a simulator by others", () => {
  it.each(calls)("%s", async (_, run, fields = []) => {
    const [here, there] = [await run(ours), await run(theirs)];
    expect(shape(here, fields)).toEqual(shape(there, fields));
  });
});
