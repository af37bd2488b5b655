import { z } from "zod";
import type { Simulators } from "../../sandbox/launch-simulators.ts";
import { PEOPLE } from "../../sandbox/slack/seed.ts";
import { systemClock } from "../../src/clock.ts";
import { startJobs } from "../../src/jobs/start-jobs.ts";
import { createLog } from "../../src/log.ts";
import { openDatabase } from "../../src/store/open-database.ts";
import { createAsking } from "../asking.ts";

const application = z.object({ appId: z.string() });

/** Requests that were asked for and approved while nobody wrote to ZPA: their grants are planned, and their jobs wait. */
export async function seedGrants(databaseUrl: string, { tenant, slack }: Simulators, count: number): Promise<void> {
  const log = createLog("error");
  const database = await openDatabase({ url: databaseUrl, folder: "", log });
  const jobs = await startJobs({ database, clock: systemClock, log });
  const { users } = await slack.control.state();
  const { appId: segmentId } = application.parse((await tenant.control.state()).applications[0]);
  const asking = createAsking({
    db: database.db,
    jobs,
    log,
    requester: PEOPLE.requester.id,
    approver: PEOPLE.approver.id,
    emails: new Map(users.flatMap(({ id, email }) => (email === null ? [] : [[id, email]]))),
    segmentId,
  });
  for (let number = 0; number < count; number++) await asking.approved(number);
  await jobs.stop(5_000);
  await database.close();
}
