import { describe, expect, it } from "vitest";
import { CHANNELS, PEOPLE } from "../../sandbox/slack/seed.ts";
import { textsFor } from "../../src/texts/texts.ts";
import { reviewAskMessage } from "../../src/views/emergency/review-form.ts";
import { ACTION, BLOCK, CALLBACK } from "../../src/views/ids.ts";
import { actor, type Listening, startListening, until } from "../support/slack-listeners.ts";
import { dueReview } from "../views/emergency-models.ts";
import { called, refusals } from "./one-person.ts";

const { requester: ana, approver: ben } = PEOPLE;
const en = textsFor("en");

const type = (bot: Listening, text: string, channelId: string = CHANNELS.general.id) =>
  bot.workspace.control.command({ userId: ben.id, channelId, command: "/pra", text });
const shown = (bot: Listening, callbackId: string) =>
  until(async () => (await bot.workspace.control.state()).views[ben.id]?.findLast(({ view }) => view.callback_id === callbackId));
const submit = (bot: Listening, values: Parameters<typeof bot.workspace.control.submit>[0]["values"]) =>
  bot.workspace.control.submit({ userId: ben.id, values });

const seconds = (value: number) => ({
  [BLOCK.duration]: { [ACTION.duration]: { type: "static_select", selected_option: { value: String(value) } } },
});
const consoleId = (bot: Listening) => bot.services.catalog.byName("db-prod")?.id;

