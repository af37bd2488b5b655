import { describe, expect, it } from "vitest";
import { CHANNELS, PEOPLE } from "../../sandbox/slack/seed.ts";
import type { Grant } from "../../src/services/access/grant.ts";
import { parseApprovalConfig } from "../../src/services/approvals/approval-config.ts";
import { enErrors } from "../../src/texts/en-errors.ts";
import { textsFor } from "../../src/texts/texts.ts";
import { approvalCard } from "../../src/views/approval-card.ts";
import { ACTION, BLOCK, CALLBACK } from "../../src/views/ids.ts";
import { postAndClick } from "../support/click.ts";
import { actor, type Listening, startListening, until } from "../support/slack-listeners.ts";
import { approvalOf, overviewOf, requestOf, twoWeeks } from "../views/models.ts";

const ben = PEOPLE.approver.id;
const approvals = CHANNELS.approvals.id;
const pending = approvalCard(overviewOf(), { kind: "channel", timeZone: null, locale: null }, textsFor("en"));
const asked = approvalCard(
  overviewOf(),
  { kind: "requester", userId: requestOf().requester.userId, timeZone: null, locale: null },
  textsFor("en"),
);
const failure = { code: "zpa_busy" as const, params: {}, reference: "REF9" };
const grant: Grant = {
  id: "g1",
  requestId: "r1",
  microtenantId: null,
  part: 0,
  changingFrom: null,
  email: "ana@example.com",
  segmentIds: ["seg-db-prod"],
  consoleIds: ["id-db-prod"],
  ...twoWeeks,
  workingHours: null,
  status: "FAILED",
  zpaId: null,
  failure,
};
const failed = approvalCard(
  overviewOf({ request: requestOf({ status: "FAILED", failure }), grants: [grant] }),
  { kind: "channel", timeZone: null, locale: null },
  textsFor("en"),
);

const click = (bot: Listening, actionId: string, { userId = ben, card = pending, channelId = approvals } = {}) =>
  postAndClick(bot, { userId, blocks: card.blocks, channelId, actionId });
const form = (bot: Listening, callbackId: string, userId = ben) =>
  until(async () => (await bot.workspace.control.state()).views[userId]?.find(({ view }) => view.callback_id === callbackId));
const told = (bot: Listening, channelId: string) =>
  until(async () =>
    (await bot.workspace.control.state()).messages.find((message) => message.channel === channelId && message.onlyFor !== null),
  );
const comment = (value: string) => ({ [BLOCK.comment]: { [ACTION.comment]: { type: "plain_text_input", value } } });

describe("Approve", () => {
  it("writes the click down before it is acknowledged: who from the signed payload, what from the button, where from the message", async () => {
    const bot = await startListening();
    const { delivery, channelId, ts } = await click(bot, ACTION.approve);
    expect(delivery).toMatchObject({ status: "acked", httpStatus: 200 });
    expect(bot.calls).toEqual([
      [
        "recordApproveClick",
        {
          approvalId: "a1",
          version: 3,
          by: actor(ben),
          place: { channelId, messageTs: ts },
          audience: { kind: "channel", channelId: approvals },
        },
      ],
    ]);
  });

  it("is not acknowledged as done when the click could not be written down: the person is told", async () => {
    const bot = await startListening();
    bot.refuse("recordApproveClick", "database_unreachable");
    const { channelId } = await click(bot, ACTION.approve);
    const message = await told(bot, channelId);
    expect(message).toMatchObject({ onlyFor: ben, text: enErrors.database_unreachable(() => "") });
    expect(JSON.stringify(message.blocks)).toContain("REF1");
  });

  it("says whose card was clicked, whether it stands in the channel or in direct messages", async () => {
    const bot = await startListening();
    await click(bot, ACTION.approve);
    await click(bot, ACTION.approve, { channelId: ben });
    expect(bot.calls).toEqual([
      ["recordApproveClick", expect.objectContaining({ audience: { kind: "channel", channelId: approvals } })],
      ["recordApproveClick", expect.objectContaining({ audience: { kind: "approver", userId: ben } })],
    ]);
  });
});

describe("Approve where the rules want a comment with a yes", () => {
  const config = parseApprovalConfig({ requiresComment: "ALL" });
  const card = approvalCard(
    overviewOf({ approval: approvalOf({ config }) }),
    { kind: "channel", timeZone: null, locale: null },
    textsFor("en"),
  );

  it("asks for it and decides before the form closes; what is wrong shows at its field", async () => {
    const bot = await startListening();
    await click(bot, ACTION.approveWithComment, { card });
    await form(bot, CALLBACK.approveForm);
    bot.refuse("approve", "comment_required", { field: "comment" });
    const refused = await bot.workspace.control.submit({ userId: ben, values: comment(" . ") });
    expect(refused.errors).toEqual({ [BLOCK.comment]: enErrors.comment_required(() => "") });
    expect(bot.calls.at(-1)).toEqual(["approve", { approvalId: "a1", version: 3, by: actor(ben), comment: " . " }]);
  });
});

