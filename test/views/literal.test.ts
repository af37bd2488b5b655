import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clamp, escapeMrkdwn, named, typed } from "../../src/views/literal.ts";
import { typedText } from "./arbitraries.ts";

const family = "👩‍👩‍👧‍👦";

describe("clamping", () => {
  it("keeps within the limit, ends in an ellipsis when it cut, and never cuts a surrogate pair", () => {
    fc.assert(
      fc.property(typedText(200), fc.integer({ min: 1, max: 100 }), (text, limit) => {
        const wellFormed = text.toWellFormed();
        const cut = clamp(wellFormed, limit);
        expect(cut.length).toBeLessThanOrEqual(limit);
        expect(cut.isWellFormed()).toBe(true);
        if (wellFormed.length > limit) expect(cut.endsWith("…")).toBe(true);
        else expect(cut).toBe(wellFormed);
      }),
    );
  });

  it("never cuts a grapheme", () => {
    expect(clamp(`ab${family}${family}`, 2 + family.length + 3)).toBe(`ab${family}…`);
    expect(clamp(`e\u0301e\u0301e\u0301`, 5)).toBe("e\u0301e\u0301…");
  });
});

describe("typed text", () => {
  it.each([
    ["is never empty", "  \n ", "–"],
    ["loses direction controls", "\u202eexe.txt\u202c", "exe.txt"],
    ["loses control characters and keeps line breaks", "a\u0000b\nc\td", "ab\nc\td"],
    ["keeps markup as it was typed", "<!channel> *x*", "<!channel> *x*"],
    ["replaces half a surrogate pair", "a\ud83d", "a\ufffd"],
  ])("%s", (_, text, shown) => {
    expect(typed(text, 100)).toBe(shown);
  });
});

describe("a name", () => {
  it.each([
    ["stands on one line", "db\n prod", "db prod"],
    ["in right-to-left script is isolated", "נועה", "\u2068נועה\u2069"],
    ["in left-to-right script is left alone", "Zoë 🙂", "Zoë 🙂"],
  ])("%s", (_, text, shown) => {
    expect(named(text)).toBe(shown);
  });

  it("keeps within its limit, isolation included, and closes what it opens", () => {
    fc.assert(
      fc.property(typedText(300), fc.integer({ min: 3, max: 150 }), (text, limit) => {
        const shown = named(text, limit);
        expect(shown.length).toBeLessThanOrEqual(limit);
        expect([...shown].filter((each) => each === "\u2068")).toHaveLength([...shown].filter((each) => each === "\u2069").length);
      }),
    );
  });
});

describe("escaping", () => {
  it("leaves nothing that Slack reads as a mention, a link or a broadcast", () => {
    expect(escapeMrkdwn("<!channel> <@U1> <https://evil.example|a> & &lt;")).toBe(
      "&lt;!channel&gt; &lt;@U1&gt; &lt;https://evil.example|a&gt; &amp; &amp;lt;",
    );
  });
});
