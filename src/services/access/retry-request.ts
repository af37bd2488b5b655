import { PortcullisError } from "../../errors.ts";
import { appendToLedger } from "../audit/ledger.ts";
import type { SlackActor } from "../directory/person.ts";
import { readGrants, updateGrant } from "./grant-rows.ts";
import type { ProvisionPorts } from "./provision-ports.ts";
import { requestLabel } from "./request.ts";
import { lockRequest, updateRequest } from "./request-rows.ts";
import { jobUrgency } from "./urgency.ts";

/**
 * Runs the failed grants of a request again. Attempts stay on record, so that what an earlier one left in ZPA is found and kept.
 * @throws PortcullisError `not_allowed` | `request_unknown` | `grant_not_failed`
 */
export const retryRequest =
  (ports: ProvisionPorts) =>
  async ({ requestId, by }: { readonly requestId: string; readonly by: SlackActor }): Promise<void> => {
    const person = await ports.people.trusted(by);
    if (!(await ports.people.isAdmin(person.userId))) throw new PortcullisError("not_allowed");
    const now = ports.clock.now();
    await ports.db.transaction().execute(async (trx) => {
      const request = await lockRequest(trx, requestId);
      const failed = (await readGrants(trx, requestId)).filter((grant) => grant.status === "FAILED");
      if (!["FAILED", "GRANTED"].includes(request.status) || failed.length === 0) throw new PortcullisError("grant_not_failed");
      // Of granted access a half that a change of the hours brought may have failed: the rest stands meanwhile.
      const status = request.status === "FAILED" ? "GRANTING" : request.status;
      await updateRequest(trx, requestId, { status, failure: null });
      for (const grant of failed) {
        await updateGrant(trx, grant.id, now, { status: "PLANNED", failure: null });
        await ports.jobs.enqueue(trx, "provision-grant", { grantId: grant.id }, jobUrgency(request));
      }
      await appendToLedger(trx, now, [
        {
          kind: "request.retried",
          requestId,
          actor: person.userId,
          subject: requestLabel(request),
          before: { status: request.status, failure: request.failure },
          after: { status, grants: failed.map((grant) => grant.id) },
        },
      ]);
      await ports.jobs.enqueue(trx, "project-request", { requestId });
    });
  };
