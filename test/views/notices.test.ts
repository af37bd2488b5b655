import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ERROR_CODES, PortcullisError } from "../../src/errors.ts";
import { dueNotices } from "../../src/services/notify/due-notices.ts";
import { en } from "../../src/texts/en.ts";
import { textsFor } from "../../src/texts/texts.ts";
import { approverCallMessage } from "../../src/views/approver-call.ts";
import { bulkForm } from "../../src/views/bulk-form.ts";
import { errorNotice, errorView } from "../../src/views/error-notice.ts";
import { helpMessage } from "../../src/views/help.ts";
import { loadingView } from "../../src/views/loading.ts";
import { noticeMessage } from "../../src/views/notice.ts";
import { nudgeAnswer } from "../../src/views/nudge.ts";
import { reassignForm } from "../../src/views/reassign-form.ts";
import { rejectForm } from "../../src/views/reject-form.ts";
import { overview, typedText } from "./arbitraries.ts";
import { expectMessage, expectView, wordsIn } from "./block-kit.ts";
import { approvalOf, ben, overviewOf, requestOf } from "./models.ts";

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

  it.each([
    ["APPROVED", "This request was already approved because no decision had come by "],
    ["EXPIRED", "This request had already expired because no decision had come by "],
    ["CANCELLED", "This request was closed at "],
    ["PASSED", "This request had already passed without a decision at "],
  ])("says of what nobody settled when, and names nobody: %s", (status, words) => {
    const { text, blocks } = errorNotice(
      new PortcullisError("already_decided", { params: { status, atEpochSeconds: 1_773_648_000 } }),
      null,
      en,
    );
    expect(text).toContain(`${words}<!date^1773648000^`);
    expect(JSON.stringify(blocks)).not.toContain("user_id");
  });

  it("says from when on the approvers can be reminded again", () => {
    const { text } = errorNotice(new PortcullisError("nudge_too_soon", { params: { nextAtEpochSeconds: 1_773_648_000 } }), null, en);
    expect(text).toContain("You can remind them again from <!date^1773648000^");
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
    const plain = ["approved_by_timeout", "stranded", "failed", "granted", "ended"] as const;
    fc.assert(
      fc.property(overview, fc.constantFrom(...plain), locale, (model, notice, language) => {
        for (const step of [...dueNotices(model).map((due) => due.step), { notice }])
          expectMessage(noticeMessage(step, model, textsFor(language)));
      }),
      { numRuns: 60 },
    );
  });

  it("tells of its own move and change, however many came after it", () => {
    const by = { teamId: "T1", userId: ben.userId };
    const move = (comment: string) => ({
      ...({ seatId: "s1", from: null, to: { kind: "person", userId: "U3CHI" }, by, at: new Date(0), comment, commentId: null } as const),
      kind: "MANUAL_REASSIGNMENT" as const,
    });
    const terms = (name: string) => ({ consoles: [{ id: name, name }], time: requestOf().time });
    const change = (name: string) => ({ by, at: new Date(0), before: terms(name), after: { ...terms(name), consoles: [] } });
    const approval = approvalOf({
      reassignmentHistory: [move("off on Monday"), move("off on Tuesday")],
      changes: [change("first"), change("second")],
      timers: { ...approvalOf().timers, stranded: { since: new Date(0), reference: "ref-4" } },
    });
    const told = dueNotices(overviewOf({ approval })).map(({ step }) => wordsIn(noticeMessage(step, overviewOf({ approval }), en).blocks));
    const about = (notice: keyof typeof en.notices) => told.filter((words) => words.includes(en.notices[notice]));
    expect(about("reassigned").map((words) => /off on \w+/.exec(words)?.[0])).toEqual(["off on Monday", "off on Tuesday"]);
    expect(about("changed").map((words) => /first|second/.exec(words)?.[0])).toEqual(["first", "second"]);
    expect(told.filter((words) => words.includes("ref-4"))).toEqual(about("stranded"));
  });

  it("says first what else came of the same submission", () => {
    const together = overviewOf({ madeTogether: ["PRA-1042", "PRA-1043"] });
    expect(wordsIn(noticeMessage({ notice: "submitted" }, together, en).blocks)).toContain("One of 2 requests made together");
    expect(wordsIn(noticeMessage({ notice: "granted" }, together, en).blocks)).not.toContain("made together");
  });

  it("says of a request that needed no decision whether access comes of it", () => {
    expect(wordsIn(noticeMessage({ notice: "passed" }, overviewOf(), en).blocks)).toContain(en.card.passedMakesNoGrant);
  });

  it("says why it failed, with the reference", () => {
    const failure = { code: "zpa_unreachable", params: {}, reference: "ref-3" };
    const words = wordsIn(
      noticeMessage({ notice: "failed" }, overviewOf({ request: requestOf({ status: "FAILED", failure }) }), en).blocks,
    );
    expect(words).toContain("Zscaler could not be reached.");
    expect(words).toContain("ref-3");
  });
});

