import { describe, expect, it } from "vitest";
import { en } from "../../src/texts/en.ts";
import { approvalCard } from "../../src/views/approval-card.ts";
import { wordsIn } from "./block-kit.ts";
import { approver, channel, decided, decision, reader, requester } from "./card-viewers.ts";
import { approvalOf, at, consoleNamed, grantOf, overviewOf, requestOf, twoWeeks } from "./models.ts";

describe("a card of several requests made together", () => {
  it("names them all in one line, and a hundred by their first", () => {
    const madeTogether = ["PRA-1042", "PRA-1043"];
    expect(wordsIn(approvalCard(overviewOf({ madeTogether }), channel, en).blocks)).toContain(
      "One of 2 requests made together, because their consoles fall under different rules: PRA-1042, PRA-1043.",
    );
    const many = Array.from({ length: 100 }, (_, place) => `PRA-${1001 + place}`);
    expect(wordsIn(approvalCard(overviewOf({ madeTogether: many }), channel, en).blocks)).toContain("PRA-1010 and 90 more");
  });

  it("says nothing of it when it is alone", () => {
    expect(wordsIn(approvalCard(overviewOf(), channel, en).blocks)).not.toContain("made together");
  });
});

describe("a card with a deadline", () => {
  const at = new Date("2026-03-20T08:00:00Z");
  it.each([
    ["EXPIRED", "; after that the request expires."],
    ["APPROVED", "; after that it counts as approved."],
  ] as const)("says until when a decision is possible, in the reader's own zone, and what happens then: %s", (result, words) => {
    for (const viewer of [approver, requester, channel, reader]) {
      const { blocks } = approvalCard(overviewOf({ deadline: { at, result } }), viewer, en);
      expect(wordsIn(blocks)).toContain("Can be decided until ");
      expect(wordsIn(blocks)).toContain(words);
      expect(JSON.stringify(blocks)).toContain('"timestamp":1773993600');
    }
  });

  it("says that nobody approved what the deadline approved, beside what was decided until then", () => {
    const seats = [{ id: "s1", holder: { kind: "person", userId: "U2BEN" }, decision, insteadOf: null, autoApproveFor: null }] as const;
    const timedOut = overviewOf({
      request: requestOf({ status: "GRANTING" }),
      approval: approvalOf({ status: "APPROVED", seats, settledBy: null, completedAt: at }),
      deadline: { at, result: "APPROVED" },
    });
    const words = wordsIn(approvalCard(timedOut, approver, en).blocks);
    expect(words).toContain("Approved by ");
    expect(words).toContain("Approved because no decision had come by ");
    const byBen = { ...timedOut, approval: { ...timedOut.approval, settledBy: decision.by } };
    expect(wordsIn(approvalCard(byBen, approver, en).blocks)).not.toContain("because no decision");
  });

  it("says of an expired one that no decision had come, and by when", () => {
    const expired = overviewOf({
      request: requestOf({ status: "EXPIRED" }),
      approval: approvalOf({ status: "EXPIRED", completedAt: new Date("2026-03-20T08:00:07Z") }),
      deadline: { at, result: "EXPIRED" },
    });
    const { blocks } = approvalCard(expired, requester, en);
    expect(wordsIn(blocks)).toContain("Expired because no decision had come by ");
    expect(JSON.stringify(blocks)).toContain('"timestamp":1773993600');
  });
});

describe("a settled card", () => {
  it.each([
    [false, "PASSED", en.card.passedMakesNoGrant],
    [true, "GRANTING", en.card.passedMakesGrant],
  ] as const)("says in words what comes of a request that needed no decision (grant: %s)", (passedMakesGrant, status, sentence) => {
    const rules = { ...approvalOf().rules, passedMakesGrant };
    const approval = approvalOf({ status: "PASSED", rules, completedAt: at("2026-03-16T08:00:00Z") });
    const shown = wordsIn(approvalCard(overviewOf({ request: requestOf({ status }), approval }), channel, en).blocks);
    expect(shown).toContain(" and passed without a decision at ");
    expect(shown).toContain(sentence);
  });

  it("says who took it back, an administrator included, and what was closed because somebody had left", () => {
    const cancelled = (userId: string | null) =>
      approvalCard(
        overviewOf({
          request: requestOf({ status: "CANCELLED" }),
          approval: approvalOf({
            status: "CANCELLED",
            completedAt: twoWeeks.start,
            settledBy: userId === null ? null : { teamId: "T1", userId },
          }),
        }),
        requester,
        en,
      ).blocks;
    expect(JSON.stringify(cancelled("U9ROOT"))).toContain('"user_id":"U9ROOT"');
    expect(wordsIn(cancelled(null))).toContain("because whoever asked or would get the access is no longer in Slack");
  });

  it("says why a seat changed hands by itself", () => {
    const move = (kind: "ESCALATION" | "AUTO_REASSIGNMENT") => ({
      ...{ seatId: "s1", from: { kind: "person", userId: "U3CHI" } as const, to: { kind: "person", userId: "U2BEN" } as const },
      ...{ by: null, at: twoWeeks.start, comment: null, commentId: null, kind },
    });
    const words = (kind: "ESCALATION" | "AUTO_REASSIGNMENT") =>
      wordsIn(approvalCard(overviewOf({ approval: approvalOf({ reassignmentHistory: [move(kind)] }) }), approver, en).blocks);
    expect(words("ESCALATION")).toContain(en.card.byEscalation);
    expect(words("AUTO_REASSIGNMENT")).toContain(en.card.byLeaving);
  });

  it("says what was granted nevertheless when another microtenant's part failed", () => {
    const failure = { code: "zpa_refused", params: {}, reference: "ref-79" };
    const consoles = [consoleNamed("db-prod"), consoleNamed("hmi-4")];
    const [kept, lost] = consoles.map(({ id }) => [id]);
    const overview = decided({ status: "FAILED", failure, consoles });
    const grants = [grantOf({ consoleIds: kept ?? [] }), grantOf({ consoleIds: lost ?? [], status: "FAILED", failure })];
    expect(wordsIn(approvalCard({ ...overview, grants }, approver, en).blocks)).toContain("Granted nevertheless: db-prod");
  });

  it("says that the hours could not follow the clocks", () => {
    const failure = { code: "zpa_refused", params: {}, reference: "ref-80" };
    const overview = { ...decided({ status: "GRANTED" }), grants: [grantOf({ failure })] };
    const text = wordsIn(approvalCard(overview, requester, en).blocks);
    expect(text).toContain("could not be brought into step");
    expect(text).toContain("ref-80");
  });

  it("says who approved and when", () => {
    const { blocks } = approvalCard(decided({ status: "GRANTING" }), approver, en);
    expect(JSON.stringify(blocks)).toContain('"type":"user","user_id":"U2BEN"');
    expect(JSON.stringify(blocks)).toContain('"timestamp":1773648000');
    expect(JSON.stringify(blocks[0])).toContain("PRA-1042: Granting…");
  });

  it("quotes the reason of a rejection", () => {
    const rejected = overviewOf({
      request: requestOf({ status: "REJECTED" }),
      approval: approvalOf({
        status: "REJECTED",
        seats: [
          {
            id: "s1",
            holder: { kind: "person", userId: "U2BEN" },
            decision: { ...decision, verdict: "REJECTED", comment: "Not during the freeze" },
            insteadOf: null,
            autoApproveFor: null,
          },
        ],
      }),
    });
    expect(wordsIn(approvalCard(rejected, requester, en).blocks)).toContain("Not during the freeze");
  });
});
