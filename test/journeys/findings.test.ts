import { describe, expect, it } from "vitest";
import { CHANNELS, PEOPLE } from "../../sandbox/slack/seed.ts";
import { textOf } from "../../sandbox/story/read-blocks.ts";
import { until } from "../../sandbox/story/until.ts";
import { textsFor } from "../../src/texts/texts.ts";
import { ACTION } from "../../src/views/ids.ts";
import { sandboxForTests } from "./a-sandbox.ts";
import { peopleAtWork } from "./people-at-work.ts";
import { runPra } from "./run-pra.ts";

const { findings: de } = textsFor("de");
const dora = PEOPLE.admin.id;
const hour = 3_600_000;

/**
 * Contract: what somebody does in ZPA behind the bot's back is told to the administrators, each once; what they decide about it, in
 * Slack or by `pra` in a process of its own, comes about in ZPA, and the message says so.
 */
describe("findings, with the real bot", { timeout: 90_000 }, () => {
  const started = sandboxForTests("http");

  const state = () => started.sandbox.slack.control.state();
  const stored = async () => (await started.sandbox.tenant.control.state()).approvals;
  const messages = async (words: string) => (await state()).messages.filter(({ blocks }) => textOf(blocks).includes(words));
  const message = (title: string, words: string) =>
    until(`${title} with ${words}`, async () => (await messages(title)).find(({ blocks }) => textOf(blocks).includes(words)) ?? null);
  const click = async (title: string, words: string, actionId: string) => {
    const { channel, ts, blocks } = await message(title, words);
    const blockId = blocks.find(({ type }) => type === "actions")?.block_id ?? "";
    await started.sandbox.slack.control.messageAction({ userId: dora, channelId: channel, ts, blockId, actionId });
  };
  const compare = () =>
    started.sandbox.slack.control.command({ userId: dora, channelId: CHANNELS.general.id, command: "/pra", text: "reconcile" });
  const pra = async (...args: readonly string[]) => (await runPra(started.folder)(args)).result;

  it("has what was deleted made again, from the message", async () => {
    const people = peopleAtWork(started.sandbox.slack.control);
    await people.ask("OPS-7", 4);
    await people.approve(PEOPLE.approver.id, "OPS-7");
    const [granted] = await until("the privileged approval", async () => ((await stored()).length === 1 ? await stored() : null));
    await until("Granted", async () => ((await messages("Granted")).length > 0 ? true : null));

    await started.sandbox.clock.moveTo(new Date(started.sandbox.clock.now().getTime() + hour));
    await started.sandbox.tenant.control.deleteApproval({ id: String(granted?.id) });
    await compare();
    await click(de.titles.MISSING, "PRA-1001", ACTION.findingRestore);
    const again = await until("another one", async () => (await stored())[0] ?? null);
    expect(again.id).not.toBe(granted?.id);
    expect(again.endTime).toBe(granted?.endTime);
    await message(de.titles.MISSING, de.settled.RESTORED[0]);
    expect(await stored()).toHaveLength(1);
  });

  it("has what others made deleted by pra, and nothing without an administrator's word", async () => {
    await started.sandbox.clock.moveTo(new Date(started.sandbox.clock.now().getTime() + hour)); // what has just been made is left to come to rest
    const { id } = await started.sandbox.tenant.control.addApproval({ email: "contractor@harbour.example", minutes: 600 });
    // The pass that was due when the clock moved may be running.
    const { microtenants } = await until("a pass", async () => {
      const answer = await pra("reconcile");
      return answer.error?.code === "reconcile_running" ? null : answer;
    });
    expect(microtenants).toContainEqual(expect.objectContaining({ microtenantName: "Default", foreign: 1, asIntended: 1, missing: 0 }));
    await message(de.titles.FOREIGN, "contractor@harbour.example");
    const { findings } = await pra("findings", "list");
    expect(findings).toMatchObject([{ kind: "FOREIGN", zpaId: id, verdicts: ["adopt", "ignore", "revoke"] }]);
    expect((await stored()).map((each) => each.id)).toContain(id);
    await pra("findings", "revoke", findings[0].id, "--reason", "INC-8", "--yes", "--seen-version", String(findings[0].version));
    await until("it to be gone", async () => ((await stored()).some((each) => each.id === id) ? null : true));
    await message(de.titles.FOREIGN, de.settled.REVOKED[0]);
    expect(await pra("findings", "list")).toMatchObject({ findings: [] });
    expect((await state()).refusals).toEqual([]);
  });
});
