import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchSimulators, type Simulators } from "../../sandbox/launch-simulators.ts";
import { IDENTITIES } from "../../sandbox/sailpoint/seed.ts";
import { type RunningSailPoint, startSailPoint } from "../../sandbox/sailpoint/server.ts";
import type { SimMessage } from "../../sandbox/slack/control.ts";
import { CHANNELS, PEOPLE, TEAM } from "../../sandbox/slack/seed.ts";
import { buttonNamed, textOf } from "../../sandbox/story/read-blocks.ts";
import { until } from "../../sandbox/story/until.ts";
import { type Portcullis, startPortcullis } from "../../src/app.ts";
import { readConfig } from "../../src/config.ts";
import { type Texts, textsFor } from "../../src/texts/texts.ts";
import { ACTION } from "../../src/views/ids.ts";
import { type DataFolder, newMigratedFolder } from "../support/data-folder.ts";
import { hurried } from "../support/hurried.ts";
import { keptLog } from "../support/silent-log.ts";

const { approver: ben, otherApprover: chiyo, admin: dora } = PEOPLE;
const noFiles = (): never => {
  throw new Error("no file is named");
};

/**
 * Contract: an approval that is born in SailPoint is a card in Slack for whoever is asked, and says what approving it opens; their click is carried out there once, and the card
 * says so when SailPoint shows it. While SailPoint is away our own queue is as it was.
 */
