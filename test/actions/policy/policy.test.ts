import { describe, expect, it } from "vitest";
import { textsFor } from "../../../src/texts/texts.ts";
import { ACTION, BLOCK, CALLBACK } from "../../../src/views/ids.ts";
import { actor, type Listening, startListening, until } from "../../support/slack-listeners.ts";
import { wordsIn } from "../../views/block-kit.ts";
import { aCoveragePage } from "../../views/coverage-models.ts";
import { consoleNamed } from "../../views/models.ts";
import { ana, called, page, press, refusals, shown, stack, type } from "../one-person.ts";

const en = textsFor("en");
const segmentId = "216196257331400009";
const row = `${BLOCK.policySegment}_${segmentId}`;
const calledTimes = (bot: Listening, name: string, times: number) => until(async () => (called(bot, name).length === times ? true : null));
const openList = async (bot: Listening) => {
  expect((await type(bot, "policy")).status).toBe("acked");
  await shown(bot, CALLBACK.policy);
};
const openOffer = async (bot: Listening) => {
  await openList(bot);
  await press(bot, row, ACTION.policyOffer);
  await shown(bot, CALLBACK.policyOffer);
};

describe("/pra policy", () => {
  it("says “one moment” while Zscaler is read, then what its access rules leave out", async () => {
    const bot = await startListening();
    const release = bot.hold("coverage.read");
    expect((await type(bot, "policy")).status).toBe("acked");
    await shown(bot, CALLBACK.loading);
    release();
    const list = await shown(bot, CALLBACK.policy);
    expect(wordsIn(list.blocks)).toContain("Energy");
    expect(called(bot, "coverage.read")).toEqual([{ by: actor(ana), limit: 10 }]);
    expect(await refusals(bot)).toEqual([]);
  });

  it("shows others in its place that it is for administrators", async () => {
    const bot = await startListening();
    bot.refuse("coverage.read", "admins_only");
    await type(bot, "policy");
    await shown(bot, CALLBACK.notice);
    await page(
      bot,
      en.errors.admins_only((_, otherwise) => otherwise),
    );
  });

  it("turns pages in place, and reads again", async () => {
    const bot = await startListening();
    bot.state.coveragePage = aCoveragePage({ page: 1, pages: 3, total: 25 });
    await openList(bot);
    await press(bot, BLOCK.policyPages, `${ACTION.policyMove}_next`);
    await calledTimes(bot, "coverage.page", 1);
    await press(bot, BLOCK.policyPages, `${ACTION.policyMove}_previous`);
    await calledTimes(bot, "coverage.page", 2);
    expect(called(bot, "coverage.page")).toEqual([
      { by: actor(ana), page: 2, limit: 10 },
      { by: actor(ana), page: 0, limit: 10 },
    ]);
    await press(bot, BLOCK.policyPages, ACTION.policyRead);
    await calledTimes(bot, "coverage.read", 2);
    expect(await stack(bot)).toEqual([CALLBACK.policy]);
    expect(await refusals(bot)).toEqual([]);
  });
});

describe("the rule that a segment lacks", () => {
  it("is shown on top of the list, and made by its button, once, for whoever Slack says pressed it", async () => {
    const bot = await startListening();
    await openOffer(bot);
    expect(called(bot, "coverage.offer")).toEqual([{ by: actor(ana), segmentId }]);
    expect(called(bot, "coverage.cover")).toEqual([]);
    const release = bot.hold("coverage.cover");
    expect((await press(bot, row, ACTION.policyCover)).status).toBe("acked");
    await shown(bot, CALLBACK.loading);
    release();
    await shown(bot, CALLBACK.policyCovered);
    await page(bot, en.policy.asOffered);
    expect(called(bot, "coverage.cover")).toEqual([{ by: actor(ana), segmentId, seal: "5ea1" }]);
    // The list below is drawn anew, at the page on which it stood.
    await calledTimes(bot, "coverage.page", 1);
    expect(called(bot, "coverage.page")).toEqual([{ by: actor(ana), page: 0, limit: 10 }]);
    expect(await stack(bot)).toEqual([CALLBACK.policy, CALLBACK.policyCovered]);
    expect(await refusals(bot)).toEqual([]);
  });

  it("is not shown where one more rule would not help, and says why", async () => {
    const bot = await startListening();
    bot.refuse("coverage.offer", "coverage_not_possible", { params: { segment: "Energy", reason: "earlier_rule_for_some" } });
    await openList(bot);
    await press(bot, row, ACTION.policyOffer);
    await shown(bot, CALLBACK.notice);
    await page(bot, "One more rule would not make privileged approvals on Energy count");
  });

  it.each(["coverage_changed", "coverage_not_needed", "admins_only"] as const)("says %s in its place, with what to do", async (code) => {
    const bot = await startListening();
    bot.refuse("coverage.cover", code, { params: { segment: "Energy" } });
    await openOffer(bot);
    await press(bot, row, ACTION.policyCover);
    await shown(bot, CALLBACK.notice);
    await page(
      bot,
      en.errors[code]((name, otherwise) => (name === "segment" ? "Energy" : otherwise)),
    );
    expect(await stack(bot)).toEqual([CALLBACK.policy, CALLBACK.notice]);
    await calledTimes(bot, "coverage.page", 1);
  });

  it("can be looked at again in place after a lost answer", async () => {
    const bot = await startListening();
    bot.state.madeCover = { kind: "unknown", segmentId, name: "Energy", stands: "half" };
    await openOffer(bot);
    await press(bot, row, ACTION.policyCover);
    await page(bot, en.policy.stands.half("Energy"));
    await press(bot, row, ACTION.policyOffer);
    await shown(bot, CALLBACK.policyOffer);
    expect(called(bot, "coverage.offer")).toHaveLength(2);
    expect(await stack(bot)).toEqual([CALLBACK.policy, CALLBACK.policyOffer]);
    expect(await refusals(bot)).toEqual([]);
  });

  it("tells in a direct message what became of it where the page was closed meanwhile", async () => {
    const bot = await startListening();
    await openOffer(bot);
    const release = bot.hold("coverage.cover");
    await press(bot, row, ACTION.policyCover);
    await shown(bot, CALLBACK.loading);
    await bot.workspace.control.close({ userId: ana });
    await bot.workspace.control.close({ userId: ana });
    release();
    await until(async () =>
      (await bot.workspace.control.state()).messages.find(({ blocks }) => wordsIn(blocks).includes(en.policy.asOffered)),
    );
  });
});

describe("the request form", () => {
  it("warns of consoles on which an approval would open nothing", async () => {
    const bot = await startListening();
    bot.state.withoutEffect = [consoleNamed("db-prod")];
    await type(bot, "request db-prod for 2h because OPS-1");
    const form = await shown(bot, CALLBACK.requestForm);
    expect(form.blocks.find(({ block_id }) => block_id === BLOCK.withoutEffect)).toBeDefined();
    expect(wordsIn(form.blocks)).toContain(en.policy.withoutEffect.would("db-prod"));
    expect(await refusals(bot)).toEqual([]);
  });
});
