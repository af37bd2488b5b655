import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { textsFor } from "../../src/texts/texts.ts";
import { explanationLines, explanationMessage, idsIn } from "../../src/views/explanation.ts";
import { anExplanation } from "./an-explanation.ts";
import { overview } from "./arbitraries.ts";
import { expectMessage, markupIn, wordsIn } from "./block-kit.ts";

const locale = fc.constantFrom("en", "de");

describe("the answer to /pra explain", () => {
  it("is taken by Slack whatever people typed and at every stage", () => {
    fc.assert(
      fc.property(overview, locale, ({ approval, request, madeTogether }, language) => {
        const admins = Array.from({ length: 30 }, (_, n) => ({ kind: "person" as const, userId: `U${n}ADMIN` }));
        const members = new Map([["S1", Array.from({ length: 500 }, (_, n) => `U${n}MEMBER`)]]);
        const message = explanationMessage(anExplanation({ approval, request, madeTogether, members, admins }), textsFor(language));
        expectMessage(message);
        expect(markupIn(message.blocks)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it("names people and groups as Slack shows them, and instants in the reader's own zone", () => {
    const { blocks } = explanationMessage(anExplanation(), textsFor("en"));
    const sent = JSON.stringify(blocks);
    expect(sent).toContain('{"type":"user","user_id":"U2BEN"}');
    expect(sent).toContain('"type":"date","timestamp":1773647700');
    expect(wordsIn(blocks)).toContain("Who may decide");
  });

  it("names everyone on the command line who is given a name", () => {
    const texts = textsFor("de");
    const ids = idsIn(anExplanation(), texts);
    const lines = explanationLines(anExplanation(), new Map(ids.map((id) => [id, `<${id}>`])), texts).join("\n");
    expect(ids).toEqual(["U2BEN", "U1ANA"]);
    expect(lines).toContain("Platz 1: <U2BEN>.");
    expect(lines).toContain("2026-03-16 07:55 UTC: angefragt von <U1ANA>.");
  });
});
