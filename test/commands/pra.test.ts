import { describe, expect, it } from "vitest";
import { CHANNELS, PEOPLE } from "../../sandbox/slack/seed.ts";
import { parseCommand } from "../../src/commands/parse-command.ts";
import { enErrors } from "../../src/texts/en-errors.ts";
import { textsFor } from "../../src/texts/texts.ts";
import { ACTION, BLOCK, CALLBACK } from "../../src/views/ids.ts";
import { aRow, type Listening, startListening, until } from "../support/slack-listeners.ts";

const ana = PEOPLE.requester.id;
const en = textsFor("en");

const type = (bot: Listening, text: string, { userId = ana as string, channelId = CHANNELS.general.id as string } = {}) =>
  bot.workspace.control.command({ userId, channelId, command: "/pra", text });
const answered = (bot: Listening) =>
  until(async () => (await bot.workspace.control.state()).messages.find((message) => message.onlyFor !== null));
const form = (bot: Listening, userId: string = ana) =>
  until(async () => (await bot.workspace.control.state()).views[userId]?.find(({ view }) => view.callback_id === CALLBACK.requestForm));

describe("reading what was typed after /pra", () => {
  it.each([
    ["", { kind: "request", text: "" }],
    ["  ", { kind: "request", text: "" }],
    ["request db-prod for 2h", { kind: "request", text: "db-prod for 2h" }],
    ["REQUEST  db-prod\nbecause x", { kind: "request", text: "db-prod\nbecause x" }],
    ["request", { kind: "request", text: "" }],
    ["mine", { kind: "mine" }],
    ["explain PRA-1042", { kind: "explain", label: "PRA-1042" }],
    ["Explain", { kind: "explain", label: "" }],
    ["approvals", { kind: "approvals" }],
    ["Queue", { kind: "approvals" }],
    [" Help ", { kind: "help" }],
    ["config", { kind: "config" }],
    ["consoles", { kind: "consoles", text: "" }],
    ["credentials", { kind: "credentials", text: "" }],
    ["Credentials  db prod", { kind: "credentials", text: "db prod" }],
    ["Consoles  db prod", { kind: "consoles", text: "db prod" }],
    ["dance now", { kind: "unknown", text: "dance" }],
  ] as const)("takes %j for its meaning", (typed, command) => {
    expect(parseCommand(typed)).toEqual(command);
  });
});

