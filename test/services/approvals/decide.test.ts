import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ErrorCode, PortcullisError } from "../../../src/errors.ts";
import type { Approval } from "../../../src/services/approvals/approval.ts";
import { type ApprovalCommand, decide } from "../../../src/services/approvals/decide.ts";
import { holderKey } from "../../../src/services/approvals/seats.ts";
import { anApproval, decider, group, person } from "./an-approval.ts";

const now = new Date("2026-11-02T09:00:00Z");
const approve = (userId: string, version = 1, ...groups: string[]): ApprovalCommand => ({
  kind: "approve",
  by: decider(userId, ...groups),
  version,
  comment: null,
});
const reject = (userId: string, comment: string | null, version = 1): ApprovalCommand => ({
  kind: "reject",
  by: decider(userId),
  version,
  comment,
});
const reassign = (userId: string, to: ReturnType<typeof person>, comment = "on leave"): ApprovalCommand => ({
  kind: "reassign",
  by: decider(userId),
  version: 1,
  from: null,
  to,
  comment,
});

function refusal(approval: Approval, command: ApprovalCommand): PortcullisError {
  try {
    decide(approval, command, now);
  } catch (error) {
    if (error instanceof PortcullisError) return error;
    throw error;
  }
  throw new Error("was not refused");
}

describe("a comment that the database cannot keep", () => {
  it.each(["a\0b", "\ud83d", "\udc4d half"])("is refused at its field, and nothing is decided: %j", (comment) => {
    const refused = expect.objectContaining({ code: "invalid_input", details: expect.objectContaining({ field: "comment" }) });
    for (const kind of ["approve", "reject"] as const) {
      const command = { kind, by: decider("UBEN"), version: null, comment };
      expect(() => decide(anApproval([person("UBEN")]), command, new Date("2026-11-02T09:00:00Z"))).toThrow(refused);
    }
  });
});

describe("approving", () => {
  it("settles the approval when the one seat that is needed says yes", () => {
    const { approval, events } = decide(anApproval([person("UBEN"), person("UCHI")]), approve("UBEN"), now);
    expect(approval).toMatchObject({ status: "APPROVED", version: 2, completedAt: now });
    expect(events.map(({ kind }) => kind)).toEqual(["approval.seat_decided", "approval.settled"]);
    expect(approval.settledBy).toEqual({ teamId: "T1", userId: "UBEN" });
  });

  it("lets any member of a group decide for the group's seat", () => {
    const { approval } = decide(anApproval([group("SOPS")]), approve("UCHI", 1, "SOPS"), now);
    expect(approval.seats[0]?.decision?.by.userId).toBe("UCHI");
  });

  it("waits for as many seats as the criterion asks", () => {
    const two = anApproval([person("UBEN"), person("UCHI"), person("UDOR")], {
      criteria: {
        type: "PARALLEL",
        approval: { calculationType: "PERCENT", value: 50 },
        rejection: { calculationType: "COUNT", value: 2 },
      },
    });
    const first = decide(two, approve("UBEN"), now).approval;
    expect(first.status).toBe("PENDING");
    expect(decide(first, approve("UCHI", 2), now).approval.status).toBe("APPROVED");
  });
});

describe("rejecting", () => {
  it("keeps the reason with the decision", () => {
    const { approval } = decide(anApproval([person("UBEN")]), reject("UBEN", "  wrong console "), now);
    expect(approval).toMatchObject({ status: "REJECTED", seats: [{ decision: { comment: "wrong console" } }] });
  });

  it("ends the approval as soon as its criterion can no longer be met", () => {
    const all = anApproval([person("UBEN"), person("UCHI")], {
      criteria: {
        type: "PARALLEL",
        approval: { calculationType: "PERCENT", value: 100 },
        rejection: { calculationType: "COUNT", value: 2 },
      },
    });
    expect(decide(all, reject("UBEN", "no"), now).approval.status).toBe("REJECTED");
  });
});

describe("reassigning", () => {
  it("moves the same seat and keeps the history", () => {
    const { approval } = decide(anApproval([person("UBEN")]), reassign("UBEN", person("UDOR")), now);
    expect(approval).toMatchObject({
      status: "PENDING",
      version: 2,
      seats: [{ id: "1", holder: person("UDOR"), decision: null }],
      reassignmentHistory: [{ seatId: "1", from: person("UBEN"), to: person("UDOR"), comment: "on leave" }],
    });
    expect(refusal(approval, approve("UBEN", 2)).code).toBe("not_allowed");
    expect(decide(approval, approve("UDOR", 2), now).approval.status).toBe("APPROVED");
  });
});

