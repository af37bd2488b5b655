import { describe, expect, it } from "vitest";
import { createQuiet } from "../../src/jobs/quiet.ts";

/** Contract: work that nobody waits for stands back while urgent work comes in, and never longer than its patience. */
describe("standing back", () => {
  const elapsedUntilQuiet = async (quiet: ReturnType<typeof createQuiet>): Promise<number> => {
    const begin = performance.now();
    await quiet.whenQuiet();
    return performance.now() - begin;
  };

  it("does not wait when nothing urgent goes on", async () => {
    expect(await elapsedUntilQuiet(createQuiet({ settleMilliseconds: 200, mostMilliseconds: 400 }))).toBeLessThan(100);
  });

  it("waits until nothing urgent has come in for a while", async () => {
    const quiet = createQuiet({ settleMilliseconds: 30, mostMilliseconds: 10_000 });
    quiet.touch();
    expect(await elapsedUntilQuiet(quiet)).toBeGreaterThanOrEqual(29);
  });

  it("goes on when its patience is over, however busy it stays", async () => {
    const quiet = createQuiet({ settleMilliseconds: 10_000, mostMilliseconds: 50 });
    quiet.touch();
    expect(await elapsedUntilQuiet(quiet)).toBeLessThan(5_000);
  });
});
