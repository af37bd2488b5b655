/**
 * Contract: what ends, changes or renews access is done before Slack is told that the click has arrived, for whoever Slack signed, and what
 * is wrong shows where the person is.
 */
import { describe, expect, it } from "vitest";
import { CHANNELS, PEOPLE } from "../../sandbox/slack/seed.ts";
import { enErrors } from "../../src/texts/en-errors.ts";
import { textsFor } from "../../src/texts/texts.ts";
import { approvalCard, type CardViewer } from "../../src/views/approval-card.ts";
import { ACTION, BLOCK, CALLBACK } from "../../src/views/ids.ts";
import { noticeMessage } from "../../src/views/notice.ts";
import { postAndClick } from "../support/click.ts";
import { actor, aRow, type Listening, startListening, until } from "../support/slack-listeners.ts";
import { at, grantOf, overviewOf, requestOf, twoWeeks } from "../views/models.ts";

const ana = PEOPLE.requester.id;
const ben = PEOPLE.approver.id;
const en = textsFor("en");
const open = overviewOf({
  request: requestOf({ status: "GRANTED", window: twoWeeks }),
  grants: [grantOf()],
  endsSoon: true,
  canRenew: true,
});
const requester: CardViewer = { kind: "requester", userId: ana, timeZone: null, locale: null };
const holders = approvalCard(open, requester, en);
const approvers = approvalCard(open, { kind: "channel", timeZone: null, locale: null }, en);

const click = (bot: Listening, actionId: string, { userId = ana as string, card = holders, channelId = ana as string } = {}) => {
  bot.state.overview = open;
  return postAndClick(bot, { userId, blocks: card.blocks, channelId, actionId });
};
const approver = { userId: ben, card: approvers, channelId: CHANNELS.approvals.id };
const form = (bot: Listening, callbackId: string, userId: string = ana) =>
  until(async () => (await bot.workspace.control.state()).views[userId]?.find(({ view }) => view.callback_id === callbackId));
const whispered = (bot: Listening) =>
  until(async () => (await bot.workspace.control.state()).messages.find((message) => message.onlyFor !== null));
const type = (bot: Listening, text: string, userId: string = ana) =>
  bot.workspace.control.command({ userId, channelId: CHANNELS.general.id, command: "/pra", text });
const reason = (value: string) => ({ [BLOCK.reason]: { [ACTION.reason]: { type: "plain_text_input", value } } });
const end = (epochSeconds: number) => ({
  [BLOCK.end]: { [ACTION.end]: { type: "datetimepicker", selected_date_time: epochSeconds } },
});

describe("I'm done", () => {
  it("is done before it is acknowledged, and the card is kept current", async () => {
    const bot = await startListening();
    const { delivery } = await click(bot, ACTION.done);
    expect(delivery).toMatchObject({ status: "acked" });
    expect(bot.calls).toEqual([["finish", { requestId: "r1", by: actor(ana) }]]);
    expect(bot.adopted).toMatchObject([{ request: { requestId: "r1" }, audience: { kind: "requester", userId: ana } }]);
  });

  it("tells who pressed it when it was not", async () => {
    const bot = await startListening();
    bot.refuse("finish", "access_not_open");
    await click(bot, ACTION.done);
    expect(JSON.stringify((await whispered(bot)).blocks)).toContain(enErrors.access_not_open(() => ""));
  });

  it("asks first from a menu, and from /pra ends at once", async () => {
    const bot = await startListening();
    await type(bot, "done PRA-1042");
    expect((await whispered(bot)).text).toBe(en.life.answers.done("PRA-1042"));
    expect(bot.calls).toEqual([["finish", { requestId: "r1", by: actor(ana) }]]);
  });
});

describe("Renew", () => {
  it("asks before it is acknowledged, on the card and on the warning, and says by which request", async () => {
    const bot = await startListening();
    for (const card of [holders, noticeMessage({ notice: "ending_soon" }, open, en)]) {
      bot.calls.length = 0;
      expect((await click(bot, ACTION.renew, { card })).delivery).toMatchObject({ status: "acked" });
      expect(bot.calls).toEqual([["renew", { requestId: "r1", by: actor(ana) }]]);
    }
    expect((await whispered(bot)).text).toContain("PRA-1042 is renewed by");
    expect(bot.adopted).toEqual([]);
  });
});

