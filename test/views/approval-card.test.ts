import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseApprovalConfig } from "../../src/services/approvals/approval-config.ts";
import { en } from "../../src/texts/en.ts";
import { textsFor } from "../../src/texts/texts.ts";
import { approvalCard } from "../../src/views/approval-card.ts";
import { MenuValue, menuValue } from "../../src/views/button-value.ts";
import { overview } from "./arbitraries.ts";
import { actionIds, expectMessage, markupIn, wordsIn } from "./block-kit.ts";
import { approver, channel, decided, decision, reader, requester } from "./card-viewers.ts";
import { ana, approvalOf, at, ben, consoleNamed, grantOf, overviewOf, requestOf, twoWeeks } from "./models.ts";

/** A failed request with as much of everything else as there can be. */
function overviewWithAllThereCanBe(seats: ReturnType<typeof approvalOf>["seats"]) {
  const long = "x".repeat(2000);
  const by = decision.by;
  const from = { kind: "person", userId: "U3CHI" } as const;
  const move = { seatId: "s0", from, to: from, by, at: decision.at, comment: long, commentId: null, kind: "MANUAL_REASSIGNMENT" } as const;
  const failure = { code: "zpa_refused", params: { reason: long }, reference: "ref-1" };
  const consoles = Array.from({ length: 100 }, (_, place) => consoleNamed(`${place}`.padEnd(300, "x")));
  const request = requestOf({ consoles, reason: long, beneficiary: ben, status: "FAILED", failure });
  const terms = { consoles, time: request.time };
  const change = { by, at: decision.at, before: terms, after: { ...terms, consoles: [] } };
  const consoleIds = consoles.map(({ id }) => id);
  const comments = Array.from({ length: 6 }, (_, place) => ({ id: `c${place}`, by, at: twoWeeks.start, text: long }));
  return overviewOf({
    ...{
      request,
      alsoOpens: consoles,
      withoutEffect: consoles,
      madeTogether: Array.from({ length: 100 }, (_, place) => `PRA-${1001 + place}`),
    },
    alreadyHolds: Array.from({ length: 9 }, () => ({
      label: "PRA-1001",
      consoleNames: consoles.map(({ name }) => name),
      window: twoWeeks,
    })),
    approval: approvalOf({
      status: "APPROVED",
      seats,
      comments,
      changes: [change, change, change],
      reassignmentHistory: [move, move, move, move],
    }),
    offsetChanges: Array.from({ length: 4 }, () => twoWeeks.start),
    grants: Array.from({ length: 12 }, () => grantOf({ consoleIds, failure })),
  });
}

