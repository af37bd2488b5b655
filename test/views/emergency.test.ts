import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { BreakGlassForetold, ReviewToAnswer } from "../../src/services/emergency/emergency.ts";
import { de } from "../../src/texts/de.ts";
import { en } from "../../src/texts/en.ts";
import { approvalCard, type CardViewer } from "../../src/views/approval-card.ts";
import { breakGlassForm, breakGlassSeen } from "../../src/views/emergency/break-glass-form.ts";
import { givenMessage } from "../../src/views/emergency/given-message.ts";
import { grantForm } from "../../src/views/emergency/grant-form.ts";
import { reviewAskMessage, reviewedView, reviewForm } from "../../src/views/emergency/review-form.ts";
import { noticeMessage } from "../../src/views/notice.ts";
import { overview, typedText } from "./arbitraries.ts";
import { actionIds, expectMessage, expectView, markupIn, wordsIn } from "./block-kit.ts";
import { dora, dueReview, foretold } from "./emergency-models.ts";
import { ana, approvalOf, at, ben, consoleNamed, overviewOf, requestOf } from "./models.ts";

const language = fc.constantFrom(en, de);
const evil = "<!channel> <@U1> <https://evil.example|here> *bold* `code`";
const approver: CardViewer = { kind: "approver", userId: ben.userId, timeZone: null, locale: null };
const requester: CardViewer = { kind: "requester", userId: ana.userId, timeZone: null, locale: null };

const seconds = fc.integer({ min: 60, max: 604_800 });

describe("the forms and messages of access past the approvers", () => {
  it("are taken by Slack whatever people typed, in both languages", () => {
    fc.assert(
      fc.property(
        overview,
        typedText(1000),
        seconds,
        seconds,
        fc.integer({ min: 0, max: 200 }),
        language,
        (shown, text, length, most, people, texts) => {
          const { consoles, alsoOpens } = shown;
          const form = { consoles, seconds: length, mostSeconds: most, reason: text, problems: Array.from({ length: people }, () => text) };
          expectView(grantForm({ ...form, withoutEffect: alsoOpens, beneficiaryUserId: null, seconds: null }, texts));
          expectView(grantForm({ ...form, withoutEffect: [], beneficiaryUserId: "U1" }, texts));
          expectView(breakGlassForm(form, texts));
          const told = Array.from({ length: people }, (_, index) => (index % 2 === 0 ? `U${index}` : `S${index}`));
          const before: BreakGlassForetold = {
            ...{ person: dora, consoles: consoles.slice(0, 20), alsoOpens, seconds: length, until: at("2026-03-01T10:00:00Z"), told },
            withoutEffect: alsoOpens,
            reason: text.slice(0, 300),
            channelId: people === 0 ? null : "C1",
          };
          expectView(breakGlassSeen(before, texts));
          const due: ReviewToAnswer = { ...dueReview, reason: text, consoleNames: consoles.map(({ name }) => name) };
          for (const opened of ["by-button", "in-the-way"] as const) expectView(reviewForm(due, { opened }, texts));
          for (const asks of [0, 3]) expectMessage(reviewAskMessage({ ...due, review: { ...due.review, asks } }, texts));
          expectView(reviewedView(texts));
          for (const notice of ["given_on_call", "broke_glass"] as const) expectMessage(noticeMessage({ notice }, shown, texts));
          expectMessage(givenMessage(["PRA-1042"], "U1", texts));
        },
      ),
      { numRuns: 40 },
    );
  });

  it("keep to Slack's 24 characters in titles and buttons", () => {
    for (const {
      emergency: { grant, breakGlass, review },
    } of [en, de])
      for (const words of [
        ...[grant.title, grant.submit, breakGlass.title, breakGlass.submit, breakGlass.seenTitle, breakGlass.seenSubmit, breakGlass.back],
        ...[review.title, review.submit],
      ])
        expect(words.length, words).toBeLessThanOrEqual(24);
  });

  it("show what was typed literally", () => {
    const due = { ...dueReview, reason: evil };
    const views = [
      breakGlassSeen({ ...foretold(consoleNamed("db-prod")), reason: evil }, en),
      breakGlassForm({ consoles: [], seconds: 3600, mostSeconds: 3600, reason: evil, problems: [evil] }, en),
      reviewForm(due, { opened: "by-button" }, en),
    ];
    for (const view of views) for (const markup of markupIn(view.blocks)) expect(markup).not.toContain("evil");
  });
});

