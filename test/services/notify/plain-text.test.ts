import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mentionedIn, plainText } from "../../../src/services/notify/plain-text.ts";

const nameOf = (userId: string) => (userId === "U1" ? "Ana" : null);

describe("what a person typed, out of Slack's mrkdwn", () => {
  it.each([
    ["a &amp; b &lt;c&gt;", "a & b <c>"],
    ["ask <@U1>, <@U2> and <@U3|chi>", "ask @Ana, @U2 and @chi"],
    ["in <#C1|ops> or <#C2>", "in #ops or #C2"],
    ["<!channel> <!here> <!subteam^S1|@sre> <!subteam^S2>", "@channel @here @sre @S2"],
    ["<https://example.com>", "https://example.com"],
    ["<https://example.com|example.com>", "example.com (https://example.com)"],
    ["<mailto:a@example.com|a@example.com>", "a@example.com"],
    ["&amp;lt;!channel&amp;gt;", "&lt;!channel&gt;"],
    ["  *bold* _it_ `code` :tada:\n> quoted ", "*bold* _it_ `code` :tada:\n> quoted"],
  ])("%j reads %j", (mrkdwn, plain) => {
    expect(plainText(mrkdwn, nameOf)).toBe(plain);
  });

  it("is the same again for whatever Slack's client escaped", () => {
    const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        expect(plainText(escaped(text), nameOf)).toBe(text.trim());
      }),
    );
  });

  it("names whom to look up, once each", () => {
    expect(mentionedIn("<@U1> <@U2|bo> <@U1> <!here> <#C1>")).toEqual(["U1"]);
  });
});
