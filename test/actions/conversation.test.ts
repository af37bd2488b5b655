import { describe, expect, it } from "vitest";
import { CHANNELS, PEOPLE } from "../../sandbox/slack/seed.ts";
import { enErrors } from "../../src/texts/en-errors.ts";
import { textsFor } from "../../src/texts/texts.ts";
import { approvalCard, type CardViewer } from "../../src/views/approval-card.ts";
import { menuValue } from "../../src/views/button-value.ts";
import { ACTION, BLOCK, CALLBACK } from "../../src/views/ids.ts";
import { actor, type Listening, startListening, until } from "../support/slack-listeners.ts";
import { approvalOf, at, consoleNamed, overviewOf, requestOf } from "../views/models.ts";

const ben = PEOPLE.approver.id;
const ana = PEOPLE.requester.id;
const dora = PEOPLE.admin.id;
const approvals = CHANNELS.approvals.id;
const card = { approvalId: "a1", version: 3 };
const viewer: CardViewer = { kind: "channel", timeZone: null, locale: null };
const blocks = (overview = overviewOf(), as = viewer) => approvalCard(overview, as, textsFor("en")).blocks;
const proposed = overviewOf({
  approval: approvalOf({
    proposal: {
      ...{ id: "p1", by: { teamId: "T1", userId: ben }, at: at("2026-03-16T08:00:00Z"), comment: null },
      before: { consoles: [], time: requestOf().time },
      after: { consoles: [], time: { ...requestOf().time, end: { kind: "after", seconds: 2_419_200 } } },
    },
  }),
});

const pending = blocks();

const press = async (
  bot: Listening,
  actionId: string,
  { blockId = BLOCK.decision as string, by = ben, shown = blocks(), to = approvals, choice = null as string | null } = {},
) => {
  const posted = await bot.post(shown, to);
  const element = choice === null ? {} : { element: { type: "overflow", selected_option: { value: choice } } };
  const place = { channelId: posted.channelId, ts: posted.ts, blockId, actionId };
  return { ...posted, delivery: await bot.workspace.control.messageAction({ userId: by, ...place, ...element }) };
};
const form = (bot: Listening, callbackId: string, userId = ben) =>
  until(async () => (await bot.workspace.control.state()).views[userId]?.find(({ view }) => view.callback_id === callbackId));
const whisper = (bot: Listening) =>
  until(async () => (await bot.workspace.control.state()).messages.find(({ onlyFor }) => onlyFor !== null));
const typed = (value: string) => ({ [BLOCK.comment]: { [ACTION.comment]: { type: "plain_text_input", value } } });
const nothingWrong = async (bot: Listening) => expect((await bot.workspace.control.state()).refusals).toEqual([]);

describe.each(["http", "socket"] as const)("over %s", (mode) => {
  it("Ask records the question before the form closes: who from the signed payload, what from the button", async () => {
    const bot = await startListening(mode);
    await press(bot, ACTION.ask);
    await form(bot, CALLBACK.askForm);
    const { status, errors } = await bot.workspace.control.submit({ userId: ben, values: typed("Is it urgent?") });
    expect([status, errors]).toEqual(["acked", null]);
    expect(bot.calls).toEqual([
      ["mayRemark", { approvalId: "a1", by: actor(ben) }],
      ["remark", { approvalId: "a1", by: actor(ben), kind: "question", text: "Is it urgent?", set: {}, remove: [], message: null }],
    ]);
    await nothingWrong(bot);
  });

  it("a reply in a thread is handed over as Slack signed it, and acknowledged once it is written down", async () => {
    const bot = await startListening(mode);
    const root = await bot.post(blocks(), ana);
    const delivery = await bot.workspace.control.say({ userId: ana, channelId: root.channelId, threadTs: root.ts, text: "yes &amp; no" });
    expect(delivery.status).toBe("acked");
    expect(bot.calls).toEqual([
      [
        "hear",
        {
          ...{ eventId: expect.stringMatching(/^Ev/), kind: "written", by: actor(ana), channelId: root.channelId, isDirect: true },
          ...{ threadTs: root.ts, ts: expect.stringMatching(/^\d+\.\d{6}$/), text: "yes &amp; no", hasFiles: false },
        },
      ],
    ]);
  });

  it("a reply that could not be written down is not acknowledged: Slack brings it again", async () => {
    const bot = await startListening(mode);
    const root = await bot.post(blocks());
    bot.refuse("hear", "database_unreachable");
    const first = await bot.workspace.control.say({ userId: ben, channelId: approvals, threadTs: root.ts, text: "hello" });
    expect(first.status).not.toBe("acked");
    const again = await until(async () => (bot.calls.length > 1 ? bot.calls : null));
    expect(again[1]).toEqual(again[0]);
  });

  it("Approve with changes decides before the form closes", async () => {
    const bot = await startListening(mode);
    await press(bot, ACTION.cardMenu, { choice: menuValue("changes", card) });
    await form(bot, CALLBACK.changesForm);
    const { status, errors } = await bot.workspace.control.submit({ userId: ben, values: {} });
    expect([status, errors]).toEqual(["acked", null]);
    expect(bot.calls.at(-1)).toEqual([
      "approveWithChanges",
      { ...card, by: actor(ben), consoleIds: ["id-db-prod"], end: { kind: "after", seconds: 1_209_600 }, comment: null },
    ]);
    expect((await bot.workspace.control.state()).views[ben] ?? []).toEqual([]);
    await nothingWrong(bot);
  });

  it("Accept and Decline name the proposal that was on the card, and nobody", async () => {
    const bot = await startListening(mode);
    const shown = blocks(proposed, { ...viewer, kind: "requester", userId: ana });
    for (const actionId of [ACTION.acceptProposal, ACTION.declineProposal]) {
      const { delivery } = await press(bot, actionId, { blockId: BLOCK.proposal, by: ana, shown, to: ana });
      expect(delivery.status).toBe("acked");
    }
    const answer = { approvalId: "a1", proposalId: "p1", by: actor(ana) };
    expect(bot.calls).toEqual([
      ["answerProposal", { ...answer, answer: "ACCEPT" }],
      ["answerProposal", { ...answer, answer: "DECLINE" }],
    ]);
    await until(async () => bot.adopted[1]);
  });
});