describe("a seat that an administrator adds", () => {
  it("has an id of its own, also where a seat was left out at the opening", () => {
    const [, second, third] = anApproval([person("UBEN"), person("UCHI"), person("UDOR")]).seats;
    const sparse = anApproval([], { seats: [second, third].filter((seat) => seat !== undefined) });
    const add = { kind: "reassign", by: decider("UROOT"), version: 1, from: null, to: person("UEVE"), comment: "one more" } as const;
    expect(decide(sparse, add, now).approval.seats.map(({ id }) => id)).toEqual(["2", "3", "4"]);
  });
});

describe("what is refused, and why", () => {
  const settled = decide(anApproval([person("UBEN"), person("UCHI")]), approve("UBEN"), now).approval;
  const pending = anApproval([person("UBEN")]);
  const cases: readonly [string, Approval, ApprovalCommand, ErrorCode][] = [
    ["a late click", settled, approve("UCHI", 2), "already_decided"],
    ["a late click on an old card", settled, approve("UCHI", 1), "already_decided"],
    ["the requester", anApproval([person("UANA")]), approve("UANA"), "self_approval"],
    ["the beneficiary", anApproval([person("UBEN")], { beneficiaryUserId: "UBEN" }), approve("UBEN"), "self_approval"],
    ["the requester through a group", anApproval([group("SOPS")]), approve("UANA", 1, "SOPS"), "self_approval"],
    ["someone without a seat", pending, approve("UEVE"), "not_allowed"],
    ["a member of another group", anApproval([group("SOPS")]), approve("UEVE", 1, "SDEV"), "not_allowed"],
    ["an old card", anApproval([person("UBEN")], { version: 3 }), approve("UBEN", 2), "card_stale"],
    ["a rejection without a reason", pending, reject("UBEN", "  "), "comment_required"],
    ["a reassignment to oneself", pending, reassign("UBEN", person("UBEN")), "already_approver"],
    ["a reassignment to the requester", pending, reassign("UBEN", person("UANA")), "self_approval"],
    ["a withdrawal by someone else", pending, { kind: "cancel", by: decider("UBEN"), comment: null }, "not_allowed"],
    ["a withdrawal after the decision", settled, { kind: "cancel", by: decider("UANA"), comment: null }, "already_decided"],
  ];
  it.each(cases)("%s", (_name, approval, command, code) => {
    expect(refusal(approval, command).code).toBe(code);
  });

  it("says to the late one who decided, what and when", () => {
    expect(refusal(settled, approve("UCHI")).details.params).toEqual({
      status: "APPROVED",
      byUserId: "UBEN",
      atEpochSeconds: now.getTime() / 1000,
    });
  });
});

describe("for any sequence of commands", () => {
  const people = ["UANA", "UBEN", "UCHI", "UDOR", "UEVE"];
  const anyCommand = fc.record({
    kind: fc.constantFrom("approve" as const, "reject" as const, "reassign" as const),
    userId: fc.constantFrom(...people),
    to: fc.constantFrom(...people),
    percent: fc.integer({ min: 1, max: 100 }),
  });

  it("one person is one voice, the interested never decide, and a settled approval stays as it is", () => {
    fc.assert(
      fc.property(fc.array(anyCommand, { maxLength: 12 }), fc.integer({ min: 1, max: 100 }), (commands, percent) => {
        let approval = anApproval([person("UBEN"), person("UCHI"), group("SOPS")], {
          criteria: {
            type: "PARALLEL",
            approval: { calculationType: "PERCENT", value: percent },
            rejection: { calculationType: "COUNT", value: 2 },
          },
        });
        for (const { kind, userId, to } of commands) {
          const before = approval;
          const by = decider(userId, ...(userId === "UEVE" ? ["SOPS"] : []));
          const command: ApprovalCommand =
            kind === "reassign"
              ? { kind, by, version: approval.version, from: null, to: person(to), comment: "why" }
              : { kind, by, version: approval.version, comment: "why" };
          try {
            approval = decide(approval, command, now).approval;
            expect(before.status).toBe("PENDING");
            expect(approval.version).toBe(before.version + 1);
          } catch (error) {
            expect(error).toBeInstanceOf(PortcullisError);
          }
          const open = approval.seats.filter((each) => each.decision === null).map((each) => holderKey(each.holder));
          expect(new Set(open).size).toBe(open.length);
          expect(approval.seats).toHaveLength(3);
          const voices = approval.seats.flatMap((each) => (each.decision === null ? [] : [each.decision.by.userId]));
          expect(new Set(voices).size).toBe(voices.length);
          expect(approval.seats.some((each) => each.decision?.by.userId === "UANA")).toBe(false);
        }
      }),
    );
  });
});
