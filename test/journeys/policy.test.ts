import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CHANNELS, PEOPLE } from "../../sandbox/slack/seed.ts";
import { buttonNamed, textOf } from "../../sandbox/story/read-blocks.ts";
import { until } from "../../sandbox/story/until.ts";
import { textsFor } from "../../src/texts/texts.ts";
import { ACTION, BLOCK, CALLBACK } from "../../src/views/ids.ts";
import { startSandbox, type TestSandbox } from "./a-sandbox.ts";
import { peopleAtWork } from "./people-at-work.ts";
import { runPra } from "./run-pra.ts";

const { policy: de, coverage: words } = textsFor("de");
const { policy: en, errors } = textsFor("en");
const dora = PEOPLE.admin.id;
const ana = PEOPLE.requester.id;
const ben = PEOPLE.approver.id;

/**
 * Contract: where no access rule has approvals count, requester and approvers are warned, and the grant opens nothing; an administrator
 * makes the rule in Slack, after seeing it, and then the same grant opens the console. Nobody else sees or makes any of it.
 */
describe("access policy, with the real bot", { timeout: 90_000 }, () => {
  let started: TestSandbox;
  let sandbox: TestSandbox["sandbox"];
  beforeAll(async () => {
    started = await startSandbox("http");
    sandbox = started.sandbox;
    await peopleAtWork(sandbox.slack.control).ask("OPS-500"); // the catalog has been read
  }, 60_000);
  afterAll(() => started.stop());

  const state = () => sandbox.slack.control.state();
  const top = async (userId: string) => (await state()).views[userId]?.at(-1)?.view ?? null;
  const shown = (userId: string, callbackId: string) =>
    until(callbackId, async () => {
      const view = await top(userId);
      return view?.callback_id === callbackId ? view : null;
    });
  const says = (userId: string, said: string) =>
    until(said, async () => {
      const view = await top(userId);
      return view !== null && textOf(view.blocks).includes(said) ? view : null;
    });
  const type = (userId: string, text: string) =>
    sandbox.slack.control.command({ userId, channelId: CHANNELS.general.id, command: "/pra", text });
  const closeAll = async (userId: string) => {
    while ((await top(userId)) !== null) await sandbox.slack.control.close({ userId });
  };
  /** A click on what says so on the page on top; on the list, on what belongs to the segment. */
  const press = async (userId: string, label: string, ofSegment?: string) => {
    const blocks = (await top(userId))?.blocks ?? [];
    const among = ofSegment === undefined ? blocks : blocks.filter(({ block_id }) => block_id === `${BLOCK.policySegment}_${ofSegment}`);
    const found = buttonNamed(among, label);
    if (found === null) throw new Error(`nothing says ${label}`);
    const { blockId, element } = found;
    return sandbox.slack.control.viewAction({ userId, surface: "modal", blockId, actionId: element.action_id ?? "" });
  };
  const rules = async () => JSON.parse((await runPra(started.folder)(["zpa", "policy", "rules", "--json"])).lines.at(-1) ?? "{}").rules;
  const access = (segmentId: string) => sandbox.tenant.control.access({ email: PEOPLE.requester.email ?? "", segmentId });
  const granted = async () => (await sandbox.tenant.control.state()).approvals;
  let segmentId = "";

  it("warns on the form and on the card, and what is granted opens nothing", async () => {
    const form = await until("the warning on the form", async () => {
      await type(ana, "request bms-server for 2h because OPS-501");
      const view = await shown(ana, CALLBACK.requestForm);
      if (textOf(view.blocks).includes(en.withoutEffect.title.would)) return view;
      await sandbox.slack.control.close({ userId: ana }); // the access rules are being read
      return null;
    });
    const { valuesOf } = await import("../../sandbox/page/browser/form-state.ts");
    await sandbox.slack.control.submit({ userId: ana, values: valuesOf(form) });
    const people = peopleAtWork(sandbox.slack.control);
    for (const userId of [ana, ben]) {
      const card = await people.cardFor(userId, "OPS-501");
      expect(textOf(card.blocks)).toContain(en.withoutEffect.sentence.would("bms-server"));
    }
    await people.approve(ben, "OPS-501");
    const [approval] = await until("the grant", async () => ((await granted()).length > 0 ? await granted() : null));
    expect(approval).toBeDefined();
    await until("granted, with the warning", async () =>
      textOf((await people.cardFor(ana, "OPS-501")).blocks).includes(en.withoutEffect.sentence.does("bms-server")) ? true : null,
    );
  });

  it("is for administrators alone", async () => {
    await type(ana, "policy");
    await shown(ana, CALLBACK.notice);
    await says(ana, errors.admins_only((_, otherwise) => otherwise));
    await closeAll(ana);
  });
});
