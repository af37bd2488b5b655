import { describe, expect, it } from "vitest";
import { latch, someJobs } from "./some-jobs.ts";

describe("stopping", () => {
  it("waits for the job that is running and starts no other", async () => {
    const some = await someJobs("pglite");
    const [started, finish] = [latch(), latch()];
    const ran: string[] = [];
    await some.jobs.work("end-request", async ({ requestId }) => {
      started.open();
      await finish.opened;
      ran.push(requestId);
    });
    await some.jobs.enqueueNow("end-request", { requestId: "first" });
    await started.opened;
    await some.jobs.enqueueNow("end-request", { requestId: "second" });
    const stopped = some.jobs.stop(5_000);
    finish.open();
    await stopped;
    expect(ran).toEqual(["first"]);
    await some.end();
  });
});
