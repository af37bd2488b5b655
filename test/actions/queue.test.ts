import { describe, expect, it } from "vitest";
import { CHANNELS, PEOPLE } from "../../sandbox/slack/seed.ts";
import type { BulkPreview } from "../../src/services/approvals/bulk.ts";
import { QUEUE_START } from "../../src/services/approvals/queue.ts";
import { enErrors } from "../../src/texts/en-errors.ts";
import { textsFor } from "../../src/texts/texts.ts";
import { carried, QueueMemory, tickValue } from "../../src/views/button-value.ts";
import { ACTION, BLOCK, CALLBACK } from "../../src/views/ids.ts";
import { actor, type Listening, startListening, until } from "../support/slack-listeners.ts";
import { aQueuePage, queueRowOf, rowOf } from "../views/models.ts";

const ben = PEOPLE.approver.id;
const en = textsFor("en");
const rows = [1, 2, 3].map((n) => queueRowOf({ approvalId: crypto.randomUUID(), approvalVersion: n, label: `PRA-${1000 + n}` }));
const items = rows.map(({ approvalId, approvalVersion: version }) => ({ approvalId, version }));
const preview = (change: Partial<BulkPreview> = {}): BulkPreview => ({
  verdict: "approve",
  rows: items
    .slice(0, 2)
    .map((item, n) => ({ item, label: `PRA-${1001 + n}`, consoleNames: ["db-prod"], beneficiaryUserId: PEOPLE.requester.id })),
  commentRequired: false,
  ...change,
});

type Surface = "home" | "modal";

/** The queue as Ben sees it, in his App Home or after `/pra approvals`. */
async function looking(surface: Surface, page = aQueuePage(rows, { before: 40, matching: 100, waiting: 100 })) {
  const bot = await startListening();
  const { control } = bot.workspace;
  bot.state.queue = page;
  if (surface === "home") await control.openHome({ userId: ben });
  else await control.command({ userId: ben, channelId: CHANNELS.general.id, command: "/pra", text: "approvals" });
  const view = async () => {
    const { homes, views } = await control.state();
    return surface === "home" ? homes[ben] : views[ben]?.find((each) => each.view.callback_id === CALLBACK.queue)?.view;
  };
  await until(view);
  const memory = async () => carried(QueueMemory).parse((await until(view)).private_metadata);
  const places = () => bot.calls.flatMap(([useCase, query]) => (useCase === "queue" ? [(query as { place: unknown }).place] : []));
  /** Resolves once the view stands at a place like this. */
  const standsAt = (wanted: Partial<typeof QUEUE_START>) =>
    until(async () => {
      const { place } = await memory();
      return Object.entries(wanted).every(([key, value]) => JSON.stringify(place[key as keyof typeof place]) === JSON.stringify(value))
        ? place
        : null;
    });
  const tick = (indexes: readonly number[]) =>
    Object.fromEntries(
      indexes.map((n) => [
        `${BLOCK.queueSelect}_0_${items[n]?.approvalId}_${items[n]?.version}`,
        {
          [ACTION.queueSelect]: {
            type: "checkboxes",
            selected_options: [{ value: tickValue(items[n] ?? { approvalId: "", version: 0 }) }],
          },
        },
      ]),
    );
  const press = (blockId: string, actionId: string, more: { element?: Record<string, unknown>; values?: ReturnType<typeof tick> } = {}) =>
    control.viewAction({ userId: ben, surface, blockId, actionId, ...more });
  return { bot, control, view, standsAt, places, tick, press };
}

const topView = (bot: Listening, callbackId: string, userId = ben) =>
  until(async () => {
    const top = (await bot.workspace.control.state()).views[userId]?.at(-1);
    return top?.view.callback_id === callbackId ? top : null;
  });
const refusals = async (bot: Listening) => (await bot.workspace.control.state()).refusals;

