/**
 * Contract: what `pra approvals replay` says of approving and rejecting: whose turn it is, how many must agree, what needs a comment.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { group, ids, later, type Play, parallel, type Rehearsals, rehearsals, serial } from "./a-rehearsal.ts";

let house: Rehearsals;
beforeAll(async () => {
  house = await rehearsals();
});
afterAll(() => house.close());

type Case = readonly [name: string, play: Play, end: object];
const sre = group("sre", "cy", "di");

describe("how many must agree", () => {
  const three = ["bo", "cy", "di"];
  const cases: readonly Case[] = [
    ["COUNT 1: the first yes", { approvers: three, steps: ["cy approve ok"] }, { status: "APPROVED" }],
    [
      "COUNT 2 waits for the second",
      { approvers: three, criteria: parallel(2, 1), steps: ["cy approve ok"] },
      { status: "PENDING", completedDate: null },
    ],
    [
      "PERCENT 50 of three is two, rounded up",
      { approvers: three, criteria: parallel("50%", 3), steps: ["bo approve ok"] },
      { status: "PENDING" },
    ],
    [
      "PERCENT 34 of three is two, rounded up",
      { approvers: three, criteria: parallel("34%", 3), steps: ["bo approve ok"] },
      { status: "PENDING" },
    ],
    ["PERCENT 33 of three is one", { approvers: three, criteria: parallel("33%", 3), steps: ["bo approve ok"] }, { status: "APPROVED" }],
    [
      "PERCENT 100 is all",
      {
        approvers: three,
        criteria: parallel("100%", 1),
        steps: ["bo approve ok", "di approve ok", "cy approve ok"],
      },
      { status: "APPROVED", completedDate: later({ minutes: 3 }) },
    ],
    [
      "a COUNT beyond the seats is all of them",
      {
        approvers: ["bo", "cy"],
        criteria: parallel(9, 9),
        steps: ["bo approve ok", "cy approve ok"],
      },
      { status: "APPROVED" },
    ],
    [
      "the rejection criterion is met",
      {
        approvers: ["bo", "cy", "di", "ed"],
        criteria: parallel(1, 2),
        steps: ["bo reject ok", "cy reject ok"],
      },
      { status: "REJECTED" },
    ],
    [
      "one no of a rejection quorum of two changes nothing yet",
      { approvers: three, criteria: parallel(1, 2), steps: ["bo reject ok"] },
      { status: "PENDING" },
    ],
    [
      "the rejection PERCENT rounds up, too",
      { approvers: three, criteria: parallel(1, "34%"), steps: ["bo reject ok"] },
      { status: "PENDING" },
    ],
    [
      "the approval criterion can no longer be met",
      { approvers: three, criteria: parallel("100%", "100%"), steps: ["di reject ok"] },
      { status: "REJECTED" },
    ],
    [
      "it could still be met until the second no",
      {
        approvers: three,
        criteria: parallel(2, 3),
        steps: ["bo reject ok", "cy approve ok", "di reject ok"],
      },
      { status: "REJECTED", completedDate: later({ minutes: 3 }) },
    ],
    [
      "a seat more makes a PERCENT want more",
      {
        approvers: ["bo", "cy"],
        criteria: parallel("50%", 2),
        steps: [["root", "reassign", { reassignTo: "ed" }, "ok"], "bo approve ok", "ed approve ok"],
      },
      { status: "APPROVED", completedDate: later({ minutes: 3 }) },
    ],
    [
      "one approver named twice holds one seat",
      { approvers: ["bo", "bo"], criteria: parallel("100%", 1), steps: ["bo approve ok"] },
      { status: "APPROVED" },
    ],
  ];
  it.each(cases)("%s", async (_, play, end) => expect((await house.play(play)).approval).toMatchObject(end));
});

describe("who said what", () => {
  it("is told with instant, capacity and comment", async () => {
    const { approval } = await house.play({
      approvers: ["bo", sre],
      criteria: parallel("100%", "100%"),
      steps: [
        ["di", "approve", { comment: "  ticket is fine " }, "ok"],
        ["bo", "reject", { comment: "not today" }, "ok"],
      ],
    });
    expect(approval).toMatchObject({
      status: "REJECTED",
      approvedBy: [
        {
          identityID: "di",
          type: "IDENTITY",
          decisionDate: later({ minutes: 1 }),
          actionedAs: [{ id: "sre", type: "GOVERNANCE_GROUP" }],
        },
      ],
      rejectedBy: [{ identityID: "bo", decisionDate: later({ minutes: 2 }), actionedAs: [{ id: "bo", type: "IDENTITY" }] }],
      comments: [
        { author: { identityID: "di" }, comment: "ticket is fine", createdDate: later({ minutes: 1 }) },
        { author: { identityID: "bo" }, comment: "not today" },
      ],
      assignedTo: [],
    });
    expect(ids(approval.approvers)).toEqual(["bo", "sre"]);
  });
});

describe("a serial chain", () => {
  const chain = { approvers: ["bo", sre, "ed"], criteria: serial("100%", 1) };

  it("asks one after the other, in the order of approvers", async () => {
    const { approval } = await house.play({
      ...chain,
      steps: [
        "ed approve not_your_turn",
        "cy reject not_your_turn",
        "bo approve ok",
        "ed approve not_your_turn",
        "bo approve already_decided",
        "cy approve ok",
      ],
    });
    expect(approval).toMatchObject({ status: "PENDING", serialStep: 3, assignedTo: [{ identityID: "ed", serialOrder: 3 }] });
    expect(approval.approvers.map(({ serialOrder }) => serialOrder)).toEqual([1, 2, 3]);
  });

  it("ends where it was decided, not where it would have gone on", async () => {
    expect((await house.play({ ...chain, steps: ["bo reject ok"] })).approval).toMatchObject({
      status: "REJECTED",
      serialStep: 1,
      assignedTo: [],
    });
  });

  it("has no steps when it is parallel", async () => {
    const { approval } = await house.play({ approvers: ["bo", "cy"], criteria: parallel(2, 1) });
    expect(approval.serialStep).toBe(0);
    expect(approval.assignedTo.map(({ identityID, serialOrder }) => [identityID, serialOrder])).toEqual([
      ["bo", 0],
      ["cy", 0],
    ]);
  });

  it("lets the holder of a later seat hand it over only when its turn has come, and an administrator at any time", async () => {
    const { approval } = await house.play({
      ...chain,
      steps: [
        ["ed", "reassign", { reassignTo: "flo" }, "not_your_turn"],
        ["root", "reassign", { reassignTo: "flo", reassignFrom: "ed" }, "ok"],
        "bo approve ok",
        "cy approve ok",
        "flo approve ok",
      ],
    });
    expect(approval.status).toBe("APPROVED");
  });
});

describe("a comment is required", () => {
  const table = {
    ALL: { approve: "comment_required", reject: "comment_required" },
    APPROVAL: { approve: "comment_required", reject: "ok" },
    REJECTION: { approve: "ok", reject: "comment_required" },
    OFF: { approve: "ok", reject: "ok" },
  } as const;
  const cases = Object.entries(table).flatMap(([requiresComment, by]) =>
    Object.entries(by).map(([deed, outcome]) => [requiresComment, deed, outcome] as const),
  );
  it.each(cases)("by %s to %s without one: %s", async (requiresComment, deed, outcome) => {
    for (const body of [null, { comment: null }, { comment: "" }, { comment: " \n\t " }])
      await house.play({ approvers: ["bo"], config: { requiresComment }, steps: [["bo", deed, body, outcome]] });
    await house.play({ approvers: ["bo"], config: { requiresComment }, steps: [["bo", deed, { comment: "because" }, "ok"]] });
  });

  it("is not asked of who may not decide anyway", async () => {
    await house.play({ approvers: ["bo"], config: { requiresComment: "ALL" }, steps: ["eve approve not_allowed"] });
  });
});

describe("a group is one seat", () => {
  const both = { approvers: [sre, "bo"], criteria: parallel("100%", 2) };

  it.each<Case>([
    [
      "that one member decides for all",
      {
        ...both,
        steps: ["cy approve ok", "di approve already_decided", "di reject already_decided"],
      },
      { status: "PENDING", assignedTo: [{ identityID: "bo" }] },
    ],
    [
      "that a member with a seat of their own does not count for",
      {
        approvers: [sre, "cy"],
        criteria: parallel("100%", 2),
        steps: ["cy approve ok", "cy approve already_decided"],
      },
      { status: "PENDING", assignedTo: [{ identityID: "sre" }] },
    ],
    [
      "and a member of two decides for one of them only",
      {
        approvers: [sre, group("dba", "cy", "ed")],
        criteria: parallel("100%", 2),
        steps: ["cy approve ok", "cy approve already_decided", "ed approve ok"],
      },
      { status: "APPROVED" },
    ],
    ["and strangers have nothing to do with it", { ...both, steps: ["eve approve not_allowed"] }, { status: "PENDING" }],
  ])("%s", async (_, play, end) => expect((await house.play(play)).approval).toMatchObject(end));

  it("that shows its members", async () => {
    const { approval } = await house.play({ approvers: [sre] });
    expect(approval.approvers).toMatchObject([
      { identityID: "sre", type: "GOVERNANCE_GROUP", members: [{ id: "cy", type: "IDENTITY" }, { id: "di" }] },
    ]);
  });
});
