import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { httpManifest } from "../src/slack/manifest.ts";
import { textsFor } from "../src/texts/texts.ts";
import { helpMessage } from "../src/views/help.ts";
import { CALLBACK } from "../src/views/ids.ts";
import { wordsIn } from "./views/block-kit.ts";

const text = readFileSync("manifest.yml", "utf8");
const slackSchema = JSON.parse(readFileSync("test/fixtures/slack-app-manifest.v2.schema.json", "utf8")) as object;
const accepts = new Ajv({ strict: false, validateFormats: false }).compile(slackSchema);

const Manifest = z.object({
  features: z.object({
    shortcuts: z.array(z.object({ callback_id: z.string(), type: z.string() })),
    slash_commands: z.array(z.object({ command: z.string(), usage_hint: z.string(), url: z.string().optional() })),
  }),
  oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }),
  settings: z.object({
    socket_mode_enabled: z.boolean(),
    event_subscriptions: z.object({ bot_events: z.array(z.string()), request_url: z.string().optional() }),
    interactivity: z.object({
      is_enabled: z.boolean(),
      request_url: z.string().optional(),
      message_menu_options_url: z.string().optional(),
    }),
  }),
});
const manifest = Manifest.parse(parse(text));

/** Bot scopes that each Web API method needs, from the methods' pages at docs.slack.dev; [] needs a token and nothing more. */
const SCOPES: Readonly<Record<string, readonly string[]>> = {
  "auth.test": [],
  "chat.postMessage": ["chat:write"],
  "chat.update": ["chat:write"],
  "chat.postEphemeral": ["chat:write"],
  // one scope for each kind of channel that is asked about; direct messages are not
  "conversations.info": ["channels:read", "groups:read", "mpim:read"],
  // one for each kind of channel in which a card stands
  "conversations.history": ["channels:history", "groups:history", "im:history"],
  "conversations.replies": ["channels:history", "groups:history", "im:history"],
  "usergroups.list": ["usergroups:read"],
  "usergroups.users.list": ["usergroups:read"],
  // the email is in the answer only with its own scope
  "users.info": ["users:read", "users:read.email"],
  "users.list": ["users:read", "users:read.email"],
  "views.open": [],
  "views.push": [],
  "views.update": [],
  "views.publish": [],
};

/**
 * What is subscribed to for each event that is listened to, and the scope that each subscription needs (docs.slack.dev, Events API): Slack
 * tells of messages by kind of channel. Group messages are left out: no card stands in one.
 */
const SUBSCRIPTIONS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  app_home_opened: { app_home_opened: [] },
  user_change: { user_change: ["users:read"] },
  subteam_updated: { subteam_updated: ["usergroups:read"] },
  subteam_members_changed: { subteam_members_changed: ["usergroups:read"] },
  message: { "message.channels": ["channels:history"], "message.groups": ["groups:history"], "message.im": ["im:history"] },
};

const sources = (folders: readonly string[]): readonly string[] =>
  folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .map((name) => readFileSync(join(folder, name), "utf8")),
  );
const runtime = sources(["src/slack", "src/actions", "src/commands"]);

