import { z } from "zod";
import type { Simulators } from "../../sandbox/launch-simulators.ts";
import { PEOPLE, TEAM } from "../../sandbox/slack/seed.ts";
import { systemClock } from "../../src/clock.ts";
import { noFault } from "../../src/fault-points.ts";
import { randomIds } from "../../src/ids.ts";
import { startJobs } from "../../src/jobs/start-jobs.ts";
import { createLog } from "../../src/log.ts";
import { settleRequest } from "../../src/services/access/settle-request.ts";
import { submitRequest } from "../../src/services/access/submit-request.ts";
import { decideApproval } from "../../src/services/approvals/decide-approval.ts";
import type { Catalog, CatalogConsole } from "../../src/services/catalog/catalog.ts";
import type { People, Person } from "../../src/services/directory/person.ts";
import { openDatabase } from "../../src/store/open-database.ts";

const personOf = ({ id, name, email }: { readonly id: string; readonly name: string; readonly email: string }): Person => ({
  teamId: TEAM.id,
  userId: id,
  name,
  email,
  zpaUser: email,
  timeZone: "Etc/UTC",
  locale: "en-US",
});

/**
 * Requests that were asked for and approved while nobody wrote to ZPA: their grants are planned, and their jobs wait. Made by the real
 * use-cases; each window ends a minute after the one before, so that no two are the same to ZPA.
 */
export async function seedGrants(databaseUrl: string, { tenant, slack }: Simulators, count: number): Promise<void> {
  const log = createLog("error");
  const database = await openDatabase({ url: databaseUrl, folder: "", log });
  const jobs = await startJobs({ database, clock: systemClock, log });
  const { users } = await slack.control.state();
  const known = new Map(
    [PEOPLE.requester.id, PEOPLE.approver.id].map((userId) => {
      const { email, realName } = users.find(({ id }) => id === userId) ?? { email: null, realName: userId };
      return [userId, personOf({ id: userId, name: realName, email: email ?? "" })];
    }),
  );
  const people: People = {
    trusted: async ({ userId }) => {
      const person = known.get(userId);
      if (person === undefined) throw new Error(`${userId} is not in the bench`);
      return person;
    },
    groupsOf: async () => [],
    membersOf: async () => [],
    isAdmin: async () => false,
  };
  const catalog = oneConsole(z.object({ appId: z.string() }).parse((await tenant.control.state()).applications[0]).appId);
  const ports = { db: database.db, jobs, people, clock: systemClock, ids: randomIds, log, faultPoint: noFault, admins: [] };
  const onSettled = settleRequest({ ...ports, overnightHours: "next-day" });
  const rules = { approvers: [PEOPLE.approver.id], selfApproval: false, maxConsolesPerRequest: 10 };
  const submit = submitRequest({ ...ports, catalog, rules, onSettled, nameOf: async (id) => id });
  const decide = decideApproval({ ...ports, onSettled });
  for (let index = 0; index < count; index++) {
    const [request] = await submit({
      by: { teamId: TEAM.id, userId: PEOPLE.requester.id },
      beneficiaryUserId: null,
      consoleIds: ["bench"],
      time: { start: { kind: "onApproval" }, end: { kind: "after", seconds: 86_400 + index * 60 }, workingHours: null },
      reason: `BENCH-${index}`,
      submissionKey: `bench-${index}`,
    });
    const approval = await database.db
      .selectFrom("approval")
      .select(["id", "version"])
      .where("request_id", "=", request?.id ?? "")
      .executeTakeFirstOrThrow();
    await decide(approval.id, {
      kind: "approve",
      by: { teamId: TEAM.id, userId: PEOPLE.approver.id },
      version: approval.version,
      comment: null,
    });
  }
  await jobs.stop(5_000);
  await database.close();
}

function oneConsole(segmentId: string): Catalog {
  const console: CatalogConsole = {
    id: "bench",
    name: "bench",
    description: null,
    enabled: true,
    segmentId,
    segmentName: "bench",
    segmentGroupId: null,
    segmentGroupName: null,
    microtenantId: null,
    microtenantName: "Default",
    privilegedApprovalsEnabled: true,
    protocol: "SSH",
    domain: null,
    portals: [],
  };
  return {
    search: () => [console],
    byId: () => console,
    byName: () => console,
    onSegment: () => [console],
    refreshedAt: () => null,
    size: () => 1,
  };
}
