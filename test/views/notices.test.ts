import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ERROR_CODES, PortcullisError } from "../../src/errors.ts";
import { en } from "../../src/texts/en.ts";
import { textsFor } from "../../src/texts/texts.ts";
import { errorNotice, errorView } from "../../src/views/error-notice.ts";
import { helpMessage } from "../../src/views/help.ts";
import { loadingView } from "../../src/views/loading.ts";
import { noticeMessage } from "../../src/views/notice.ts";
import { reassignForm } from "../../src/views/reassign-form.ts";
import { rejectForm } from "../../src/views/reject-form.ts";
import { expectMessage, expectView, wordsIn } from "./block-kit.ts";
import { overview, overviewOf, requestOf, typedText } from "./models.ts";

const locale = fc.constantFrom("en", "de");
const memory = { approvalId: "a1", version: 3, place: { channelId: "C1", messageTs: "1.2" } };

describe("an error notice", () => {
  it("is taken by Slack for every code, whatever its values", () => {
    fc.assert(
      fc.property(fc.constantFrom(...ERROR_CODES), typedText(5000), locale, (code, value, language) => {
        const names = ["console", "name", "text", "value", "timeZone", "reason", "setting", "day", "microtenant", "status"];
        const error = new PortcullisError(code, { params: Object.fromEntries(names.map((name) => [name, value])) });
        expectMessage(errorNotice(error, "ref-1", textsFor(language)));
        expectView(errorView(error, null, textsFor(language)));
      }),
      { numRuns: 150 },
    );
  });

  it("names who decided already, and when, in the reader's own way", () => {
    const params = { status: "APPROVED", byUserId: "U2BEN", atEpochSeconds: 1_773_648_000 };
    const { text, blocks } = errorNotice(new PortcullisError("already_decided", { params }), null, en);
    expect(text).toBe(
      "This request was already approved by <@U2BEN> at <!date^1773648000^{time}, {date_short_pretty}|2026-03-16 08:00 UTC>. Nothing was changed.",
    );
    expect(JSON.stringify(blocks)).toContain('"user_id":"U2BEN"');
  });

  it("carries the reference that is also in the log", () => {
    expect(wordsIn(errorNotice(new PortcullisError("unexpected"), "ref-9", en).blocks)).toContain("Reference: ref-9");
  });

  it("keeps a name from coming alive in the fallback", () => {
    const error = new PortcullisError("console_unknown", { params: { console: "<!channel>" } });
    expect(errorNotice(error, null, en).text).toContain("&lt;!channel&gt;");
  });
});

describe("a step told in the thread", () => {
  it("is taken by Slack for every step and request", () => {
    const notice = fc.constantFrom("submitted", "approved", "rejected", "reassigned", "granted", "failed", "withdrawn", "ended");
    fc.assert(
      fc.property(notice, overview, locale, (step, model, language) => {
        expectMessage(noticeMessage(step, model, textsFor(language)));
      }),
      { numRuns: 60 },
    );
  });

  it("says first what else came of the same submission", () => {
    const together = overviewOf({ madeTogether: ["PRA-1042", "PRA-1043"] });
    expect(wordsIn(noticeMessage("submitted", together, en).blocks)).toContain("One of 2 requests made together");
    expect(wordsIn(noticeMessage("granted", together, en).blocks)).not.toContain("made together");
  });

  it("says of a request that needed no decision whether access comes of it", () => {
    expect(wordsIn(noticeMessage("passed", overviewOf(), en).blocks)).toContain(en.card.passedMakesNoGrant);
  });

  it("says why it failed, with the reference", () => {
    const failure = { code: "zpa_unreachable", params: {}, reference: "ref-3" };
    const words = wordsIn(noticeMessage("failed", overviewOf({ request: requestOf({ status: "FAILED", failure }) }), en).blocks);
    expect(words).toContain("Zscaler could not be reached.");
    expect(words).toContain("ref-3");
  });
});

describe("the small views", () => {
  it.each(["en", "de"])("are taken by Slack in %s", (language) => {
    const texts = textsFor(language);
    expectMessage(helpMessage(texts));
    expectView(loadingView(texts.form.title, texts));
    expectView(rejectForm({ label: "PRA-1042", memory }, texts));
    expectView(reassignForm({ label: "PRA-1042", memory, groups: [], from: null }, texts));
    expectView(reassignForm({ label: "PRA-1042", memory, from: null, groups: [{ id: "S1", name: "On-call שלום" }] }, texts));
  });

  it("carry in a decision form what was clicked, and where", () => {
    expect(JSON.parse(rejectForm({ label: "PRA-1042", memory }, en).private_metadata ?? "")).toEqual(memory);
  });
});
