import type { Kysely } from "kysely";
import type { Clock } from "../../clock.ts";
import { fromUnknown } from "../../errors.ts";
import type { JobAttempt } from "../../jobs/jobs.ts";
import type { Log } from "../../log.ts";
import type { Database } from "../../store/schema.ts";
import type { Holder } from "../approvals/approval.ts";
import type { People } from "../directory/person.ts";
import { claimNotice, unclaimNotice } from "../notify/card-rows.ts";
import { everyAdmin } from "../rules/other-admins.ts";
import type { GovernedRefusal } from "./governed.ts";
import { readGoverned } from "./governed-rows.ts";

/** What `slack/` fills in: tells one person, in their direct messages. */
export type TellGoverned = (userId: string, refusal: GovernedRefusal) => Promise<void>;

export interface TellGovernedPorts {
  readonly db: Kysely<Database>;
  readonly people: Pick<People, "membersOf">;
  readonly admins: readonly Holder[];
  readonly clock: Clock;
  readonly log: Log;
  readonly tell: TellGoverned;
}

/**
 * Tells every administrator, and the requestee, once each why no access came of an approval in SailPoint. Whom Slack refuses is left out;
 * the ledger has it.
 *
 * @throws AggregateError of what failed; the queue comes back to those who have not heard of it
 */
export const tellGoverned =
  (ports: TellGovernedPorts) =>
  async ({ sailpointId }: { readonly sailpointId: string }, attempt: Pick<JobAttempt, "isLast">): Promise<void> => {
    const { db, log } = ports;
    const known = await readGoverned(db, sailpointId);
    if (known === null || known.refusal === null) return;
    const { name, requesteeUserId, refusal } = known;
    const readers = new Set([...(await everyAdmin(ports)), ...(requesteeUserId === null ? [] : [requesteeUserId])]);
    const failures: unknown[] = [];
    for (const userId of readers) {
      try {
        await tellOnce(ports, userId, { sailpointId, name, requesteeUserId, refusal });
      } catch (thrown) {
        const error = fromUnknown(thrown);
        log.warn({ err: error, sailpointId, userId, isLast: attempt.isLast }, "governed.not-told");
        if (error.code !== "slack_refused") failures.push(thrown);
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, `${failures.length} people were not told of ${sailpointId}`);
  };

/** Claimed before it is said, so that two replicas do not both tell, and given back when it was not said. */
async function tellOnce({ db, clock, tell }: TellGovernedPorts, userId: string, refused: GovernedRefusal): Promise<void> {
  const key = `governed:${refused.sailpointId}:${userId}`;
  if (!(await claimNotice(db, key, clock.now()))) return;
  try {
    await tell(userId, refused);
  } catch (thrown) {
    await unclaimNotice(db, key);
    throw thrown;
  }
}
