import { describe, expect, it } from "vitest";
import { elementsOf, valuesOf } from "../../sandbox/page/browser/form-state.ts";
import { PEOPLE } from "../../sandbox/slack/seed.ts";
import { elementOfType, textOf } from "../../sandbox/story/read-blocks.ts";
import { until } from "../../sandbox/story/until.ts";
import { textsFor } from "../../src/texts/texts.ts";
import { ACTION, BLOCK, CALLBACK } from "../../src/views/ids.ts";
import { sandboxForTests } from "./a-sandbox.ts";
import { pagesOf } from "./pages-of.ts";
import { peopleAtWork } from "./people-at-work.ts";
import { runPra } from "./run-pra.ts";

const { consoles: de } = textsFor("de");
const { consoles: en } = textsFor("en");
const dora = PEOPLE.admin.id;
const ana = PEOPLE.requester.id;

/**
 * Contract: an administrator makes a console for an application that has none, in Slack; it is read back, and people find it in their request form.
 * Once it is switched off they find it no more. Nobody else does any of it, and all of it is in the ledger.
 */
describe("consoles, with the real bot", { timeout: 90_000 }, () => {
  const started = sandboxForTests("http", ({ slack }) => peopleAtWork(slack.control).ask("OPS-500")); // the catalog has been read

  const state = () => started.sandbox.slack.control.state();
  const { shown, says, type, press, closeAll } = pagesOf(started);
  const openConsole = async (name: string) => {
    await type(dora, `consoles ${name}`);
    await shown(dora, CALLBACK.consoles);
    await press(dora, de.whoHasAccess);
    await shown(dora, CALLBACK.console);
  };
  const openForm = async () => {
    await type(dora, "consoles");
    await shown(dora, CALLBACK.consoles);
    await press(dora, de.add);
    return shown(dora, CALLBACK.consolesForm);
  };
  /** Everything that the form offers, on the first portal. */
  const fillIn = async () => {
    const form = await openForm();
    const values = valuesOf(form);
    const choose = (blockId: string) => {
      const field = elementsOf(form.blocks).find((each) => each.blockId === blockId)?.element;
      if (field?.type !== "multi_static_select") throw new Error(`${blockId} is no menu`);
      return { [field.action_id ?? ""]: { type: field.type, selected_options: (field.options ?? []).slice(0, 1) } };
    };
    return {
      ...values,
      [BLOCK.consoleApplications]: choose(BLOCK.consoleApplications),
      [BLOCK.consolePortals]: choose(BLOCK.consolePortals),
    };
  };
  /** What Ana's request form finds. */
  const found = async (words: string): Promise<readonly string[]> => {
    await type(ana, "");
    const form = await shown(ana, CALLBACK.requestForm);
    const menu = elementOfType(form.blocks, "multi_external_select");
    const { options } = await started.sandbox.slack.control.options({
      userId: ana,
      surface: "modal",
      blockId: menu?.blockId ?? "",
      actionId: ACTION.consoles,
      value: words,
    });
    await started.sandbox.slack.control.close({ userId: ana });
    return options.map(({ text }) => text);
  };
  const inTenant = async () => (await started.sandbox.tenant.control.state()).consoles.filter(({ name }) => name === "bench-1");

  it("makes one for the application that has none, after showing what it is going to be", async () => {
    expect(await found("bench")).toEqual([]);
    expect((await started.sandbox.slack.control.submit({ userId: dora, values: await fillIn() })).errors).toBeNull();
    const review = await shown(dora, CALLBACK.consolesReview);
    expect(textOf(review.blocks)).toContain("bench-1");
    expect(await inTenant()).toEqual([]);
    await press(dora, de.make(1));
    const made = await says(dora, de.made(1));
    expect(textOf(made.blocks)).toContain("Infrastructure portal");
    expect(await inTenant()).toMatchObject([{ enabled: true }]);
    await closeAll(dora);
    await until("the form to find it", async () => ((await found("bench")).includes("bench-1") ? true : null));
    expect((await state()).refusals).toEqual([]);
  });

  it("is switched off, with a word about who keeps their access, and found no more", async () => {
    const [made] = await inTenant();
    const { praApplication } = made as { praApplication: { appId: string } };
    await started.sandbox.tenant.control.addApproval({
      email: "contractor@harbour.example",
      minutes: 90,
      segmentId: String(praApplication.appId),
    });
    await openConsole("bench-1");
    await says(dora, "contractor@harbour.example");
    await press(dora, de.switchOff);
    const asked = await shown(dora, CALLBACK.consoleSwitch);
    expect(textOf(asked.blocks)).toContain("contractor@harbour.example");
    expect(textOf(asked.blocks)).toContain(de.switchKeeps);
    expect(await inTenant()).toMatchObject([{ enabled: true }]);
    await press(dora, de.switchYes.disabled);
    await says(dora, de.switched.disabled("bench-1"));
    expect(await inTenant()).toMatchObject([{ enabled: false }]);
    await closeAll(dora);
    await until("the form to find it no more", async () => ((await found("bench")).includes("bench-1") ? null : true));
    // What is switched off takes nobody's access away.
    expect((await started.sandbox.tenant.control.state()).approvals).toHaveLength(1);
    expect((await state()).refusals).toEqual([]);
  });

  it("is for administrators: others find and open, and see nobody's access", async () => {
    await type(ana, "consoles db-prod");
    const list = await shown(ana, CALLBACK.consoles);
    expect(JSON.stringify(list)).not.toContain(ACTION.consolesNew);
    expect(JSON.stringify(list)).toContain("https://pra.acme.example");
    await press(ana, en.details);
    const details = await shown(ana, CALLBACK.console);
    expect(JSON.stringify(details)).not.toContain(ACTION.consoleDisable);
    expect(textOf(details.blocks)).not.toContain(en.access);
    await closeAll(ana);
  });

  it("has each step of it in the ledger, under the administrator's name", async () => {
    const { lines } = await runPra(started.folder)(["audit", "export"]);
    const events = lines.slice(0, -1).map((each) => (JSON.parse(each) as { event: { kind: string } }).event);
    const [made] = await inTenant();
    expect(events.filter(({ kind }) => kind.startsWith("zpa."))).toMatchObject([
      { kind: "zpa.console.create.intended", actor: dora, subject: "bench-1" },
      { kind: "zpa.console.create.done", actor: dora, subject: "bench-1" },
      { kind: "zpa.console.disable.intended", actor: dora, subject: made?.id },
      { kind: "zpa.console.disable.done", actor: dora, subject: made?.id },
    ]);
  });
});
