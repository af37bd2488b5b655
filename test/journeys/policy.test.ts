import { describe, expect, it } from "vitest";
import { valuesOf } from "../../sandbox/page/browser/form-state.ts";
import { PEOPLE } from "../../sandbox/slack/seed.ts";
import { textOf } from "../../sandbox/story/read-blocks.ts";
import { until } from "../../sandbox/story/until.ts";
import { textsFor } from "../../src/texts/texts.ts";
import { ACTION, BLOCK, CALLBACK } from "../../src/views/ids.ts";
import { sandboxForTests } from "./a-sandbox.ts";
import { pagesOf } from "./pages-of.ts";
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
  const started = sandboxForTests("http", ({ slack }) => peopleAtWork(slack.control).ask("OPS-500")); // the catalog has been read

  const people = () => peopleAtWork(started.sandbox.slack.control);
  const state = () => started.sandbox.slack.control.state();
  const { top, shown, says, type, press, closeAll } = pagesOf(started);
  const openList = async () => {
    await type(dora, "policy");
    return shown(dora, CALLBACK.policy);
  };
  const offerOf = async (id: string) => {
    await started.sandbox.slack.control.viewAction({
      userId: dora,
      surface: "modal",
      blockId: `${BLOCK.policySegment}_${id}`,
      actionId: ACTION.policyOffer,
    });
    return shown(dora, CALLBACK.policyOffer);
  };
  const pra = (args: readonly string[]) => runPra(started.folder, started.sandbox.settings)(args);
  const rules = async (): Promise<readonly { readonly name: string; readonly action: string }[]> =>
    (await pra(["zpa", "policy", "rules"])).result.rules;
  const isIn = async (segmentId: string): Promise<boolean> =>
    (await started.sandbox.tenant.control.access({ email: PEOPLE.requester.email ?? "", segmentId })).allowed;
  /** Of Legacy, on which mainframe-gateway is: an earlier rule blocks it for everybody. */
  let segmentId = "";

  it("warns on the form and on the cards, and what is granted opens nothing", async () => {
    const form = await until("the warning on the form", async () => {
      await type(ana, "request mainframe-gateway for 2h because OPS-501");
      const view = await shown(ana, CALLBACK.requestForm);
      if (textOf(view.blocks).includes(en.withoutEffect.would("mainframe-gateway"))) return view;
      await started.sandbox.slack.control.close({ userId: ana }); // the access rules are being read
      return null;
    });
    expect((await started.sandbox.slack.control.submit({ userId: ana, values: valuesOf(form) })).errors).toBeNull();
    for (const userId of [ana, ben])
      expect(textOf((await people().cardFor(userId, "OPS-501")).blocks)).toContain(en.withoutEffect.would("mainframe-gateway"));
    await people().approve(ben, "OPS-501");
    await until("granted, with the warning", async () => {
      const card = textOf((await people().cardFor(ana, "OPS-501")).blocks);
      return card.includes("Granted") && card.includes(en.withoutEffect.does("mainframe-gateway")) ? true : null;
    });
    const [approval] = (await started.sandbox.tenant.control.state()).approvals as { applications: { id: string }[] }[];
    segmentId = String(approval?.applications[0]?.id);
    expect(await isIn(segmentId)).toBe(false);
  });

  it("is for administrators alone", async () => {
    await started.sandbox.tenant.control.resetCalls({});
    await type(ana, "policy");
    await says(
      ana,
      errors.admins_only((_, otherwise) => otherwise),
    );
    await closeAll(ana);
    expect((await started.sandbox.tenant.control.state()).calls).toEqual({});
  });

  it("shows the rule and its place first; what changes meanwhile is not overridden", async () => {
    const list = await openList();
    expect(textOf(list.blocks)).toContain("mainframe-gateway");
    expect(textOf(list.blocks)).toContain(words.status.shadowed);
    const offer = textOf((await offerOf(segmentId)).blocks);
    for (const said of ["Portcullis - Legacy", "REQUIRE_APPROVAL", de.before("Retired & kept for audits"), words.status.covered])
      expect(offer).toContain(said);
    const before = await rules();
    expect(before.some(({ name }) => name.startsWith("Portcullis"))).toBe(false);
    // Somebody else is quicker, and the order is another one.
    await pra(["zpa", "policy", "reorder", "Retired & kept for audits", "2"]);
    await press(dora, de.cover.make);
    await shown(dora, CALLBACK.notice);
    expect(await rules()).toHaveLength(before.length);
    await started.sandbox.slack.control.close({ userId: dora });
  });

  it("makes the rule at its place, shows it as ZPA has it, and then the same grant opens the console", async () => {
    const offer = textOf((await offerOf(segmentId)).blocks);
    expect(offer).toContain(de.order(2));
    await press(dora, de.cover.make);
    const made = textOf((await says(dora, de.asOffered)).blocks);
    expect(made).toContain(de.madeAt(2));
    const names = (await rules()).map(({ name }) => name);
    expect(names[1]).toMatch(/^Portcullis - Legacy/);
    expect(names[2]).toBe("Retired & kept for audits");
    const { segments } = (await pra(["zpa", "policy", "coverage"])).result;
    expect(segments).toContainEqual(expect.objectContaining({ id: segmentId, status: "covered" }));
    expect(await isIn(segmentId)).toBe(true);
    await started.sandbox.slack.control.close({ userId: dora });
    await until("the list without it", async () => (textOf((await top(dora))?.blocks ?? []).includes("mainframe-gateway") ? null : true));
    await closeAll(dora);
    expect((await state()).refusals).toEqual([]);
  });

  it("warns no longer, on the form at once", async () => {
    await type(ana, "request mainframe-gateway for 2h because OPS-502");
    const form = await shown(ana, CALLBACK.requestForm);
    expect(textOf(form.blocks)).toContain("mainframe-gateway");
    expect(textOf(form.blocks)).not.toContain(en.withoutEffect.why);
    await closeAll(ana);
  });

  it("has what was tried and what was done in the ledger, under the administrator's name", async () => {
    const { lines } = await pra(["audit", "export"]);
    const events = lines.slice(0, -1).map((each) => (JSON.parse(each) as { event: { kind: string; actor: string } }).event);
    expect(events.filter(({ kind }) => kind.includes(".cover."))).toMatchObject([
      { kind: "zpa.policy-rule.cover.intended", actor: dora, subject: segmentId },
      { kind: "zpa.policy-rule.cover.done", actor: dora, subject: segmentId },
    ]);
  });
});
