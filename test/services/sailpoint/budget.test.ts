import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createSailPointBudget, sailPointSlotRules } from "../../../src/services/sailpoint/budget.ts";
import { createMemorySlots } from "../../../src/services/zpa/memory-slots.ts";
import { hurried } from "../../support/hurried.ts";
import { silentLog } from "../zpa/support/silent-log.ts";
import { virtualTimers } from "../zpa/support/virtual-timers.ts";
import { sailPointTenant } from "./support/sailpoint-tenant.ts";

/**
 * Contract: wherever in a call SailPoint counts it, no span of ten seconds counts more than 100, readings and writes together. When it is
 * short, decisions go before looks before polls.
 */
const setUp = () => {
  const timers = virtualTimers();
  return { timers, budget: createSailPointBudget({ slots: createMemorySlots(timers, sailPointSlotRules), timers, log: silentLog }) };
};

const mostInTenSeconds = (instants: readonly number[]): number =>
  Math.max(0, ...instants.map((from) => instants.filter((at) => at >= from && at < from + 10_000).length));

describe("SailPoint's budget", () => {
  it("is kept for any calls of any length", async () => {
    const plan = fc.record({ askedAt: fc.nat(12_000), duration: fc.nat(4_000), countedAt: fc.double({ min: 0, max: 1, noNaN: true }) });
    await fc.assert(
      fc.asyncProperty(fc.array(plan, { minLength: 150, maxLength: 260 }), async (calls) => {
        const { timers, budget } = setUp();
        const counted: number[] = [];
        const play = async ({ askedAt, duration, countedAt }: (typeof calls)[number]) => {
          await timers.sleep(askedAt);
          await budget.run({ priority: "poll" }, async () => {
            await timers.sleep(duration * countedAt);
            counted.push(timers.monotonicMilliseconds());
            await timers.sleep(duration * (1 - countedAt));
          });
        };
        await timers.run(Promise.all(calls.map(play)));
        expect(counted).toHaveLength(calls.length);
        expect(mostInTenSeconds(counted)).toBeLessThanOrEqual(100);
      }),
      { numRuns: 10 },
    );
  });

  it("lets decisions before looks before polls when it is spent", async () => {
    const { timers, budget } = setUp();
    const order: string[] = [];
    const call = (priority: "poll" | "look" | "decision") =>
      budget.run({ priority }, async () => {
        order.push(priority);
      });
    await timers.run(Promise.all(Array.from({ length: 100 }, () => call("poll"))));
    await timers.run(Promise.all([call("poll"), call("look"), call("decision")]));
    expect(order.slice(100)).toEqual(["decision", "look", "poll"]);
  });

  it("meets the tenant's own limit: 250 calls at once, and never a 429", async () => {
    const timers = hurried;
    const budget = createSailPointBudget({ slots: createMemorySlots(timers, sailPointSlotRules), timers, log: silentLog });
    await using at = await sailPointTenant({ budget, timers, tenant: { monotonicMilliseconds: timers.monotonicMilliseconds } });
    const began = timers.monotonicMilliseconds();
    const calls = Array.from({ length: 250 }, () => at.sailpoint.approvals.count());
    await Promise.all(calls);
    expect(await at.tenant.control.state()).toMatchObject({ calls: { GET: 250 }, rateLimited: 0 });
    expect(timers.monotonicMilliseconds() - began).toBeGreaterThanOrEqual(20_000);
  });

  it("is the tenant's limit, too: the call after the hundredth is told how long to wait", async () => {
    await using at = await sailPointTenant({ tenant: { monotonicMilliseconds: () => 0 } });
    for (let call = 0; call < 100; call += 1) await at.sailpoint.approvals.count();
    await expect(at.sailpoint.approvals.count()).rejects.toMatchObject({
      code: "sailpoint_rate_limited",
      details: { params: { retryAfterSeconds: 10 } },
    });
    expect(at.slept).toHaveLength(4);
  });
});
