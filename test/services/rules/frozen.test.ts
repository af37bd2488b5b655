import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createRulesService } from "../../../src/services/rules/create-rules-service.ts";
import { placesIn } from "../../../src/services/rules/places.ts";
import { aHouse, type House } from "../access/a-house.ts";
import { shell, TENANT } from "./a-rulebook.ts";

/** Contract: an approval is decided by the rules that it was opened under, whatever administrators write down meanwhile. */
describe("an approval that is pending", () => {
  let house: House;
  beforeAll(async () => {
    house = await aHouse();
  });
  afterAll(() => house.close());

  it("is not touched by a change of rules, and shows the rules that it keeps", async () => {
    const rules = createRulesService({
      ...house.ports,
      admins: house.admins,
      settings: { approvers: ["UBEN", "UCHI"], selfApproval: false },
      places: placesIn(house.catalog),
    });
    const request = await house.ask();
    const before = await house.approvalOf(request.id);
    const kept = await rules.getFrozen({ reference: `PRA-${request.number}`, by: shell });
    expect(kept.rules).toMatchObject({
      source: { scope: "SETTINGS" },
      approvers: ["UBEN", "UCHI"],
      approvalConfig: { requiresComment: "REJECTION" },
    });

    const strict =
      "approvalConfig: {requiresComment: ALL}\ncriteria: {type: PARALLEL, approval: {calculationType: COUNT, value: 2}, rejection: {calculationType: COUNT, value: 1}}";
    const put = await rules.put({ ...TENANT, yaml: strict, by: shell, expectedRevision: 0, mode: "apply" });
    expect(put.result).toBe("applied");
    await rules.put({ scope: "APPLICATION_SEGMENT", scopeId: "seg-1", yaml: strict, by: shell, expectedRevision: 0, mode: "apply" });

    expect(await house.approvalOf(request.id)).toEqual(before);
    expect(await rules.getFrozen({ reference: before.id, by: shell })).toEqual(kept);
    // One yes without a comment is still enough.
    expect((await house.approve(request.id)).status).toBe("APPROVED");
  });
});
