/**
 * Contract: requester and requestee sit on no seat and decide on none (OFF); who sits there instead; and when a requester's seat
 * approves itself (DIRECT, INDIRECT), which never makes two voices of one person.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { group, ids, later, OPENED, type Play, parallel, type Rehearsals, rehearsals, serial } from "./a-rehearsal.ts";

let house: Rehearsals;
beforeAll(async () => {
  house = await rehearsals();
});
afterAll(() => house.close());

const fallback = (identityID: string) => ({ fallbackApprover: { identityID, type: "IDENTITY" } });
type Case = readonly [name: string, play: Play, approvers: readonly string[], status?: string];
const table = (cases: readonly Case[]) =>
  cases.map(([name, play, approvers, status = "PENDING"]) => [name, play, approvers, status] as const);
const plays = async (_: string, play: Play, approvers: readonly string[], status: string) => {
  const { approval } = await house.play(play);
  expect(ids(approval.approvers)).toEqual(approvers);
  expect(approval.status).toBe(status);
};

describe("autoApprove OFF", () => {
  const two = { criteria: parallel("100%", 1) };
  it.each(
    table([
      ["puts the first administrator on the requester's seat", { approvers: ["ana", "bo"], admins: ["root", "rita"] }, ["root", "bo"]],
      ["puts the fallback approver there first", { approvers: ["ana", "bo"], config: fallback("fay") }, ["fay", "bo"]],
      ["does so for the requestee", { approvers: ["lu", "bo"], requestee: "lu" }, ["root", "bo"]],
      [
        "does so for both, each by another",
        { approvers: ["lu", "ana", "bo"], requestee: "lu", config: fallback("fay") },
        ["fay", "root", "bo"],
      ],
      [
        "gives the administrator who is the fallback, too, one of two seats",
        { approvers: ["lu", "ana", "bo"], requestee: "lu", admins: ["root", "rita"], config: fallback("root") },
        ["root", "rita", "bo"],
      ],
      ["does not let the fallback be the requester", { approvers: ["ana", "bo"], config: fallback("ana") }, ["root", "bo"]],
      ["does not let the administrator be the requester", { approvers: ["ana", "bo"], admins: ["ana", "rita"] }, ["rita", "bo"]],
      ["gives nobody a second seat", { approvers: ["ana", "bo"], config: fallback("bo") }, ["root", "bo"]],
      [
        "puts somebody on a group's seat whose other members have seats of their own",
        {
          approvers: ["bo", group("sre", "bo", "ana")],
          config: fallback("fay"),
          criteria: parallel(2, 1),
          steps: ["bo approve ok", "fay approve ok"],
        },
        ["bo", "fay"],
        "APPROVED",
      ],
      [
        "does so when the other member is the one who stands in",
        { approvers: [group("sre", "root", "ana"), "ana"], admins: ["root", "rita"], config: fallback("fay"), criteria: parallel(2, 1) },
        ["sre", "fay"],
      ],
      [
        "and when the stand-in for one seat was another's last member",
        { approvers: [group("sre", "fay", "lu"), "ana"], requestee: "lu", config: fallback("fay"), criteria: parallel(2, 1) },
        ["fay", "root"],
      ],
      [
        "leaves a group of people with seats of their own as it is",
        { approvers: ["bo", group("sre", "bo")], criteria: parallel(2, 1) },
        ["bo", "sre"],
      ],
      ["leaves the seat out when nobody can sit there", { approvers: ["ana", "bo"], admins: [] }, ["bo"]],
      [
        "counts the seat that is left out in no percentage",
        { approvers: ["ana", "bo"], admins: [], ...two, steps: ["bo approve ok"] },
        ["bo"],
        "APPROVED",
      ],
      ["refuses the requester who was taken off", { approvers: ["ana", "bo"], steps: ["ana approve self_approval"] }, ["root", "bo"]],
      ["refuses the requester's no, too", { approvers: ["ana", "bo"], steps: ["ana reject self_approval"] }, ["root", "bo"]],
      ["refuses the requestee", { approvers: ["bo"], requestee: "lu", steps: ["lu approve self_approval"] }, ["bo"]],
      ["refuses them as members of a group", { approvers: [group("sre", "ana", "cy")], steps: ["ana approve self_approval"] }, ["sre"]],
      ["leaves the group to its others", { approvers: [group("sre", "ana", "cy")], steps: ["cy approve ok"] }, ["sre"], "APPROVED"],
      ["takes a group of nobody else off, too", { approvers: [group("us", "ana", "lu"), "bo"], requestee: "lu" }, ["root", "bo"]],
      [
        "lets the stand-in decide",
        { approvers: ["ana"], ...two, config: fallback("fay"), steps: ["root comment comment_required", "fay approve ok"] },
        ["fay"],
        "APPROVED",
      ],
      [
        "keeps the place in a chain",
        {
          approvers: ["bo", "ana", "cy"],
          criteria: serial("100%", 1),
          steps: ["bo approve ok", "cy approve not_your_turn", "root approve ok", "cy approve ok"],
        },
        ["bo", "root", "cy"],
        "APPROVED",
      ],
      ["is what an old page calls false", { approvers: ["ana", "bo"], config: { autoApprove: "false" } }, ["root", "bo"]],
      [
        "takes a group as fallback",
        { approvers: ["ana", group("sre", "cy")], config: fallback("sre"), steps: ["cy approve ok"] },
        ["root", "sre"],
        "APPROVED",
      ],
    ]),
  )("%s", plays);

  it.each<readonly [string, Play]>([
    ["nobody is left at all", { approvers: ["ana"], admins: [] }],
    ["the fallback is the requester, and there is no administrator", { approvers: ["ana"], admins: [], config: fallback("ana") }],
    ["fewer are left than must agree", { approvers: ["ana", "bo"], admins: [], criteria: parallel(2, 1) }],
    ["the only group has no members", { approvers: [group("sre")], admins: [] }],
  ])("makes an invalid script when %s", async (_, play) => {
    await expect(house.play(play)).rejects.toMatchObject({ code: "invalid_input" });
  });
});

describe("autoApprove DIRECT", () => {
  const direct = { requester: "ana", requestee: "lu", config: { autoApprove: "DIRECT" } };
  it.each(
    table([
      ["approves the requester's own seat at the opening", { ...direct, approvers: ["ana", "bo"] }, ["ana", "bo"], "APPROVED"],
      ["and waits for who else must agree", { ...direct, approvers: ["ana", "bo"], criteria: parallel(2, 2) }, ["ana", "bo"]],
      [
        "which the requester cannot add to",
        {
          ...direct,
          approvers: ["ana", group("sre", "ana", "cy")],
          criteria: parallel(2, 2),
          steps: ["ana approve already_decided", "cy approve ok"],
        },
        ["ana", "sre"],
        "APPROVED",
      ],
      [
        "not when requester and requestee are one",
        { ...direct, requestee: "ana", approvers: ["ana", "bo"], steps: ["ana approve self_approval"] },
        ["root", "bo"],
      ],
      ["not for the requestee's seat", { ...direct, approvers: ["lu", "bo"], steps: ["lu approve self_approval"] }, ["root", "bo"]],
      ["not through a group", { ...direct, approvers: [group("sre", "ana", "cy")], steps: ["ana approve self_approval"] }, ["sre"]],
    ]),
  )("%s", plays);

  it("comes in a chain when the turn comes", async () => {
    const { approval } = await house.play({
      ...direct,
      approvers: ["bo", "ana", "cy"],
      criteria: serial("100%", 1),
      steps: ["cy approve not_your_turn", "bo approve ok", "cy approve ok"],
    });
    expect(approval).toMatchObject({ status: "APPROVED", approvedBy: [{ identityID: "bo" }, { identityID: "ana" }, { identityID: "cy" }] });
    expect(approval.approvedBy[1]).toMatchObject({ decisionDate: later({ minutes: 2 }) });
  });

  it("asks the requester for no comment", async () => {
    const { approval } = await house.play({ ...direct, config: { autoApprove: "DIRECT", requiresComment: "ALL" }, approvers: ["ana"] });
    expect(approval).toMatchObject({ status: "APPROVED", completedDate: OPENED, comments: [] });
  });

  it("goes to whom an administrator hands the seat before its turn", async () => {
    const { approval } = await house.play({
      ...direct,
      approvers: ["bo", "ana"],
      criteria: serial("100%", 1),
      steps: [["root", "reassign", { reassignFrom: "ana", reassignTo: "ed" }, "ok"], "bo approve ok", "ed approve ok"],
    });
    expect(ids(approval.approvedBy)).toEqual(["bo", "ed"]);
  });
});

describe("autoApprove INDIRECT", () => {
  const indirect = { requester: "ana", requestee: "lu", config: { autoApprove: "INDIRECT" } };
  const sre = group("sre", "ana", "cy");
  it.each(
    table([
      ["approves a group's seat with the requester in it", { ...indirect, approvers: [sre, "bo"] }, ["sre", "bo"], "APPROVED"],
      ["approves the requester's own seat", { ...indirect, approvers: ["ana", "bo"] }, ["ana", "bo"], "APPROVED"],
      [
        "approves the own seat and not the group's, too: one person is one voice",
        { ...indirect, approvers: [sre, "ana"], criteria: parallel(2, 2) },
        ["sre", "ana"],
      ],
      [
        "approves one of several groups",
        {
          ...indirect,
          approvers: [sre, group("dba", "ana", "di")],
          criteria: parallel(2, 2),
          steps: ["cy approve already_decided", "di approve ok"],
        },
        ["sre", "dba"],
        "APPROVED",
      ],
      ["not a group with the requestee alone", { ...indirect, approvers: [group("dba", "lu", "di")] }, ["dba"]],
      ["not when requester and requestee are one", { ...indirect, requestee: "ana", approvers: [sre] }, ["sre"]],
    ]),
  )("%s", plays);

  it("waits for its turn in a chain, whatever timer rings before", async () => {
    const reminderConfig = { enabled: true, daysUntilFirstReminder: 1, reminderCronSchedule: "@every 24h" };
    const { approval } = await house.play({
      ...indirect,
      config: { ...indirect.config, reminderConfig },
      approvers: ["bo", group("sre", "ana")],
      criteria: serial(2, 1),
      steps: [["bo", "approve", {}, "ok", later({ hours: 30 })]],
    });
    expect(approval).toMatchObject({ status: "APPROVED", completedDate: later({ hours: 30 }), reassignmentHistory: [] });
  });

  it("says as whom", async () => {
    const { approval } = await house.play({ ...indirect, approvers: [sre] });
    expect(approval.approvedBy).toMatchObject([{ identityID: "ana", actionedAs: [{ id: "sre" }], decisionDate: OPENED }]);
  });
});