describe("an approval card", () => {
  it("is taken by Slack whatever people typed and at every stage", () => {
    fc.assert(
      fc.property(overview, fc.constantFrom(approver, requester, channel, reader), fc.constantFrom("en", "de"), (model, viewer, locale) => {
        expectMessage(approvalCard(model, viewer, textsFor(locale)));
      }),
      { numRuns: 150 },
    );
  });

  it("is taken by Slack with many deciders, each with a comment as long as can be, and says how many are not shown", () => {
    const seats = Array.from(
      { length: 30 },
      (_, place) =>
        ({
          ...{ id: `s${place}`, holder: { kind: "person", userId: `U${place}` } as const, insteadOf: null, autoApproveFor: null },
          decision: {
            ...decision,
            capacity: "ADMIN",
            at: new Date(decision.at.getTime() + place * 1000),
            comment: `${place} `.padEnd(2000, "x"),
          },
        }) as const,
    );
    for (const locale of ["en", "de"]) {
      const texts = textsFor(locale);
      const crowded = overviewWithAllThereCanBe(seats);
      for (const viewer of [approver, requester, channel, reader]) expectMessage(approvalCard(crowded, viewer, texts));
      const shown = wordsIn(approvalCard(crowded, channel, texts).blocks);
      expect(shown).toContain(texts.card.earlierDecisions(22));
      expect(shown).toContain("29 xxx"); // the last that decided
      expect(shown).not.toContain("21 xxx");
    }
  });

  it("shows a lone decider's comment at length", () => {
    const seat = { id: "s1", holder: { kind: "person", userId: "U2BEN" }, insteadOf: null, autoApproveFor: null } as const;
    const comment = "x".repeat(1000);
    const approval = approvalOf({ status: "APPROVED", seats: [{ ...seat, decision: { ...decision, comment } }] });
    expect(wordsIn(approvalCard(overviewOf({ approval }), approver, en).blocks)).toContain(comment);
  });

  it("lets nothing that people typed into a text that Slack reads as markup", () => {
    const evil = "<!channel> <@U666> *x* <https://evil.example|click>";
    const request = requestOf({
      reason: evil,
      requester: { ...ana, name: evil },
      consoles: [consoleNamed(evil, { segmentName: evil })],
      status: "FAILED",
      failure: { code: "zpa_refused", params: { reason: evil }, reference: "ref-1" },
    });
    const card = approvalCard(overviewOf({ request, alsoOpens: [consoleNamed(evil)] }), channel, en);
    expect(markupIn(card.blocks).join("\n")).not.toContain("evil");
    expect(card.text).not.toMatch(/<!channel>|<@U666>|<https/);
    expect(wordsIn(card.blocks)).toContain(evil);
  });

  it("shows who asks for whom, why, what else opens and what is held already", () => {
    const card = approvalCard(
      overviewOf({
        request: requestOf({ beneficiary: ben }),
        alsoOpens: [consoleNamed("db-prod-replica")],
        alreadyHolds: [{ label: "PRA-1001", consoleNames: ["db-prod"], window: twoWeeks }],
      }),
      approver,
      en,
    );
    const words = wordsIn(card.blocks);
    expect(words).toContain("<@U1ANA> asks for access for <@U2BEN>.");
    expect(words).toContain("OPS-123: replace the disk");
    expect(words).toContain("db-prod-replica");
    expect(words).toContain("PRA-1001: db-prod until ");
    expect(card.text).toBe("PRA-1042: Ana Ribeiro asks for access to db-prod. Waiting for a decision");
  });

  it("shows times in the reader's zone and in the request's, and the crons", () => {
    const words = markupIn(approvalCard(overviewOf(), approver, en).blocks).join("\n");
    expect(words).toContain(
      "<!date^1773648000^{date_short_pretty} {time}|2026-03-16 08:00 UTC> – <!date^1773676800^{time}|2026-03-16 16:00 UTC>",
    );
    expect(words).toContain("your time, America/New_York");
    expect(words).toContain("Mon, 16 Mar 2026, 09:00–17:00 (Europe/Berlin)");
    expect(words).toContain("`0 0 8 ? * MON,TUE,WED,THU,FRI`");
    expect(words.match(/•/g)).toHaveLength(3);
  });

  it("names the zone once when the reader lives in it", () => {
    const words = markupIn(approvalCard(overviewOf(), { ...approver, timeZone: "Europe/Berlin" }, en).blocks).join("\n");
    expect(words).not.toContain("(Europe/Berlin)");
    expect(words).toContain("(Europe/Lisbon)");
  });

  it("tells of a change of the clocks inside the window", () => {
    const words = wordsIn(approvalCard(overviewOf({ offsetChanges: [at("2026-03-29T01:00:00Z")] }), approver, en).blocks);
    expect(words).toContain("The clocks in Europe/Berlin change on Sun, 29 Mar 2026, 03:00.");
  });

  it("says that a start has passed", () => {
    const time = { ...requestOf().time, start: { kind: "at", at: at("2026-03-16T07:30:00Z") } } as const;
    expect(wordsIn(approvalCard(overviewOf({ request: requestOf({ time }) }), approver, en).blocks)).toContain(en.card.lateStart);
  });

  it("says that nothing is left of a window that is over", () => {
    const card = approvalCard(overviewOf({ window: null, nextOpenings: [] }), approver, en);
    expect(wordsIn(card.blocks)).toContain(en.card.noOpenings);
  });

  it("folds a hundred consoles and counts the rest", () => {
    const consoles = Array.from({ length: 100 }, (_, index) => consoleNamed(`console-${index}`));
    const card = approvalCard(overviewOf({ request: requestOf({ consoles }) }), approver, en);
    expectMessage(card);
    expect(wordsIn(card.blocks)).toContain("and 85 more");
    expect(card.text).toContain("console-0, console-1, console-2 and 97 more");
  });

  it("says once what ZPA says twice of a console, and names a microtenant that is not the Default one", () => {
    const named = consoleNamed("db", { segmentName: "db.example.com", microtenantId: "7", microtenantName: "Plant Nord" });
    expect(wordsIn(approvalCard(overviewOf({ request: requestOf({ consoles: [named] }) }), approver, en).blocks)).toContain(
      " · db.example.com · Plant Nord · SSH ",
    );
  });

  it("isolates a right-to-left name in the fallback", () => {
    const request = requestOf({ requester: { ...ana, name: "נועה \u202eכהן" } });
    expect(approvalCard(overviewOf({ request }), approver, en).text).toContain("\u2068נועה כהן\u2069 asks");
  });
});

