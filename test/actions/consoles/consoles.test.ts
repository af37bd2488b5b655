import { describe, expect, it } from "vitest";
import { valuesOf } from "../../../sandbox/page/browser/form-state.ts";
import { textsFor } from "../../../src/texts/texts.ts";
import { ACTION, BLOCK, CALLBACK } from "../../../src/views/ids.ts";
import { actor, type Listening, startListening, until } from "../../support/slack-listeners.ts";
import { wordsIn } from "../../views/block-kit.ts";
import { aConsolesPage, aPraConsole, newConsoles, someConsoleDetails } from "../../views/console-models.ts";
import { ana, called, page, press, refusals, shown, stack, type } from "../one-person.ts";

const en = textsFor("en");
const calledOnce = (bot: Listening, name: string) => until(async () => called(bot, name)[0]);
const rowBlock = `${BLOCK.console}_id-db-prod`;

const openList = async (bot: Listening) => {
  await type(bot, "consoles");
  await shown(bot, CALLBACK.consoles);
};
const openForm = async (bot: Listening) => {
  await openList(bot);
  await press(bot, BLOCK.consolesFilter, ACTION.consolesNew);
  return shown(bot, CALLBACK.consolesForm);
};
const filledIn = (pattern = "{host}") => ({
  [BLOCK.consoleApplications]: {
    [`${ACTION.consoleApplications}_default`]: { type: "multi_static_select", selected_options: [{ value: "9002" }] },
  },
  [BLOCK.consolePortals]: { [`${ACTION.consolePortals}_default`]: { type: "multi_static_select", selected_options: [{ value: "31" }] } },
  [BLOCK.consolePattern]: { [ACTION.consolePattern]: { type: "plain_text_input", value: pattern } },
});
const openReview = async (bot: Listening) => {
  await openForm(bot);
  await bot.workspace.control.submit({ userId: ana, values: filledIn() });
  await shown(bot, CALLBACK.consolesReview);
};
const openSwitch = async (bot: Listening) => {
  await openList(bot);
  await press(bot, rowBlock, ACTION.consoleOpen);
  await shown(bot, CALLBACK.console);
  await press(bot, rowBlock, ACTION.consoleDisable);
  await shown(bot, CALLBACK.consoleSwitch);
};

describe("/pra consoles", () => {
  it("opens the list, filled in with what was looked for, for whoever Slack says typed", async () => {
    const bot = await startListening();
    expect((await type(bot, "consoles db prod")).status).toBe("acked");
    await shown(bot, CALLBACK.consoles);
    expect(called(bot, "consoles.find")).toEqual([{ by: actor(ana), place: { words: "db prod", filter: "OPEN", page: 0 }, limit: 10 }]);
    expect(await refusals(bot)).toEqual([]);
  });

  it("searches, filters and turns pages in place", async () => {
    const bot = await startListening();
    bot.state.consolesPage = aConsolesPage({ place: { words: "db", filter: "OPEN", page: 1 }, total: 30, pages: 3 });
    await openList(bot);
    const values = { [BLOCK.consolesWords]: { [ACTION.consolesWords]: { type: "plain_text_input", value: "hmi" } } };
    expect((await bot.workspace.control.submit({ userId: ana, values })).status).toBe("acked");
    await press(bot, BLOCK.consolesPages, `${ACTION.consolesMove}_next`);
    await press(bot, BLOCK.consolesPages, `${ACTION.consolesMove}_previous`);
    const off = { type: "static_select", selected_option: { value: "SWITCHED_OFF", text: { type: "plain_text", text: "Switched off" } } };
    await press(bot, BLOCK.consolesFilter, ACTION.consolesFilter, off);
    await until(async () => (called(bot, "consoles.find").length === 5 ? true : null));
    expect(called(bot, "consoles.find").slice(1)).toMatchObject([
      { place: { words: "hmi", filter: "OPEN", page: 0 } },
      { place: { words: "db", page: 2 } },
      { place: { words: "db", page: 0 } },
      { place: { words: "db", filter: "SWITCHED_OFF", page: 0 } },
    ]);
    expect(await stack(bot)).toEqual([CALLBACK.consoles]);
    expect(await refusals(bot)).toEqual([]);
  });

  it("is refused to whom Portcullis does not trust", async () => {
    const bot = await startListening();
    bot.refuse("consoles.find", "person_deactivated");
    await type(bot, "consoles");
    const told = await until(async () => (await bot.workspace.control.state()).messages.find(({ onlyFor }) => onlyFor === ana));
    expect(told.text).toBe(en.errors.person_deactivated((_, otherwise) => otherwise));
    expect(await stack(bot)).toEqual([]);
  });
});

