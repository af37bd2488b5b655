/** Contract: what is settled, by whom or whatever, stays as it is; commands of one instant count in the order of the file. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { later, OPENED, type Rehearsals, rehearsals } from "./a-rehearsal.ts";

let house: Rehearsals;
beforeAll(async () => {
  house = await rehearsals();
});
afterAll(() => house.close());

describe("what is settled stays", () => {
  const everything = (who: string) =>
    (["approve", "reject", "comment", "attributes", "cancel"] as const).map(
      (deed) => [who, deed, { comment: "late", additionalAttributes: { a: "b" } }, "already_decided"] as const,
    );
  const settling = { approved: "approve", rejected: "reject", cancelled: "cancel" } as const;
  it.each(Object.entries(settling))("when it was %s", async (_, deed) => {
    const by = deed === "cancel" ? "ana" : "bo";
    const { approval } = await house.play({
      approvers: ["bo", "cy"],
      steps: [
        [by, deed, null, "ok"],
        ...["bo", "cy", "ana", "root", "eve"].flatMap(everything),
        ["bo", "reassign", { reassignTo: "ed" }, "already_decided"],
        ["root", "reassign", { reassignTo: "ed", reassignFrom: "cy" }, "already_decided"],
      ],
    });
    expect(approval).toMatchObject({ completedDate: later({ minutes: 1 }), comments: [], additionalAttributes: "{}" });
  });

  it("when it was circumvented: PASSED at the opening, and nobody has a say", async () => {
    const { approval, reminders } = await house.play({
      approvers: ["bo"],
      config: {
        circumventApprovalProcess: true,
        reminderConfig: { enabled: true, reminderCronSchedule: "@daily" },
        timeoutConfig: { enabled: true, daysUntilTimeout: 1 },
      },
      steps: [["bo", "approve", null, "already_decided", OPENED], "ana cancel already_decided"],
    });
    expect(approval).toMatchObject({ status: "PASSED", completedDate: OPENED, approvedBy: [], assignedTo: [] });
    expect(reminders).toEqual([]);
  });
});

describe("commands of one instant", () => {
  it("count in the order of the file", async () => {
    const { approval } = await house.play({
      approvers: ["bo", "cy"],
      steps: [
        ["cy", "reject", null, "ok", OPENED],
        ["bo", "approve", null, "already_decided", OPENED],
      ],
    });
    expect(approval).toMatchObject({ status: "REJECTED", completedDate: OPENED });
  });

  it("and those written out of order are played in the order of time, their outcomes told in the file's", async () => {
    const { approval } = await house.play({
      approvers: ["bo", "cy"],
      steps: [
        ["bo", "approve", null, "already_decided", later({ hours: 2 })],
        ["cy", "reject", null, "ok", later({ hours: 1 })],
      ],
    });
    expect(approval.status).toBe("REJECTED");
  });
});
