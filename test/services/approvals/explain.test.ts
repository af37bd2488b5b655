import { describe, expect, it } from "vitest";
import type { Approval, Holder } from "../../../src/services/approvals/approval.ts";
import { parseApprovalConfig } from "../../../src/services/approvals/approval-config.ts";
import { decide } from "../../../src/services/approvals/decide.ts";
import { explain } from "../../../src/services/approvals/explain.ts";
import { handOn } from "../../../src/services/approvals/hand-on.ts";
import { openApproval } from "../../../src/services/approvals/open-approval.ts";
import { sameHolder } from "../../../src/services/approvals/seats.ts";
import { nextDue, passTime } from "../../../src/services/approvals/timers.ts";
import { emergencyRoute } from "../../../src/services/policy/emergency.ts";
import { routeFor } from "../../../src/services/policy/route.ts";
import { de } from "../../../src/texts/de.ts";
import { en } from "../../../src/texts/en.ts";
import { explanationLines, idsIn } from "../../../src/views/explanation.ts";
import { consoleLike } from "../catalog/console.ts";
import { anApproval, decider, group, person } from "./an-approval.ts";

const opened = new Date("2026-11-02T08:00:00Z");
const hoursOn = (hours: number): Date => new Date(opened.getTime() + hours * 3_600_000);
const names = new Map([
  ["UANA", "Ana"],
  ["UBEN", "Ben"],
  ["UCHI", "Chiyo"],
  ["UDAN", "Dan"],
  ["UROOT", "Root"],
  ["SOPS", "Operations"],
]);
const console = consoleLike({ name: "db-prod", segmentId: "s1", segmentGroupId: "g1", segmentGroupName: "Databases" });

const explained = (approval: Approval, over: Partial<Parameters<typeof explain>[0]> = {}, now = hoursOn(1)) =>
  explain(
    {
      approval,
      request: {
        number: 1042,
        status: approval.status === "APPROVED" ? "GRANTING" : approval.status,
        consoles: [console],
        origin: "REQUEST",
      },
      madeTogether: [],
      members: new Map([["SOPS", ["UANA", "UBEN", "UCHI", "UDAN"]]]),
      admins: [person("UROOT")],
      ...over,
    },
    now,
  );
const sentences = (...args: Parameters<typeof explained>): string => explanationLines(explained(...args), names, en).join("\n");

const underRules = (scope: "SEGMENT_GROUP" | "MICROTENANT" | "TENANT", scopeId: string, revision = 3): Partial<Approval> => ({
  rules: { ...anApproval([]).rules, source: { scope, scopeId, revision }, approversFrom: "RULES", priority: "HIGH" },
});
const twoOfThree = {
  type: "PARALLEL",
  approval: { calculationType: "COUNT", value: 2 },
  rejection: { calculationType: "PERCENT", value: 67 },
} as const;
const timers = parseApprovalConfig({
  reminderConfig: { enabled: true, daysUntilFirstReminder: 1, reminderCronSchedule: "@every 24h", maxReminders: 3 },
  escalationConfig: {
    enabled: true,
    daysUntilFirstEscalation: 2,
    escalationCronSchedule: "@every 24h",
    escalationChain: [{ identityId: "UANA" }, { identityId: "UDAN" }],
  },
  timeoutConfig: { enabled: true, daysUntilTimeout: 7, timeoutResult: "EXPIRED" },
});