describe("one console", () => {
  it("says “one moment” on top of the list while Zscaler is asked, then who has access", async () => {
    const bot = await startListening();
    const release = bot.hold("consoles.look");
    await openList(bot);
    expect((await press(bot, rowBlock, ACTION.consoleOpen)).status).toBe("acked");
    await shown(bot, CALLBACK.loading);
    release();
    await shown(bot, CALLBACK.console);
    expect(called(bot, "consoles.look")).toEqual([{ by: actor(ana), consoleId: "id-db-prod" }]);
    expect(await page(bot, en.consoles.access)).toContain("ana@example.com");
    expect(await stack(bot)).toEqual([CALLBACK.consoles, CALLBACK.console]);
  });

  it("shows in its place why there is none", async () => {
    const bot = await startListening();
    bot.refuse("consoles.look", "console_unknown", { params: { console: "db-prod" } });
    await openList(bot);
    await press(bot, rowBlock, ACTION.consoleOpen);
    await shown(bot, CALLBACK.notice);
    expect(await page(bot, "db-prod")).toContain("not in the catalog");
  });

  it("is switched by the button of the page that says what it means, once", async () => {
    const bot = await startListening();
    await openSwitch(bot);
    expect(called(bot, "consoles.planSwitch")).toEqual([{ by: actor(ana), consoleId: "id-db-prod", to: "disabled" }]);
    expect(called(bot, "consoles.switch")).toEqual([]);
    expect(await stack(bot)).toEqual([CALLBACK.consoles, CALLBACK.console, CALLBACK.consoleSwitch]);
    expect((await press(bot, rowBlock, ACTION.consoleSwitch)).status).toBe("acked");
    await page(bot, en.consoles.switched.disabled("db-prod"));
    expect(called(bot, "consoles.switch")).toEqual([{ by: actor(ana), consoleId: "id-db-prod", to: "disabled", seal: "5ea1" }]);
    expect(await refusals(bot)).toEqual([]);
  });

  it("asks to switch on what is off", async () => {
    const bot = await startListening();
    bot.state.consoleDetails = someConsoleDetails({
      admin: { access: { ours: [], foreign: [], read: { from: "zpa" } }, isEnabled: false },
    });
    await openList(bot);
    await press(bot, rowBlock, ACTION.consoleOpen);
    await shown(bot, CALLBACK.console);
    await press(bot, rowBlock, ACTION.consoleEnable);
    expect(await calledOnce(bot, "consoles.planSwitch")).toEqual({ by: actor(ana), consoleId: "id-db-prod", to: "enabled" });
  });

  it("is not switched by somebody who may no longer, although the page is open", async () => {
    const bot = await startListening();
    await openSwitch(bot);
    bot.refuse("consoles.switch", "admins_only");
    await press(bot, rowBlock, ACTION.consoleSwitch);
    await shown(bot, CALLBACK.notice);
    await page(
      bot,
      en.errors.admins_only(() => ""),
    );
  });
});