describe("/pra grant", () => {
  it("gives at once what is whole, once, and says so to whoever typed it alone", async () => {
    const bot = await startListening();
    const { status, body } = await type(bot, `grant <@${ana.id}|ana> db-prod 2h because INC-77`);
    expect(status).toBe("acked");
    expect(called(bot, "give")).toMatchObject([
      { by: actor(ben.id), beneficiaryUserId: ana.id, consoleIds: [consoleId(bot)], seconds: 7200, reason: "INC-77" },
    ]);
    expect(JSON.stringify(body)).toContain("PRA-1042");
    expect((await bot.workspace.control.state()).views[ben.id] ?? []).toEqual([]);
    expect(await refusals(bot)).toEqual([]);
  });

  it("opens an empty form when nothing was typed", async () => {
    const bot = await startListening();
    await type(bot, "grant");
    const form = JSON.stringify((await shown(bot, CALLBACK.grantForm)).view);
    expect(form).toContain("8 hours");
    expect(form).not.toContain(en.form.check);
    expect(called(bot, "give")).toEqual([]);
  });

  it.each([
    ["nobody is named", "grant db-prod 2h because INC-77", en.emergency.grant.missing.beneficiary],
    ["no length is named", `grant <@${ana.id}|ana> db-prod because INC-77`, en.emergency.grant.missing.duration],
    ["no reason is given", `grant <@${ana.id}|ana> db-prod 2h`, en.emergency.grant.missing.reason],
    ["no console is named", `grant <@${ana.id}|ana> 2h because INC-77`, en.emergency.grant.missing.consoles],
    ["a console is not known", `grant <@${ana.id}|ana> db-prdo 2h because INC-77`, "db-prdo"],
    ["it should begin later", `grant <@${ana.id}|ana> db-prod weekdays 9-17 because INC-77`, en.emergency.grant.missing.time],
  ])("gives nothing when %s, and opens the form with what was understood", async (_, text, problem) => {
    const bot = await startListening();
    await type(bot, text);
    expect(JSON.stringify((await shown(bot, CALLBACK.grantForm)).view)).toContain(problem);
    expect(called(bot, "give")).toEqual([]);
    expect(await refusals(bot)).toEqual([]);
  });

  it("opens the form with the sentence when it is refused, and keeps what was typed", async () => {
    const bot = await startListening();
    bot.refuse("give", "ticket_missing", { field: "reason", params: { pattern: "CHG" } });
    await type(bot, `grant <@${ana.id}|ana> db-prod 2h because INC-77`);
    const form = JSON.stringify((await shown(bot, CALLBACK.grantForm)).view);
    expect(form).toContain("CHG");
    expect(form).toContain("INC-77");
    expect(form).toContain(ana.id);
  });

  it("warns in the form of a console that an approval would not open", async () => {
    const bot = await startListening();
    const dead = bot.services.catalog.byName("db-prod");
    bot.state.withoutEffect = dead === null ? [] : [dead];
    await type(bot, "grant db-prod because INC-77");
    expect(JSON.stringify((await shown(bot, CALLBACK.grantForm)).view)).toContain(en.policy.withoutEffect.would("db-prod"));
  });

  it("warns of it as soon as it is chosen in the form, and keeps what was filled in", async () => {
    const bot = await startListening();
    const dead = bot.services.catalog.byName("db-prod");
    await type(bot, "grant because INC-77");
    expect(JSON.stringify((await shown(bot, CALLBACK.grantForm)).view)).not.toContain(en.policy.withoutEffect.would("db-prod"));
    bot.state.withoutEffect = dead === null ? [] : [dead];
    await bot.workspace.control.viewAction({
      userId: ben.id,
      surface: "modal",
      blockId: BLOCK.consoles,
      actionId: ACTION.grantConsoles,
      element: {
        type: "multi_external_select",
        selected_options: [{ text: { type: "plain_text", text: "db-prod" }, value: dead?.id ?? "" }],
      },
      values: seconds(7200),
    });
    const warned = await until(async () => {
      const text = JSON.stringify((await shown(bot, CALLBACK.grantForm)).view);
      return text.includes(en.policy.withoutEffect.would("db-prod")) ? text : null;
    });
    expect(warned).toContain("INC-77");
    expect(warned).toContain('"initial_option":{"text":{"type":"plain_text","text":"2 hours"');
    expect(await refusals(bot)).toEqual([]);
  });

  it("tells whoever is not on call so, in place of any form, and gives nothing", async () => {
    const bot = await startListening();
    bot.refuse("onCall", "on_call_only");
    await type(bot, "grant");
    await until(async () =>
      JSON.stringify((await bot.workspace.control.state()).views[ben.id] ?? []).includes("not on call") ? true : null,
    );
    await type(bot, `grant <@${ana.id}|ana> db-prod 2h because INC-77`);
    expect(called(bot, "give")).toEqual([]);
  });

  it("gives from the form before it closes, and says at the field what does not hold", async () => {
    const bot = await startListening();
    await type(bot, "grant db-prod because INC-77");
    await shown(bot, CALLBACK.grantForm);
    const filled = { ...seconds(7200), [BLOCK.beneficiary]: { [ACTION.beneficiary]: { type: "users_select", selected_user: ana.id } } };
    bot.refuse("give", "grant_to_self", { field: "beneficiary", params: { breakGlass: "yes" } });
    const { errors } = await submit(bot, filled);
    expect(errors?.[BLOCK.beneficiary]).toContain("/pra break-glass");
    expect(called(bot, "give")).toMatchObject([{ by: actor(ben.id), beneficiaryUserId: ana.id, seconds: 7200, reason: "INC-77" }]);
    expect(await refusals(bot)).toEqual([]);
  });

  it("answers nobody in a channel that another organisation can read", async () => {
    const bot = await startListening();
    await type(bot, `grant <@${ana.id}|ana> db-prod 2h because INC-77`, CHANNELS.shared.id);
    expect(called(bot, "give")).toEqual([]);
  });
});