describe("an explanation says", () => {
  it("which rules count, whose they are and of which revision", () => {
    expect(sentences(anApproval([person("UBEN")], underRules("SEGMENT_GROUP", "g1")))).toContain(
      "The rules of the segment group “Databases”, revision 3, as they stood when the request was made.\n  Priority: high.",
    );
    expect(sentences(anApproval([person("UBEN")], underRules("MICROTENANT", "0", 9)))).toContain("the microtenant “Default”, revision 9");
    expect(sentences(anApproval([person("UBEN")], underRules("TENANT", "")))).toContain("The rules of the whole tenant, revision 3");
    expect(sentences(anApproval([person("UBEN")]))).toContain("No rules are written for these consoles: the settings of Portcullis count.");
  });

  it("what it takes, in seats, and how many there are so far", () => {
    const approval = anApproval([person("UBEN"), person("UCHI"), person("UDAN")], { criteria: twoOfThree });
    const one = decide(approval, { kind: "approve", by: decider("UBEN"), version: null, comment: null }, hoursOn(1)).approval;
    expect(sentences(one)).toContain("2 of 3 must agree; 1 has so far.");
    expect(sentences(one)).toContain("3 of 3 end it with a no; 0 have said no so far.");
    expect(sentences(one)).toContain("They decide in any order.");
  });

  it("whose turn it is in a chain", () => {
    const serial = { ...twoOfThree, type: "SERIAL" } as const;
    const text = sentences(anApproval([person("UBEN"), person("UCHI")], { criteria: serial }));
    expect(text).toContain("They decide one after the other, in this order.");
    expect(text).toContain("Seat 1: Ben. Named by the setting APPROVERS. It is their turn.");
    expect(text).toContain("Seat 2: Chiyo. Named by the setting APPROVERS. Others decide before.");
  });

  it("through whom a group decides: not the requester, nobody with a seat or a voice of their own", () => {
    const approval = anApproval([group("SOPS"), person("UBEN")]);
    expect(sentences(approval)).toContain("Seat 1: Operations. Any one of these decides: Chiyo, Dan. Named by");
    expect(sentences(approval, { members: new Map([["SOPS", ["UANA"]]]) })).toContain("Of this group nobody could decide at the moment.");
    expect(sentences(approval, { members: new Map() })).toContain("Seat 1: Operations. Named by");
  });

  it("who sits instead of whom, and why", () => {
    const approval = anApproval([person("UROOT"), person("UCHI"), person("UDAN")], { beneficiaryUserId: "UEVE" });
    const [first, second, third] = approval.seats;
    const seats = [
      { ...first, insteadOf: person("UANA") },
      { ...second, insteadOf: person("UEVE") },
      { ...third, insteadOf: group("SOPS") },
    ] as Approval["seats"];
    const text = sentences({ ...approval, seats });
    expect(text).toContain("Seat 1: Root. Instead of Ana, who asked for it.");
    expect(text).toContain("Seat 2: Chiyo. Instead of UEVE, who would receive the access.");
    expect(text).toContain("Seat 3: Dan. Instead of Operations, through whom nobody could decide when the request was made.");
  });

  it("who handed a seat over, and who took one over", () => {
    const approval = anApproval([person("UBEN"), person("UCHI")], { criteria: twoOfThree });
    const command = { kind: "reassign", by: decider("UBEN"), version: null, from: null, to: person("UDAN"), comment: "on leave" } as const;
    const reassigned = decide(approval, command, hoursOn(1)).approval;
    expect(sentences(reassigned)).toContain("Seat 1: Dan. Handed over from Ben, by Ben. It is their turn.");
    expect(sentences(reassigned)).toContain("2026-11-02 09:00 UTC: reassigned from Ben to Dan by Ben.");
    const taken = decide(reassigned, { kind: "approve", by: decider("UROOT"), version: null, comment: null }, hoursOn(2)).approval;
    expect(sentences(taken)).toContain("Seat 1: Root. Taken over from Dan, as an administrator. Root agreed at 2026-11-02 10:00 UTC.");
    expect(sentences(taken)).toContain("2026-11-02 10:00 UTC: Root agreed as an administrator.");
  });

  it("who decides in place of somebody who left Slack", () => {
    const presence = { of: (holder: Holder) => (sameHolder(holder, person("UBEN")) ? "gone" : "here") } as const;
    const by = { now: hoursOn(1), presence, fallback: person("UDAN"), admins: [], reference: "REF1" };
    const { approval } = handOn(anApproval([person("UBEN"), person("UCHI")]), by);
    expect(sentences(approval)).toContain("Seat 1: Dan. In place of Ben, who is no longer in Slack. It is their turn.");
    expect(sentences(approval)).toContain("2026-11-02 09:00 UTC: handed on from Ben, who had left Slack, to Dan.");
  });

  it("who may not decide and why", () => {
    expect(sentences(anApproval([person("UBEN")]))).toContain("Ana, who asked for it and would receive the access.");
    const text = sentences(anApproval([person("UBEN")], { beneficiaryUserId: "UCHI" }));
    expect(text).toContain("Ana, who asked for it.\n  Chiyo, who would receive the access.\n  Nor any other Slack account");
    const config = parseApprovalConfig({ selfApproval: "ALLOWED" });
    expect(sentences(anApproval([person("UBEN")], { config }))).toContain("lets requester and beneficiary decide like everyone else");
  });

  it("what comes next and when: the reminder, to whom it escalates, the deadline", () => {
    const approval = anApproval([person("UBEN")], { config: timers });
    expect(sentences(approval)).toContain(
      [
        "What comes next, if nobody acts",
        "  2026-11-03 08:00 UTC: a reminder.",
        "  2026-11-04 08:00 UTC: the seat of Ben goes to Root.", // the chain's first link is the requester
        "  2026-11-09 08:00 UTC: the request expires.",
      ].join("\n"),
    );
    expect(sentences(anApproval([person("UBEN")]))).toContain("Nothing: it waits until somebody decides.");
  });

  it("that the chain has run out, and that a late timer comes at once", () => {
    const approval = passTime(anApproval([person("UBEN")], { config: timers }), hoursOn(2 * 24), [person("UROOT")]).approval;
    const further = passTime(approval, hoursOn(3 * 24), [person("UROOT")]).approval;
    expect(sentences(further, {}, hoursOn(3 * 24))).toContain(
      "2026-11-06 08:00 UTC: the escalation chain has run out, and the administrators are told.",
    );
    const text = sentences(further, {}, hoursOn(4 * 24 + 1));
    expect(text).toContain("2026-11-06 09:00 UTC: the escalation chain has run out");
    expect(text).toContain("2026-11-04 08:00 UTC: escalated from Ben to Root.");
    expect(text).toContain("Seat 1: Dan. Escalated from Root, because no decision had come.");
  });

  it("nothing of what comes next or whom it waits for once it is settled", () => {
    const done = decide(
      anApproval([person("UBEN"), person("UCHI")], { config: timers }),
      { kind: "reject", by: decider("UBEN"), version: null, comment: "no" },
      hoursOn(1),
    ).approval;
    const text = sentences(done);
    expect(text).not.toContain(en.explain.nextTitle);
    expect(text).not.toContain(en.explain.barredTitle);
    expect(text).toContain("Seat 2: Chiyo. Named by the setting APPROVERS. No decision came from here.");
    expect(text).toContain("2026-11-02 08:00 UTC: asked by Ana.\n  2026-11-02 09:00 UTC: Ben said no.\n  2026-11-02 09:00 UTC: rejected.");
  });

  it("that a request needed no decision", () => {
    const text = sentences(anApproval([], { status: "PASSED", completedAt: opened }));
    expect(text).toContain("Nobody: no decision is needed.");
    expect(text).toContain("passed without a decision, as the rules have it.");
  });

  it("which requests were made together", () => {
    expect(sentences(anApproval([person("UBEN")]), { madeTogether: ["PRA-1042", "PRA-1043"] })).toContain(
      "One of 2 requests made together",
    );
  });

  it("the same in German", () => {
    const approval = anApproval([person("UBEN")], { config: timers, ...underRules("SEGMENT_GROUP", "g1") });
    const text = explanationLines(explained(approval), names, de).join("\n");
    expect(text).toContain("Die Regeln der Segmentgruppe „Databases“, Fassung 3");
    expect(text).toContain("2026-11-04 08:00 UTC: Der Platz von Ben geht an Root über.");
  });

  it("nobody whom it does not list by id, and survives JSON", () => {
    const model = explained(anApproval([group("SOPS"), person("UBEN")], { config: timers }));
    expect(new Set(idsIn(model, en))).toEqual(new Set(["SOPS", "UCHI", "UDAN", "UBEN", "UROOT", "UANA"]));
    expect(JSON.parse(JSON.stringify(model))).toMatchObject({
      label: "PRA-1042",
      next: [{ kind: "REMINDER", at: "2026-11-03T08:00:00.000Z" }, {}, {}],
    });
  });
});