const METHOD_CALL =
  /\.((?:auth|chat|conversations|users|usergroups|usergroups\.users|views|reactions|files|team|pins|reminders|bots|im|groups|channels)\.[a-zA-Z]+)\(/gu;
const usedMethods = new Set(runtime.flatMap((source) => [...source.matchAll(METHOD_CALL)].map((match) => match[1] ?? "")));

const everyMatch = (pattern: RegExp): readonly string[] =>
  runtime.flatMap((source) => [...source.matchAll(pattern)].map((match) => match[1] ?? ""));

const listened = [...new Set(everyMatch(/app\.event\("([^"]+)"/gu))];

describe("manifest.yml", () => {
  it("is accepted by Slack's own schema", () => {
    expect(accepts(parse(text)), JSON.stringify(accepts.errors)).toBe(true);
  });

  it("uses only Web API methods whose scopes are known here", () => {
    expect([...usedMethods].filter((method) => !(method in SCOPES))).toEqual([]);
    expect([...usedMethods].length).toBeGreaterThan(8);
  });

  it("asks for exactly the scopes that the code uses", () => {
    const forMethods = [...usedMethods].flatMap((method) => SCOPES[method] ?? []);
    const forEvents = listened.flatMap((event) => Object.values(SUBSCRIPTIONS[event] ?? {}).flat());
    const used = new Set(["commands", ...forMethods, ...forEvents]);
    expect([...manifest.oauth_config.scopes.bot].sort()).toEqual([...used].sort());
  });

  it("subscribes to exactly the events that are listened to", () => {
    expect(listened.filter((event) => !(event in SUBSCRIPTIONS))).toEqual([]);
    const subscribed = listened.flatMap((event) => Object.keys(SUBSCRIPTIONS[event] ?? {}));
    expect([...manifest.settings.event_subscriptions.bot_events].sort()).toEqual(subscribed.sort());
  });

  it("declares exactly the commands and shortcuts that are listened to", () => {
    expect(manifest.features.slash_commands.map(({ command }) => command)).toEqual(everyMatch(/app\.command\("([^"]+)"/gu));
    expect(manifest.features.shortcuts).toEqual([{ callback_id: CALLBACK.requestShortcut, type: "global" }]);
    expect(everyMatch(/app\.shortcut\(([^,]+),/gu)).toEqual(["CALLBACK.requestShortcut"]);
  });

  it("hints at every subcommand that the help lists", () => {
    const listed = [...wordsIn(helpMessage(textsFor("en")).blocks.slice(1)).matchAll(/\/pra ([a-z]+)/gu)].map((match) => match[1] ?? "");
    expect(new Set(listed).size).toBe(17);
    const [hint = ""] = manifest.features.slash_commands.map(({ usage_hint: hinted }) => hinted);
    expect(listed.filter((subcommand) => !hint.includes(subcommand))).toEqual([]);
  });

  it("receives by Socket Mode and names no address", () => {
    expect(manifest.settings.socket_mode_enabled).toBe(true);
    expect(text).not.toContain("request_url");
  });
});

describe("the manifest for HTTP", () => {
  const http = httpManifest(text, "https://bot.example.org/");
  const parsed = Manifest.parse(parse(http));
  const address = "https://bot.example.org/slack/events";

  it("is accepted by Slack's own schema", () => {
    expect(accepts(parse(http)), JSON.stringify(accepts.errors)).toBe(true);
  });

  it("sends events, interactions, option loading and the command to the one address", () => {
    expect(parsed.settings.socket_mode_enabled).toBe(false);
    expect(parsed.settings.event_subscriptions.request_url).toBe(address);
    expect(parsed.settings.interactivity.request_url).toBe(address);
    expect(parsed.settings.interactivity.message_menu_options_url).toBe(address);
    expect(parsed.features.slash_commands.map(({ url }) => url)).toEqual([address]);
  });

  it("asks for the same scopes and events", () => {
    expect(parsed.oauth_config).toEqual(manifest.oauth_config);
    expect(parsed.settings.event_subscriptions.bot_events).toEqual(manifest.settings.event_subscriptions.bot_events);
  });

  it.each(["http://bot.example.org", "bot.example.org", "https://bot.example.org?x=1", "https://user@bot.example.org", ""])(
    "refuses %j as an address",
    (url) => {
      expect(() => httpManifest(text, url)).toThrow(expect.objectContaining({ code: "setting_invalid" }));
    },
  );

  it("keeps a path in front of Slack's own", () => {
    expect(httpManifest(text, "https://example.org/pra")).toContain("https://example.org/pra/slack/events");
    expect(httpManifest(text, "https://example.org/slack/events")).not.toContain("events/slack/events");
  });
});
