import { describe, expect, it } from "vitest";
import { LOOSENINGS } from "../../src/services/policy/loosens.ts";
import type { ChangeView } from "../../src/services/rules/rules-service.ts";
import { textsFor } from "../../src/texts/texts.ts";
import { ReviewMemory } from "../../src/views/button-value.ts";
import { ACTION } from "../../src/views/ids.ts";
import { changeCard, changeNotice } from "../../src/views/rules-change-card.ts";
import { chooseScopeForm, editRulesForm, RULES_LETTERS, reviewForm, rulesDone, scopeOption } from "../../src/views/rules-forms.ts";
import { rulesList } from "../../src/views/rules-list.ts";
import { actionIds, expectMessage, expectView, markupIn, wordsIn } from "./block-kit.ts";
import { at } from "./models.ts";
import { changeView, outcome, rulesView } from "./rules-models.ts";

const en = textsFor("en");
const languages = [en, textsFor("de")];
const long = Array.from({ length: 400 }, (_, n) => ({ sign: "+" as const, text: `  - U0123456789${n} <!channel> *bold*` }));
const settled = (status: ChangeView["status"], settledBy: string | null) =>
  changeView({ status, settledBy, settledAt: at("2026-11-22T10:00:00Z") });

describe("the card of a change", () => {
  it.each([
    ["that is small", changeView()],
    [
      "that loosens everything, in four hundred lines",
      changeView({ loosens: LOOSENINGS, diff: long, name: "<!channel>", scope: "MICROTENANT", scopeId: "77" }),
    ],
    ["from the command line", changeView({ proposedBy: "cli:ops" })],
    ["that was confirmed", settled("APPLIED", "U01EMIL000")],
    ["that was declined from the command line", settled("DECLINED", "cli:ops")],
    ["that was overtaken", settled("OVERTAKEN", null)],
  ])("%s keeps to Slack's limits, in both languages and for both readers", (_, change) => {
    for (const texts of languages)
      for (const reader of ["U01DORA000", "U01EMIL000"]) {
        const card = changeCard(change, reader, texts);
        expectMessage(card);
        expect(card.text).not.toContain("<!");
        expect(markupIn(card.blocks)).toEqual([]);
        if (change.status !== "WAITING") expectMessage(changeNotice(change, texts));
      }
  });

  it("asks another administrator, and lets the proposer take it back", () => {
    expect(actionIds(changeCard(changeView(), "U01EMIL000", en).blocks)).toEqual([ACTION.changeConfirm, ACTION.changeDecline]);
    expect(actionIds(changeCard(changeView(), "U01DORA000", en).blocks)).toEqual([ACTION.changeDecline]);
    expect(wordsIn(changeCard(changeView(), "U01DORA000", en).blocks)).toContain(en.rules.takeBack);
  });

  it("has no button any more once it is settled, and says how and when", () => {
    for (const [change, sentence] of [
      [settled("APPLIED", "U01EMIL000"), "Confirmed by"],
      [settled("DECLINED", "U01EMIL000"), "Declined by"],
      [settled("DECLINED", "U01DORA000"), "Taken back by"],
      [settled("OVERTAKEN", null), "Overtaken at"],
    ] as const) {
      const { blocks } = changeCard(change, "U01EMIL000", en);
      expect(actionIds(blocks)).toEqual([]);
      expect(wordsIn(blocks)).toContain(sentence);
      expect(JSON.stringify(blocks)).toContain(`"timestamp":${at("2026-11-22T10:00:00Z").getTime() / 1000}`);
    }
  });

  it("says of what it cuts that there is more", () => {
    expect(wordsIn(changeCard(changeView({ diff: long }), "U01EMIL000", en).blocks)).toMatch(/… and \d+ more lines/);
  });
});