describe("the buttons of a card", () => {
  it("carry the approval and its version, and nothing of who may press them", () => {
    const { blocks } = approvalCard(overviewOf(), approver, en);
    expect(actionIds(blocks)).toEqual(["approve", "reject", "reassign", "ask", "card_menu"]);
    const actions = blocks.find((block) => block.type === "actions");
    const buttons = actions?.elements.filter((element) => element.type === "button") ?? [];
    expect(buttons.map(({ value }) => value)).toEqual(Array.from({ length: 4 }, () => '{"approvalId":"a1","version":3}'));
    expect(buttons.map(({ accessibility_label: label }) => label)).toEqual([
      "Approve PRA-1042",
      "Reject PRA-1042 with a reason",
      "Hand the decision on PRA-1042 to someone else",
      "Ask the requester of PRA-1042 something",
    ]);
    const menu = actions?.elements.find((element) => element.type === "overflow");
    expect(menu?.options.map(({ value }) => MenuValue.parse(value))).toEqual([
      { choice: "changes", value: { approvalId: "a1", version: 3 } },
      { choice: "details", value: { approvalId: "a1", version: 3 } },
    ]);
  });

  it("ask for the comment that the rules want with a yes", () => {
    const config = parseApprovalConfig({ requiresComment: "APPROVAL" });
    expect(actionIds(approvalCard(overviewOf({ approval: approvalOf({ config }) }), approver, en).blocks)[0]).toBe("approve_with_comment");
  });

  it("keep to the 75 characters of a menu's option with the longest id and version there can be", () => {
    const id = "0198a3c2-5b7e-7cc3-9a10-0123456789ab";
    expect(menuValue("changes", { approvalId: id, version: 2_147_483_647 }).length).toBeLessThanOrEqual(75);
  });

  it("let the requester remind, withdraw and see the details, the beneficiary all but withdraw, and others only the details", () => {
    expect(actionIds(approvalCard(overviewOf(), requester, en).blocks)).toEqual(["nudge", "withdraw", "details"]);
    const forBen = overviewOf({ request: requestOf({ beneficiary: ben }) });
    expect(actionIds(approvalCard(forBen, { ...requester, userId: ben.userId }, en).blocks)).toEqual(["nudge", "details"]);
    expect(actionIds(approvalCard(overviewOf(), { ...requester, userId: "U2BEN" }, en).blocks)).toEqual(["details"]);
  });

  it("lead to each portal once it is granted, for the requester", () => {
    const granted = decided({ status: "GRANTED", consoles: [consoleNamed("a"), consoleNamed("b")] });
    const { blocks } = approvalCard(granted, requester, en);
    expect(actionIds(blocks)).toEqual(["open_portal_0", "done", "change_access"]);
    expect(JSON.stringify(blocks)).toContain('"url":"https://pra.example.com"');
    expect(actionIds(approvalCard(granted, approver, en).blocks)).toEqual(["change_access", "revoke_access"]);
  });

  it("offer another try once it failed, beside the reason and the reference", () => {
    const failure = { code: "zpa_busy", params: {}, reference: "ref-77" };
    const failed = { ...decided({ status: "FAILED", failure }), grants: [grantOf({ status: "FAILED", failure })] };
    const { blocks } = approvalCard(failed, approver, en);
    expect(actionIds(blocks)).toEqual(["retry"]);
    expect(wordsIn(blocks)).toContain("Zscaler is busy at the moment. Try again in a minute.\nReference: ref-77");
    const halved = { ...decided({ status: "GRANTED" }), grants: [grantOf(), grantOf({ status: "FAILED", failure })] };
    const card = approvalCard(halved, approver, en);
    expect(actionIds(card.blocks)).toContain("retry");
    expect(JSON.stringify(card.blocks)).toContain(failure.reference);
  });

  it("offer no other try where nothing was planned: the window was over at the decision", () => {
    const failure = { code: "window_over", params: {}, reference: "ref-78" };
    expect(actionIds(approvalCard(decided({ status: "FAILED", failure }), approver, en).blocks)).toEqual([]);
  });

  it("are missing from a card to read, at every stage", () => {
    fc.assert(
      fc.property(overview, (model) => {
        expect(actionIds(approvalCard(model, reader, en).blocks)).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });

  it("are gone from a card that is settled", () => {
    for (const status of ["ENDING", "REJECTED", "CANCELLED", "ENDED"] as const)
      expect(actionIds(approvalCard(decided({ status }), approver, en).blocks)).toEqual([]);
  });
});
