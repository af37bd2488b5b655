import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { en } from "../../src/texts/en.ts";
import { textsFor } from "../../src/texts/texts.ts";
import { HOME_ROWS, homeView } from "../../src/views/home.ts";
import { ACTION } from "../../src/views/ids.ts";
import { MINE_ROWS, mineMessage } from "../../src/views/mine.ts";
import { row } from "./arbitraries.ts";
import { actionIds, expectMessage, expectView, wordsIn } from "./block-kit.ts";
import { ana, aQueuePage, at, queueRowOf, rowOf } from "./models.ts";

const rows = fc.array(row, { maxLength: 30 });
const lists = fc.record({ myAccess: rows, myRequests: rows });
const asOf = at("2026-03-16T08:00:00Z");
const nothing = aQueuePage([]);
const empty = { myAccess: [], myRequests: [] };

describe("the App Home", () => {
  it("is taken by Slack whatever is in the lists and however many rows are shown", () => {
    fc.assert(
      fc.property(lists, fc.integer({ min: 1, max: 50 }), fc.constantFrom("en", "de"), (model, limit, locale) => {
        expectView(homeView({ queue: nothing, lists: model, limit, asOf, catalogAge: null }, ana, textsFor(locale)));
      }),
      { numRuns: 60 },
    );
  });

  it("says so where there is nothing", () => {
    const { blocks } = homeView({ queue: nothing, lists: empty, limit: HOME_ROWS.first, asOf, catalogAge: null }, ana, en);
    const words = wordsIn(blocks);
    for (const none of [en.home.waitingNone, en.home.accessNone, en.home.requestsNone]) expect(words).toContain(none);
  });

  it("lets a person decide on what waits, with the reason in sight", () => {
    const view = homeView({ queue: aQueuePage([queueRowOf()]), lists: empty, limit: 5, asOf, catalogAge: null }, ana, en);
    const { approvalId } = queueRowOf();
    expect(JSON.stringify(view)).toContain("OPS-123");
    expect(JSON.stringify(view)).toContain('"action_id":"approve"');
    expect(JSON.stringify(view)).toContain(String.raw`{\"approvalId\":\"${approvalId}\",\"version\":3}`);
  });

  it("leads to the portal of what the person holds, and lets them withdraw what waits", () => {
    const granted = rowOf({ status: "GRANTED", portalUrl: "https://pra.example.com" });
    const view = JSON.stringify(
      homeView(
        { queue: nothing, lists: { ...empty, myAccess: [granted], myRequests: [rowOf()] }, limit: 5, asOf, catalogAge: null },
        ana,
        en,
      ),
    );
    expect(view).toContain(`<https://pra.example.com|${en.home.openPortal}>`);
    expect(view).toContain('"action_id":"access_menu"');
    expect(view).toContain('"action_id":"withdraw"');
  });

  it("offers more while a list is full, and says when it stops", () => {
    const many = Array.from({ length: 40 }, (_, index) => rowOf({ requestId: `r${index}`, approvalId: `a${index}` }));
    const at5 = homeView({ queue: nothing, lists: { ...empty, myRequests: many.slice(0, 5) }, limit: 5, asOf, catalogAge: null }, ana, en);
    expect(JSON.stringify(at5)).toContain(String.raw`"value":"{\"limit\":10}"`);
    const atMost = homeView(
      { queue: nothing, lists: { myAccess: many, myRequests: many }, limit: HOME_ROWS.most, asOf, catalogAge: null },
      ana,
      en,
    );
    expectView(atMost);
    expect(JSON.stringify(atMost)).not.toContain("home_more");
    expect(JSON.stringify(atMost)).toContain(en.home.all);
  });
});

describe("/pra mine", () => {
  it("is taken by Slack whatever is in the lists", () => {
    fc.assert(
      fc.property(lists, (model) => {
        const message = mineMessage(model, ana, en);
        expectMessage(message);
        expect(actionIds(message.blocks).filter((id) => id !== ACTION.nudge)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it("lets the person have the approvers of what waits reminded, and of nothing else", () => {
    const forSomebody = rowOf({ requestId: "r2", beneficiaryUserId: "U2BEN" });
    const rows = [rowOf(), forSomebody, rowOf({ requestId: "r3", status: "GRANTED" }), rowOf({ requestId: "r4", status: "ENDED" })];
    const { blocks } = mineMessage({ myAccess: [], myRequests: rows }, ana, en);
    expect(actionIds(blocks)).toEqual([ACTION.nudge, ACTION.nudge]);
    const home = homeView({ queue: nothing, lists: { ...empty, myRequests: rows }, limit: 5, asOf, catalogAge: null }, ana, en);
    expect(JSON.stringify(home.blocks).match(/"action_id":"nudge"/g)).toHaveLength(2);
    expect(actionIds(mineMessage({ myAccess: rows, myRequests: rows }, { userId: "U9" }, en).blocks)).toEqual([]);
  });

  it("is taken by Slack with as many of the person's own waiting as are shown", () => {
    const many = Array.from({ length: MINE_ROWS }, (_, index) => rowOf({ requestId: `r${index}` }));
    expectMessage(mineMessage({ myAccess: many, myRequests: many }, ana, en));
  });

  it("shows at most ten of each", () => {
    const many = Array.from({ length: 30 }, (_, index) => rowOf({ label: `PRA-${index}` }));
    const { blocks } = mineMessage({ myAccess: many, myRequests: many }, ana, en);
    expect(blocks.filter(({ type }) => type === "section")).toHaveLength(2 * MINE_ROWS);
  });
});
