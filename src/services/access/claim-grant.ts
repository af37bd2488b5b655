import type { Kysely, Selectable } from "kysely";
import { z } from "zod";
import { fromUnknown, PortcullisError } from "../../errors.ts";
import type { Database } from "../../store/schema.ts";
import type { GrantAttemptTable } from "../../store/tables/grants.ts";
import type { ZpaPriority } from "../zpa/zpa-client.ts";
import type { Grant } from "./grant.ts";
import { lockGrant, readGrant } from "./grant-rows.ts";
import type { Attempt } from "./matching.ts";
import type { ProvisionPorts } from "./provision-ports.ts";
import type { AccessRequest } from "./request.ts";
import { lockRequest, readRequest } from "./request-rows.ts";

export interface Claim {
  readonly grant: Grant;
  /** Everything ever sent to ZPA for this grant, oldest first. */
  readonly attempts: readonly Attempt[];
  /** How urgently ZPA is to be told; as a grant where it is left out. */
  readonly priority?: ZpaPriority;
}

/**
 * Reads a grant that is to be worked on, with all that was ever sent for it. Null when it is not (any more) as the work wants it: there
 * is nothing left to do.
 */
export async function readClaim(
  { db }: Pick<ProvisionPorts, "db">,
  grantId: string,
  isDue: (grant: Grant, request: AccessRequest) => boolean,
): Promise<Claim | null> {
  const { requestId } = await readGrant(db, grantId);
  return db.transaction().execute(async (trx) => {
    const request = await lockRequest(trx, requestId);
    const grant = await lockGrant(trx, grantId);
    return isDue(grant, request) ? { grant, attempts: await attemptsOf(trx, grantId), priority: urgencyOf(request) } : null;
  });
}

/** What somebody broke the glass for goes before grants in ZPA's budget, as ends do. */
const urgencyOf = ({ origin }: AccessRequest): ZpaPriority => (origin === "BREAK_GLASS" ? "end" : "grant");

/** Everything ever sent to ZPA to make a grant, oldest first. */
export async function attemptsOf(db: Kysely<Database>, grantId: string): Promise<readonly Attempt[]> {
  const rows = await db.selectFrom("grant_attempt").selectAll().where("grant_id", "=", grantId).orderBy("attempted_at").execute();
  return rows.map(attemptFromRow);
}

/** An attempt out of its row. */
export const attemptFromRow = (row: Selectable<GrantAttemptTable>): Attempt => ({
  email: row.email,
  segmentKey: row.segment_key,
  start: row.start_at,
  end: row.end_at,
  outcome: outcome.parse(row.outcome),
});

const outcome = z.enum(["UNKNOWN", "ANSWERED", "REFUSED"]);

/** Another microtenant's grant of the request may have failed, and a change of the hours may have brought a grant more. */
export const isPlanned = ({ status }: Grant, request: AccessRequest): boolean =>
  status === "PLANNED" && ["GRANTING", "GRANTED", "FAILED"].includes(request.status);

/**
 * Why the right to a planned grant no longer holds, asked now and not remembered from the decision; null while it does. Of somebody who
 * broke the glass the settings' word counts while Slack does not answer.
 * @throws PortcullisError when Slack cannot be asked: that says nothing about the person, and the job comes back
 */
export async function refusalOf(ports: ProvisionPorts, grant: Grant): Promise<PortcullisError | null> {
  const { db, people, namedForBreakGlass, clock } = ports;
  const { beneficiary, origin } = await readRequest(db, grant.requestId);
  try {
    const person =
      origin === "BREAK_GLASS" && namedForBreakGlass !== undefined
        ? await namedForBreakGlass(beneficiary.userId)
        : await people.trusted(beneficiary);
    if (person.zpaUser !== grant.email) return new PortcullisError("email_changed");
  } catch (thrown) {
    const error = fromUnknown(thrown);
    if (["slack_unreachable", "slack_refused", "database_unreachable", "unexpected"].includes(error.code)) throw error;
    return error;
  }
  return grant.end <= clock.now() ? new PortcullisError("window_over") : null;
}
