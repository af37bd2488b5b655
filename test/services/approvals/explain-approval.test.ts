import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { requestLabel } from "../../../src/services/access/request.ts";
import { explainApproval, explainApprovalTo } from "../../../src/services/approvals/explain-approval.ts";
import { aHouse, type House } from "../access/a-house.ts";

let house: House;
let label: string;
beforeAll(async () => {
  house = await aHouse();
  const ben = house.known.get("UBEN");
  for (const userId of ["UMEM", "UROOT", "UELSE"])
    if (ben !== undefined)
      house.known.set(userId, { ...ben, userId, name: userId, email: `${userId}@example.com`, zpaUser: `${userId}@example.com` });
  house.groups.set("SOPS", ["UMEM"]);
  await house.writeRules("SEGMENT_GROUP", "grp-1", { approvers: ["UBEN", "SOPS"] }, 4);
  label = requestLabel(await house.ask({ beneficiaryUserId: "UCHI" }));
});
afterAll(() => house.close());

const explainTo = (userId: string, typed = label) =>
  explainApprovalTo({ ...house.ports, membersOf: house.ports.people.membersOf, admins: house.admins })({
    label: typed,
    by: { teamId: "T1", userId },
  });

describe("explaining a request", () => {
  it.each([
    ["the requester", "UANA"],
    ["the beneficiary", "UCHI"],
    ["who holds a seat", "UBEN"],
    ["a member of a group that holds one", "UMEM"],
    ["an administrator", "UROOT"],
  ])("is for %s", async (_, userId) => {
    expect(await explainTo(userId)).toMatchObject({
      label,
      status: "PENDING",
      rules: { source: { scope: "SEGMENT_GROUP", scopeId: "grp-1", revision: 4 }, name: "Databases", approversFrom: "RULES" },
      seats: [
        { holder: { userId: "UBEN" }, because: { kind: "NAMED", by: "RULES" }, turn: "NOW" },
        { holder: { groupId: "SOPS" }, members: ["UMEM"], turn: "NOW" },
      ],
      barred: [
        { userId: "UANA", why: "REQUESTER" },
        { userId: "UCHI", why: "BENEFICIARY" },
      ],
    });
  });

  it("is for nobody else", async () => {
    await expect(explainTo("UELSE")).rejects.toMatchObject({ code: "not_allowed" });
    await expect(explainTo("UGONE")).rejects.toMatchObject({ code: "person_deactivated" });
  });

  it.each(["PRA-999999", "PRA-", "1042; drop table request", "PRA-99999999999999999999", "", "🦄"])(
    "knows no request named %j",
    async (typed) => {
      await expect(explainTo("UROOT", typed)).rejects.toMatchObject({ code: "request_unknown" });
    },
  );

  it("takes the number in any spelling", async () => {
    expect((await explainTo("UANA", label.toLowerCase())).label).toBe(label);
    expect((await explainTo("UANA", ` ${label.slice("PRA-".length)} `)).label).toBe(label);
  });

  it("asks for no rights on the command line of the machine that it runs on", async () => {
    const explain = explainApproval({ ...house.ports, membersOf: house.ports.people.membersOf, admins: house.admins });
    expect((await explain({ label })).admins).toEqual([{ kind: "person", userId: "UROOT" }]);
  });

  it("stays with the rules that were frozen when the request was made", async () => {
    await house.writeRules("SEGMENT_GROUP", "grp-1", { approvers: ["UCHI"] }, 5);
    expect((await explainTo("UANA")).rules.source.revision).toBe(4);
  });
});