describe("Ask", () => {
  it("tells a person who takes no part, beside the card, and opens no form", async () => {
    const bot = await startListening();
    bot.refuse("mayRemark", "not_allowed");
    await press(bot, ACTION.ask);
    expect(await whisper(bot)).toMatchObject({ onlyFor: ben, text: enErrors.not_allowed(() => "") });
    expect((await bot.workspace.control.state()).views[ben] ?? []).toEqual([]);
    await until(async () => bot.adopted[0]);
  });

  it("says at the field that a question is too long, and keeps the form", async () => {
    const bot = await startListening();
    bot.refuse("remark", "text_too_long", { field: "comment", params: { limit: 2000 } });
    await press(bot, ACTION.ask);
    await form(bot, CALLBACK.askForm);
    const { errors } = await bot.workspace.control.submit({ userId: ben, values: typed("why?") });
    expect(errors).toEqual({ [BLOCK.comment]: expect.stringContaining("2000 characters") });
  });
});

describe("what people write", () => {
  it("is heard with its kind: a broadcast reply, files, a change of it, a message outside threads", async () => {
    const bot = await startListening();
    const { control } = bot.workspace;
    const root = await bot.post(blocks());
    const inThread = { userId: ben, channelId: approvals, threadTs: root.ts };
    await control.say({ ...inThread, text: "for all", isBroadcast: true });
    await control.say({ ...inThread, text: "", fileNames: ["plan.pdf"] });
    await control.say({ userId: ben, channelId: approvals, text: "good morning" });
    const written = (await control.state()).messages.find(({ text }) => text === "for all");
    await control.edit({ userId: ben, channelId: approvals, ts: written?.ts ?? "", text: "for everyone" });
    expect(bot.calls.map(([, heard]) => heard)).toMatchObject([
      { kind: "written", text: "for all", threadTs: root.ts, isDirect: false, hasFiles: false },
      { kind: "written", text: "", threadTs: root.ts, hasFiles: true },
      { kind: "written", text: "good morning", threadTs: null },
      { kind: "edited", text: "for everyone", threadTs: root.ts, ts: written?.ts },
    ]);
  });

  it("is left alone when an app wrote it, we ourselves included, and when it was deleted", async () => {
    const bot = await startListening();
    const { control } = bot.workspace;
    const root = await bot.post(blocks());
    await bot.slack.outbound.update(approvals, root.ts, { text: "card", blocks: blocks() });
    await bot.slack.outbound.post(approvals, { text: "a reply of ours", blocks: [] }, { threadTs: root.ts });
    await control.say({ userId: PEOPLE.bot.id, channelId: approvals, threadTs: root.ts, text: "deployed" });
    await control.say({ userId: ben, channelId: approvals, threadTs: root.ts, text: "oops" });
    const { messages } = await control.state();
    const oops = messages.find(({ text }) => text === "oops");
    const deleted = await control.unsay({ userId: ben, channelId: approvals, ts: oops?.ts ?? "" });
    expect(deleted.status).toBe("acked");
    expect(bot.calls).toEqual([["hear", expect.objectContaining({ text: "oops" })]]);
  });

  it("names a person of another organisation as Slack signed them", async () => {
    const bot = await startListening();
    const { id: channelId } = CHANNELS.shared;
    const root = await bot.post(blocks(), channelId);
    await bot.workspace.control.say({ userId: PEOPLE.stranger.id, channelId, threadTs: root.ts, text: "let me in" });
    expect(bot.calls).toEqual([["hear", expect.objectContaining({ by: actor(PEOPLE.stranger.id, PEOPLE.stranger.teamId) })]]);
  });
});

