import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { changeClocks, grantOverClockChange, type Journey, startJourney } from "./support/journey.ts";

let journey: Journey;
beforeAll(async () => {
  journey = await startJourney();
});
afterAll(() => journey.close());

/**
 * Contract: ZPA never rewrites a cron. When the person's zone changes its clocks within the window, the bot writes the crons
 * anew, and the local hours stay what was approved.
 */
describe("the sandbox's clock", () => {
  it("moves to the next change of a zone's clocks, and the tenant's crons follow", async () => {
    const page = await journey.visit();
    const crons = await grantOverClockChange(page, "DST-1");
    const before = await crons.first().textContent();
    await changeClocks(page);
    await expect.poll(() => crons.first().textContent(), { timeout: 20_000 }).not.toBe(before);
    const hours = [before, await crons.first().textContent()].map((cron) => cron?.split(" ")[2]).toSorted();
    expect(hours).toEqual(["7", "8"]);
    await journey.expectQuiet(page);
  });
});
