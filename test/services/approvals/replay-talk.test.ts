/** Contract: what `pra approvals replay` says of comments, additional attributes and cancelling, and of who may. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { group, later, parallel, type Rehearsals, rehearsals, type Step } from "./a-rehearsal.ts";

let house: Rehearsals;
beforeAll(async () => {
  house = await rehearsals();
});
afterAll(() => house.close());

const open = { approvers: ["bo", group("sre", "cy", "di")], requestee: "lu", criteria: parallel("100%", 2) };
const says = (by: string, comment: string | null, outcome = "ok"): Step => [by, "comment", { comment }, outcome];
const sets = (by: string, body: object, outcome = "ok"): Step => [by, "attributes", body, outcome];

describe("comments", () => {
  it("are for who takes part: requester, requestee, approvers, members, administrators", async () => {
    const { approval } = await house.play({
      ...open,
      steps: [
        says("ana", "why so slow?"),
        says("lu", "I need it"),
        says("bo", "looking"),
        says("di", " me too\n"),
        says("root", "mind the ticket"),
        says("eve", "hello", "not_allowed"),
        says("bo", " ", "comment_required"),
        ["bo", "comment", {}, "comment_required"],
        ["bo", "comment", { comment: 7 }, "invalid_input"],
      ],
    });
    expect(approval.comments.map(({ author, comment, createdDate }) => [author.identityID, comment, createdDate])).toEqual([
      ["ana", "why so slow?", later({ minutes: 1 })],
      ["lu", "I need it", later({ minutes: 2 })],
      ["bo", "looking", later({ minutes: 3 })],
      ["di", "me too", later({ minutes: 4 })],
      ["root", "mind the ticket", later({ minutes: 5 })],
    ]);
    expect(new Set(approval.comments.map(({ commentId }) => commentId)).size).toBe(5);
  });

  it("are kept with whatever they came, in order", async () => {
    const { approval } = await house.play({
      ...open,
      steps: [
        ["bo", "approve", { comment: "one" }, "ok"],
        sets("bo", { additionalAttributes: { a: "1" }, comment: "two" }),
        ["cy", "reassign", { reassignTo: "ed", comment: "three" }, "ok"],
        says("ed", "four"),
        ["ana", "cancel", { comment: "five" }, "ok"],
      ],
    });
    expect(approval.comments.map(({ comment }) => comment)).toEqual(["one", "two", "three", "four", "five"]);
  });

  it("are for who has decided still, and not for who handed on", async () => {
    await house.play({
      ...open,
      steps: [
        "bo approve ok",
        says("bo", "one more thing"),
        ["cy", "reassign", { reassignTo: "ed" }, "ok"],
        says("cy", "and", "not_allowed"),
      ],
    });
  });
});

describe("additional attributes", () => {
  it("are added, edited and removed, and answered as JSON in a string", async () => {
    const { approval } = await house.play({
      ...open,
      steps: [
        sets("ana", { additionalAttributes: { ticket: "OPS-1", site: "Ulm" } }),
        sets("bo", { additionalAttributes: { ticket: "OPS-2" }, removeAttributeKeys: ["site", "never"] }),
        sets("root", { additionalAttributes: { risk: "low" } }),
      ],
    });
    expect(typeof approval.additionalAttributes).toBe("string");
    expect(JSON.parse(approval.additionalAttributes)).toEqual({ ticket: "OPS-2", risk: "low" });
  });

  it("come with a yes, too", async () => {
    const { approval } = await house.play({
      ...open,
      steps: [
        sets("ana", { additionalAttributes: { ticket: "OPS-1" } }),
        ["bo", "approve", { additionalAttributes: { change: "C-9" } }, "ok"],
        ["cy", "approve", { additionalAttributes: { ticket: "OPS-3" } }, "ok"],
      ],
    });
    expect(approval.status).toBe("APPROVED");
    expect(JSON.parse(approval.additionalAttributes)).toEqual({ ticket: "OPS-3", change: "C-9" });
  });

  it("are refused to strangers, and when they are none", async () => {
    const { approval } = await house.play({
      ...open,
      steps: [
        sets("eve", { additionalAttributes: { a: "b" } }, "not_allowed"),
        sets("bo", {}, "invalid_input"),
        sets("bo", { additionalAttributes: { a: 1 } }, "invalid_input"),
        sets("bo", { additionalAttributes: ["a"] }, "invalid_input"),
        sets("bo", { removeAttributeKeys: "a" }, "invalid_input"),
        ["bo", "approve", { additionalAttributes: { a: {} } }, "invalid_input"],
        sets("bo", { comment: "a comment alone is one" }),
      ],
    });
    expect(approval).toMatchObject({ additionalAttributes: "{}", comments: [{ comment: "a comment alone is one" }] });
  });

  it("hold any name but the one that readers of JSON lose", async () => {
    const reserved = [JSON.parse(`{"fine":"f","__proto__":"x"}`)];
    const { approval } = await house.play({
      ...open,
      steps: [
        sets("bo", { additionalAttributes: { "": "a name is not empty" } }, "invalid_input"),
        ...reserved.map((additionalAttributes) => sets("bo", { additionalAttributes }, "invalid_input")),
        ...reserved.map((additionalAttributes): Step => ["bo", "approve", { additionalAttributes }, "invalid_input"]),
        sets("bo", { additionalAttributes: { toString: "t", "": "" } }, "invalid_input"),
        sets("bo", { additionalAttributes: { toString: "t", constructor: "c" } }),
      ],
    });
    expect(JSON.parse(approval.additionalAttributes)).toEqual({ toString: "t", constructor: "c" });
  });
});

describe("cancelling", () => {
  it.each([
    ["ana", "ok"],
    ["root", "ok"],
    ["lu", "not_allowed"],
    ["bo", "not_allowed"],
    ["cy", "not_allowed"],
    ["eve", "not_allowed"],
  ])("by %s: %s", async (by, outcome) => {
    const { approval } = await house.play({ ...open, steps: [[by, "cancel", { comment: "over" }, outcome]] });
    expect(approval).toMatchObject(
      outcome === "ok"
        ? { status: "CANCELLED", completedDate: later({ minutes: 1 }), comments: [{ author: { identityID: by }, comment: "over" }] }
        : { status: "PENDING", comments: [] },
    );
  });

  it("leaves what was decided before as it was", async () => {
    const { approval } = await house.play({ ...open, steps: ["bo approve ok", "ana cancel ok"] });
    expect(approval).toMatchObject({ status: "CANCELLED", approvedBy: [{ identityID: "bo" }], assignedTo: [] });
  });
});