describe("/pra break-glass", () => {
  const goOn = async (bot: Listening) => {
    await type(bot, "break-glass db-prod because INC-77");
    await shown(bot, CALLBACK.breakGlassForm);
    await submit(bot, {});
    return shown(bot, CALLBACK.breakGlassSeen);
  };

  it("needs two deliberate clicks: the text opens a form, the form shows what happens, and only then is it done", async () => {
    const bot = await startListening();
    const page = await goOn(bot);
    const words = JSON.stringify(page.view);
    for (const said of [
      en.emergency.breakGlass.nobodyDecides,
      en.emergency.breakGlass.reviewFollows,
      "db-prod",
      ben.id,
      CHANNELS.approvals.id,
    ])
      expect(words).toContain(said);
    expect(called(bot, "foretellBreakGlass")).toMatchObject([{ by: actor(ben.id), consoleIds: [consoleId(bot)], reason: "INC-77" }]);
    expect(called(bot, "breakGlass")).toEqual([]);
    await submit(bot, {});
    expect(called(bot, "breakGlass")).toMatchObject([{ by: actor(ben.id), consoleIds: [consoleId(bot)], seconds: 3600, reason: "INC-77" }]);
    expect((await bot.workspace.control.state()).views[ben.id] ?? []).toEqual([]);
    expect(await refusals(bot)).toEqual([]);
  });

  it("does nothing when the person goes back", async () => {
    const bot = await startListening();
    await goOn(bot);
    await bot.workspace.control.close({ userId: ben.id });
    expect((await bot.workspace.control.state()).views[ben.id]?.at(-1)?.view.callback_id).toBe(CALLBACK.breakGlassForm);
    expect(called(bot, "breakGlass")).toEqual([]);
  });

  it("says at the field what does not hold, before the second page", async () => {
    const bot = await startListening();
    bot.refuse("foretellBreakGlass", "duration_over_limit", { field: "duration", params: { limit: 60 } });
    await type(bot, "break-glass db-prod because INC-77");
    await shown(bot, CALLBACK.breakGlassForm);
    expect((await submit(bot, {})).errors?.[BLOCK.duration]).toContain("60 minutes");
  });

  it("is for oneself: somebody who is named in the text is not taken, and that is said", async () => {
    const bot = await startListening();
    await type(bot, `break-glass <@${ana.id}|ana> db-prod because INC-77`);
    expect(JSON.stringify((await shown(bot, CALLBACK.breakGlassForm)).view)).toContain(en.emergency.breakGlass.somebodyElse);
  });

  it("opens the review in place of the form while one is due", async () => {
    const bot = await startListening();
    const { person } = bot.state.standing;
    bot.state.standing = { kind: "review-due", person, due: dueReview };
    await type(bot, "break-glass db-prod because INC-78");
    const form = JSON.stringify((await shown(bot, CALLBACK.reviewForm)).view);
    expect(form).toContain(en.emergency.review.due("PRA-1042"));
    expect(called(bot, "foretellBreakGlass")).toEqual([]);
  });

  it("says why there is no form for somebody who is not named", async () => {
    const bot = await startListening();
    bot.refuse("breakGlassStanding", "break_glass_not_named");
    await type(bot, "break-glass");
    await until(async () =>
      JSON.stringify((await bot.workspace.control.state()).views[ben.id] ?? []).includes("BREAK_GLASS") ? true : null,
    );
  });
});

describe("the review of a broken glass", () => {
  const text = (blockId: string, actionId: string, value: string) => ({ [blockId]: { [actionId]: { type: "plain_text_input", value } } });
  const answers = {
    ...text(BLOCK.happened, ACTION.happened, "It hung."),
    ...text(BLOCK.done, ACTION.deeds, "Restarted it."),
    ...text(BLOCK.follows, ACTION.follows, "A watchdog."),
  };
  const opened = async (bot: Listening) => {
    const { channelId, ts } = await bot.post(reviewAskMessage(dueReview, en).blocks, ben.id);
    await bot.workspace.control.messageAction({ userId: ben.id, channelId, ts, blockId: BLOCK.review, actionId: ACTION.review });
    return shown(bot, CALLBACK.reviewForm);
  };

  it("opens from its message, wants every answer, and takes them as typed", async () => {
    const bot = await startListening();
    await opened(bot);
    expect(called(bot, "readReview")).toEqual([{ reviewId: "review-1", by: actor(ben.id) }]);
    const { errors } = await submit(bot, { ...answers, ...text(BLOCK.follows, ACTION.follows, "") });
    expect(Object.keys(errors ?? {})).toEqual([BLOCK.follows]);
    expect(called(bot, "answerReview")).toEqual([]);
    await submit(bot, answers);
    expect(called(bot, "answerReview")).toEqual([
      { reviewId: "review-1", by: actor(ben.id), answer: { happened: "It hung.", done: "Restarted it.", follows: "A watchdog." } },
    ]);
    expect(JSON.stringify((await shown(bot, CALLBACK.notice)).view)).toContain(en.emergency.review.thanks);
    expect(await refusals(bot)).toEqual([]);
  });

  it("is answered with a sentence for whoever it does not belong to", async () => {
    const bot = await startListening();
    bot.refuse("readReview", "not_allowed");
    const { channelId, ts } = await bot.post(reviewAskMessage(dueReview, en).blocks, ben.id);
    await bot.workspace.control.messageAction({ userId: ben.id, channelId, ts, blockId: BLOCK.review, actionId: ACTION.review });
    const answered = await until(async () => (await bot.workspace.control.state()).messages.find(({ onlyFor }) => onlyFor === ben.id));
    expect(answered.text).toContain("You may not do this");
  });
});
