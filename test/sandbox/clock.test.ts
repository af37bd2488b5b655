import { describe, expect, it } from "vitest";
import { createMovableClock } from "../../sandbox/clock.ts";

const machine = { now: () => new Date("2026-11-22T10:00:00Z") };

describe("the sandbox's clock", () => {
  it("tells the machine's time until it is moved, and runs on from there", async () => {
    const clock = createMovableClock(machine);
    expect(clock.now()).toEqual(machine.now());
    await clock.moveTo(new Date("2026-11-22T11:30:00Z"));
    expect(clock.offsetMilliseconds()).toBe(5_400_000);
    expect(clock.now()).toEqual(new Date("2026-11-22T11:30:00Z"));
  });

  it("tells one listener after the other, in order, before the move is done", async () => {
    const clock = createMovableClock(machine);
    const heard: string[] = [];
    clock.onMove(async (offset) => {
      await Promise.resolve();
      heard.push(`tenant ${offset}`);
    });
    clock.onMove(() => {
      heard.push("bot");
    });
    await clock.moveTo(new Date("2026-11-22T10:00:01Z"));
    expect(heard).toEqual(["tenant 1000", "bot"]);
  });

  it.each(["2026-11-22T10:00:00Z", "2026-11-22T09:59:59Z", "not a time"])("refuses to go to %s", async (instant) => {
    const clock = createMovableClock(machine);
    await expect(clock.moveTo(new Date(instant))).rejects.toThrow(RangeError);
    expect(clock.offsetMilliseconds()).toBe(0);
  });
});