describe("the page before the glass is broken", () => {
  it("says what opens, until when, that nobody approves, who is told, the channel and the review", () => {
    const words = wordsIn(breakGlassSeen(foretold(consoleNamed("db-prod")), en).blocks);
    const { breakGlass } = en.emergency;
    for (const said of [
      "db-prod",
      breakGlass.nobodyDecides,
      breakGlass.told,
      "<#C01PRAAPPR>",
      breakGlass.reviewFollows,
      breakGlass.session,
    ])
      expect(words).toContain(said);
    expect(JSON.stringify(breakGlassSeen({ ...foretold(consoleNamed("db-prod")), told: [] }, en).blocks)).toContain(breakGlass.toldNobody);
  });
});

describe("the card of access past the approvers", () => {
  const card = (over: Parameters<typeof overviewOf>[0], viewer: CardViewer = approver) => approvalCard(overviewOf(over), viewer, en);
  const settled = approvalOf({
    status: "PASSED",
    seats: [],
    rules: { ...approvalOf({}).rules, skipped: ["UBEN1", "SOPS1"], passedMakesGrant: true },
  });

  it("says who gave what to whom, and past whom", () => {
    const { text, blocks } = card({ request: requestOf({ origin: "ON_CALL", requester: ben, status: "GRANTED" }), approval: settled });
    expect(text).toContain("on call, gave");
    const words = wordsIn(blocks);
    for (const said of [`<@${ben.userId}> is on call and gave <@${ana.userId}> access`, "On call, PRA-", "Given by "])
      expect(words).toContain(said);
    expect(JSON.stringify(blocks)).toContain("UBEN1");
    expect(JSON.stringify(blocks)).toContain("SOPS1");
    expect(words).not.toContain("asks for access");
  });

  it("says that the glass was broken and nobody approved, and that the review is open", () => {
    const review = { id: "r1", userId: ana.userId, answer: null, answeredBy: null, answeredAt: null, isDue: false };
    const request = requestOf({ origin: "BREAK_GLASS", status: "GRANTED" });
    const { text, blocks } = card({ request, approval: settled, review });
    expect(text).toContain("broke the glass");
    const words = wordsIn(blocks);
    for (const said of ["Break-glass, PRA-", "Nobody approved this access", "No approval was given", en.emergency.card.reviewOpen[1]])
      expect(words).toContain(said);
    expect(words).not.toContain("By its rules");
    expect(actionIds(blocks)).not.toContain("break_glass_review");
    expect(actionIds(card({ request, approval: settled, review }, requester).blocks)).toContain("break_glass_review");
    const stranger: CardViewer = { ...requester, userId: ben.userId };
    expect(actionIds(card({ request, approval: settled, review }, stranger).blocks)).not.toContain("break_glass_review");
  });

  it("shows the answers of the review to everybody, literally", () => {
    const answer = { happened: evil, done: "Restarted it.", follows: "A watchdog." };
    const review = { id: "r1", userId: ana.userId, answer, answeredBy: "cli:ops", answeredAt: at("2026-03-01T10:00:00Z"), isDue: false };
    const { blocks } = card({ request: requestOf({ origin: "BREAK_GLASS", status: "ENDED" }), approval: settled, review });
    const words = wordsIn(blocks);
    for (const said of [evil, "Restarted it.", "A watchdog.", "cli:ops"]) expect(words).toContain(said);
    for (const markup of markupIn(blocks)) expect(markup).not.toContain("evil");
  });
});
