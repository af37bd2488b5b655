import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createMemorySlots } from "../../../src/services/zpa/memory-slots.ts";
import type { Lane } from "../../../src/services/zpa/slots.ts";
import { createThrottle } from "../../../src/services/zpa/throttle.ts";
import type { ZpaPriority } from "../../../src/services/zpa/zpa-client.ts";
import { silentLog } from "./support/silent-log.ts";
import { virtualTimers } from "./support/virtual-timers.ts";

/**
 * Contract: wherever in a call ZPA counts it, no span of ten seconds counts more than 20 reads or 10 writes, also when several
 * processes share the slots. While the budget lasts nobody waits; when it is short, ends go before grants before reads.
 */
const budget: Readonly<Record<Lane, number>> = { read: 20, write: 10 };

interface Plan {
  readonly lane: Lane;
  readonly replica: number;
  readonly askedAt: number;
  readonly duration: number;
  /** Where between its sending (0) and its answer (1) ZPA counts the call. */
  readonly countedAt: number;
}

const plans = fc.array(
  fc.record<Plan>({
    lane: fc.constantFrom("read", "write"),
    replica: fc.nat(2),
    askedAt: fc.nat(12_000),
    duration: fc.nat(4_000),
    countedAt: fc.double({ min: 0, max: 1, noNaN: true }),
  }),
  { minLength: 50, maxLength: 90 },
);

const setUp = (replicas = 1) => {
  const timers = virtualTimers();
  const slots = createMemorySlots(timers);
  return { timers, throttles: Array.from({ length: replicas }, () => createThrottle({ slots, timers, log: silentLog })) };
};

function mostInTenSeconds(instants: readonly number[]): number {
  return Math.max(0, ...instants.map((from) => instants.filter((at) => at >= from && at < from + 10_000).length));
}

describe("the shared budget", () => {
  it("is kept for any calls of any length by three replicas", async () => {
    await fc.assert(
      fc.asyncProperty(plans, async (calls) => {
        const { timers, throttles } = setUp(3);
        const counted: Record<Lane, number[]> = { read: [], write: [] };
        const play = async ({ lane, replica, askedAt, duration, countedAt }: Plan) => {
          await timers.sleep(askedAt);
          await throttles[replica]?.run({ lane, priority: "read" }, async () => {
            await timers.sleep(duration * countedAt);
            counted[lane].push(timers.monotonicMilliseconds());
            await timers.sleep(duration * (1 - countedAt));
          });
        };
        await timers.run(Promise.all(calls.map(play)));
        expect(counted.read.length + counted.write.length).toBe(calls.length);
        expect(mostInTenSeconds(counted.read)).toBeLessThanOrEqual(budget.read);
        expect(mostInTenSeconds(counted.write)).toBeLessThanOrEqual(budget.write);
      }),
      { numRuns: 40 },
    );
  });

  it("delays nobody while it lasts, and the next one by ten seconds", async () => {
    const { timers, throttles } = setUp();
    const admitted: number[] = [];
    const calls = Array.from({ length: 11 }, () =>
      throttles[0]?.run({ lane: "write", priority: "end" }, async () => admitted.push(timers.monotonicMilliseconds())),
    );
    await timers.run(Promise.all(calls));
    expect(admitted.slice(0, 10)).toEqual(Array(10).fill(0));
    expect(admitted[10]).toBeGreaterThanOrEqual(10_000);
    expect(admitted[10]).toBeLessThan(10_200);
  });

  it("serves ends before grants before reads, each in the order of asking", async () => {
    const { timers, throttles } = setUp();
    const served: string[] = [];
    const ask = (priority: ZpaPriority, name: string) =>
      throttles[0]?.run({ lane: "write", priority }, async () => {
        served.push(name);
      });
    await timers.run(Promise.all(Array.from({ length: 10 }, () => ask("read", "early"))));
    const short = [ask("read", "read 1"), ask("grant", "grant 1"), ask("end", "end 1"), ask("grant", "grant 2"), ask("end", "end 2")];
    await timers.run(Promise.all(short));
    expect(served.slice(10)).toEqual(["end 1", "end 2", "grant 1", "grant 2", "read 1"]);
  });

  it("lets an end of one replica pass the waiting grants of another", async () => {
    const { timers, throttles } = setUp(2);
    const served: string[] = [];
    const ask = (replica: number, priority: ZpaPriority) =>
      throttles[replica]?.run({ lane: "write", priority }, async () => {
        served.push(priority);
      });
    const grants = Array.from({ length: 25 }, () => ask(0, "grant"));
    const ends = Array.from({ length: 5 }, () => ask(1, "end"));
    await timers.run(Promise.all([...grants, ...ends]));
    expect(served.lastIndexOf("end")).toBeLessThan(20);
    expect(served.filter((priority) => priority === "end")).toHaveLength(5);
  });

  it("gives the slot back when the call fails, and passes the failure on", async () => {
    const { timers, throttles } = setUp();
    const failing = () => throttles[0]?.run({ lane: "write", priority: "grant" }, () => Promise.reject(new Error("refused")));
    const outcomes = await timers.run(Promise.allSettled(Array.from({ length: 12 }, failing)));
    expect(outcomes.every(({ status }) => status === "rejected")).toBe(true);
    expect(timers.monotonicMilliseconds()).toBeLessThan(11_000);
  });

  it("drops a caller that gives up, without spending a slot on it", async () => {
    const { timers, throttles } = setUp();
    const leaving = new AbortController();
    const calls = Array.from({ length: 10 }, () => throttles[0]?.run({ lane: "write", priority: "grant" }, async () => {}));
    const gone = throttles[0]?.run({ lane: "write", priority: "grant", signal: leaving.signal }, async () => {});
    leaving.abort(new Error("closing"));
    await expect(gone).rejects.toThrow("closing");
    await timers.run(Promise.all(calls));
  });
});
