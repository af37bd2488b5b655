import { fromUnknown, PortcullisError } from "../../errors.ts";
import type { SlackActor } from "../directory/person.ts";
import type { Grant } from "./grant.ts";
import { lockGrant, readGrant } from "./grant-rows.ts";
import type { Attempt } from "./matching.ts";
import type { ProvisionPorts } from "./provision-steps.ts";
import { lockRequest, readRequest } from "./request-rows.ts";

export interface Claim {
  readonly grant: Grant;
  /** Everything ever sent to ZPA for this grant, oldest first. */
  readonly attempts: readonly Attempt[];
  /** Why the right no longer holds, or null. Kept beside the claim, so that a refusal ends the grant instead of the job. */
  readonly refusal: PortcullisError | null;
}

/**
 * Takes a grant up: it must still be planned, its request approved (another microtenant's grant may have failed), and the person
 * still trusted, asked now and not remembered from the decision. Null when there is nothing left to do.
 */
export const claimGrant =
  (ports: ProvisionPorts) =>
  async (grantId: string): Promise<Claim | null> => {
    const planned = await readGrant(ports.db, grantId);
    const { beneficiary } = await readRequest(ports.db, planned.requestId);
    const refusal = await refusalOf(ports, beneficiary, planned);
    return ports.db.transaction().execute(async (trx) => {
      const request = await lockRequest(trx, planned.requestId);
      const grant = await lockGrant(trx, grantId);
      if (grant.status !== "PLANNED" || !["GRANTING", "FAILED"].includes(request.status)) return null;
      const rows = await trx.selectFrom("grant_attempt").selectAll().where("grant_id", "=", grantId).orderBy("attempted_at").execute();
      const attempts = rows.map((row) => ({ email: row.email, segmentKey: row.segment_key, start: row.start_at, end: row.end_at }));
      const over = grant.end <= ports.clock.now() ? new PortcullisError("window_over") : null;
      return { grant, attempts, refusal: refusal ?? over };
    });
  };

/** Only a verdict on the person counts; a Slack that cannot be reached says nothing and the job comes back. */
async function refusalOf({ people }: ProvisionPorts, beneficiary: SlackActor, grant: Grant): Promise<PortcullisError | null> {
  try {
    const person = await people.trusted(beneficiary);
    return person.zpaUser === grant.email ? null : new PortcullisError("email_changed");
  } catch (thrown) {
    const error = fromUnknown(thrown);
    if (["slack_unreachable", "slack_refused", "unexpected"].includes(error.code)) throw error;
    return error;
  }
}
