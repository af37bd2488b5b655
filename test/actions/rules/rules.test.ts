import { describe, expect, it } from "vitest";
import { CHANNELS } from "../../../sandbox/slack/seed.ts";
import { textsFor } from "../../../src/texts/texts.ts";
import { ACTION, BLOCK, CALLBACK } from "../../../src/views/ids.ts";
import { changeCard } from "../../../src/views/rules-change-card.ts";
import { actor, type Listening, startListening, until } from "../../support/slack-listeners.ts";
import { changeView, outcome } from "../../views/rules-models.ts";
import { ana, called, press, refusals } from "../one-person.ts";

const en = textsFor("en");
const PLANT = { scope: "MICROTENANT", scopeId: "77" };

const type = (bot: Listening, channelId: string = CHANNELS.general.id) =>
  bot.workspace.control.command({ userId: ana, channelId, command: "/pra", text: "config" });
const shown = (bot: Listening, callbackId: string) =>
  until(async () => (await bot.workspace.control.state()).views[ana]?.findLast(({ view }) => view.callback_id === callbackId));
const submit = (bot: Listening, values: Parameters<typeof bot.workspace.control.submit>[0]["values"]) =>
  bot.workspace.control.submit({ userId: ana, values });
const plantRow = `${BLOCK.rulesActions}_MICROTENANT_77`;

describe("/pra config", () => {
  it("lists the rules by scope for an administrator", async () => {
    const bot = await startListening();
    expect((await type(bot)).status).toBe("acked");
    const view = JSON.stringify((await shown(bot, CALLBACK.rulesList)).view);
    expect(view).toContain("Microtenant Plant");
    expect(called(bot, "rules.list")).toEqual([{ by: actor(ana) }]);
    expect(await refusals(bot)).toEqual([]);
  });

  it("answers everybody else with a sentence, and shows nothing in a channel that others can read", async () => {
    const bot = await startListening();
    bot.refuse("rules.list", "admins_only");
    await type(bot);
    const answered = await until(async () => (await bot.workspace.control.state()).messages.find(({ onlyFor }) => onlyFor === ana));
    expect(answered.text).toBe(en.errors.admins_only(() => ""));
    await type(bot, CHANNELS.shared.id);
    expect((await bot.workspace.control.state()).views[ana] ?? []).toEqual([]);
  });
});

describe("changing rules", () => {
  const edit = async (bot: Listening) => {
    await type(bot);
    await shown(bot, CALLBACK.rulesList);
    await press(bot, plantRow, ACTION.rulesEdit);
    return shown(bot, CALLBACK.rulesEdit);
  };
  const write = (bot: Listening, value: string) =>
    submit(bot, { [BLOCK.rules]: { [ACTION.rulesText]: { type: "plain_text_input", value } } });

  it("shows the YAML, then what would change, and applies exactly that", async () => {
    const bot = await startListening();
    expect(JSON.stringify((await edit(bot)).view)).toContain("longestWindowHours: 8");
    expect((await write(bot, "longestWindowHours: 4\n")).status).toBe("acked");
    expect(called(bot, "rules.put")).toEqual([
      { ...PLANT, by: actor(ana), yaml: "longestWindowHours: 4\n", expectedRevision: 3, mode: "plan" },
    ]);
    const review = JSON.stringify((await shown(bot, CALLBACK.rulesReview)).view);
    expect(review).toContain("+ longestWindowHours: 4");
    expect(review).toContain(en.rules.tightens);
    bot.state.rules.outcome = outcome({ result: "applied", revision: 4 });
    await submit(bot, {});
    expect(called(bot, "rules.put").at(-1)).toEqual({
      ...PLANT,
      by: actor(ana),
      yaml: "longestWindowHours: 4\n",
      expectedRevision: 3,
      mode: "apply",
    });
    expect(JSON.stringify((await shown(bot, CALLBACK.notice)).view)).toContain(en.rules.applied);
    expect(await refusals(bot)).toEqual([]);
  });

  it("takes whatever fits into the form, also rules of many short lines", async () => {
    const bot = await startListening();
    await edit(bot);
    const many = "a:\n".repeat(833);
    expect((await write(bot, many)).errors).toBeNull();
    expect(called(bot, "rules.put")).toMatchObject([{ yaml: many }]);
    await submit(bot, {});
    expect(called(bot, "rules.put").at(-1)).toMatchObject({ yaml: many, mode: "apply" });
    expect(await refusals(bot)).toEqual([]);
  });

  it("says at the field what does not hold, with its path", async () => {
    const bot = await startListening();
    await edit(bot);
    bot.refuse("rules.put", "rules_invalid", { field: "rules", params: { problem: "approvers.0: must be a Slack user id" } });
    const { errors } = await write(bot, "approvers: [bob]");
    expect(errors?.[BLOCK.rules]).toContain("approvers.0: must be a Slack user id");
  });

  it("says when the rules have changed meanwhile, before it applies anything", async () => {
    const bot = await startListening();
    await edit(bot);
    await write(bot, "longestWindowHours: 4");
    bot.refuse("rules.put", "rules_changed_meanwhile");
    await submit(bot, {});
    expect(JSON.stringify((await shown(bot, CALLBACK.notice)).view)).toContain(en.errors.rules_changed_meanwhile(() => ""));
  });

  it("writes rules for a scope that has none, found by its name", async () => {
    const bot = await startListening();
    bot.refuse("rules.get", "rules_unknown");
    await type(bot);
    await shown(bot, CALLBACK.rulesList);
    await press(bot, BLOCK.rulesActions, ACTION.rulesNew);
    await shown(bot, CALLBACK.rulesScope);
    const { options } = await bot.workspace.control.options({
      userId: ana,
      surface: "modal",
      blockId: BLOCK.rulesScope,
      actionId: ACTION.rulesScope,
      value: "pla",
    });
    expect(options).toMatchObject([{ text: "Microtenant Plant", value: "MICROTENANT:77", description: "77" }]);
    await submit(bot, {
      [BLOCK.rulesScope]: { [ACTION.rulesScope]: { type: "external_select", selected_option: { value: "MICROTENANT:77" } } },
    });
    const { view } = await shown(bot, CALLBACK.rulesEdit);
    expect(JSON.parse(view.private_metadata ?? "")).toEqual({ ...PLANT, revision: 0 });
    expect(await refusals(bot)).toEqual([]);
  });

  it("deletes after it has shown what counts then", async () => {
    const bot = await startListening();
    bot.state.rules.outcome = outcome({ kind: "remove", loosens: ["longest_window_longer"] });
    await type(bot);
    await shown(bot, CALLBACK.rulesList);
    await press(bot, plantRow, ACTION.rulesDelete);
    expect(JSON.stringify((await shown(bot, CALLBACK.rulesReview)).view)).toContain(en.rules.loosens.longest_window_longer);
    bot.state.rules.outcome = outcome({ kind: "remove", result: "waiting", changeId: "c1" });
    await submit(bot, {});
    expect(called(bot, "rules.delete").at(-1)).toEqual({ ...PLANT, by: actor(ana), expectedRevision: 3, mode: "apply" });
    expect(JSON.stringify((await shown(bot, CALLBACK.notice)).view)).toContain(en.rules.waits);
  });
});

