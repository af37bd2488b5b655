import type { Transaction } from "kysely";
import type { Database } from "../../store/schema.ts";
import { readGrants } from "./grant-rows.ts";
import type { Amendment, Failure } from "./request.ts";
import { lockRequest, updateRequest } from "./request-rows.ts";

/** Notes the changes of a request's access as written once nothing of it is on its way any more. The request's row is locked. */
export async function settleAmendments(trx: Transaction<Database>, requestId: string): Promise<void> {
  const grants = await readGrants(trx, requestId);
  const isOnItsWay = grants.some(({ status, changingFrom }) => status === "PLANNED" || status === "ENDING" || changingFrom !== null);
  if (!isOnItsWay) await settle(trx, requestId, (amendment) => ({ ...amendment, outcome: "WRITTEN" }));
}

/** Notes the changes of a request's access that ZPA would not have: what stood before still stands. The request's row is locked. */
export const refuseAmendments = (trx: Transaction<Database>, requestId: string, failure: Failure): Promise<void> =>
  settle(trx, requestId, (amendment) => ({ ...amendment, outcome: "REFUSED", failure }));

/** Notes the changes that an end came before. The request's row is locked. */
export const overtakeAmendments = (trx: Transaction<Database>, requestId: string): Promise<void> =>
  settle(trx, requestId, (amendment) => ({ ...amendment, outcome: "OVERTAKEN" }));

async function settle(trx: Transaction<Database>, requestId: string, settled: (wanted: Amendment) => Amendment): Promise<void> {
  const { amendments } = await lockRequest(trx, requestId);
  if (!amendments.some(({ outcome }) => outcome === "WANTED")) return;
  await updateRequest(trx, requestId, {
    amendments: amendments.map((amendment) => (amendment.outcome === "WANTED" ? settled(amendment) : amendment)),
  });
}
