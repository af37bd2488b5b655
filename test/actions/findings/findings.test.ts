import { describe, expect, it } from "vitest";
import { PEOPLE } from "../../../sandbox/slack/seed.ts";
import { textsFor } from "../../../src/texts/texts.ts";
import { findingCard } from "../../../src/views/finding-card.ts";
import { ACTION, BLOCK, CALLBACK } from "../../../src/views/ids.ts";
import { actor, type Listening, startListening, until } from "../../support/slack-listeners.ts";
import { aFinding, aForeignFinding } from "../../views/a-finding.ts";
import { ana, called, refusals, type } from "../one-person.ts";

const en = textsFor("en");
const finding = aFinding();
const blockId = `${BLOCK.finding}_${finding.id}`;
const shownTo = (bot: Listening, callbackId: string) =>
  until(async () => (await bot.workspace.control.state()).views[ana]?.findLast(({ view }) => view.callback_id === callbackId));
const click = async (bot: Listening, actionId: string) => {
  const { channelId, ts } = await bot.post(findingCard(finding, en).blocks);
  return bot.workspace.control.messageAction({ userId: ana, channelId, ts, blockId, actionId });
};
const why = (value: string) => ({ [BLOCK.comment]: { [ACTION.comment]: { type: "plain_text_input", value } } });

describe("a finding's message", () => {
  it.each([
    ["restores", ACTION.findingRestore, "restore"],
    ["ignores", ACTION.findingIgnore, "ignore"],
  ])("%s before the click is acknowledged, for whoever Slack says clicked", async (_, actionId, verdict) => {
    const bot = await startListening();
    expect((await click(bot, actionId)).status).toBe("acked");
    expect(called(bot, "findings.judge")).toEqual([{ findingId: finding.id, version: 3, by: actor(ana), verdict, reason: null }]);
  });

  it.each([
    ["adopted", ACTION.findingAdopt, "adopt"],
    ["revoked", ACTION.findingRevoke, "revoke"],
  ])("asks why something is %s, and does it before the form closes", async (_, actionId, verdict) => {
    const bot = await startListening();
    await click(bot, actionId);
    await shownTo(bot, CALLBACK.findingForm);
    expect(called(bot, "findings.mayJudge")).toEqual([{ findingId: finding.id, version: 3, by: actor(ana), verdict }]);
    expect((await bot.workspace.control.submit({ userId: ana, values: why("INC-7") })).status).toBe("acked");
    expect(called(bot, "findings.judge")).toEqual([
      { findingId: finding.id, version: 3, verdict, by: actor(ana), reason: "INC-7", ownerUserId: null },
    ]);
    expect(await refusals(bot)).toEqual([]);
  });

  it("asks who answers for a foreign one", async () => {
    const bot = await startListening();
    bot.state.finding = aForeignFinding();
    await click(bot, ACTION.findingAdopt);
    await shownTo(bot, CALLBACK.findingForm);
    const owner = { [BLOCK.owner]: { [ACTION.owner]: { type: "users_select", selected_user: PEOPLE.approver.id } } };
    await bot.workspace.control.submit({ userId: ana, values: { ...why("INC-7"), ...owner } });
    expect(called(bot, "findings.judge")).toMatchObject([{ ownerUserId: PEOPLE.approver.id }]);
  });

  it("tells who may not, and opens no form for them", async () => {
    const bot = await startListening();
    bot.refuse("findings.mayJudge", "admins_only");
    bot.refuse("findings.judge", "admins_only");
    for (const actionId of [ACTION.findingAdopt, ACTION.findingRestore, ACTION.findingIgnore, ACTION.findingRevoke])
      await click(bot, actionId);
    const told = await until(async () => {
      const all = (await bot.workspace.control.state()).messages.filter(({ onlyFor }) => onlyFor === ana);
      return all.length === 4 ? all : null;
    });
    expect(new Set(told.map(({ text }) => text))).toEqual(new Set([en.errors.admins_only(() => "")]));
    expect((await bot.workspace.control.state()).views[ana] ?? []).toEqual([]);
  });

  it("says at the field that a reason is missing", async () => {
    const bot = await startListening();
    await click(bot, ACTION.findingRevoke);
    await shownTo(bot, CALLBACK.findingForm);
    bot.refuse("findings.judge", "comment_required", { field: "comment" });
    const { errors } = await bot.workspace.control.submit({ userId: ana, values: why(" ") });
    expect(errors?.[BLOCK.comment]).toBe(en.errors.comment_required(() => ""));
  });
});

describe("/pra findings", () => {
  it("lists what waits, page by page, and draws the list anew after a verdict", async () => {
    const bot = await startListening();
    bot.state.findingsNext = "f9";
    await type(bot, "findings");
    await shownTo(bot, CALLBACK.findings);
    await bot.workspace.control.viewAction({ userId: ana, surface: "modal", blockId: BLOCK.findingsPages, actionId: ACTION.findingsMore });
    await until(async () => (called(bot, "findings.list").length === 2 ? true : null));
    expect(called(bot, "findings.list")).toMatchObject([{ by: actor(ana), after: null }, { after: "f9" }]);
    await bot.workspace.control.viewAction({ userId: ana, surface: "modal", blockId, actionId: ACTION.findingIgnore });
    await until(async () => (called(bot, "findings.list").length === 3 ? true : null));
    expect(called(bot, "findings.judge")).toMatchObject([{ verdict: "ignore", version: 3 }]);
    await bot.workspace.control.viewAction({ userId: ana, surface: "modal", blockId, actionId: ACTION.findingRevoke });
    await shownTo(bot, CALLBACK.findingForm);
    await bot.workspace.control.submit({ userId: ana, values: why("INC-7") });
    await until(async () => (called(bot, "findings.list").length === 4 ? true : null));
    expect(await refusals(bot)).toEqual([]);
  });

  it("is for administrators, as /pra reconcile is", async () => {
    const bot = await startListening();
    bot.refuse("findings.list", "admins_only");
    bot.refuse("findings.startPass", "admins_only");
    await type(bot, "findings");
    await type(bot, "reconcile");
    const told = await until(async () => {
      const all = (await bot.workspace.control.state()).messages.filter(({ onlyFor }) => onlyFor === ana);
      return all.length === 2 ? all : null;
    });
    expect(new Set(told.map(({ text }) => text))).toEqual(new Set([en.errors.admins_only(() => "")]));
  });

  it("has the tenant compared, and says that the result follows", async () => {
    const bot = await startListening();
    await type(bot, "reconcile");
    expect(called(bot, "findings.startPass")).toEqual([{ by: actor(ana) }]);
    const told = await until(async () => (await bot.workspace.control.state()).messages.find(({ onlyFor }) => onlyFor === ana));
    expect(told.text).toBe(en.findings.started);
  });
});
