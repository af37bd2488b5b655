import type { Transaction } from "kysely";
import type { Database } from "../../store/schema.ts";
import type { Terms } from "../policy/terms.ts";
import type { AccessRequest } from "./request.ts";
import { lockRequest } from "./request-rows.ts";

/** What a request asks for, as a change of it is spoken of. */
export const termsOf = ({ consoles, time }: Pick<AccessRequest, "consoles" | "time">): Terms => ({
  consoles: consoles.map(({ id, name }) => ({ id, name })),
  time,
});

/**
 * Has a request ask for something else, in the transaction of the decision that says so. Consoles can only be dropped: what stays is what
 * the approvers saw when it was asked for.
 *
 * @throws PortcullisError `request_unknown`
 */
export async function changeTerms(trx: Transaction<Database>, requestId: string, after: Terms): Promise<void> {
  const { consoles } = await lockRequest(trx, requestId);
  const kept = new Set(after.consoles.map(({ id }) => id));
  await trx
    .updateTable("request")
    .set({
      consoles: JSON.stringify(consoles.filter(({ id }) => kept.has(id))),
      requested_time: JSON.stringify(after.time),
    })
    .where("id", "=", requestId)
    .execute();
}
