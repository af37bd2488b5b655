import type { Kysely } from "kysely";
import { TEAM } from "../sandbox/slack/seed.ts";
import { systemClock } from "../src/clock.ts";
import { noFault } from "../src/fault-points.ts";
import { randomIds } from "../src/ids.ts";
import type { Jobs } from "../src/jobs/jobs.ts";
import type { Log } from "../src/log.ts";
import { settleRequest } from "../src/services/access/settle-request.ts";
import { submitRequest } from "../src/services/access/submit-request.ts";
import { decideApproval } from "../src/services/approvals/decide-approval.ts";
import type { Catalog } from "../src/services/catalog/catalog.ts";
import type { People, Person } from "../src/services/directory/person.ts";
import type { Database } from "../src/store/schema.ts";
import { consoleLike } from "../test/services/catalog/console.ts";

interface AskingOptions {
  readonly db: Kysely<Database>;
  readonly jobs: Jobs;
  readonly log: Log;
  /** Slack user ids. */
  readonly requester: string;
  readonly approver: string;
  /** Emails that Slack would tell, by user id; made up where left out. */
  readonly emails?: ReadonlyMap<string, string>;
  /** The one segment that is asked for. */
  readonly segmentId: string;
}

/** Has requests made and approved by the real use-cases, without Slack. Each window ends a minute after the one before. */
export function createAsking({ db, jobs, log, requester, approver, emails, segmentId }: AskingOptions) {
  const personOf = (userId: string): Person => {
    const email = emails?.get(userId) ?? `${userId.toLowerCase()}@example.com`;
    return { teamId: TEAM.id, userId, name: userId, email, zpaUser: email, timeZone: "Etc/UTC", locale: "en-US" };
  };
  const people: People = {
    trusted: async ({ userId }) => personOf(userId),
    groupsOf: async () => [],
    membersOf: async () => [],
    isAdmin: async () => false,
  };
  const ports = { db, jobs, people, clock: systemClock, ids: randomIds, log, faultPoint: noFault, admins: [] };
  const onSettled = settleRequest({ ...ports, overnightHours: "next-day" });
  const rules = { approvers: [approver], selfApproval: false, maxConsolesPerRequest: 10 };
  const submit = submitRequest({ ...ports, catalog: oneConsole(segmentId), rules, onSettled, nameOf: async (id) => id });
  const decide = decideApproval({ ...ports, onSettled });

  const pending = async (number: number): Promise<string> => {
    const [request] = await submit({
      by: { teamId: TEAM.id, userId: requester },
      beneficiaryUserId: null,
      consoleIds: ["bench"],
      time: { start: { kind: "onApproval" }, end: { kind: "after", seconds: 86_400 + number * 60 }, workingHours: null },
      reason: `BENCH-${number}`,
      submissionKey: `bench-${number}`,
    });
    if (request === undefined) throw new Error("nothing was made of a submission");
    return request.id;
  };
  return {
    people,
    /** @returns the request's id */
    pending,
    /** A request whose grants are planned. @returns its id */
    approved: async (number: number): Promise<string> => {
      const requestId = await pending(number);
      const { id, version } = await db
        .selectFrom("approval")
        .select(["id", "version"])
        .where("request_id", "=", requestId)
        .executeTakeFirstOrThrow();
      await decide(id, { kind: "approve", by: { teamId: TEAM.id, userId: approver }, version, comment: null });
      return requestId;
    },
  };
}

function oneConsole(segmentId: string): Catalog {
  const console = consoleLike({ name: "bench", segmentId, segmentName: "bench" });
  return {
    search: () => [console],
    byId: () => console,
    byName: () => console,
    onSegment: () => [console],
    refreshedAt: () => null,
    size: () => 1,
  };
}
