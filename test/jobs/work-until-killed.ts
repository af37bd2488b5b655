import { pino } from "pino";
import { systemClock } from "../../src/clock.ts";
import { startJobs } from "../../src/jobs/start-jobs.ts";
import { openDatabase } from "../../src/store/open-database.ts";

/** Takes one job, says so, and never finishes it. With a second argument, enqueues that job first. */
const [url, folder, enqueue] = process.argv.slice(2);
const log = pino({ level: "silent" });
const database = await openDatabase({ url: url || null, folder: folder ?? "", log });
const jobs = await startJobs({ database, clock: systemClock, log });
await jobs.work("provision-grant", async ({ grantId }, { retryCount }) => {
  process.send?.({ grantId, retryCount });
  await new Promise(() => {});
});
if (enqueue) await jobs.enqueueNow("provision-grant", { grantId: enqueue });
setInterval(() => {}, 60_000);