describe.each(["home", "modal"] as const)("the queue in the %s", (surface) => {
  it("goes where the person goes, and remembers it", async () => {
    const { bot, press, standsAt, places } = await looking(surface);
    expect(places()[0]).toEqual(QUEUE_START);
    await press(`${BLOCK.queueFilter}_0`, ACTION.queueFilter, { element: { selected_option: { value: "DUE_SOON" } } });
    await standsAt({ filter: "DUE_SOON" });
    await press(`${BLOCK.queueWords}_0`, ACTION.queueWords, { element: { value: "  db-prod " } });
    await standsAt({ filter: "DUE_SOON", words: "db-prod" });
    await press(BLOCK.queuePages, `${ACTION.queueMove}_next`);
    await standsAt({ words: "db-prod", from: { after: items[2]?.approvalId ?? "" } });
    await press(BLOCK.queuePages, `${ACTION.queueMove}_previous`);
    await standsAt({ words: "db-prod", from: { before: items[0]?.approvalId ?? "" } });
    await press(`${BLOCK.queueFilter}_0`, ACTION.queueShowAll);
    await standsAt({ ...QUEUE_START, round: 1 });
    expect(await refusals(bot)).toEqual([]);
  });

  it("ticks a whole page, and forgets what was ticked before", async () => {
    const { bot, view, press, standsAt } = await looking(surface);
    await press(`${BLOCK.queueFilter}_0`, ACTION.queueTick);
    await standsAt({ ticked: true, round: 1 });
    expect(JSON.stringify(await view()).match(/"initial_options"/g)).toHaveLength(3);
    await press(`${BLOCK.queueFilter}_1`, ACTION.queueTick);
    await standsAt({ ticked: false, round: 2 });
    expect(JSON.stringify(await view())).not.toContain('"initial_options"');
    expect(await refusals(bot)).toEqual([]);
  });

  it("lists what is ticked, and writes the command down before the form's submission is acknowledged", async () => {
    const { bot, control, tick, press } = await looking(surface);
    bot.state.bulk = preview();
    await press(BLOCK.bulkActions, ACTION.bulkApprove, { values: tick([0, 1]) });
    const form = await topView(bot, CALLBACK.bulkForm);
    expect(bot.calls.find(([useCase]) => useCase === "bulk.preview")?.[1]).toEqual({ verdict: "approve", items: items.slice(0, 2) });
    expect(JSON.stringify(form.view)).toContain("PRA-1001");
    const delivery = await control.submit({ userId: ben, values: { [BLOCK.comment]: { [ACTION.comment]: { value: "all in order" } } } });
    expect(delivery).toMatchObject({ status: "acked", errors: null });
    expect(bot.calls.at(-1)).toEqual([
      "bulk.submit",
      { verdict: "approve", items: items.slice(0, 2), by: actor(ben), comment: "all in order", to: null, viewId: form.id },
    ]);
    const working = await topView(bot, CALLBACK.bulkResult);
    expect(working.id).toBe(form.id);
    expect(JSON.stringify(working.view)).toContain(en.bulk.working(2));
    expect(await refusals(bot)).toEqual([]);
  });

  it.each([
    ["Reject", ACTION.reject, CALLBACK.rejectForm, {}],
    ["Reassign", ACTION.reassign, CALLBACK.reassignForm, {}],
    ["Approve with a comment", ACTION.approveWithComment, CALLBACK.approveForm, { needsComment: true }],
  ] as const)("shows the form of a row where Slack lets it, above the modal or alone: %s", async (_, actionId, callbackId, over) => {
    const { bot, control, view, press } = await looking(surface, aQueuePage([queueRowOf({ ...rows[0], ...over })]));
    const other = surface === "modal" ? "views.open" : "views.push";
    await control.fault({ method: other, kind: "500", times: 9 });
    const shown = (await until(view)).blocks.find((block) => JSON.stringify(block).includes(`"${actionId}"`));
    await press(shown?.block_id ?? "", actionId);
    await topView(bot, callbackId);
    expect((await control.state()).views[ben]).toHaveLength(surface === "modal" ? 2 : 1);
    expect(await refusals(bot)).toEqual([]);
  });

  it("says so when nothing is ticked, and opens no form", async () => {
    const { bot, press } = await looking(surface);
    bot.refuse("bulk.preview", "selection_empty");
    await press(BLOCK.bulkActions, ACTION.bulkReject);
    const notice = await topView(bot, CALLBACK.notice);
    expect(JSON.stringify(notice.view)).toContain(enErrors.selection_empty(() => ""));
    expect(bot.calls.find(([useCase]) => useCase === "bulk.preview")?.[1]).toEqual({ verdict: "reject", items: [] });
  });

  it("acknowledges a tick and does nothing", async () => {
    const { bot, press, tick } = await looking(surface);
    const calls = bot.calls.length;
    const [blockId = ""] = Object.keys(tick([0]));
    const selected_options = [{ value: tickValue(items[0] ?? { approvalId: "", version: 0 }) }];
    expect((await press(blockId, ACTION.queueSelect, { element: { selected_options } })).status).toBe("acked");
    expect(bot.calls).toHaveLength(calls);
  });
});