describe("Reject", () => {
  it("asks why and decides before the form closes", async () => {
    const bot = await startListening();
    await click(bot, ACTION.reject);
    await form(bot, CALLBACK.rejectForm);
    const delivery = await bot.workspace.control.submit({ userId: ben, values: comment("not now") });
    expect(delivery).toMatchObject({ status: "acked", errors: null });
    expect(bot.calls).toEqual([
      ["mayDecide", { approvalId: "a1", version: 3, by: actor(ben) }],
      ["reject", { approvalId: "a1", version: 3, by: actor(ben), comment: "not now" }],
    ]);
    const { views, refusals } = await bot.workspace.control.state();
    expect(views[ben] ?? []).toEqual([]);
    expect(refusals).toEqual([]);
  });

  it("shows what is wrong with the reason at its field, and keeps the form", async () => {
    const bot = await startListening();
    bot.refuse("reject", "comment_required", { field: "comment" });
    await click(bot, ACTION.reject);
    await form(bot, CALLBACK.rejectForm);
    const delivery = await bot.workspace.control.submit({ userId: ben, values: comment(" . ") });
    expect(delivery.errors).toEqual({ [BLOCK.comment]: enErrors.comment_required(() => "") });
  });

  it("tells a late person whose decision stands, beside the card, and opens no form", async () => {
    const bot = await startListening();
    bot.refuse("mayDecide", "already_decided", {
      params: { status: "APPROVED", byUserId: PEOPLE.otherApprover.id, atEpochSeconds: 1_790_000_000 },
    });
    const { channelId } = await click(bot, ACTION.reject);
    const message = await told(bot, channelId);
    expect(message).toMatchObject({ onlyFor: ben });
    expect(message.text).toContain(`already approved by <@${PEOPLE.otherApprover.id}> at <!date^1790000000^`);
    expect((await bot.workspace.control.state()).views[ben] ?? []).toEqual([]);
    await until(async () => bot.adopted[0]);
  });
});

describe("Reassign", () => {
  const person = (userId: string | null) => ({ [BLOCK.assignee]: { [ACTION.assignee]: { type: "users_select", selected_user: userId } } });
  const group = (id: string) => ({
    [BLOCK.assigneeGroup]: {
      [ACTION.assigneeGroup]: {
        type: "static_select",
        selected_option: { text: { type: "plain_text", text: "PRA approvers" }, value: id },
      },
    },
  });
  const reassigning = async () => {
    const bot = await startListening();
    await click(bot, ACTION.reassign);
    await form(bot, CALLBACK.reassignForm);
    return {
      bot,
      submit: (values: Parameters<typeof bot.workspace.control.submit>[0]["values"]) =>
        bot.workspace.control.submit({ userId: ben, values }),
    };
  };

  it.each([
    ["a person", person(PEOPLE.otherApprover.id), { kind: "person", userId: PEOPLE.otherApprover.id }],
    ["a group", { ...person(null), ...group("S01PRAAPPR") }, { kind: "group", groupId: "S01PRAAPPR" }],
  ] as const)("hands the decision to %s", async (_, choice, to) => {
    const { bot, submit } = await reassigning();
    expect(await submit({ ...comment("on leave"), ...choice })).toMatchObject({ status: "acked", errors: null });
    expect(bot.calls.at(-1)).toEqual(["reassign", { approvalId: "a1", version: 3, by: actor(ben), from: null, to, comment: "on leave" }]);
  });

  it.each([
    ["nobody", person(null)],
    ["a person and a group at once", { ...person(PEOPLE.otherApprover.id), ...group("S01PRAAPPR") }],
  ] as const)("asks again when %s is chosen", async (_, choice) => {
    const { bot, submit } = await reassigning();
    const delivery = await submit({ ...comment("on leave"), ...choice });
    expect(delivery.errors).toEqual({ [BLOCK.assignee]: enErrors.assignee_missing(() => "") });
    expect(bot.calls.map(([useCase]) => useCase)).toEqual(["mayReassign"]);
  });
});

