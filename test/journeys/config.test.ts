import { describe, expect, it } from "vitest";
import { CHANNELS, PEOPLE } from "../../sandbox/slack/seed.ts";
import { textsFor } from "../../src/texts/texts.ts";
import { ACTION, CALLBACK } from "../../src/views/ids.ts";
import { until } from "../support/slack-listeners.ts";
import { sandboxForTests } from "./a-sandbox.ts";
import { runPra } from "./run-pra.ts";

const { rules: de } = textsFor("de");
const dora = PEOPLE.admin.id;

/**
 * Contract: while the real bot has the embedded database, `pra` in a process of its own changes rules through the bot's socket; what
 * loosens waits until an administrator confirms it in Slack, and her card then asks no more.
 */
describe("rules from the command line, confirmed in Slack", { timeout: 60_000 }, () => {
  const started = sandboxForTests("http");

  const pra = async (yaml: string, ...args: readonly string[]) => (await runPra(started.folder)(["config", ...args], yaml)).result;
  const state = () => started.sandbox.slack.control.state();
  const card = () => until(async () => (await state()).messages.find(({ blocks }) => JSON.stringify(blocks).includes("UNEWBOSS")));

  it("waits for her, says what becomes looser in her language, and is in force once she confirms", async () => {
    expect(await pra("longestWindowHours: 8", "put", "tenant", "--yes")).toMatchObject({ changes: [{ result: "applied", revision: 1 }] });
    const { changes } = await pra("approvers: [UNEWBOSS]\nlongestWindowHours: 8", "put", "tenant", "--yes");
    expect(changes).toMatchObject([{ result: "waiting", loosens: expect.arrayContaining(["approvers_added"]) }]);

    const asked = await card();
    expect(JSON.stringify(asked.blocks)).toContain(de.loosens.approvers_added);
    const buttons = asked.blocks.find(({ type }) => type === "actions");
    const blockId = buttons?.block_id ?? "";
    await started.sandbox.slack.control.messageAction({
      userId: dora,
      channelId: asked.channel,
      ts: asked.ts,
      blockId,
      actionId: ACTION.changeConfirm,
    });
    const settled = await until(async () => {
      const now = await card();
      return now.blocks.some(({ type }) => type === "actions") ? null : now;
    });
    expect(settled.ts).toBe(asked.ts);
    expect(JSON.stringify(settled.blocks)).toContain(de.settled.APPLIED[0]);
    expect(await pra("", "get", "tenant")).toMatchObject({
      revision: 2,
      rules: { approvers: ["UNEWBOSS"] },
      changedBy: expect.stringMatching(/^cli:/),
    });
    expect((await state()).refusals).toEqual([]);
  });

  it("shows the same to her with /pra config, and to nobody else", async () => {
    const type = (userId: string) =>
      started.sandbox.slack.control.command({ userId, channelId: CHANNELS.general.id, command: "/pra", text: "config" });
    await type(dora);
    const list = await until(async () => (await state()).views[dora]?.find(({ view }) => view.callback_id === CALLBACK.rulesList));
    expect(JSON.stringify(list.view)).toContain(de.scopes.TENANT);
    await type(PEOPLE.requester.id);
    const told = await until(async () => (await state()).messages.find(({ onlyFor }) => onlyFor === PEOPLE.requester.id));
    expect(told.text).toBe(textsFor("en").errors.admins_only(() => ""));
    expect((await state()).refusals).toEqual([]);
  });
});