describe("Approve with changes", () => {
  it("shows what was asked for, all of it chosen; a list when there are more consoles than Slack has checkboxes", async () => {
    for (const [count, type] of [
      [10, "checkboxes"],
      [11, "multi_static_select"],
      [100, "multi_static_select"],
    ] as const) {
      const bot = await startListening();
      const consoles = Array.from({ length: count }, (_, index) => consoleNamed(`jump-${index}`));
      const end = { kind: "at", at: at("2027-03-20T16:00:00Z") } as const;
      bot.state.overview = overviewOf({ request: requestOf({ consoles, time: { ...requestOf().time, end } }) });
      await press(bot, ACTION.cardMenu, { choice: menuValue("changes", card) });
      const { view } = await form(bot, CALLBACK.changesForm);
      const chooser = view.blocks.find((block) => block.type === "input" && block.block_id === BLOCK.consoles);
      expect(chooser).toMatchObject({ element: { type } });
      await bot.workspace.control.submit({ userId: ben, values: {} });
      expect(bot.calls.at(-1)).toEqual([
        "approveWithChanges",
        { ...card, by: actor(ben), consoleIds: consoles.map(({ id }) => id), end, comment: null },
      ]);
      await nothingWrong(bot);
    }
  });

  it("says that consent is asked for, when it is more than was asked for", async () => {
    const bot = await startListening();
    bot.state.changesOutcome = "proposed";
    await press(bot, ACTION.cardMenu, { choice: menuValue("changes", card) });
    await form(bot, CALLBACK.changesForm);
    const duration = { [BLOCK.duration]: { [ACTION.duration]: { type: "static_select", selected_option: { value: "2419200" } } } };
    await bot.workspace.control.submit({ userId: ben, values: { ...duration, ...typed("take your time") } });
    expect(bot.calls.at(-1)?.[1]).toMatchObject({ end: { kind: "after", seconds: 2_419_200 }, comment: "take your time" });
    const { view } = await form(bot, CALLBACK.notice);
    expect(JSON.stringify(view)).toContain("until then nothing is decided");
    await nothingWrong(bot);
  });

  it.each([
    ["no console is left", "console_missing", "consoles", BLOCK.consoles],
    ["it is over by then", "window_over", "duration", BLOCK.duration],
  ] as const)("says at its field that %s", async (_, code, field, blockId) => {
    const bot = await startListening();
    bot.refuse("approveWithChanges", code, { field });
    await press(bot, ACTION.cardMenu, { choice: menuValue("changes", card) });
    await form(bot, CALLBACK.changesForm);
    const { errors } = await bot.workspace.control.submit({ userId: ben, values: {} });
    expect(errors).toEqual({ [blockId]: enErrors[code](() => "") });
  });

  it("takes a choice that is not one of this version for one of an old card", async () => {
    const bot = await startListening();
    const old: typeof pending = JSON.parse(JSON.stringify(pending).replaceAll(menuValue("changes", card), "x"));
    await press(bot, ACTION.cardMenu, { shown: old, choice: "x" });
    expect(await whisper(bot)).toMatchObject({ text: enErrors.card_stale(() => "") });
  });
});

describe("Details", () => {
  it("records a comment and attributes together", async () => {
    const bot = await startListening();
    const approval = approvalOf({ additionalAttributes: { ticket: "OPS-1", old: "yes" } });
    bot.state.overview = overviewOf({ approval });
    await press(bot, ACTION.cardMenu, { choice: menuValue("details", card) });
    await form(bot, CALLBACK.detailsForm);
    await bot.workspace.control.submit({
      userId: ben,
      values: {
        ...typed("done"),
        [BLOCK.attributeName]: { [ACTION.attributeName]: { type: "plain_text_input", value: " ticket " } },
        [BLOCK.attributeValue]: { [ACTION.attributeValue]: { type: "plain_text_input", value: "OPS-2" } },
        [BLOCK.attributesRemoved]: { [ACTION.attributesRemoved]: { type: "multi_static_select", selected_options: [{ value: "old" }] } },
      },
    });
    expect(bot.calls.at(-1)).toEqual([
      "remark",
      { approvalId: "a1", by: actor(ben), kind: "comment", text: "done", set: { ticket: "OPS-2" }, remove: ["old"], message: null },
    ]);
    await nothingWrong(bot);
  });

  it("opens from the requester's card, too, and asks for what an attribute lacks at its field", async () => {
    const bot = await startListening();
    const shown = blocks(overviewOf(), { ...viewer, kind: "requester", userId: ana });
    await press(bot, ACTION.details, { blockId: BLOCK.requestActions, by: ana, shown, to: ana });
    await form(bot, CALLBACK.detailsForm, ana);
    const { errors } = await bot.workspace.control.submit({
      userId: ana,
      values: { [BLOCK.attributeName]: { [ACTION.attributeName]: { type: "plain_text_input", value: "ticket" } } },
    });
    expect(errors).toEqual({ [BLOCK.attributeValue]: enErrors.attribute_incomplete(() => "") });
  });
});

