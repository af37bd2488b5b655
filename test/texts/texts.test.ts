import { describe, expect, it } from "vitest";
import { ERROR_CODES, PortcullisError } from "../../src/errors.ts";
import { de } from "../../src/texts/de.ts";
import { en } from "../../src/texts/en.ts";
import { errorSentence, failureSentence } from "../../src/texts/error-sentence.ts";
import { textsFor } from "../../src/texts/texts.ts";

/** Every way through the catalog, with what a person reads at its end; functions are called with numbers and words. */
function leaves(value: unknown, path = ""): [string, string][] {
  if (typeof value === "string") return [[path, value]];
  if (typeof value === "function") return [[path, String(value(...Array.from({ length: value.length }, () => 2)))]];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => leaves(each, `${path}.${key}`));
}
const { errors: _en, ...english } = en;
const { errors: _de, ...german } = de;

describe("the message catalog", () => {
  it("chooses by the language of the Slack locale, English when it is not spoken here", () => {
    expect([null, "en-US", "de-DE", "de_AT", "fr-FR", ""].map((locale) => textsFor(locale).locale)).toEqual([
      "en-GB",
      "en-GB",
      "de-DE",
      "de-DE",
      "en-GB",
      "en-GB",
    ]);
  });

  it("has the same entries in both languages, none empty", () => {
    const keys = (texts: unknown) => leaves(texts).map(([path]) => path);
    expect(keys(german)).toEqual(keys(english));
    // Of the pieces around a mention one may be empty: the sentence begins or ends with it.
    const pieces = /\.\d+$/;
    for (const all of [leaves(english), leaves(german)]) {
      const sentences = Map.groupBy(all, ([path]) => path.replace(pieces, ""));
      for (const [path, parts] of sentences) expect(parts.map(([, words]) => words).join(""), path).not.toBe("");
    }
  });

  it("keeps titles and buttons of forms within Slack's 24 characters", () => {
    for (const { form, reject, reassign, queue, bulk, common } of [en, de])
      for (const words of [
        form.title,
        form.submit,
        reject.title,
        reject.submit,
        reassign.title,
        reassign.submit,
        queue.title,
        queue.search,
        ...Object.values(bulk.titles),
        ...Object.values(bulk.submits),
        bulk.workingTitle,
        bulk.resultTitle,
        common.cancel,
        common.close,
        common.errorTitle,
      ])
        expect(words.length, words).toBeLessThanOrEqual(24);
  });
});

describe("the sentence for an error", () => {
  it.each(ERROR_CODES)("%s says in both languages what is wrong, as a whole sentence, with or without values", (code) => {
    for (const texts of [en, de])
      for (const params of [undefined, { console: "db-prod", name: "Ana", limit: 5, setting: "PORT", reason: "too high" }]) {
        const sentence = errorSentence(new PortcullisError(code, params === undefined ? {} : { params }), texts);
        expect(sentence).toMatch(/^["“„\p{L}].{15,}[.!?]$/su);
        expect(sentence).not.toMatch(/undefined|null|\{|\}|\(\)| {2}/);
      }
  });

  it("differs between the languages", () => {
    for (const code of ERROR_CODES)
      expect(errorSentence(new PortcullisError(code), de)).not.toBe(errorSentence(new PortcullisError(code), en));
  });

  it("names the values that the error carries", () => {
    expect(errorSentence(new PortcullisError("console_disabled", { params: { console: "db-prod" } }), en)).toMatch(
      /^db-prod is switched off/,
    );
    expect(errorSentence(new PortcullisError("already_decided", { params: { status: "REJECTED" } }), de)).toBe(
      "Diese Anfrage wurde bereits abgelehnt. Es wurde nichts geändert.",
    );
  });

  it("reads a stored failure of an unknown code as an unexpected one", () => {
    expect(failureSentence({ code: "of_a_later_version", params: {}, reference: "r" }, en)).toBe(
      errorSentence(new PortcullisError("unexpected"), en),
    );
  });
});
