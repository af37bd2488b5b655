/**
 * Contract: whoever confirms a change of rules has seen every line that it takes out or puts in. A card or a form that does not show all
 * of them has no button that says yes.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkRules } from "../../src/services/rules/check-rules.ts";
import { diffOf } from "../../src/services/rules/plan-changes.ts";
import type { ChangeView } from "../../src/services/rules/rules-service.ts";
import { textsFor } from "../../src/texts/texts.ts";
import { changedLines } from "../../src/views/changed-lines.ts";
import { ACTION } from "../../src/views/ids.ts";
import { changeCard } from "../../src/views/rules-change-card.ts";
import { changeModal } from "../../src/views/rules-change-view.ts";
import { diffParts } from "../../src/views/rules-diff.ts";
import { reviewForm } from "../../src/views/rules-forms.ts";
import { rulesList } from "../../src/views/rules-list.ts";
import { expectMessage, expectView, wordsIn } from "./block-kit.ts";
import { at } from "./models.ts";
import { changeView, outcome } from "./rules-models.ts";

const en = textsFor("en");
const languages = [en, textsFor("de")];
const reader = "U01EMIL000";
const approvers = Array.from({ length: 85 }, (_, n) => `U0AAAA${1000 + n}`);
const stored = (body: object) => ({ rules: checkRules(body), unreadable: null });
const addedAtTheEnd = diffOf(
  stored({ approvers, longestWindowHours: 8 }),
  checkRules({ approvers: [...approvers, "U0MALLORY"], longestWindowHours: 8 }),
);
const lines = (count: number, sign: "+" | "-" = "+"): ChangeView["diff"] =>
  Array.from({ length: count }, (_, n) => ({ sign, text: `  - U0123456789${n}` }));
const actionIds = (blocks: readonly object[]) => [...JSON.stringify(blocks).matchAll(/"action_id":"([^"]+)"/g)].map(([, id]) => id);
const all = (change: ChangeView) => {
  const pages = [];
  for (let page = 0; pages.length === 0 || actionIds(pages.at(-1)?.blocks ?? []).includes(ACTION.changePageNext); page++)
    pages.push(changeModal({ change, page, readerId: reader }, en));
  return pages;
};

describe("a comparison", () => {
  it("shows what changes, two lines around it and the key that it stands under, however long the rules are", () => {
    expect(diffParts(addedAtTheEnd)).toEqual([
      ["  approvers:", "  …", "    - U0AAAA1083", "    - U0AAAA1084", "+   - U0MALLORY", "  longestWindowHours: 8"].join("\n"),
    ]);
  });

  it("leaves nothing out that changes, in parts that fit, whatever the lines", () => {
    const line = fc.record({
      sign: fc.constantFrom("+" as const, "-" as const, " " as const),
      text: fc.oneof(
        fc.string({ unit: "grapheme", maxLength: 40 }).map((text) => text.replaceAll(/[…\n]/g, "")),
        fc.constantFrom("", "a".repeat(2_000), "😀".repeat(900), "  - U01"),
      ),
    });
    fc.assert(
      fc.property(fc.array(line, { maxLength: 120 }), (diff) => {
        const changed = diff.filter(({ sign }) => sign !== " ");
        expect(changedLines(diff, 2).filter((shown) => shown !== null && shown.sign !== " ")).toEqual(changed);
        const parts = diffParts(diff);
        for (const part of parts) expect(part.length).toBeLessThanOrEqual(2_500);
        const whole = `\n${parts.join("\n")}\n`.replaceAll(/\n[-+ ] … /g, "");
        for (const { sign, text } of changed) expect(whole).toContain(`\n${sign} ${text}\n`);
      }),
      { numRuns: 60 },
    );
  });

  it("is nothing where nothing changes", () => {
    expect(diffParts([{ sign: " ", text: "approvers:" }])).toEqual([]);
  });
});

describe("a change that is confirmed", () => {
  it("shows on its card the one approver who was added behind eighty-five others", () => {
    const { blocks } = changeCard(changeView({ diff: addedAtTheEnd }), reader, en);
    expect(wordsIn(blocks)).toContain("U0MALLORY");
    expect(actionIds(blocks)).toEqual([ACTION.changeConfirm, ACTION.changeDecline]);
  });

  it("cannot be confirmed on a card that does not hold all of it; the card says where", () => {
    for (const texts of languages) {
      const change = changeView({ diff: lines(81) });
      const card = changeCard(change, reader, texts);
      expectMessage(card);
      expect(actionIds(card.blocks)).toEqual([ACTION.changeOpen, ACTION.changeDecline]);
      expect(wordsIn(card.blocks)).toContain(texts.rules.tooLongForCard);
      expect(actionIds(changeCard(change, change.proposedBy, texts).blocks)).toEqual([ACTION.changeOpen, ACTION.changeDecline]);
    }
  });

  it("cannot be confirmed in the list, where it is only named", () => {
    const list = rulesList({ rules: [], waiting: [changeView()], hasSecondAdmin: true }, reader, en);
    expect(actionIds(list.blocks)).toEqual([ACTION.rulesNew, ACTION.changeOpen, ACTION.changeDecline]);
  });

  it("is shown whole where it is opened, and is confirmed on the last page alone", () => {
    const diff = [...lines(700, "-"), ...lines(700)];
    const pages = all(changeView({ diff }));
    expect(pages.length).toBeGreaterThan(2);
    for (const page of pages) expectView(page);
    expect(pages.map(({ blocks }) => actionIds(blocks).includes(ACTION.changeConfirm))).toEqual(
      pages.map((_, n) => n === pages.length - 1),
    );
    const shown = wordsIn(pages);
    for (const { sign, text } of diff) expect(shown).toContain(`${sign} ${text}`);
    expect(changeModal({ change: changeView({ diff }), page: 99, readerId: reader }, en)).toEqual(pages.at(-1));
  });

  it("has one page where that holds all, and no button once it is settled", () => {
    const [only, ...others] = all(changeView());
    expect([actionIds(only?.blocks ?? []), others]).toEqual([[ACTION.changeConfirm, ACTION.changeDecline], []]);
    const settled = changeView({ status: "APPLIED", settledBy: reader, settledAt: at("2026-11-22T10:00:00Z") });
    for (const texts of languages) {
      const view = changeModal({ change: settled, page: 0, readerId: reader }, texts);
      expectView(view);
      expect(actionIds(view.blocks)).toEqual([]);
      expect(wordsIn(view)).toContain(texts.rules.settled.APPLIED[0]);
    }
  });
});

describe("a change that is about to be made", () => {
  it("is shown whole, or not made there", () => {
    const of = (diff: ChangeView["diff"]) => reviewForm({ outcome: outcome({ diff }), yaml: null, hasSecondAdmin: true }, en);
    const long = of(lines(500, "-"));
    expectView(long);
    expect(wordsIn(long)).toContain("- U0123456789499");
    expect(long.submit?.text).toBe(en.rules.apply);
    const tooLong = of(lines(2_000, "-"));
    expectView(tooLong);
    expect(tooLong.submit).toBeUndefined();
    expect(wordsIn(tooLong)).toContain("pra config");
  });
});