describe("Change", () => {
  const times = {
    [BLOCK.days]: {
      [ACTION.days]: {
        type: "checkboxes",
        selected_options: ["MON", "TUE", "WED", "THU", "FRI"].map((value) => ({ text: { type: "plain_text", text: value }, value })),
      },
    },
    [BLOCK.hoursStart]: { [ACTION.hoursStart]: { type: "timepicker", selected_time: "09:00" } },
    [BLOCK.hoursEnd]: { [ACTION.hoursEnd]: { type: "timepicker", selected_time: "17:00" } },
    [BLOCK.timeZone]: {
      [ACTION.accessZone]: {
        type: "external_select",
        selected_option: { text: { type: "plain_text", text: "Europe/Berlin" }, value: "Europe/Berlin" },
      },
    },
  };
  const before = twoWeeks.end.getTime() / 1000;
  const submit = async (bot: Listening, values: object, userId: string = ana) => {
    await form(bot, CALLBACK.changeAccessForm, userId);
    return bot.workspace.control.submit({ userId, values: { ...times, ...reason(""), ...values } });
  };

  it("sends only what was changed, so that what others changed meanwhile stays", async () => {
    const bot = await startListening();
    await click(bot, ACTION.changeAccess);
    await submit(bot, end(before - 3600));
    expect(bot.calls.at(-1)).toEqual([
      "change",
      {
        requestId: "r1",
        by: actor(ana),
        end: new Date((before - 3600) * 1000),
        reason: "",
        seen: expect.objectContaining({ end: new Date(before * 1000) }),
      },
    ]);
  });

  it("says what the viewer may do by themselves", async () => {
    const bot = await startListening();
    await click(bot, ACTION.changeAccess);
    expect(JSON.stringify((await form(bot, CALLBACK.changeAccessForm)).view)).toContain(en.life.form.holder);
    await bot.workspace.control.close({ userId: ana });
    bot.state.rights = { isHolder: false, isDecider: true };
    await click(bot, ACTION.changeAccess, approver);
    expect(JSON.stringify((await form(bot, CALLBACK.changeAccessForm, ben)).view)).toContain(en.life.form.decider);
    await until(async () => bot.adopted[1]); // after the form is there
    expect(bot.adopted.map(({ audience }) => audience.kind)).toEqual(["requester", "channel"]);
    expect((await bot.workspace.control.state()).refusals).toEqual([]);
  });

  it("shows what is wrong at its field", async () => {
    const bot = await startListening();
    bot.refuse("change", "window_over", { field: "end" });
    await click(bot, ACTION.changeAccess);
    expect(await submit(bot, end(before - 3600))).toMatchObject({ errors: { [BLOCK.end]: enErrors.window_over(() => "") } });
  });

  it("offers a renewal to a holder who wants it for longer", async () => {
    const bot = await startListening();
    bot.refuse("change", "change_needs_decision", { field: "end" });
    await click(bot, ACTION.changeAccess);
    await submit(bot, end(before + 3600));
    await form(bot, CALLBACK.renewForm);
    await bot.workspace.control.submit({ userId: ana, values: {} });
    expect(bot.calls.at(-1)).toEqual(["renew", { requestId: "r1", by: actor(ana) }]);
  });
});

describe("Revoke", () => {
  it("asks why, and ends before the form closes", async () => {
    const bot = await startListening();
    bot.state.rights = { isHolder: false, isDecider: true };
    await click(bot, ACTION.revokeAccess, approver);
    await form(bot, CALLBACK.revokeForm, ben);
    await bot.workspace.control.submit({ userId: ben, values: reason("INC-7") });
    expect(bot.calls.at(-1)).toEqual(["revoke", { requestId: "r1", by: actor(ben), reason: "INC-7" }]);
  });

  it("opens no form for who may not", async () => {
    const bot = await startListening();
    await click(bot, ACTION.revokeAccess, approver);
    expect(JSON.stringify((await whispered(bot)).blocks)).toContain(enErrors.not_allowed(() => ""));
    expect((await bot.workspace.control.state()).views[ben] ?? []).toEqual([]);
  });

  it("of everything of a person shows it all first, and then what became of each", async () => {
    const bot = await startListening();
    await type(bot, `revoke <@${ana}> because INC-7`, ben);
    const { view } = await form(bot, CALLBACK.revokePersonForm, ben);
    expect(JSON.stringify(view)).toContain("INC-7");
    expect(bot.calls).toEqual([["previewRevokePerson", { userId: ana, by: actor(ben) }]]);
    await bot.workspace.control.submit({ userId: ben, values: reason("INC-7") });
    expect(bot.calls.at(-1)).toEqual(["revokePerson", { userId: ana, by: actor(ben), reason: "INC-7" }]);
    expect(JSON.stringify((await form(bot, CALLBACK.notice, ben)).view)).toContain(en.life.outcomes.ENDING);
  });
});

describe("/pra extend and shorten", () => {
  it("move the end, and refuse one that lies the other way", async () => {
    const bot = await startListening();
    bot.state.overview = open;
    await type(bot, "extend PRA-1042 2h because INC-7");
    expect(bot.calls.at(-1)).toEqual([
      "change",
      { requestId: "r1", by: actor(ana), end: new Date(twoWeeks.end.getTime() + 7_200_000), reason: "INC-7" },
    ]);
    bot.calls.length = 0;
    await type(bot, "shorten PRA-1042 to 2027-05-01 18:00");
    expect(bot.calls.map(([useCase]) => useCase)).toEqual(["lookAt"]);
    const messages = (await bot.workspace.control.state()).messages.filter((message) => message.onlyFor === ana);
    expect(JSON.stringify(messages.at(-1)?.blocks)).toContain(enErrors.end_not_as_typed(() => ""));
  });
});

describe("the menu of one's own access", () => {
  it("asks before it ends anything, and opens the form to change it", async () => {
    const bot = await startListening();
    bot.state.overview = open;
    bot.state.home = { myAccess: [aRow({ status: "GRANTED", window: twoWeeks, createdAt: at("2026-03-16T07:55:00Z") })], myRequests: [] };
    await type(bot, "mine");
    const { channel, ts, blocks } = await whispered(bot);
    const row = blocks.find((block) => "accessory" in block && block.accessory !== undefined);
    const choose = (value: string) =>
      bot.workspace.control.messageAction({
        ...{ userId: ana, channelId: channel, ts, blockId: row?.block_id ?? "", actionId: ACTION.accessMenu },
        element: { type: "overflow", selected_option: { value } },
      });
    await choose("done:r1");
    await form(bot, CALLBACK.doneForm);
    expect(bot.calls.map(([useCase]) => useCase)).toEqual(["lookAt"]);
    await bot.workspace.control.submit({ userId: ana, values: {} });
    expect(bot.calls.at(-1)).toEqual(["finish", { requestId: "r1", by: actor(ana) }]);
    await choose("change:r1");
    await form(bot, CALLBACK.changeAccessForm);
  });
});
