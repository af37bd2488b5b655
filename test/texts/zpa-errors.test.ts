import { describe, expect, it } from "vitest";
import { type ErrorCode, PortcullisError } from "../../src/errors.ts";
import { errorSentence } from "../../src/texts/error-sentence.ts";
import { textsFor } from "../../src/texts/texts.ts";

const said = (language: string, code: ErrorCode, params: Readonly<Record<string, string>> = {}): string =>
  errorSentence(new PortcullisError(code, { params }), textsFor(language));

/**
 * Contract: what goes wrong with a privileged approval reads as it always did, whether ZPA said it or a stored failure says it anew; what
 * goes wrong with anything else speaks of that thing, and never of a privileged approval or a request.
 */
describe.each(["en", "de"])("a refusal of ZPA, in %s", (language) => {
  const codes = ["zpa_timeout", "zpa_not_permitted", "zpa_not_found", "zpa_refused"] as const;

  it.each(codes)("%s of a privileged approval is the sentence without a path", (code) => {
    const sentence = said(language, code);
    for (const path of ["approval", "approval/50", "approval/expired"]) expect(said(language, code, { path })).toBe(sentence);
    expect(said(language, code, { path: "approval/50", params: "50", method: "GET" })).toBe(sentence);
  });

  it.each([
    ["praConsole/bulk", /privileged console|Konsole/],
    ["credential/11262/move", /privileged credential|Zugangsdaten/],
    ["policySet/7/rule/8", /policy rule|Richtlinienregel/],
    ["clientTypes", /policy rule|Richtlinienregel/],
    ["application/getAppsByType", /application segment|Anwendungssegment/],
    ["praPortal/9", /privileged portal|Portal/],
    ["microtenants", /microtenant|Microtenant/],
  ])("of %s speaks of what it is", (path, named) => {
    for (const code of codes) {
      const sentence = said(language, code, { path, params: "4711", reason: "no name" });
      expect(sentence).toMatch(named);
      expect(sentence).not.toMatch(/approval|request|Anfrage|fragen Sie/i);
      expect(sentence).toMatch(/^\S.*[^ ]\.$/);
    }
  });

  it("tells what is not there from what a call names and is not there", () => {
    const itself = said(language, "zpa_not_found", { path: "credential/11262", params: "11262" });
    const named = said(language, "zpa_not_found", { path: "praConsole/50", params: "7" });
    expect(itself).toMatch(
      language === "en"
        ? /^Zscaler has no privileged credential 11262 here/
        : /^In Zscaler gibt es hier keine Zugangsdaten mit der Id 11262/,
    );
    expect(named).toMatch(
      language === "en"
        ? /everything that this call about a privileged console names \(“7”\)/
        : /etwas, das dieser Aufruf bei einer Konsole nennt \(„7“\)/,
    );
    expect(said(language, "zpa_not_found", { path: "praConsole" })).not.toMatch(/[“„(]/);
  });

  it("repeats why ZPA refused, where it says why", () => {
    expect(said(language, "zpa_refused", { path: "praConsole", reason: "Name is required" })).toContain("(Name is required)");
    expect(said(language, "zpa_refused", { path: "praConsole" })).not.toContain("(");
  });
});
