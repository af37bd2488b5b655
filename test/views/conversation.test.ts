import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dueNotices } from "../../src/services/notify/due-notices.ts";
import type { TalkAnswer } from "../../src/services/notify/talk-port.ts";
import { de } from "../../src/texts/de.ts";
import { en } from "../../src/texts/en.ts";
import { approvalCard, type CardViewer } from "../../src/views/approval-card.ts";
import { askForm } from "../../src/views/ask-form.ts";
import { changesForm, proposedView } from "../../src/views/changes-form.ts";
import { detailsForm } from "../../src/views/details-form.ts";
import { noticeMessage } from "../../src/views/notice.ts";
import { reassignForm } from "../../src/views/reassign-form.ts";
import { proposalEndedMessage, remarkMessage, talkAnswerMessage } from "../../src/views/talk.ts";
import { approval, overview, typedText } from "./arbitraries.ts";
import { actionIds, expectMessage, expectView, markupIn, wordsIn } from "./block-kit.ts";
import { ana, approvalOf, at, ben, consoleNamed, overviewOf, requestOf } from "./models.ts";

const memory = { approvalId: "a1", version: 3, place: { channelId: "C1", messageTs: "1.0" } };
const label = "PRA-1042";
const by = { teamId: "T1", userId: ben.userId };
const approver: CardViewer = { kind: "approver", userId: ben.userId, timeZone: null, locale: null };
const requester: CardViewer = { kind: "requester", userId: ana.userId, timeZone: null, locale: null };
const language = fc.constantFrom(en, de);
const evil = "<!channel> <@U1> <https://evil.example|here> *bold* `code`";

describe("the forms and messages of a conversation", () => {
  it("are taken by Slack whatever people typed, in both languages", () => {
    fc.assert(
      fc.property(overview, approval, typedText(2000), language, (shown, its, text, texts) => {
        expectView(askForm({ label, memory }, texts));
        expectView(detailsForm({ label, memory, approval: its }, texts));
        if (shown.consoles.length > 0) expectView(changesForm({ label, memory, overview: shown }, texts));
        expectView(proposedView(texts));
        expectMessage(remarkMessage({ label, by, kind: "question", text, key: "k" }, texts));
        const talked = { ...shown, approval: its };
        for (const { step } of dueNotices(talked)) expectMessage(noticeMessage(step, talked, texts));
        for (const outcome of ["declined", "lapsed"] as const) expectMessage(proposalEndedMessage(outcome, ben.userId, shown, texts));
      }),
    );
    const answers: TalkAnswer[] = ["onlyInThreads", "tooLate", "notConcerned", "tooLong", "filesStay", "editNotTaken"];
    for (const texts of [en, de]) for (const answer of answers) expectMessage(talkAnswerMessage(answer, texts));
  });

  it("keep to Slack's 24 characters in titles and buttons", () => {
    for (const { ask, changes, details } of [en, de])
      for (const words of [
        ...[ask.title, ask.submit, changes.title, changes.submit, changes.proposedTitle],
        ...[details.title("PRA-12345678"), details.submit],
      ])
        expect(words.length, words).toBeLessThanOrEqual(24);
  });

  it("offer a menu of seats that Slack takes, however many there are", () => {
    const holders = Array.from({ length: 150 }, (_, index) => ({
      holder: { kind: "person", userId: `U${index}` } as const,
      name: "x".repeat(90),
    }));
    expectView(reassignForm({ label, memory, groups: [], from: { holders, own: null, canAdd: true } }, en));
    expectView(reassignForm({ label, memory, groups: [], from: { holders: [], own: null, canAdd: false } }, en));
  });
});

describe("what somebody said, told elsewhere", () => {
  it("is quoted letter for letter, and nothing in it comes alive", () => {
    const message = remarkMessage({ label, by, kind: "reply", text: evil, key: "k" }, en);
    expect(wordsIn(message.blocks)).toContain(evil);
    expect(markupIn(message.blocks)).toEqual([]);
    expect(message.text).not.toContain("<!channel>");
    expect(message.text).toContain("&lt;!channel&gt;");
  });

  it("is told whole, as long as a comment may be", () => {
    const text = "é".repeat(2000);
    expect(wordsIn(remarkMessage({ label, by, kind: "comment", text, key: "k" }, en).blocks)).toContain(text);
  });
});

