/**
 * Contract: what `pra approvals replay` says of moving work: who may hand whose seat to whom, what is kept of it, and how an
 * administrator who is no approver takes a seat over.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { group, ids, later, type Play, parallel, type Rehearsals, rehearsals, type Step, serial } from "./a-rehearsal.ts";

let house: Rehearsals;
beforeAll(async () => {
  house = await rehearsals();
});
afterAll(() => house.close());

const sre = group("sre", "cy", "di");
const to = (reassignTo: string, reassignFrom?: string) => ({ reassignTo, ...(reassignFrom === undefined ? {} : { reassignFrom }) });
const reassign = (by: string, body: object, outcome: string): Step => [by, "reassign", body, outcome];

describe("reassigning", () => {
  const all = { approvers: ["bo", sre], criteria: parallel("100%", 1) };
  const cases: readonly (readonly [name: string, play: Play, approvers: readonly string[]])[] = [
    ["my seat", { ...all, steps: [reassign("bo", to("ed"), "ok"), "bo approve not_allowed", "ed approve ok"] }, ["ed", "sre"]],
    ["my seat, named", { ...all, steps: [reassign("bo", to("ed", "bo"), "ok")] }, ["ed", "sre"]],
    ["my seat, with blanks around", { ...all, steps: [reassign("bo", to(" ed ", " "), "ok")] }, ["ed", "sre"]],
    ["my group's seat", { ...all, steps: [reassign("cy", to("ed"), "ok"), "di approve not_allowed"] }, ["bo", "ed"]],
    ["my group's seat, the group named", { ...all, steps: [reassign("cy", to("ed", "sre"), "ok")] }, ["bo", "ed"]],
    ["my group's seat, myself named", { ...all, steps: [reassign("cy", to("ed", "cy"), "ok")] }, ["bo", "ed"]],
    ["my group's seat to me alone", { ...all, steps: [reassign("cy", to("cy"), "ok"), "di approve not_allowed"] }, ["bo", "cy"]],
    [
      "of my two groups' seats the one named",
      { approvers: [sre, group("dba", "cy", "ed")], criteria: parallel(2, 1), steps: [reassign("cy", to("fay", "dba"), "ok")] },
      ["sre", "fay"],
    ],
    [
      "of my two groups' seats the one named, in its turn only",
      {
        approvers: [sre, group("dba", "cy", "ed")],
        criteria: serial(2, 1),
        steps: [
          reassign("cy", to("fay", "dba"), "not_your_turn"),
          "di approve ok",
          reassign("cy", to("fay", "sre"), "already_decided"),
          reassign("cy", to("fay", "dba"), "ok"),
        ],
      },
      ["sre", "fay"],
    ],
    [
      "my group's seat besides my own",
      { ...all, approvers: ["bo", group("sre", "bo", "di")], steps: [reassign("bo", to("ed", "sre"), "not_allowed")] },
      ["bo", "sre"],
    ],
    [
      "my group's seat as an administrator who has decided on their own",
      {
        approvers: ["root", group("sre", "root", "di")],
        criteria: parallel(2, 2),
        steps: ["root approve ok", reassign("root", to("fay", "sre"), "ok"), reassign("root", to("gus", "root"), "already_decided")],
      },
      ["root", "fay"],
    ],
    [
      "my group's seat as an administrator, before its turn",
      {
        approvers: ["bo", group("sre", "root", "di")],
        criteria: serial(2, 1),
        steps: [reassign("root", to("gus"), "not_your_turn"), reassign("root", to("fay", "sre"), "ok")],
      },
      ["bo", "fay"],
    ],
    [
      "to a group that sits already",
      { ...all, approvers: ["bo", sre], steps: [reassign("root", to("sre", "bo"), "already_approver")] },
      ["bo", "sre"],
    ],
    ["somebody's seat, by an administrator", { ...all, steps: [reassign("root", to("ed", "bo"), "ok")] }, ["ed", "sre"]],
    ["a group's seat, by an administrator", { ...all, steps: [reassign("root", to("ed", "sre"), "ok")] }, ["bo", "ed"]],
    ["nobody's seat, by an administrator: one is added", { ...all, steps: [reassign("root", to("ed"), "ok")] }, ["bo", "sre", "ed"]],
    ["blank is nobody's seat", { ...all, steps: [reassign("root", to("ed", ""), "ok")] }, ["bo", "sre", "ed"]],
    ["an administrator adds themselves", { ...all, steps: [reassign("root", to("root"), "ok"), "root approve ok"] }, ["bo", "sre", "root"]],
    ["an administrator with a seat moves it", { ...all, admins: ["bo"], steps: [reassign("bo", to("ed"), "ok")] }, ["ed", "sre"]],
    ["somebody else's seat", { ...all, steps: [reassign("bo", to("ed", "sre"), "not_allowed")] }, ["bo", "sre"]],
    ["by a stranger", { ...all, steps: [reassign("eve", to("ed"), "not_allowed")] }, ["bo", "sre"]],
    ["by a stranger who names themselves", { ...all, steps: [reassign("eve", to("ed", "eve"), "not_allowed")] }, ["bo", "sre"]],
    ["by the requester", { ...all, steps: [reassign("ana", to("ed"), "not_allowed")] }, ["bo", "sre"]],
    ["by the requester, from somebody", { ...all, steps: [reassign("ana", to("ed", "bo"), "not_allowed")] }, ["bo", "sre"]],
    [
      "by the requester as administrator",
      { ...all, admins: ["ana"], steps: [reassign("ana", to("ed", "bo"), "self_approval")] },
      ["bo", "sre"],
    ],
    ["a seat that nobody of the name holds", { ...all, steps: [reassign("root", to("ed", "zoe"), "invalid_input")] }, ["bo", "sre"]],
    ["to nobody", { ...all, steps: [reassign("bo", {}, "invalid_input"), reassign("bo", to(" "), "invalid_input")] }, ["bo", "sre"]],
    ["to myself", { ...all, steps: [reassign("bo", to("bo"), "already_approver")] }, ["bo", "sre"]],
    ["to somebody with a seat", { ...all, approvers: ["bo", "ed"], steps: [reassign("bo", to("ed"), "already_approver")] }, ["bo", "ed"]],
    [
      "to somebody with a seat, decided",
      { ...all, approvers: ["bo", "ed"], steps: ["ed approve ok", reassign("bo", to("ed"), "already_approver")] },
      ["bo", "ed"],
    ],
    ["to who decided for a group", { ...all, steps: ["cy approve ok", reassign("bo", to("cy"), "already_approver")] }, ["bo", "sre"]],
    ["to the requester", { ...all, steps: [reassign("bo", to("ana"), "self_approval")] }, ["bo", "sre"]],
    ["to the requestee", { ...all, requestee: "lu", steps: [reassign("bo", to("lu"), "self_approval")] }, ["bo", "sre"]],
    ["back", { ...all, steps: [reassign("bo", to("ed"), "ok"), reassign("ed", to("bo"), "reassign_loop")] }, ["ed", "sre"]],
    [
      "back, by an administrator, two hands later",
      {
        ...all,
        steps: [reassign("bo", to("ed"), "ok"), reassign("ed", to("flo"), "ok"), reassign("root", to("bo", "flo"), "reassign_loop")],
      },
      ["flo", "sre"],
    ],
    ["to who held another seat before", { ...all, steps: [reassign("bo", to("ed"), "ok"), reassign("cy", to("bo"), "ok")] }, ["ed", "bo"]],
    ["a seat that has decided", { ...all, steps: ["bo approve ok", reassign("bo", to("ed"), "already_decided")] }, ["bo", "sre"]],
    [
      "a seat that has decided, by an administrator",
      { ...all, steps: ["bo approve ok", reassign("root", to("ed", "bo"), "already_decided")] },
      ["bo", "sre"],
    ],
  ];
  it.each(cases)("%s", async (_, play, approvers) => expect(ids((await house.play(play)).approval.approvers)).toEqual(approvers));

  it("goes to a group as one seat, unless none of its members could decide", async () => {
    // A group is known when it is one of the approvers; once it handed its seat on, it may get another.
    const dba = group("dba", "ed", "flo");
    const bo = { approvers: ["bo", dba, group("ours", "ana")], admins: ["root"], criteria: parallel(3, 1) };
    const { approval } = await house.play({
      ...bo,
      config: { fallbackApprover: { identityID: "gus", type: "IDENTITY" } },
      steps: [
        reassign("bo", to("ours"), "self_approval"),
        reassign("ed", to("hal"), "ok"),
        reassign("bo", to("dba"), "ok"),
        "flo approve ok",
        reassign("gus", to("dba"), "already_approver"),
      ],
    });
    expect(ids(approval.approvers)).toEqual(["dba", "hal", "gus"]);
  });

  it("does not go to a group whose members all sit already", async () => {
    await house.play({
      approvers: ["bo", group("dba", "ed")],
      criteria: parallel("100%", 1),
      steps: [reassign("ed", to("ed"), "ok"), reassign("bo", to("dba"), "already_approver")],
    });
  });

  it("keeps who, whose, whom, when and why", async () => {
    const { approval } = await house.play({
      approvers: ["bo"],
      criteria: parallel(1, 1),
      steps: [
        reassign("bo", { reassignTo: "ed", comment: "on leave" }, "ok"),
        reassign("root", { reassignTo: "flo", reassignFrom: "ed" }, "ok"),
        reassign("root", { reassignTo: "gus" }, "ok"),
      ],
    });
    const [comment] = approval.comments;
    expect(comment).toMatchObject({ author: { identityID: "bo" }, comment: "on leave" });
    const [bo, ed, flo, gus, root] = ["bo", "ed", "flo", "gus", "root"].map((identityID) => ({ identityID }));
    const kind = { reassignmentType: "MANUAL_REASSIGNMENT" };
    expect(approval.reassignmentHistory).toMatchObject([
      {
        ...kind,
        reassignedFrom: bo,
        reassignedTo: ed,
        reassigner: bo,
        reassignmentDate: later({ minutes: 1 }),
        commentID: comment?.commentId,
      },
      { ...kind, reassignedFrom: ed, reassignedTo: flo, reassigner: root, reassignmentDate: later({ minutes: 2 }), commentID: null },
      { ...kind, reassignedFrom: null, reassignedTo: gus, reassigner: root },
    ]);
  });
});

describe("an administrator who is no approver", () => {
  it("takes over the first seat that is undecided, and it is recorded", async () => {
    const { approval } = await house.play({
      approvers: ["bo", "cy", "di"],
      criteria: parallel("100%", 1),
      steps: [
        "bo approve ok",
        ["root", "approve", { comment: "cy is ill" }, "ok"],
        "cy approve not_allowed",
        "root approve already_decided",
      ],
    });
    expect(ids(approval.approvers)).toEqual(["bo", "root", "di"]);
    expect(ids(approval.assignedTo)).toEqual(["di"]);
    expect(approval.reassignmentHistory).toMatchObject([
      {
        reassignedFrom: { identityID: "cy" },
        reassignedTo: { identityID: "root" },
        reassigner: { identityID: "root" },
        reassignmentDate: later({ minutes: 2 }),
        reassignmentType: "MANUAL_REASSIGNMENT",
      },
    ]);
    expect(approval.approvedBy).toMatchObject([{ identityID: "bo" }, { identityID: "root", actionedAs: [{ id: "root" }] }]);
    expect(approval.comments).toMatchObject([{ author: { identityID: "root" }, comment: "cy is ill" }]);
  });

  it("takes the seat whose turn it is in a chain", async () => {
    const { approval } = await house.play({
      approvers: ["bo", "cy"],
      criteria: serial("100%", 1),
      steps: ["bo approve ok", "root reject ok"],
    });
    expect(approval).toMatchObject({ status: "REJECTED", serialStep: 2 });
  });

  it.each<readonly [string, Play]>([
    [
      "waits for the turn when they sit in the chain",
      { approvers: ["bo", "root"], criteria: serial(2, 1), steps: ["root approve not_your_turn"] },
    ],
    [
      "says why, where a reason is wanted",
      { approvers: ["bo"], config: { requiresComment: "ALL" }, steps: ["root approve comment_required"] },
    ],
    ["is not the requester", { approvers: ["bo"], admins: ["ana"], steps: ["ana approve self_approval", "ana reject self_approval"] }],
    ["is not the requestee", { approvers: ["bo"], requestee: "root", steps: ["root approve self_approval"] }],
    [
      "whose group has decided has decided with it",
      {
        approvers: [group("sre", "root", "cy"), "bo"],
        criteria: parallel("100%", 2),
        steps: ["cy approve ok", "root approve already_decided"],
      },
    ],
    ["decides on a seat of their own before anyone else's", { approvers: ["bo", "root"], steps: ["root approve ok"] }],
  ])("%s", async (_, play) => {
    expect((await house.play(play)).approval.reassignmentHistory).toEqual([]);
  });
});