describe("a change that waits", () => {
  const change = changeView();
  const blockId = `${BLOCK.change}_${change.id}`;

  it.each([
    ["confirmed", ACTION.changeConfirm, "rules.confirm"],
    ["declined", ACTION.changeDecline, "rules.decline"],
  ])("is %s on its card by whoever clicks, whatever the button's value says of anybody", async (_, actionId, useCase) => {
    const bot = await startListening();
    const { channelId, ts } = await bot.post(changeCard(change, "U2", en).blocks);
    expect((await bot.workspace.control.messageAction({ userId: ana, channelId, ts, blockId, actionId })).status).toBe("acked");
    expect(called(bot, useCase)).toEqual([{ changeId: change.id, by: actor(ana) }]);
  });

  it("is opened from the list and confirmed there; both are drawn anew", async () => {
    const bot = await startListening();
    bot.state.rules.overview = { ...bot.state.rules.overview, waiting: [change] };
    await type(bot);
    await shown(bot, CALLBACK.rulesList);
    await press(bot, blockId, ACTION.changeOpen);
    expect(JSON.stringify((await shown(bot, CALLBACK.rulesChange)).view)).toContain("+ longestWindowHours: 9");
    expect(called(bot, "rules.getChange")).toEqual([{ changeId: change.id, by: actor(ana) }]);
    bot.state.rules.overview = { ...bot.state.rules.overview, waiting: [] };
    await press(bot, blockId, ACTION.changeConfirm);
    expect(called(bot, "rules.confirm")).toEqual([{ changeId: change.id, by: actor(ana) }]);
    await until(async () => (JSON.stringify((await shown(bot, CALLBACK.rulesList)).view).includes(change.id) ? null : true));
    expect(JSON.stringify((await shown(bot, CALLBACK.rulesChange)).view)).toContain(en.rules.settled.APPLIED[0]);
    expect(await refusals(bot)).toEqual([]);
  });

  it("is declined in the list, which is drawn anew", async () => {
    const bot = await startListening();
    bot.state.rules.overview = { ...bot.state.rules.overview, waiting: [change] };
    await type(bot);
    await shown(bot, CALLBACK.rulesList);
    bot.state.rules.overview = { ...bot.state.rules.overview, waiting: [] };
    await press(bot, blockId, ACTION.changeDecline);
    expect(called(bot, "rules.decline")).toEqual([{ changeId: change.id, by: actor(ana) }]);
    await until(async () => (JSON.stringify((await shown(bot, CALLBACK.rulesList)).view).includes(change.id) ? null : true));
    expect(await refusals(bot)).toEqual([]);
  });

  it("that is too long for its card is opened from there, and read to the last page before it is confirmed", async () => {
    const bot = await startListening();
    const diff = Array.from({ length: 600 }, (_, n) => ({ sign: "+" as const, text: `  - U0${n}` }));
    bot.state.rules.waits = changeView({ diff });
    const { channelId, ts } = await bot.post(changeCard(bot.state.rules.waits, "U2", en).blocks);
    await bot.workspace.control.messageAction({ userId: ana, channelId, ts, blockId, actionId: ACTION.changeOpen });
    expect(JSON.stringify((await shown(bot, CALLBACK.rulesChange)).view)).not.toContain(ACTION.changeConfirm);
    await press(bot, BLOCK.changePages, ACTION.changePageNext);
    await until(async () => (JSON.stringify((await shown(bot, CALLBACK.rulesChange)).view).includes("U0599") ? true : null));
    await press(bot, blockId, ACTION.changeConfirm);
    expect(called(bot, "rules.confirm")).toEqual([{ changeId: change.id, by: actor(ana) }]);
    expect(await refusals(bot)).toEqual([]);
  });

  it("says to who proposed it that another must confirm", async () => {
    const bot = await startListening();
    bot.refuse("rules.confirm", "second_admin_needed");
    const { channelId, ts } = await bot.post(changeCard(change, "U2", en).blocks);
    await bot.workspace.control.messageAction({ userId: ana, channelId, ts, blockId, actionId: ACTION.changeConfirm });
    const told = await until(async () => (await bot.workspace.control.state()).messages.find(({ onlyFor }) => onlyFor === ana));
    expect(told.text).toBe(en.errors.second_admin_needed(() => ""));
  });
});
