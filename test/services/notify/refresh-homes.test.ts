/**
 * Contract: after a run without faults the lists of everybody concerned were drawn anew for the request's present state, whatever became
 * of the runs before; and a run that finds them drawn has nobody's drawn again.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { QUEUE_START } from "../../../src/services/approvals/queue.ts";
import { createQueueViews } from "../../../src/services/approvals/queue-views.ts";
import { approvalOf } from "../../views/models.ts";
import { aProjection, aSlack } from "./a-projection.ts";

let house: Awaited<ReturnType<typeof aProjection>>;
beforeAll(async () => {
  house = await aProjection();
});
afterAll(() => house.close());
beforeEach(() => house.db.deleteFrom("queue_view").execute());

const approved = { status: "APPROVED" as const };

describe("the lists of those concerned", () => {
  it("are drawn anew for whoever looks at everybody's, in App Home or in the modal, and for nobody else who only looks", async () => {
    const views = createQueueViews({ db: house.db, clock: { now: () => house.clock.at } });
    const everybodys = { ...QUEUE_START, filter: "EVERYONE" as const };
    await views.keep("U6HOME", { kind: "home" }, everybodys);
    await views.keep("U7MODAL", { kind: "modal", viewId: "V7" }, everybodys);
    await views.keep("U8OTHER", { kind: "home" }, QUEUE_START);
    const id = await house.ask();
    house.enqueued.length = 0;
    await house.worker(aSlack().port).projectRequest(id);
    expect(house.enqueued.map(({ payload }) => payload)).toEqual(["U1ANA", "U2BEN", "U6HOME", "U7MODAL"].map((userId) => ({ userId })));
  });

  it("are drawn anew at the next try when the first one could not know whose: a group could not be read", async () => {
    const { port } = aSlack();
    const notify = house.worker(port, "C9");
    const group = { kind: "group" as const, groupId: "SLATER" };
    const seat = { id: "1", holder: group, decision: null, insteadOf: null, autoApproveFor: null };
    house.groups.set("SLATER", ["U3CHI", "U4DAN"]);
    const id = await house.ask({ approval: approvalOf({ seats: [seat] }) });
    await notify.projectRequest(id);
    house.change(id, { approval: approved });
    house.unreadable.add("SLATER");
    await expect(notify.projectRequest(id)).rejects.toThrow(AggregateError);
    house.enqueued.length = 0;
    await expect(notify.projectRequest(id)).rejects.toThrow(AggregateError);
    expect(house.enqueued).toEqual([]);
    house.unreadable.clear();
    await notify.projectRequest(id);
    expect(house.enqueued.map(({ payload }) => payload)).toEqual(["U1ANA", "U3CHI", "U4DAN"].map((userId) => ({ userId })));
    house.enqueued.length = 0;
    await notify.projectRequest(id);
    expect(house.enqueued).toEqual([]);
  });

  it("are drawn anew at the next try when it died between the cards and the lists, also in a state that was there before", async () => {
    const { port } = aSlack();
    const id = await house.ask();
    const granting = { request: { status: "GRANTING" as const }, approval: { ...approved, version: 4 } };
    const notify = house.worker(port);
    house.change(id, granting);
    await notify.projectRequest(id);
    house.change(id, {
      request: { status: "FAILED", failure: { code: "zpa_busy", params: {}, reference: "R1" } },
      approval: { version: 4 },
    });
    await notify.projectRequest(id);
    house.change(id, { ...granting, request: { status: "GRANTING", failure: null } });
    const dying = house.worker(port, null, undefined, async () => {
      throw new Error("killed");
    });
    await expect(dying.projectRequest(id)).rejects.toThrow("killed");
    house.enqueued.length = 0;
    await notify.projectRequest(id);
    expect(house.enqueued.map(({ payload }) => payload)).toEqual([{ userId: "U1ANA" }, { userId: "U2BEN" }]);
  });
});