describe("making consoles", () => {
  it("goes from the list to the form, the review, and what was made, each with what was chosen", async () => {
    const bot = await startListening();
    await openForm(bot);
    expect(called(bot, "consoles.room")).toEqual([{ by: actor(ana), microtenantId: null }]);
    expect((await bot.workspace.control.submit({ userId: ana, values: filledIn("lab {host}") })).errors).toBeNull();
    await shown(bot, CALLBACK.consolesReview);
    const wanted = newConsoles({ pattern: "lab {host}" });
    expect(called(bot, "consoles.plan")).toEqual([{ by: actor(ana), wanted }]);
    expect(called(bot, "consoles.make")).toEqual([]);
    expect((await press(bot, BLOCK.consolesMake, ACTION.consolesMake)).status).toBe("acked");
    await page(bot, en.consoles.made(1), "bench-1", en.consoles.soon);
    // What the plan was made of goes on, with the seal of what was shown.
    expect(called(bot, "consoles.make")).toEqual([{ by: actor(ana), wanted: newConsoles(), seal: "5ea1" }]);
    expect(await refusals(bot)).toEqual([]);
  });

  it("says while Zscaler is asked that it is", async () => {
    const bot = await startListening();
    const release = bot.hold("consoles.make");
    await openReview(bot);
    expect((await press(bot, BLOCK.consolesMake, ACTION.consolesMake)).status).toBe("acked");
    await shown(bot, CALLBACK.loading);
    release();
    await page(bot, en.consoles.made(1));
  });

  it("draws the form anew for another microtenant, with fields of its own", async () => {
    const bot = await startListening();
    await openForm(bot);
    const plant = { type: "static_select", selected_option: { value: "77", text: { type: "plain_text", text: "Plant" } } };
    await press(bot, BLOCK.consolesMicrotenant, ACTION.consolesMicrotenant, plant);
    await until(async () => (called(bot, "consoles.room").length === 2 ? true : null));
    expect(called(bot, "consoles.room")[1]).toEqual({ by: actor(ana), microtenantId: "77" });
  });

  it("says at the field what is wrong with it, and keeps what was typed", async () => {
    const bot = await startListening();
    const form = await openForm(bot);
    expect(Object.keys(valuesOf(form))).toEqual([BLOCK.consolesMicrotenant, ...Object.keys(filledIn())]);
    for (const [code, field, blockId] of [
      ["console_exists", "consoleApplications", BLOCK.consoleApplications],
      ["consoles_changed", "consolePortals", BLOCK.consolePortals],
      ["console_name_taken", "consolePattern", BLOCK.consolePattern],
    ] as const) {
      bot.refuse("consoles.plan", code, { field });
      const { errors } = await bot.workspace.control.submit({ userId: ana, values: filledIn() });
      expect(Object.keys(errors ?? {})).toEqual([blockId]);
    }
    expect(await stack(bot)).toEqual([CALLBACK.consoles, CALLBACK.consolesForm]);
  });

  it.each([
    ["the form", "consoles.room", openList, (bot: Listening) => press(bot, BLOCK.consolesFilter, ACTION.consolesNew)],
    ["the review", "consoles.plan", openForm, (bot: Listening) => bot.workspace.control.submit({ userId: ana, values: filledIn() })],
    ["the last click", "consoles.make", openReview, (bot: Listening) => press(bot, BLOCK.consolesMake, ACTION.consolesMake)],
  ] as const)("refuses at %s whoever may not, or no longer may", async (_, useCase, open, step) => {
    const bot = await startListening();
    await open(bot);
    bot.refuse(useCase, "admins_only");
    await step(bot);
    await page(
      bot,
      en.errors.admins_only(() => ""),
    );
    if (useCase !== "consoles.make") expect(called(bot, "consoles.make")).toEqual([]);
    expect(await refusals(bot)).toEqual([]);
  });

  it("says what is there after a lost answer, and looks again when asked", async () => {
    const bot = await startListening();
    bot.state.madeConsoles = { kind: "unknown", found: [], notFound: ["bench-1"], wanted: newConsoles() };
    await openReview(bot);
    await press(bot, BLOCK.consolesMake, ACTION.consolesMake);
    await page(bot, en.consoles.lost, en.consoles.lostBefore);
    bot.state.madeConsoles = { kind: "unknown", found: [aPraConsole()], notFound: [], wanted: newConsoles() };
    await press(bot, BLOCK.consolesMake, ACTION.consolesLookFor);
    await page(bot, en.consoles.lostFound, en.consoles.lostAll);
    expect(called(bot, "consoles.lookFor")).toEqual([{ by: actor(ana), wanted: newConsoles() }]);
    expect(called(bot, "consoles.make")).toHaveLength(1);
  });

  it("tells by direct message what was made where the page was closed meanwhile", async () => {
    const bot = await startListening();
    const release = bot.hold("consoles.make");
    await openReview(bot);
    await press(bot, BLOCK.consolesMake, ACTION.consolesMake);
    await shown(bot, CALLBACK.loading);
    await bot.workspace.control.close({ userId: ana });
    release();
    const told = await until(async () => (await bot.workspace.control.state()).messages.find(({ text }) => text === en.consoles.made(1)));
    expect(wordsIn(told.blocks)).toContain("bench-1");
  });

  it("makes nothing where Slack did not take the page that says so", async () => {
    const bot = await startListening();
    await openReview(bot);
    await bot.workspace.control.fault({ method: "views.update", kind: "500", times: 20 });
    await press(bot, BLOCK.consolesMake, ACTION.consolesMake);
    await until(async () => {
      const { messages, views } = await bot.workspace.control.state();
      const everything = wordsIn([messages, (views[ana] ?? []).map(({ view }) => view.blocks)]);
      return everything.includes(en.errors.slack_unreachable(() => "")) ? true : null;
    });
    expect(called(bot, "consoles.make")).toEqual([]);
  });
});
