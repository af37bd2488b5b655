/**
 * Contract: who may do what to access that stands. The table is the rules, complete: every cell was written by hand, and is tried through
 * the use-case that asks Slack who somebody is. Ana asked for Lu; Ben approved; Chiyo and a group of Cy's could have.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fromUnknown } from "../../../src/errors.ts";
import { aHouse, type House } from "./a-house.ts";

const TABLE = `
who                                                | done        | renew       | narrower    | wider                 | revoke      | look        | revoke all
UANA   the requester                               | ok          | ok          | ok          | change_needs_decision | not_allowed | ok          | admins_only
ULU    the beneficiary                             | ok          | ok          | ok          | change_needs_decision | not_allowed | ok          | admins_only
UANA2  the requester's other account               | ok          | ok          | ok          | change_needs_decision | not_allowed | ok          | admins_only
UBEN   who approved it                             | not_allowed | not_allowed | ok          | ok                    | ok          | ok          | admins_only
UCHI   who could have                              | not_allowed | not_allowed | ok          | ok                    | ok          | ok          | admins_only
UCY    a member of a group that could have         | not_allowed | not_allowed | ok          | ok                    | ok          | ok          | admins_only
UEVE   anyone else of the team                     | not_allowed | not_allowed | not_allowed | not_allowed           | not_allowed | not_allowed | admins_only
UROOT  an administrator                            | not_allowed | not_allowed | ok          | ok                    | ok          | ok          | ok
UGONE  who has left                                | person_deactivated | person_deactivated | person_deactivated | person_deactivated | person_deactivated | person_deactivated | person_deactivated`;

const MINUTE = 60_000;
let house: House;
beforeAll(async () => {
  house = await aHouse();
  const ana = house.known.get("UANA");
  if (ana === undefined) throw new Error("nobody is there");
  for (const userId of ["ULU", "UCY", "UEVE", "UROOT"])
    house.known.set(userId, { ...ana, userId, name: userId, email: `${userId}@example.com`, zpaUser: `${userId}@example.com` });
  house.known.set("UANA2", { ...ana, userId: "UANA2" });
  house.groups.set("SSRE", ["UCY", "UANA"]);
  await house.writeRules("TENANT", "", { approvers: ["UBEN", "UCHI", "SSRE"] });
});
afterAll(() => house.close());

const [head = "", ...rows] = TABLE.trim().split("\n");
const deeds = head
  .split("|")
  .slice(1)
  .map((cell) => cell.trim());
const cells = rows.flatMap((row) => {
  const [who = "", ...answers] = row.split("|").map((cell) => cell.trim());
  return deeds.map((deed, index) => ({ who, userId: who.split(" ")[0] ?? "", deed, answer: answers[index] ?? "" }));
});

async function granted() {
  house.clock.at = new Date(house.clock.at.getTime() + MINUTE);
  const { id } = await house.ask({ beneficiaryUserId: "ULU" });
  await house.approve(id);
  for (const { id: grantId } of await house.grants(id)) await house.provision(grantId);
  const { window } = await house.request(id);
  return { id, end: window?.end ?? new Date(0) };
}

async function tried(deed: string, userId: string): Promise<unknown> {
  const { id, end } = await granted();
  switch (deed) {
    case "done":
      return house.finish(id, userId);
    case "renew":
      return house.renew(id, userId);
    case "narrower":
      return house.change(id, { end: new Date(end.getTime() - MINUTE), reason: null }, userId);
    case "wider":
      return house.change(id, { end: new Date(end.getTime() + MINUTE), reason: "INC-7" }, userId);
    case "revoke":
      return house.revoke(id, userId);
    case "look":
      return house.look(id, userId);
    case "revoke all":
      return house.revokePerson("UNOBODY", { teamId: "T1", userId });
    default:
      throw new Error(`nobody knows how to ${deed}`);
  }
}

describe("access that stands", () => {
  it.each(cells)("$deed, by $who: $answer", async ({ deed, userId, answer }) => {
    const said = await tried(deed, userId).then(
      () => "ok",
      (thrown: unknown) => fromUnknown(thrown).code,
    );
    expect(said).toBe(answer);
  });

  it("is no matter of its approver who is its holder, though an administrator", async () => {
    const [root] = [house.known.get("UROOT")];
    expect(root).toBeDefined();
    const { id } = await house.ask({ by: { teamId: "T1", userId: "UROOT" } });
    await house.approve(id);
    for (const { id: grantId } of await house.grants(id)) await house.provision(grantId);
    await expect(house.revoke(id, "UROOT")).rejects.toThrow("not_allowed");
    await expect(house.change(id, { end: new Date(house.clock.at.getTime() + 120 * MINUTE), reason: "x" }, "UROOT")).rejects.toThrow(
      "change_needs_decision",
    );
    await house.finish(id, "UROOT");
  });
});