describe("an approval of SailPoint's, with the real bot", { timeout: 120_000 }, () => {
  let data: DataFolder;
  let simulators: Simulators;
  let sailpoint: RunningSailPoint;
  let bot: Portcullis;
  const { log, lines } = keptLog();
  beforeAll(async () => {
    data = await newMigratedFolder();
    simulators = await launchSimulators({ slackMode: "http", dataFolder: data.folder, bot: "inside", pacing: hurried });
    const { clock, settings } = simulators;
    sailpoint = await startSailPoint({ port: 0, host: "127.0.0.1", monotonicMilliseconds: hurried.monotonicMilliseconds });
    clock.onMove((offsetMilliseconds) => sailpoint.control.clock({ offsetMilliseconds }));
    await sailpoint.control.createApprovals({ approvals: [1, 2, 3].map((n) => approvalOf(`old ${n}`)) });
    const config = readConfig(
      {
        ...settings,
        SAILPOINT_API_URL: sailpoint.url,
        SAILPOINT_CLIENT_ID: sailpoint.credentials.clientId,
        SAILPOINT_CLIENT_SECRET: sailpoint.credentials.clientSecret,
        SAILPOINT_POLL_SECONDS: "600",
        SAILPOINT_GOVERNED_TYPES: "GENERIC_APPROVAL",
      },
      noFiles,
    );
    bot = await startPortcullis({ config, clock, pacing: hurried, log });
    clock.onMove(() => bot.clockMoved());
  }, 60_000);
  afterAll(async () => {
    await bot.stop(5_000);
    await Promise.all([sailpoint.close(), simulators.close()]);
    await data.remove();
  });

  const approvalOf = (name: string, approverIds: string[] = [IDENTITIES.approver.id]) => ({
    ...{ name, approverIds, requesterId: IDENTITIES.requester.id, description: "for the release" },
  });
  const state = () => simulators.slack.control.state();
  const messagesOf = async (userId: string): Promise<SimMessage[]> => {
    const { channels, messages } = await state();
    const own = channels.find(({ kind, members }) => kind === "im" && members.includes(userId))?.id;
    return messages.filter(({ channel }) => channel === own);
  };
  const messageWith = (userId: string, words: string) =>
    until(`“${words}” for ${userId}`, async () => (await messagesOf(userId)).find(({ blocks }) => textOf(blocks).includes(words)) ?? null);
  const textsOf = async (userId: string): Promise<Texts> => textsFor((await state()).users.find(({ id }) => id === userId)?.locale ?? null);
  const nextPoll = () => simulators.clock.moveTo(new Date(simulators.clock.now().getTime() + 601_000));
  const press = async (userId: string, message: SimMessage, label: string) => {
    const button = buttonNamed(message.blocks, label);
    if (button === null) throw new Error(`no button ${label} in ${textOf(message.blocks)}`);
    const { blockId, element } = button;
    return simulators.slack.control.messageAction({
      ...{ userId, channelId: message.channel, ts: message.ts, blockId, actionId: element.action_id ?? "" },
      element: { type: "button", value: element.value },
    });
  };
  const stored = async (id: string) => (await sailpoint.control.state()).approvals.find((each) => each.id === id);

  it("tells what was there at the start by one message, from which the list opens", async () => {
    const { sailpoint: say } = await textsOf(ben.id);
    const digest = await messageWith(ben.id, say.digestTitle(3));
    await press(ben.id, digest, say.showList);
    const list = await until("the list", async () => {
      const view = (await state()).views[ben.id]?.at(-1)?.view;
      return view !== undefined && textOf(view.blocks).includes("old 3") ? view : null;
    });
    expect(textOf(list.blocks)).toContain(say.queueCount(3));
    await simulators.slack.control.close({ userId: ben.id });
  });

  it("becomes a card, is approved by a click, and the card says so once SailPoint shows it", async () => {
    const { sailpoint: say, governed } = await textsOf(ben.id);
    await until("the catalog", async () => bot.services.catalog.byName("db-prod") !== null);
    const attributes = { portcullisConsoles: "db-prod", portcullisDuration: "P14D", portcullisReason: "OPS-123" };
    const { ids } = await sailpoint.control.createApprovals({ approvals: [{ ...approvalOf("root on db-prod"), attributes }] });
    const [id = ""] = ids;
    await nextPoll();
    const card = await messageWith(ben.id, "root on db-prod");
    expect(textOf(card.blocks)).toMatch(new RegExp(`${governed.forecast.opens}.*db-prod`, "su"));
    const { status } = await press(ben.id, card, say.approve);
    expect(status).toBe("acked");
    await messageWith(ben.id, say.confirmed.approve[0]);
    const approval = await stored(id);
    expect(approval?.status).toBe("APPROVED");
    expect(JSON.stringify(approval?.comments)).toContain(`decided in Slack by ${IDENTITIES.approver.name} (${ben.email})`);
    expect((await messagesOf(ben.id)).filter(({ blocks }) => textOf(blocks).includes("root on db-prod"))).toHaveLength(1);
  });

  it("is rejected by a form with a reason, and by somebody in SailPoint", async () => {
    const { sailpoint: say } = await textsOf(chiyo.id);
    const { ids } = await sailpoint.control.createApprovals({
      approvals: [approvalOf("for Chiyo", [IDENTITIES.otherApprover.id]), approvalOf("decided there", [IDENTITIES.otherApprover.id])],
    });
    const [mine = "", theirs = ""] = ids;
    await nextPoll();
    const card = await messageWith(chiyo.id, "for Chiyo");
    await press(chiyo.id, card, say.reject);
    await until("the form", async () => (await state()).views[chiyo.id]?.at(-1)?.view.callback_id === "sailpoint_form");
    const sent = await simulators.slack.control.submit({
      userId: chiyo.id,
      values: { field_comment: { [ACTION.comment]: { type: "plain_text_input", value: "not this week" } } },
    });
    expect(sent.errors).toBeNull();
    await messageWith(chiyo.id, say.confirmed.reject[0]);
    expect(JSON.stringify((await stored(mine))?.comments)).toContain("not this week – Rejected, decided in Slack by");
    await sailpoint.control.decide({ id: theirs, by: IDENTITIES.otherApprover.id, verdict: "APPROVED" });
    await nextPoll();
    await messageWith(chiyo.id, say.decidedBy.approved[0]);
  });

  it("stands in the queue of /pra approvals, marked as SailPoint's, and many are decided at once", async () => {
    const { sailpoint: say, queue } = await textsOf(ben.id);
    await simulators.slack.control.command({ userId: ben.id, channelId: CHANNELS.general.id, command: "/pra", text: "approvals" });
    const list = await until("the queue", async () => {
      const view = (await state()).views[ben.id]?.at(-1)?.view;
      return view !== undefined && textOf(view.blocks).includes("old 1") ? view : null;
    });
    expect(textOf(list.blocks)).toContain(`${say.queueMark} · old 1`);
    const ticks = list.blocks.flatMap((block) =>
      "accessory" in block && block.accessory?.type === "checkboxes"
        ? [[block.block_id ?? "", { [ACTION.sailpointSelect]: { type: "checkboxes", selected_options: block.accessory.options } }] as const]
        : [],
    );
    expect(ticks).toHaveLength(3);
    const bulk = buttonNamed(list.blocks, queue.selected.approve);
    await simulators.slack.control.viewAction({
      ...{ userId: ben.id, surface: "modal", blockId: bulk?.blockId ?? "", actionId: bulk?.element.action_id ?? "" },
      values: Object.fromEntries(ticks),
    });
    await until("the form", async () => (await state()).views[ben.id]?.at(-1)?.view.callback_id === "sailpoint_form");
    await simulators.slack.control.submit({ userId: ben.id, values: {} });
    await until("all to be approved", async () => {
      const { approvals } = await sailpoint.control.state();
      return approvals.filter(({ name, status }) => JSON.stringify(name).includes("old ") && status === "APPROVED").length === 3;
    });
    for (let n = 0; n < 5 && (await state()).views[ben.id]?.length; n += 1) await simulators.slack.control.close({ userId: ben.id });
  });

  it("leaves our own queue alone while SailPoint is away", async () => {
    await sailpoint.control.fault({ method: "GET", kind: "500", times: 100 });
    await nextPoll();
    await until("the poll to fail", async () => lines.some(({ msg }) => msg === "sailpoint.not-polled"));
    const page = await bot.services.approvals.queue({
      by: { teamId: TEAM.id, userId: dora.id },
      place: { filter: "ALL", words: "", from: null, ticked: false, round: 0 },
      limit: 15,
    });
    expect(page.waiting).toBe(0);
    expect(lines.filter(({ level }) => typeof level === "number" && level >= 50)).toEqual([]);
    expect((await state()).refusals).toEqual([]);
  });
});