/** Contract: what is foretold is what the timers do when nobody acts. */
describe("what is foretold", () => {
  it("comes to pass", () => {
    let approval = anApproval([person("UBEN")], { config: timers });
    const foretold = explained(approval).next;
    const came: string[] = [];
    for (let due = nextDue(approval); due !== null; due = nextDue(approval)) {
      const passed = passTime(approval, due, [person("UROOT")]);
      for (const { kind } of passed.events) came.push(`${due.toISOString()} ${kind}`);
      approval = passed.approval;
    }
    const kinds = {
      REMINDER: "approval.reminded",
      ESCALATION: "approval.reassigned",
      DEADLINE: "approval.settled",
      ESCALATION_EXHAUSTED: "",
    };
    expect(foretold).toHaveLength(3);
    for (const { kind, at } of foretold) expect(came).toContain(`${at.toISOString()} ${kinds[kind]}`);
  });
});

describe("access past the approvers", () => {
  const request = { number: 1042, status: "GRANTED", consoles: [console] } as const;
  const opened = (kind: "ON_CALL" | "BREAK_GLASS", requesterUserId: string) => {
    const { approvers, criteria, config, rules } = emergencyRoute(
      kind,
      routeFor({ approvers: ["UBEN"], selfApproval: false }),
      requesterUserId,
      ["UBEN", "SOPS"],
    );
    const { approval } = openApproval(
      {
        ...{ id: "a1", requestId: "r1", requester: { teamId: "T1", userId: requesterUserId }, beneficiaryUserId: "UANA", standIns: [] },
        ...{ interestedZpaUsers: [], criteria, config, rules },
        approvers: approvers.map((holder) => ({ holder, members: [], isHere: true })),
      },
      hoursOn(0),
    );
    return approval;
  };

  it("is explained as what it is: who gave it, by which right, and past whom", () => {
    const said = sentences(opened("ON_CALL", "UDAN"), { request: { ...request, origin: "ON_CALL" } });
    for (const words of [
      "was on call and gave this access without a second approver",
      "Skipped, and told:",
      "setting ON_CALL",
      "who was on call",
    ])
      expect(said).toContain(words);
    expect(said).not.toContain("asked by");
  });

  it("claims no approval and no rule for a broken glass", () => {
    const said = sentences(opened("BREAK_GLASS", "UANA"), { request: { ...request, origin: "BREAK_GLASS" } });
    for (const words of ["broke the glass: nobody decided", "Skipped, and told:", "went past the approvers, without a decision"])
      expect(said).toContain(words);
    for (const words of ["as the rules have it", "agreed", "no decision is needed"]) expect(said).not.toContain(words);
  });
});
