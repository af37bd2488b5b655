import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { valuesOf } from "../../sandbox/page/browser/form-state.ts";
import type { SimMessage, SlackControl } from "../../sandbox/slack/control.ts";
import { CHANNELS, PEOPLE } from "../../sandbox/slack/seed.ts";
import { buttonNamed, textOf } from "../../sandbox/story/read-blocks.ts";
import { until } from "../../sandbox/story/until.ts";
import { ACTION, BLOCK } from "../../src/views/ids.ts";
import { startSandbox, type TestSandbox } from "./a-sandbox.ts";

const { requester: ana, approver: ben, admin: dora } = PEOPLE;
const MINUTE = 60_000;

/**
 * Contract: over the real bot, the simulated Slack and the simulated tenant, what people do with access that stands is what stands in the
 * tenant afterwards, and what their cards say.
 */
describe("the life of access", () => {
  let started: TestSandbox;
  let sandbox: TestSandbox["sandbox"];
  let slack: SlackControl;
  beforeAll(async () => {
    started = await startSandbox("socket");
    sandbox = started.sandbox;
    slack = sandbox.slack.control;
  }, 60_000);
  afterAll(() => started.stop());

  const directOf = async (userId: string) => {
    const { channels, messages } = await slack.state();
    const own = channels.find(({ kind, members }) => kind === "im" && members.includes(userId))?.id;
    return messages.filter(({ channel }) => channel === own);
  };
  /** A card in a person's direct messages, once it says all of these. */
  const card = (userId: string, reason: string, ...words: readonly string[]): Promise<SimMessage> =>
    until(`a card for ${userId} that says ${[reason, ...words].join(", ")}`, async () =>
      (await directOf(userId)).find(
        ({ blocks, threadTs }) => threadTs === null && [reason, ...words].every((word) => textOf(blocks).includes(word)),
      ),
    );
  const line = (userId: string, ...words: readonly string[]): Promise<SimMessage> =>
    until(`a line for ${userId} that says ${words.join(", ")}`, async () =>
      (await directOf(userId)).find(({ blocks, threadTs }) => threadTs !== null && words.every((word) => textOf(blocks).includes(word))),
    );
  const press = async (userId: string, message: SimMessage, name: string) => {
    const found = buttonNamed(message.blocks, name);
    if (found === null) throw new Error(`There is no button ${name}.`);
    const { blockId, element } = found;
    return slack.messageAction({ userId, channelId: message.channel, ts: message.ts, blockId, actionId: element.action_id ?? "" });
  };
  const form = (userId: string, callbackId?: string) =>
    until(`a form for ${userId}`, async () => {
      const view = (await slack.state()).views[userId]?.at(-1)?.view;
      return view?.type === "modal" && view.submit && (callbackId === undefined || view.callback_id === callbackId) ? view : null;
    });
  const type = (userId: string, text: string) => slack.command({ userId, channelId: CHANNELS.general.id, command: "/pra", text });
  const granted = async (reason: string, consoles = "db-prod", length = "2h"): Promise<SimMessage> => {
    const view = await until("the form with its consoles", async () => {
      await type(ana.id, `request ${consoles} for ${length} because ${reason}`);
      const opened = await form(ana.id);
      if (JSON.stringify(valuesOf(opened)).includes(consoles)) return opened;
      await slack.close({ userId: ana.id }); // the catalog is still being read
      return null;
    });
    await slack.submit({ userId: ana.id, values: valuesOf(view) });
    await press(ben.id, await card(ben.id, reason, "Waiting"), "Approve");
    return card(ana.id, reason, "Granted");
  };
  const approvals = async () =>
    (await sandbox.tenant.control.state()).approvals.filter(({ emailIds }) => JSON.stringify(emailIds).includes("ana"));
  const reason = (value: string) => ({ [BLOCK.reason]: { [ACTION.reason]: { type: "plain_text_input", value } } });

  it("is shortened by its holder, warned of, renewed without a gap, and given up", async () => {
    await press(ana.id, await granted("LIFE-1"), "Change…");
    const view = await form(ana.id);
    const before = Number(valuesOf(view)[BLOCK.end]?.[ACTION.end]?.selected_date_time);
    const end = { [BLOCK.end]: { [ACTION.end]: { type: "datetimepicker", selected_date_time: before - 3600 } } };
    await slack.submit({ userId: ana.id, values: { ...valuesOf(view), ...end } });
    await card(ana.id, "LIFE-1", "Changed by", "It stands in Zscaler.");
    const [shortened] = await approvals();
    expect(Number(shortened?.endTime)).toBe(before - 3600);

    await sandbox.clock.moveTo(new Date((before - 3600) * 1000 - 10 * MINUTE));
    const warning = await line(ana.id, "The access ends soon");
    await press(ana.id, warning, "Renew");
    await press(ana.id, warning, "Renew");
    const renewal = await card(ben.id, "Renewal of PRA-", "LIFE-1", "Waiting");
    expect(
      (await directOf(ben.id)).filter(({ blocks, threadTs }) => threadTs === null && textOf(blocks).includes("Renewal of")),
    ).toHaveLength(1);
    await press(ben.id, renewal, "Approve");
    await card(ana.id, "Renewal of PRA-", "Granted");
    await card(ana.id, "LIFE-1", "Renewed by PRA-");
    const both = await until("two privileged approvals", async () => {
      const found = await approvals();
      return found.length === 2 ? found : null;
    });
    expect(Number(both[1]?.startTime)).toBe(before - 3600);

    await press(ana.id, await card(ana.id, "Renewal of PRA-", "Granted"), "I’m done");
    await card(ana.id, "Renewal of PRA-", "Ended", "Ended early by", "Not known: whether Zscaler cuts a session");
    expect(await approvals()).toHaveLength(1);
  }, 90_000);

  it("is revoked by an approver, with a reason that its holder reads", async () => {
    await granted("LIFE-2", "db-staging");
    await press(ben.id, await card(ben.id, "LIFE-2", "Granted"), "Revoke…");
    await form(ben.id);
    await slack.submit({ userId: ben.id, values: reason("INC-7: the host is being rebuilt") });
    await card(ana.id, "LIFE-2", "Ended", "Revoked by", "INC-7: the host is being rebuilt");
    await line(ana.id, "The access has ended.", "INC-7: the host is being rebuilt");
  });

  it("is all taken from a person by an administrator, who sees what became of each", async () => {
    await granted("LIFE-3", "db-prod");
    await granted("LIFE-4", "db-staging");
    await type(dora.id, `revoke <@${ana.id}|ana> because INC-8`);
    await form(dora.id, "revoke_person_form");
    await slack.submit({ userId: dora.id, values: reason("INC-8") });
    const result = textOf((await slack.state()).views[dora.id]?.at(-1)?.view.blocks);
    expect(result.match(/wird in Zscaler beendet/gu)?.length).toBeGreaterThanOrEqual(2);
    await card(ana.id, "LIFE-3", "Ended", "Revoked by", "INC-8");
    await card(ana.id, "LIFE-4", "Ended");
    await until("nothing of Ana's in the tenant", async () =>
      (await approvals()).every(({ endTime }) => Number(endTime) * 1000 < sandbox.clock.now().getTime()),
    );
    expect((await slack.state()).refusals).toEqual([]);
  });
});
