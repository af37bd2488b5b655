import type { App } from "@slack/bolt";
import type { ModalView } from "@slack/types";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CHANNELS, PEOPLE } from "../../../sandbox/slack/seed.ts";
import { type Mode, type Pair, startPair } from "./tiny-app.ts";

const form: ModalView = {
  type: "modal",
  callback_id: "ask",
  title: { type: "plain_text", text: "Ask" },
  submit: { type: "plain_text", text: "Send" },
  blocks: [
    {
      type: "input",
      block_id: "reason",
      label: { type: "plain_text", text: "Reason" },
      element: { type: "plain_text_input", action_id: "text" },
    },
    {
      type: "input",
      block_id: "console",
      label: { type: "plain_text", text: "Console" },
      element: { type: "external_select", action_id: "pick", min_query_length: 0 },
    },
  ],
};

/** Ask in a modal, be refused once, be posted as a card, be decided on a button. */
function listen(app: App): void {
  app.command("/ask", async ({ ack, client, body }) => {
    await ack();
    await client.views.open({ trigger_id: body.trigger_id, view: form });
  });
  app.options("pick", async ({ ack, payload }) => {
    await ack({ options: [{ text: { type: "plain_text", text: `db ${payload.value}` }, value: "db-1" }] });
  });
  app.view("ask", async ({ ack, view, client }) => {
    const reason = view.state.values.reason?.text?.value ?? "";
    if (!reason.startsWith("OPS-")) return ack({ response_action: "errors", errors: { reason: "Name a ticket." } });
    await ack();
    await client.chat.postMessage({
      channel: CHANNELS.approvals.id,
      text: reason,
      blocks: [
        { type: "section", text: { type: "mrkdwn", text: `${reason} ${view.state.values.console?.pick?.selected_option?.value}` } },
        {
          type: "actions",
          block_id: "decide",
          elements: [{ type: "button", action_id: "approve", text: { type: "plain_text", text: "Approve" }, value: "7:1" }],
        },
      ],
    });
  });
  app.action("approve", async ({ ack, action, body, client, respond }) => {
    await ack();
    if (body.type !== "block_actions" || action.type !== "button" || !body.message || !body.channel) throw new Error("another payload");
    await client.chat.update({ channel: body.channel.id, ts: body.message.ts, text: `${action.value} by ${body.user.id}`, blocks: [] });
    await respond({ text: "Thanks." });
  });
}

describe.each<Mode>(["http", "socket"])("a Bolt app in the simulated workspace over %s", (mode) => {
  let pair: Pair;
  beforeEach(async () => {
    pair = await startPair(mode, listen);
  });
  afterEach(() => pair.stop());

  it("goes from a command through a modal with an error and a menu to a decided card", async () => {
    const { control } = pair.slack;
    const userId = PEOPLE.requester.id;
    expect(await control.command({ userId, channelId: CHANNELS.approvals.id, command: "/ask", text: "" })).toMatchObject({
      status: "acked",
    });
    await until(async () => (await control.state()).views[userId]?.length === 1);

    const offered = await control.options({ userId, surface: "modal", blockId: "console", actionId: "pick", value: "prod" });
    expect(offered.options).toEqual([{ text: "db prod", value: "db-1", description: null, group: null }]);

    const values = (reason: string) => ({ reason: { text: { value: reason } }, console: { pick: { selected_option: { value: "db-1" } } } });
    expect((await control.submit({ userId, values: values("because") })).errors).toEqual({ reason: "Name a ticket." });
    expect((await control.state()).views[userId]).toHaveLength(1);
    expect((await control.submit({ userId, values: values("OPS-1") })).errors).toBeNull();
    await until(async () => (await control.state()).messages.length === 1);

    const [card] = (await control.state()).messages;
    expect(card).toMatchObject({ channel: CHANNELS.approvals.id, text: "OPS-1", edited: false });
    const clicked = await control.messageAction({
      userId: PEOPLE.approver.id,
      channelId: CHANNELS.approvals.id,
      ts: card?.ts ?? "",
      blockId: "decide",
      actionId: "approve",
    });
    expect(clicked.status).toBe("acked");
    await until(async () => (await control.state()).messages.length === 2);
    const { messages, views, refusals } = await control.state();
    expect(messages[0]).toMatchObject({ text: `7:1 by ${PEOPLE.approver.id}`, edited: true, blocks: [] });
    expect(messages[1]).toMatchObject({ text: "Thanks.", onlyFor: PEOPLE.approver.id });
    expect(views).toEqual({});
    expect(refusals).toEqual([]);
  });
});

/** Resolves as soon as the condition holds; what happens after an ack has no other sign. */
async function until(condition: () => Promise<boolean>): Promise<void> {
  await expect.poll(condition, { timeout: 3000, interval: 10 }).toBe(true);
}