describe("a call to those who can decide", () => {
  const group = { kind: "group", groupId: "S1" } as const;
  const mentions = [{ kind: "person", userId: "U2BEN" }, group] as const;
  const deadline = { at: new Date("2026-03-20T08:00:00Z"), result: "APPROVED" } as const;

  it("is taken by Slack for every kind and request", () => {
    const kind = fc.constantFrom("reminder" as const, "nudge" as const, "turn" as const, "exhausted" as const);
    fc.assert(
      fc.property(kind, overview, locale, (each, model, language) => {
        expectMessage(approverCallMessage({ kind: each, mentions }, { ...model, deadline }, textsFor(language)));
      }),
      { numRuns: 60 },
    );
  });

  it("mentions those who are meant and nobody else, and says by whom it was asked, since when and until when it waits", () => {
    const request = requestOf({ beneficiary: ben });
    const { blocks, text } = approverCallMessage({ kind: "reminder", mentions }, overviewOf({ request, deadline }), en);
    const shown = JSON.stringify(blocks);
    expect(shown.match(/"user_id":"[^"]+"|"usergroup_id":"[^"]+"/g)).toEqual(['"user_id":"U2BEN"', '"usergroup_id":"S1"']);
    expect(text).not.toContain("<@");
    expect(wordsIn(blocks)).toContain("Asked by Ana Ribeiro for Ben Okafor, waiting since ");
    expect(wordsIn(blocks)).toContain("; after that it counts as approved.");
    expect(shown).toContain('"timestamp":1773993600');
  });

  it("says who nudged", () => {
    const approval = approvalOf({
      timers: { ...approvalOf().timers, nudges: 1, lastNudge: { at: new Date(), by: { teamId: "T1", userId: ben.userId } } },
    });
    const call = { kind: "nudge", mentions } as const;
    const { blocks } = approverCallMessage(call, overviewOf({ request: requestOf({ beneficiary: ben }), approval }), en);
    expect(wordsIn(blocks)).toContain("Ben Okafor asks you to decide.");
  });
});

describe("the answer to a nudge", () => {
  const nextAt = new Date("2026-03-16T12:00:00Z");
  it.each(["en", "de"])("says what happens and when the next is possible, in %s", (language) => {
    const texts = textsFor(language);
    const now = nudgeAnswer({ heardAt: null, nextAt }, texts);
    const later = nudgeAnswer({ heardAt: new Date("2026-03-17T07:00:00Z"), nextAt }, texts);
    for (const message of [now, later]) expectMessage(message);
    expect(now.text).toContain(texts.nudge.done);
    expect(later.text).toContain("<!date^1773730800^");
    for (const { text } of [now, later]) expect(text).toContain("<!date^1773662400^");
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

  it("ask for a person alone where there is no group to choose", () => {
    const none = { label: "PRA-1042", memory, groups: [], from: null };
    const many = { verdict: "reassign", rows: [], commentRequired: false, groups: [] } as const;
    const groups = [{ id: "S1", name: "On-call" }];
    for (const texts of [en, textsFor("de")])
      for (const [without, withGroups] of [
        [reassignForm(none, texts), reassignForm({ ...none, groups }, texts)],
        [bulkForm(many, texts), bulkForm({ ...many, groups }, texts)],
      ] as const) {
        expect(wordsIn(without)).toContain(texts.reassign.choosePerson);
        expect(wordsIn(without)).not.toContain(texts.reassign.choosePersonOrGroup);
        expect(wordsIn(withGroups)).toContain(texts.reassign.choosePersonOrGroup);
      }
  });

  it("carry in a decision form what was clicked, and where", () => {
    expect(JSON.parse(rejectForm({ label: "PRA-1042", memory }, en).private_metadata ?? "")).toEqual(memory);
  });
});