describe("the form of many", () => {
  it("asks to whom seats go, exactly one, and why", async () => {
    const { bot, control, press, tick } = await looking("home");
    bot.state.bulk = preview({ verdict: "reassign", commentRequired: true });
    await press(BLOCK.bulkActions, ACTION.bulkReassign, { values: tick([0, 1]) });
    await topView(bot, CALLBACK.bulkForm);
    const why = { [BLOCK.comment]: { [ACTION.comment]: { value: "on leave" } } };
    const nobody = await control.submit({ userId: ben, values: why });
    expect(nobody.errors).toEqual({ [BLOCK.assignee]: enErrors.assignee_missing(() => "") });
    const chosen = { ...why, [BLOCK.assignee]: { [ACTION.assignee]: { selected_user: PEOPLE.otherApprover.id } } };
    expect((await control.submit({ userId: ben, values: chosen })).errors).toBeNull();
    expect(bot.calls.at(-1)).toEqual([
      "bulk.submit",
      expect.objectContaining({ verdict: "reassign", to: { kind: "person", userId: PEOPLE.otherApprover.id }, comment: "on leave" }),
    ]);
  });

  it("shows at its field that a comment is missing", async () => {
    const { bot, control, press, tick } = await looking("modal");
    bot.state.bulk = preview({ verdict: "reject", commentRequired: true });
    bot.refuse("bulk.submit", "comment_required", { field: "comment" });
    await press(BLOCK.bulkActions, ACTION.bulkReject, { values: tick([0]) });
    await topView(bot, CALLBACK.bulkForm);
    const delivery = await control.submit({ userId: ben, values: { [BLOCK.comment]: { [ACTION.comment]: { value: " " } } } });
    expect(delivery.errors).toEqual({ [BLOCK.comment]: enErrors.comment_required(() => "") });
  });

  it("lets a requester choose among requests of their own", async () => {
    const bot = await startListening();
    const ana = PEOPLE.requester.id;
    const own = [1, 2].map((n) => rowOf({ requestId: `r${n}`, approvalId: `a${n}`, requesterUserId: ana, label: `PRA-${1000 + n}` }));
    bot.state.home = { myAccess: [], myRequests: own };
    bot.state.bulk = preview({ verdict: "cancel" });
    const { control } = bot.workspace;
    await control.openHome({ userId: ana });
    await until(async () => (await control.state()).homes[ana]);
    await control.viewAction({ userId: ana, surface: "home", blockId: BLOCK.requestActions, actionId: ACTION.withdrawSeveral });
    const form = await topView(bot, CALLBACK.withdrawSeveral, ana);
    const selected_options = items.slice(0, 1).map((item) => ({ value: tickValue(item) }));
    await control.submit({ userId: ana, values: { [BLOCK.bulkRequests]: { [ACTION.bulkRequests]: { selected_options } } } });
    expect(bot.calls.at(-1)).toEqual([
      "bulk.submit",
      { verdict: "cancel", items: items.slice(0, 1), by: actor(ana), comment: "", to: null, viewId: form.id },
    ]);
    await topView(bot, CALLBACK.bulkResult, ana);
    expect(await refusals(bot)).toEqual([]);
  });
});

describe("Remind approvers in a list", () => {
  it("answers in a page of its own, from the App Home", async () => {
    const bot = await startListening();
    const ana = PEOPLE.requester.id;
    const { control } = bot.workspace;
    bot.state.home = { myAccess: [], myRequests: [rowOf({ requesterUserId: ana })] };
    await control.openHome({ userId: ana });
    await until(async () => (await control.state()).homes[ana]);
    const press = () => control.viewAction({ userId: ana, surface: "home", blockId: `${BLOCK.requestActions}_r1`, actionId: ACTION.nudge });
    await press();
    expect(JSON.stringify((await topView(bot, CALLBACK.notice, ana)).view)).toContain(en.nudge.done);
    expect(bot.calls).toContainEqual(["nudge", { requestId: "r1", by: actor(ana) }]);
    expect(await refusals(bot)).toEqual([]);
  });

  it("answers in a page of its own under /pra mine, which may stand where the bot cannot write", async () => {
    const bot = await startListening();
    const ana = PEOPLE.requester.id;
    const { control } = bot.workspace;
    bot.state.home = { myAccess: [], myRequests: [rowOf({ requesterUserId: ana })] };
    await control.command({ userId: ana, channelId: CHANNELS.general.id, command: "/pra", text: "mine" });
    const list = await until(async () => (await control.state()).messages.find(({ onlyFor }) => onlyFor === ana));
    await control.messageAction({
      ...{ userId: ana, channelId: list.channel, ts: list.ts },
      ...{ blockId: `${BLOCK.requestActions}_r1`, actionId: ACTION.nudge },
    });
    expect(JSON.stringify((await topView(bot, CALLBACK.notice, ana)).view)).toContain(en.nudge.done);
  });
});

describe("/pra approvals", () => {
  it("looks for the words when the form is sent, too", async () => {
    const { bot, control, standsAt } = await looking("modal");
    const delivery = await control.submit({
      userId: ben,
      values: { [`${BLOCK.queueWords}_0`]: { [ACTION.queueWords]: { value: "hmi" } } },
    });
    expect(delivery).toMatchObject({ status: "acked", errors: null });
    await standsAt({ words: "hmi", from: null });
    expect(await refusals(bot)).toEqual([]);
  });

  it("is not shown in a channel that another organisation can read", async () => {
    const bot = await startListening();
    await bot.workspace.control.command({ userId: ben, channelId: CHANNELS.shared.id, command: "/pra", text: "approvals" });
    await until(async () => (await bot.workspace.control.state()).messages.find(({ onlyFor }) => onlyFor === ben));
    expect((await bot.workspace.control.state()).views[ben] ?? []).toEqual([]);
  });

  it("does not follow a control of a view that another version drew", async () => {
    const { bot, press } = await looking("home");
    const calls = bot.calls.length;
    expect((await press(BLOCK.queuePages, `${ACTION.queueMove}_next`, { element: { value: "{}" } })).status).toBe("acked");
    const notice = await topView(bot, CALLBACK.notice);
    expect(JSON.stringify(notice.view)).toContain(enErrors.card_stale(() => ""));
    expect(bot.calls).toHaveLength(calls);
  });
});
