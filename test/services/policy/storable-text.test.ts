import { describe, expect, it } from "vitest";
import { checkAsk } from "../../../src/services/policy/ask.ts";
import { checkAttributes, checkRemark } from "../../../src/services/policy/remark.ts";
import { StorableText, unstorableIn } from "../../../src/services/policy/storable-text.ts";

/** Contract: what PostgreSQL cannot keep is refused where it comes in, at its field, and never reaches it. */
const refused = (field: string) => expect.objectContaining({ code: "invalid_input", details: expect.objectContaining({ field }) });

describe("text that the database cannot keep", () => {
  it.each(["\0", "a\0b", "\ud800", "\udfff", "\udc4d\ud83d"])("is refused wherever people type: %j", (text) => {
    expect(StorableText.safeParse(text).success).toBe(false);
    expect(() => checkRemark(`so ${text} so`)).toThrow(refused("comment"));
    expect(() => checkAttributes({ [`k${text}`]: "v" })).toThrow(refused("attributeName"));
    expect(() => checkAttributes({ k: text })).toThrow(refused("attributeValue"));
    expect(() => checkAsk({ consoleIds: ["1"], reason: `so ${text} so` }, { maxConsolesPerRequest: 3 })).toThrow(refused("reason"));
    expect(unstorableIn([{ deep: { er: ["fine", text] } }])).toMatch(/^0\.deep\.er\.1: /);
  });

  it.each(["", "👍", "\u0001", "שלום", "é\n"])("is nothing else: %j", (text) => {
    expect(StorableText.parse(text)).toBe(text);
    expect(unstorableIn({ [text]: [text, 1, null, true] })).toBeNull();
  });
});