describe("a card with comments, changes and proposals", () => {
  const comments = Array.from({ length: 5 }, (_, index) => ({
    id: String(index),
    by,
    at: at("2026-03-16T08:00:00Z"),
    text: `word ${index}`,
  }));
  const terms = { consoles: [consoleNamed("db-prod"), consoleNamed("db-old")], time: requestOf().time };
  const change = { by, at: at("2026-03-16T08:00:00Z"), before: terms, after: { ...terms, consoles: terms.consoles.slice(0, 1) } };
  const longer = { ...terms, time: { ...terms.time, end: { kind: "after" as const, seconds: 28 * 86_400 } } };
  const proposal = { ...change, id: "p1", after: longer, comment: "take your time" };

  it("shows the last three comments and counts all of them", () => {
    const words = wordsIn(approvalCard(overviewOf({ approval: approvalOf({ comments }) }), approver, en).blocks);
    expect(words).toContain("Comments (5)");
    expect(words).not.toContain("word 1");
    for (const shown of ["word 2", "word 3", "word 4"]) expect(words).toContain(shown);
  });

  it("says who changed what", () => {
    const words = wordsIn(approvalCard(overviewOf({ approval: approvalOf({ changes: [change] }) }), requester, en).blocks);
    expect(words).toMatch(/Changed by {2}.* at/u);
    expect(words).toContain("Without db-old.");
  });

  it("asks the requester with buttons, and tells approvers whom it waits for, without any", () => {
    const waiting = overviewOf({ approval: approvalOf({ proposal }) });
    const forRequester = approvalCard(waiting, requester, en).blocks;
    expect(actionIds(forRequester)).toEqual(["accept_proposal", "decline_proposal", "nudge", "withdraw", "details"]);
    expect(wordsIn(forRequester)).toMatch(/For\s+4 weeks\s+instead of\s+2 weeks/u);
    const forApprover = approvalCard(waiting, approver, en).blocks;
    expect(actionIds(forApprover)).not.toContain("accept_proposal");
    expect(wordsIn(forApprover)).toContain("to a longer window, proposed by");
    const over = overviewOf({ request: requestOf({ status: "REJECTED" }), approval: approvalOf({ proposal, status: "REJECTED" }) });
    expect(actionIds(approvalCard(over, requester, en).blocks)).toEqual([]);
  });

  it("says in words that an administrator decided, and in whose place, and not that anything was reassigned", () => {
    const decision = { verdict: "APPROVED", by, at: at("2026-03-16T08:00:00Z"), comment: null, capacity: "ADMIN" } as const;
    const seat = { id: "s1", holder: { kind: "person", userId: ben.userId }, decision, insteadOf: null, autoApproveFor: null } as const;
    const move = {
      ...{
        seatId: "s1",
        from: { kind: "group", groupId: "S1" } as const,
        to: seat.holder,
        by,
        at: decision.at,
        comment: null,
        commentId: null,
      },
      kind: "MANUAL_REASSIGNMENT",
    } as const;
    for (const [texts, expected] of [
      [en, "as an administrator, on behalf of"],
      [de, "als Administrator, anstelle von"],
    ] as const) {
      const decided = approvalOf({ status: "APPROVED", seats: [seat], reassignmentHistory: [move] });
      const { blocks } = approvalCard(overviewOf({ request: requestOf({ status: "GRANTED" }), approval: decided }), approver, texts);
      expect(wordsIn(blocks)).toContain(expected);
      expect(wordsIn(blocks)).not.toMatch(/Reassigned|Weitergegeben/u);
      expect(JSON.stringify(blocks)).toContain('"usergroup_id":"S1"');
    }
  });
});