describe("the other buttons of a card", () => {
  it("withdraws a request for the person who clicked, from the requester's card", async () => {
    const bot = await startListening();
    await click(bot, ACTION.withdraw, { userId: PEOPLE.requester.id, card: asked, channelId: PEOPLE.requester.id });
    const adopted = await until(async () => bot.adopted[0]);
    expect(bot.calls).toEqual([["withdraw", { requestId: "r1", by: actor(PEOPLE.requester.id) }]]);
    expect(adopted).toMatchObject({ request: { requestId: "r1" }, audience: { kind: "requester", userId: PEOPLE.requester.id } });
  });

  it("reminds the approvers for who asked, and answers beside the card when they can do so again", async () => {
    const bot = await startListening();
    const userId = PEOPLE.requester.id;
    const { channelId } = await click(bot, ACTION.nudge, { userId, card: asked, channelId: userId });
    const answer = await told(bot, channelId);
    expect(bot.calls).toEqual([["nudge", { requestId: "r1", by: actor(userId) }]]);
    expect(answer).toMatchObject({ onlyFor: userId });
    expect(answer.text).toContain(textsFor("en").nudge.done);
    await until(async () => bot.adopted[0]);
    bot.refuse("nudge", "nudge_too_soon", { params: { nextAtEpochSeconds: 1_790_000_000 } });
    await click(bot, ACTION.nudge, { userId, card: asked, channelId: userId });
    const refused = await until(async () => {
      const { messages } = await bot.workspace.control.state();
      return messages.filter(({ onlyFor }) => onlyFor === userId)[1];
    });
    expect(refused.text).toContain("<!date^1790000000^");
  });

  it("tries again for an administrator, and tells anyone else that they may not", async () => {
    const bot = await startListening();
    await click(bot, ACTION.retry, { userId: PEOPLE.admin.id, card: failed });
    await until(async () => bot.adopted[0]);
    expect(bot.calls).toEqual([["retry", { requestId: "r1", by: actor(PEOPLE.admin.id) }]]);
    bot.refuse("retry", "not_allowed");
    const { channelId } = await click(bot, ACTION.retry, { card: failed });
    expect(await told(bot, channelId)).toMatchObject({ onlyFor: ben, text: enErrors.not_allowed(() => "") });
    expect(bot.adopted).toHaveLength(2); // the refused click as well: the card may be out of date
  });

  it.each([
    ["withdraw", ACTION.withdraw, PEOPLE.requester.id, asked],
    ["nudge", ACTION.nudge, PEOPLE.requester.id, asked],
    ["retry", ACTION.retry, PEOPLE.admin.id, failed],
  ] as const)(
    "is done before the click is acknowledged, so that a crash after the ack loses nothing: %s",
    async (useCase, actionId, userId, card) => {
      const bot = await startListening();
      const release = bot.hold(useCase);
      let acknowledged = false;
      const clicked = click(bot, actionId, { userId, card, channelId: userId }).finally(() => {
        acknowledged = true;
      });
      await until(async () => bot.calls.find(([called]) => called === useCase));
      for (let asked = 0; asked < 10; asked += 1) await bot.workspace.control.state(); // time for an ack that came too early
      expect(acknowledged).toBe(false);
      release();
      expect((await clicked).delivery).toMatchObject({ status: "acked", httpStatus: 200 });
      await until(async () => bot.adopted[0]);
    },
  );

  it("acknowledges a link to a portal and does nothing", async () => {
    const bot = await startListening();
    const url = "https://pra.example.com";
    const link = { type: "button" as const, action_id: "open_portal_0", text: { type: "plain_text" as const, text: "Open" }, url };
    const { channelId, ts } = await bot.post([{ type: "actions", block_id: "portals", elements: [link] }]);
    const delivery = await bot.workspace.control.messageAction({
      userId: ben,
      channelId,
      ts,
      blockId: "portals",
      actionId: "open_portal_0",
    });
    expect(delivery.status).toBe("acked");
    expect(bot.calls).toEqual([]);
    expect((await bot.workspace.control.state()).messages.filter(({ onlyFor }) => onlyFor !== null)).toEqual([]);
  });

  it("takes a button whose value is not one of this version for one of an old card", async () => {
    const bot = await startListening();
    const button = {
      type: "button" as const,
      action_id: ACTION.approve,
      text: { type: "plain_text" as const, text: "Approve" },
      value: "42",
    };
    const { channelId, ts } = await bot.post([{ type: "actions", block_id: "row", elements: [button] }]);
    await bot.workspace.control.messageAction({ userId: ben, channelId, ts, blockId: "row", actionId: ACTION.approve });
    expect(await told(bot, channelId)).toMatchObject({ text: enErrors.card_stale(() => "") });
    expect(bot.calls).toEqual([]);
  });
});