describe("/pra", () => {
  it("opens the form, empty or filled in from what was typed", async () => {
    const bot = await startListening();
    expect((await type(bot, "")).status).toBe("acked");
    await form(bot);
    await bot.workspace.control.close({ userId: ana });
    await type(bot, "request db-prod for 2h because OPS-123");
    expect(JSON.stringify((await form(bot)).view)).toContain("OPS-123");
    expect((await bot.workspace.control.state()).refusals).toEqual([]);
  });

  it("lists the person's own access and requests to them alone", async () => {
    const bot = await startListening();
    bot.state.home = { myAccess: [], myRequests: [aRow({ label: "PRA-1077" })] };
    expect((await type(bot, "mine")).status).toBe("acked");
    const message = await answered(bot);
    expect(message.onlyFor).toBe(ana);
    expect(JSON.stringify(message.blocks)).toContain("PRA-1077");
  });

  it("explains a request to the person who asked alone", async () => {
    const bot = await startListening();
    expect((await type(bot, "explain PRA-1042")).status).toBe("acked");
    expect(bot.calls).toContainEqual(["explain", { label: "PRA-1042", by: { teamId: PEOPLE.requester.teamId, userId: ana } }]);
    const message = await answered(bot);
    expect(message.onlyFor).toBe(ana);
    expect(JSON.stringify(message.blocks)).toContain(en.explain.seatsTitle);
    expect((await bot.workspace.control.state()).refusals).toEqual([]);
  });

  it("says why it does not explain one", async () => {
    const bot = await startListening();
    bot.refuse("explain", "not_allowed");
    await type(bot, "explain PRA-1042");
    expect(await answered(bot)).toMatchObject({ onlyFor: ana, text: enErrors.not_allowed(() => "") });
  });

  it("asks which request to explain", async () => {
    const bot = await startListening();
    await type(bot, "explain");
    expect(await answered(bot)).toMatchObject({ onlyFor: ana, text: enErrors.request_missing(() => "") });
  });

  it("explains itself, in the person's language", async () => {
    const bot = await startListening();
    await type(bot, "help", { userId: PEOPLE.admin.id });
    expect(JSON.stringify((await answered(bot)).blocks)).toContain(textsFor("de").help.intro);
  });

  it("explains itself anywhere", async () => {
    const bot = await startListening();
    await type(bot, "help", { channelId: CHANNELS.shared.id });
    expect(JSON.stringify((await answered(bot)).blocks)).toContain(en.help.intro);
  });

  it("says so when it does not know a word", async () => {
    const bot = await startListening();
    await type(bot, "dance");
    expect(await answered(bot)).toMatchObject({ onlyFor: ana, text: enErrors.command_not_understood(() => "dance") });
  });

  it.each(["", "mine", "explain PRA-1042"])(
    "shows neither form nor lists nor explanation in a channel that another organisation can read: /pra %s",
    async (text) => {
      const bot = await startListening();
      bot.state.home = { myAccess: [], myRequests: [aRow({ label: "PRA-1077" })] };
      await type(bot, text, { channelId: CHANNELS.shared.id });
      const message = await answered(bot);
      expect(message).toMatchObject({ onlyFor: ana, text: enErrors.channel_shared_externally(() => "") });
      expect(JSON.stringify(message.blocks)).not.toContain("PRA-1077");
      expect((await bot.workspace.control.state()).views[ana] ?? []).toEqual([]);
    },
  );

  it("tells a person who is not trusted why, in place of the form", async () => {
    const bot = await startListening();
    await type(bot, "", { userId: PEOPLE.guest.id });
    const shown = await until(async () =>
      (await bot.workspace.control.state()).views[PEOPLE.guest.id]?.find(({ view }) => view.callback_id === CALLBACK.notice),
    );
    expect(JSON.stringify(shown.view)).toContain("guest");
  });
});

describe("the other ways in", () => {
  it("opens the form from the global shortcut", async () => {
    const bot = await startListening("socket");
    await bot.workspace.control.shortcut({ userId: ana, callbackId: CALLBACK.requestShortcut });
    await form(bot);
  });

  it("draws the App Home when it is opened, anew on Refresh, longer on Show more, and opens the form from it", async () => {
    const bot = await startListening();
    const { control } = bot.workspace;
    const rows = Array.from({ length: 12 }, (_, index) => aRow({ requestId: `r${index}`, label: `PRA-${2000 + index}` }));
    bot.state.home = { myAccess: [], myRequests: rows };
    const home = async () => JSON.stringify((await control.state()).homes[ana]);
    const shows = (text: string) => until(async () => ((await home())?.includes(text) ? true : null));

    await control.openHome({ userId: ana });
    await shows("PRA-2004");
    expect(await home()).not.toContain("PRA-2005");

    await control.viewAction({ userId: ana, surface: "home", blockId: BLOCK.homeMore, actionId: ACTION.homeMore });
    await shows("PRA-2009");

    bot.state.home = { myAccess: [], myRequests: [] };
    await control.viewAction({ userId: ana, surface: "home", blockId: BLOCK.homeActions, actionId: ACTION.homeRefresh });
    await shows(en.home.requestsNone);

    await control.viewAction({ userId: ana, surface: "home", blockId: BLOCK.homeActions, actionId: ACTION.homeRequest });
    await form(bot);
    expect((await control.state()).refusals).toEqual([]);
  });
});
