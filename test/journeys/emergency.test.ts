import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { valuesOf } from "../../sandbox/page/browser/form-state.ts";
import type { SimMessage, SlackControl } from "../../sandbox/slack/control.ts";
import { CHANNELS, PEOPLE } from "../../sandbox/slack/seed.ts";
import { buttonNamed, textOf } from "../../sandbox/story/read-blocks.ts";
import { until } from "../../sandbox/story/until.ts";
import { ACTION, BLOCK, CALLBACK } from "../../src/views/ids.ts";
import { startSandbox, type TestSandbox } from "./a-sandbox.ts";

const { requester: ana, approver: ben, otherApprover: chiyo, admin: dora } = PEOPLE;
const HOUR = 60 * 60 * 1000;

const playing = (slack: SlackControl) => {
  const type = (userId: string, text: string) => slack.command({ userId, channelId: CHANNELS.general.id, command: "/pra", text });
  /** What one person reads in their direct messages, by a word in it. */
  const messageFor = (userId: string, word: string): Promise<SimMessage> =>
    until(`"${word}" for ${userId}`, async () => {
      const { channels, messages } = await slack.state();
      const own = channels.find(({ kind, members }) => kind === "im" && members.includes(userId))?.id;
      return (
        messages.find(({ channel, blocks, threadTs }) => channel === own && threadTs === null && textOf(blocks).includes(word)) ?? null
      );
    });
  const page = (userId: string, callbackId: string) =>
    until(`the page ${callbackId} for ${userId}`, async () => {
      const view = (await slack.state()).views[userId]?.at(-1)?.view;
      return view?.type === "modal" && view.callback_id === callbackId ? view : null;
    });
  const press = async (userId: string, { blocks, channel, ts }: SimMessage, name: string) => {
    const found = buttonNamed(blocks, name);
    if (!found) throw new Error(`There is no button ${name}.`);
    await slack.messageAction({ userId, channelId: channel, ts, blockId: found.blockId, actionId: found.element.action_id ?? "" });
  };
  return { type, messageFor, page, press };
};

/**
 * Contract: over the real bot and the simulated services, what is given on call and what the glass is broken for stands in ZPA without
 * anybody else's yes; everybody who was passed over is told in person; and no second use comes before the first one's review.
 */
describe("past the approvers", { timeout: 60_000 }, () => {
  let started: TestSandbox;
  let sandbox: TestSandbox["sandbox"];
  let slack: SlackControl;
  let people: ReturnType<typeof playing>;
  const standing = async (email: string | null) =>
    (await sandbox.tenant.control.state()).approvals.filter(({ emailIds }) => JSON.stringify(emailIds).includes(String(email)));

  beforeAll(async () => {
    started = await startSandbox("socket");
    sandbox = started.sandbox;
    slack = sandbox.slack.control;
    people = playing(slack);
  }, 60_000);
  afterAll(() => started.stop());

  it("lets whoever is on call give access by one line, once, and tells those who would have decided", async () => {
    await until("the catalog", async () => {
      const answer = await people.type(dora.id, `grant <@${ana.id}|ana> db-prod 2h because INC-77`);
      if (JSON.stringify(answer.body ?? "").includes("PRA-1001")) return true;
      await people.page(dora.id, CALLBACK.grantForm); // the catalog is still being read
      await slack.close({ userId: dora.id });
      return null;
    });
    for (const { id } of [ana, ben, chiyo, dora]) {
      const told = await people.messageFor(id, "INC-77");
      expect(JSON.stringify(told.blocks)).toContain(dora.id);
    }
    await until("the privileged approval", async () => ((await standing(ana.email)).length > 0 ? true : null));
    const [stored, ...others] = await standing(ana.email);
    expect(others).toEqual([]);
    expect(Number(stored?.endTime) - Number(stored?.startTime)).toBe(2 * 3600);
    await until("Granted on Ben's card", async () =>
      textOf((await people.messageFor(ben.id, "INC-77")).blocks).includes("Granted") ? true : null,
    );
    expect((await slack.state()).refusals).toEqual([]);
  });

  it("refuses everybody who is not on call", async () => {
    await people.type(ben.id, `grant <@${ana.id}|ana> db-prod 2h because INC-78`);
    const answer = await people.type(ben.id, `grant <@${ana.id}|ana> db-prod 2h because INC-78`);
    expect(JSON.stringify(answer.body)).toContain("not on call");
    expect(await standing(ana.email)).toHaveLength(1);
  });

  it("breaks the glass by two deliberate clicks, and tells everybody who was skipped", async () => {
    await people.type(ben.id, "break-glass db-prod because INC-79");
    const form = await people.page(ben.id, CALLBACK.breakGlassForm);
    expect(await standing(ben.email)).toEqual([]);
    await slack.submit({ userId: ben.id, values: valuesOf(form) });
    const seen = await people.page(ben.id, CALLBACK.breakGlassSeen);
    expect(textOf(seen.blocks)).toContain("Nobody approves it");
    expect(await standing(ben.email)).toEqual([]);
    await slack.submit({ userId: ben.id, values: {} });
    for (const { id } of [ben, chiyo, dora]) await people.messageFor(id, "INC-79");
    await until("the privileged approval", async () => ((await standing(ben.email)).length > 0 ? true : null));
    expect(await standing(ben.email)).toHaveLength(1);
  });

  it("refuses a second use: the review is in its place", async () => {
    await people.type(ben.id, "break-glass db-staging because INC-80");
    await people.page(ben.id, CALLBACK.reviewForm);
    await slack.close({ userId: ben.id });
    expect(await standing(ben.email)).toHaveLength(1);
  });

  it("asks for the review when the hour is over, and shows its answers to all who were told", async () => {
    await sandbox.clock.moveTo(new Date(sandbox.clock.now().getTime() + HOUR + 2 * 60_000));
    const question = await people.messageFor(ben.id, "is over. Please answer the review");
    await people.press(ben.id, question, "Answer the review…");
    await people.page(ben.id, CALLBACK.reviewForm);
    const text = (value: string) => ({ type: "plain_text_input", value });
    await slack.submit({
      userId: ben.id,
      values: {
        [BLOCK.happened]: { [ACTION.happened]: text("The primary hung.") },
        [BLOCK.done]: { [ACTION.deeds]: text("Failed over.") },
        [BLOCK.follows]: { [ACTION.follows]: text("A watchdog: OPS-9.") },
      },
    });
    for (const { id } of [ben, chiyo, dora]) await people.messageFor(id, "A watchdog: OPS-9.");
    await slack.close({ userId: ben.id });
    await people.type(ben.id, "break-glass db-prod because INC-81");
    await people.page(ben.id, CALLBACK.breakGlassForm);
    expect((await slack.state()).refusals).toEqual([]);
  });
});
