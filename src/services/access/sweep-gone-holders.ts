import type { Kysely } from "kysely";
import { z } from "zod";
import type { Clock } from "../../clock.ts";
import { fromUnknown } from "../../errors.ts";
import type { Jobs } from "../../jobs/jobs.ts";
import type { Log } from "../../log.ts";
import type { Database } from "../../store/schema.ts";
import { lookUpPresence } from "../approvals/look-up-presence.ts";
import { person } from "../approvals/seats.ts";
import type { People } from "../directory/person.ts";
import { endAccess } from "./end-access.ts";
import { mayBeOpen } from "./may-be-open.ts";

const PAGE = 200;

export interface SweepHoldersPorts {
  readonly db: Kysely<Database>;
  readonly jobs: Jobs;
  readonly people: Pick<People, "trusted" | "membersOf">;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Ends the access of everybody who has left Slack. Whoever Slack cannot tell of keeps theirs: an outage is never taken for a leaver.
 * Access that cannot be ended just now stops no other's.
 *
 * @throws AggregateError of what failed
 */
export const sweepGoneHolders = (ports: SweepHoldersPorts) => async (): Promise<void> => {
  const failures: unknown[] = [];
  for await (const page of holders(ports.db)) {
    const [{ teamId } = { teamId: "" }] = page;
    const presence = await lookUpPresence(ports, { teamId, holders: page.map(({ userId }) => person(userId)), barred: [], voiced: [] });
    for (const { userId } of page.filter((each) => presence.of(person(each.userId)) === "gone"))
      for (const requestId of await openRequestsOf(ports.db, userId))
        await endOf(ports, requestId).catch((thrown: unknown) => {
          ports.log.warn({ err: fromUnknown(thrown), requestId }, "sweep.access-not-ended");
          failures.push(thrown);
        });
  }
  if (failures.length > 0) throw new AggregateError(failures, `access of ${failures.length} requests was not ended`);
};

async function endOf({ db, jobs, clock }: SweepHoldersPorts, requestId: string): Promise<void> {
  const ending = { cause: "LEFT", by: "portcullis", reason: null, at: clock.now() } as const;
  try {
    await db.transaction().execute((trx) => endAccess(trx, jobs, requestId, ending));
  } catch (thrown) {
    if (fromUnknown(thrown).code !== "access_not_open") throw thrown; // over meanwhile
  }
}

const team = z.object({ teamId: z.string() });

/** Everybody for whom something stands or is on its way, page by page. */
async function* holders(db: Kysely<Database>): AsyncGenerator<readonly { readonly userId: string; readonly teamId: string }[]> {
  for (let after = ""; ; ) {
    const rows = await live(db)
      .distinctOn("request.beneficiary_user_id")
      .select(["request.beneficiary_user_id", "request.beneficiary"])
      .where("request.beneficiary_user_id", ">", after)
      .orderBy("request.beneficiary_user_id")
      .limit(PAGE)
      .execute();
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows.map((row) => ({ userId: row.beneficiary_user_id, ...team.parse(row.beneficiary) }));
    after = last.beneficiary_user_id;
  }
}

async function openRequestsOf(db: Kysely<Database>, userId: string): Promise<readonly string[]> {
  const rows = await live(db).distinct().select("request.id").where("request.beneficiary_user_id", "=", userId).execute();
  return rows.map(({ id }) => id);
}

const live = (db: Kysely<Database>) =>
  db
    .selectFrom("request")
    .innerJoin("access_grant", "access_grant.request_id", "request.id")
    .where(mayBeOpen())
    .where("request.status", "in", ["GRANTING", "GRANTED", "FAILED"]);
