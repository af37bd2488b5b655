import { type ChildProcess, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchSimulators, type Simulators } from "../../../sandbox/launch-simulators.ts";
import { valuesOf } from "../../../sandbox/page/browser/form-state.ts";
import type { SimMessage } from "../../../sandbox/slack/control.ts";
import { CHANNELS, PEOPLE } from "../../../sandbox/slack/seed.ts";
import { buttonNamed, textOf } from "../../../sandbox/story/read-blocks.ts";
import { until } from "../../../sandbox/story/until.ts";
import { FAULT_POINTS } from "../../../src/fault-points.ts";
import { type DataFolder, newMigratedFolder } from "../../support/data-folder.ts";
import { hurried } from "../../support/hurried.ts";

const root = join(import.meta.dirname, "../../..");
const { requester: ana, approver: ben } = PEOPLE;

/**
 * Contract: a bot that is killed with SIGKILL anywhere between the click on Approve and "Granted", and started again on the same
 * folder, ends with exactly one privileged approval for the request, and every card that was posted says Granted.
 */
describe("killed between the click and Granted", () => {
  let data: DataFolder;
  let simulators: Simulators;
  let bot: ChildProcess;

  const environment = () => ({ PATH: process.env.PATH, ...simulators.settings, LOG_LEVEL: "error" });
  const startBot = async (): Promise<void> => {
    bot = fork(join(import.meta.dirname, "doomed-bot.ts"), { execArgv: [], env: environment() });
    await once(bot, "message");
  };
  const control = () => ({ slack: simulators.slack.control, tenant: simulators.tenant.control });

  beforeAll(async () => {
    data = await newMigratedFolder();
    simulators = await launchSimulators({ slackMode: "http", dataFolder: data.folder, bot: "by-hand", pacing: hurried });
    await startBot();
  }, 60_000);
  afterAll(async () => {
    bot.kill("SIGKILL");
    await simulators.close();
    await rm(data.folder, { recursive: true, force: true });
  });

  const cardsOf = async (reason: string): Promise<SimMessage[]> =>
    (await control().slack.state()).messages.filter(({ blocks }) => textOf(blocks).includes(reason));

  const request = async (reason: string): Promise<void> => {
    const { slack } = control();
    const words = `request db-prod weekdays 9-17 Europe/Berlin for 2 weeks because ${reason}`;
    const view = await until("the form with db-prod in it", async () => {
      await slack.command({ userId: ana.id, channelId: CHANNELS.general.id, command: "/pra", text: words });
      const form = await until("a form", async () => {
        const top = (await slack.state()).views[ana.id]?.at(-1)?.view;
        return top?.type === "modal" && top.submit ? top : null;
      });
      const values = valuesOf(form);
      if (JSON.stringify(values).includes("db-prod")) return form;
      await slack.close({ userId: ana.id }); // the catalog is still being read
      return null;
    });
    expect((await slack.submit({ userId: ana.id, values: valuesOf(view) })).errors).toBeNull();
  };

  const clickApprove = async (reason: string): Promise<void> => {
    const { slack } = control();
    const { card, button } = await until("Ben's card", async () => {
      const { channels } = await slack.state();
      const bens = new Set(channels.filter(({ kind, members }) => kind === "im" && members.includes(ben.id)).map(({ id }) => id));
      const card = (await cardsOf(reason)).find(({ channel }) => bens.has(channel));
      const button = card && buttonNamed(card.blocks, "Approve");
      return card && button ? { card, button } : null;
    });
    const { value, action_id: actionId = "" } = button.element;
    const { channel, ts } = card;
    const element = { type: "button", ...(value === undefined ? {} : { value }) };
    await slack.messageAction({ userId: ben.id, channelId: channel, ts, blockId: button.blockId, actionId, element });
  };

  it.each(FAULT_POINTS)("at %s", { timeout: 60_000 }, async (point) => {
    const reason = `OPS-${point}`;
    const approvalsBefore = (await control().tenant.state()).approvals.length;
    await request(reason);

    const died = once(bot, "exit");
    const armed = once(bot, "message");
    bot.send(point);
    await armed;
    const clicked = clickApprove(reason); // what Slack hears of it does not matter: the bot may be dead before it answers
    expect((await died)[1]).toBe("SIGKILL");
    await clicked;
    await startBot();

    const cards = await until(`Granted on every card of ${reason}`, async () => {
      const cards = await cardsOf(reason);
      return cards.length > 0 && cards.every(({ blocks }) => /\bGranted\b/.test(textOf(blocks))) ? cards : null;
    });
    expect(cards.length).toBeGreaterThanOrEqual(3); // Ana's and both approvers'
    expect(cards.filter(({ blocks }) => buttonNamed(blocks, "Approve"))).toEqual([]);
    const { approvals } = await control().tenant.state();
    expect(approvals.length - approvalsBefore).toBe(1);
    expect((await control().slack.state()).refusals).toEqual([]);
  });

  it("refuses a second start on the folder of a running bot, in a sentence", { timeout: 60_000 }, async () => {
    const second = spawn(process.execPath, [join(root, "src/main.ts")], { env: environment() });
    const [[exitCode], said] = await Promise.all([once(second, "exit"), text(second.stderr)]);
    expect(exitCode).not.toBe(0);
    expect(said).toContain(data.folder);
    expect(said).toContain("data_folder_in_use");
  });
});