describe("the forms of rules", () => {
  it("keep to Slack's limits, however many rules and changes there are", () => {
    const rules = Array.from({ length: 60 }, (_, n) => rulesView({ scopeId: String(n), name: "x".repeat(300) }));
    const waiting = Array.from({ length: 20 }, (_, n) => changeView({ id: String(n), loosens: LOOSENINGS, diff: long }));
    for (const texts of languages) {
      const list = rulesList({ rules, waiting, hasSecondAdmin: true }, "U01EMIL000", texts);
      expectView(list);
      expect(wordsIn(list)).toContain(texts.rules.more(40));
      expectView(rulesList({ rules: [], waiting: [], hasSecondAdmin: true }, "U01EMIL000", texts));
      expectView(chooseScopeForm(texts));
      expectView(editRulesForm({ scope: rulesView(), yaml: "x".repeat(RULES_LETTERS), revision: 3 }, texts));
      for (const kind of ["add", "change", "remove", "none"] as const)
        expectView(
          reviewForm(
            { outcome: outcome({ kind, loosens: LOOSENINGS, diff: long }), yaml: "a: b\n".repeat(400), hasSecondAdmin: false },
            texts,
          ),
        );
      for (const result of ["applied", "waiting", "unchanged"] as const) expectView(rulesDone({ result }, texts));
    }
  });

  it("point to the command line where rules are too long for Slack", () => {
    const view = editRulesForm({ scope: rulesView(), yaml: "x".repeat(RULES_LETTERS + 1), revision: 3 }, en);
    expect(view.submit).toBeUndefined();
    expect(wordsIn(view)).toContain("pra config");
  });

  it("carry to the last page whatever the form takes, letter for letter, and that rules go", () => {
    const scopeId = "9".repeat(75);
    for (const yaml of ["\n", '"', "\\", "é", "a:\n"].map((text) => text.repeat(RULES_LETTERS).slice(0, RULES_LETTERS)).concat("")) {
      const view = reviewForm({ outcome: outcome({ scope: "APPLICATION_SEGMENT", scopeId }), yaml, hasSecondAdmin: true }, en);
      expectView(view);
      const memory = { scope: "APPLICATION_SEGMENT", scopeId, revision: 3, yaml };
      expect(ReviewMemory.parse(view.private_metadata)).toEqual(memory);
    }
    const gone = reviewForm({ outcome: outcome({ kind: "remove" }), yaml: null, hasSecondAdmin: true }, en);
    expect(ReviewMemory.parse(gone.private_metadata)).toMatchObject({ yaml: null });
    // A form of before, or of nobody's, takes nothing away.
    for (const text of [
      '{"scope":"TENANT","scopeId":"","revision":1,"yaml":"a: b"}',
      '{"scope":"TENANT","scopeId":"","revision":1}\n',
      "",
      "x\ny",
    ])
      expect(ReviewMemory.safeParse(text).success, text).toBe(false);
  });

  it("apply what only tightens, propose what loosens, and neither what changes nothing", () => {
    const submit = (over: Parameters<typeof outcome>[0]) =>
      reviewForm({ outcome: outcome(over), yaml: "", hasSecondAdmin: true }, en).submit?.text;
    expect([submit({}), submit({ loosens: ["circumvented"] }), submit({ kind: "none", diff: [] })]).toEqual([
      en.rules.apply,
      en.rules.propose,
      undefined,
    ]);
  });

  it("say when nobody else could confirm", () => {
    const of = (hasSecondAdmin: boolean) =>
      wordsIn(reviewForm({ outcome: outcome({ loosens: ["circumvented"] }), yaml: "", hasSecondAdmin }, en));
    expect(of(false)).toContain(en.rules.nobodyElse);
    expect(of(true)).not.toContain(en.rules.nobodyElse);
  });

  it("name a scope with its id, because names repeat", () => {
    expect(scopeOption({ scope: "MICROTENANT", scopeId: "77", name: "Plant" }, en)).toMatchObject({
      value: "MICROTENANT:77",
      text: { text: "Microtenant Plant" },
      description: { text: "77" },
    });
  });
});
