import { describe, expect, it } from "vitest";
import { de } from "../../src/texts/de.ts";
import { en } from "../../src/texts/en.ts";
import { outcomeMessage, staleMessage } from "../../src/views/credential-messages.ts";
import { aCredentialView, aHandover } from "./a-credential.ts";
import { expectMessage, markupIn, wordsIn } from "./block-kit.ts";

const failure = { code: "credential_effect_unknown", params: {}, reference: "AB12CD34" };

describe("what a person hears of their secret", () => {
  it.each(["DONE", "REFUSED", "UNKNOWN"] as const)("%s names the credential and what is known, in both languages", (outcome) => {
    for (const texts of [en, de])
      for (const kind of ["add", "rotate"] as const) {
        const message = outcomeMessage({ ...aHandover({ kind, failure: outcome === "DONE" ? null : failure }), outcome }, texts);
        expectMessage(message);
        expect(wordsIn(message.blocks)).toContain("db-prod root");
        expect(wordsIn(message.blocks).includes("AB12CD34")).toBe(outcome !== "DONE");
      }
  });

  it("shows a name literally, whatever it looks like", () => {
    const fields = { ...aHandover().fields, name: "<!channel> *db*" };
    const message = outcomeMessage({ ...aHandover({ fields }), outcome: "DONE" }, en);
    expectMessage(message);
    expect(message.text).toContain("&lt;!channel&gt;");
    expect(markupIn(message.blocks)).toEqual([]);
  });
});

describe("the report of old secrets", () => {
  it("names the oldest, counts the rest, and says which microtenants it could not read", () => {
    const credentials = Array.from({ length: 300 }, (_, index) =>
      aCredentialView({ id: String(index), name: `${index} ${"x".repeat(250)}` }),
    );
    const unread = [{ microtenantName: "Plant", code: "zpa_not_permitted" }];
    for (const texts of [en, de]) {
      const message = staleMessage({ credentials, maxAgeDays: 90, unread }, texts);
      expectMessage(message);
      expect(wordsIn(message.blocks)).toMatch(/275.*Plant/su);
    }
  });

  it("is about what could not be read alone, when none is old of what could", () => {
    const unread = [{ microtenantName: "Plant <!channel>", code: "zpa_not_permitted" }];
    for (const texts of [en, de]) {
      const message = staleMessage({ credentials: [], maxAgeDays: 90, unread }, texts);
      expectMessage(message);
      expect(markupIn(message.blocks)).toEqual([]);
      expect(message.text).toContain(texts.credentialMessages.noneStale(90));
      expect(wordsIn(message.blocks)).toContain(texts.credentialMessages.unread("Plant <!channel>"));
    }
  });

  it("says of one, and of one of unknown age, what fits", () => {
    const credentials = [aCredentialView({ ageDays: null, lastResetAt: null })];
    const message = staleMessage({ credentials, maxAgeDays: 90, unread: [] }, en);
    expectMessage(message);
    expect(wordsIn(message.blocks)).toContain("One credential has had the same secret for more than 90 days");
    expect(wordsIn(message.blocks)).toContain("Zscaler does not say when it was last reset");
  });
});