describe("a proposal", () => {
  it("that no longer stands is said beside the card, which is drawn anew", async () => {
    const bot = await startListening();
    bot.refuse("answerProposal", "proposal_gone");
    const shown = blocks(proposed, { ...viewer, kind: "requester", userId: ana });
    await press(bot, ACTION.acceptProposal, { blockId: BLOCK.proposal, by: ana, shown, to: ana });
    expect(await whisper(bot)).toMatchObject({ onlyFor: ana, text: enErrors.proposal_gone(() => "") });
    await until(async () => bot.adopted[0]);
  });
});

describe("an administrator's Reassign", () => {
  const to = { [BLOCK.assignee]: { [ACTION.assignee]: { type: "users_select", selected_user: PEOPLE.otherApprover.id } } };
  const from = (value: string) => ({
    [BLOCK.assigneeFrom]: { [ACTION.assigneeFrom]: { type: "static_select", selected_option: { value } } },
  });
  const reassigning = async (seats: Listening["state"]["seats"], by = dora, groups?: Listening["state"]["userGroups"]) => {
    const bot = await startListening();
    bot.state.userGroups = groups ?? bot.state.userGroups;
    bot.state.seats = seats;
    await press(bot, ACTION.reassign, { by });
    const { view } = await form(bot, CALLBACK.reassignForm, by);
    return {
      bot,
      view,
      submit: (values: object) => bot.workspace.control.submit({ userId: by, values: { ...typed("on leave"), ...to, ...values } }),
    };
  };
  const seats = {
    holders: [
      { kind: "person", userId: ben },
      { kind: "group", groupId: "S01PRAAPPR" },
    ],
    own: null,
    canAdd: true,
  } as const;

  it.each([
    [`person:${ben}`, { kind: "person", userId: ben }],
    ["group:S01PRAAPPR", { kind: "group", groupId: "S01PRAAPPR" }],
    ["more", null],
  ] as const)("takes the seat of whoever is chosen: %s", async (value, expected) => {
    const { bot, view, submit } = await reassigning(seats);
    expect(JSON.stringify(view.blocks)).toContain("Ben Okafor");
    expect(JSON.stringify(view.blocks)).toContain("PRA approvers");
    expect(await submit(from(value))).toMatchObject({ status: "acked", errors: null });
    expect(bot.calls.at(-1)?.[1]).toMatchObject({
      by: actor(dora),
      from: expected,
      to: { kind: "person", userId: PEOPLE.otherApprover.id },
    });
    await nothingWrong(bot);
  });

  it("names the group whose seat it can be, also where it is none that seats are handed to, and asks for no group then", async () => {
    const { view } = await reassigning(seats, dora, []);
    expect(JSON.stringify(view.blocks)).toContain("PRA approvers");
    expect(JSON.stringify(view.blocks)).toContain(textsFor("de").reassign.choosePerson);
    expect(JSON.stringify(view.blocks)).not.toContain(textsFor("de").reassign.choosePersonOrGroup);
  });

  it("begins with the administrator's own seat, and then adds none", async () => {
    const own = { kind: "person", userId: dora } as const;
    const { view } = await reassigning({ holders: [seats.holders[0], own], own, canAdd: false });
    const chooser = view.blocks.find((block) => block.type === "input" && block.block_id === BLOCK.assigneeFrom);
    expect(chooser).toMatchObject({ element: { initial_option: { value: `person:${dora}` }, options: [{}, {}] } });
  });

  it("is not offered to others", async () => {
    const { bot, view, submit } = await reassigning(null, ben);
    expect(JSON.stringify(view.blocks)).not.toContain(BLOCK.assigneeFrom);
    await submit({});
    expect(bot.calls.at(-1)?.[1]).toMatchObject({ from: null });
  });
});
