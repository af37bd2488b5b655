import type { Transaction } from "kysely";
import type { Database } from "../../store/schema.ts";
import type { Person } from "../directory/person.ts";
import type { AccessRequest } from "./request.ts";
import { requestFromRow } from "./request-rows.ts";

export interface NewRequest extends Pick<AccessRequest, "id" | "consoles" | "time" | "reason" | "origin" | "renewsId"> {
  readonly requester: Person;
  readonly beneficiary: Person;
  readonly submissionKey: string;
  /** Of the requests that the submission makes, from 0 on. The first carries the submission's key. */
  readonly place: number;
  /** Null where the submission makes one request. */
  readonly batch: { readonly id: string; readonly size: number } | null;
}

/**
 * Inserts a request that is pending, in the caller's transaction. The second of two deliveries waits here for the first one's transaction.
 *
 * @returns null, with nothing written, when the same submission made it before
 */
export async function insertRequest(trx: Transaction<Database>, request: NewRequest, now: Date): Promise<AccessRequest | null> {
  const { requester, beneficiary, submissionKey, place, batch } = request;
  const row = await trx
    .insertInto("request")
    .values({
      id: request.id,
      requester: JSON.stringify(requester),
      beneficiary: JSON.stringify(beneficiary),
      requester_user_id: requester.userId,
      beneficiary_user_id: beneficiary.userId,
      consoles: JSON.stringify(request.consoles),
      requested_time: JSON.stringify(request.time),
      reason: request.reason,
      status: "PENDING",
      submission_key: place === 0 ? submissionKey : `${submissionKey}:${place + 1}`,
      origin: request.origin,
      renews_id: request.renewsId,
      ...(batch === null ? {} : { batch_id: batch.id, batch_size: batch.size }),
      created_at: now,
    })
    .onConflict((conflict) => conflict.column("submission_key").doNothing())
    .returningAll()
    .executeTakeFirst();
  return row === undefined ? null : requestFromRow(row);
}

/**
 * What the submission has made before, all of it.
 *
 * @throws where it has made nothing
 */
export async function earlierSubmission(trx: Transaction<Database>, submissionKey: string): Promise<readonly AccessRequest[]> {
  const first = await trx.selectFrom("request").selectAll().where("submission_key", "=", submissionKey).executeTakeFirstOrThrow();
  if (first.batch_id === null) return [requestFromRow(first)];
  const batch = await trx.selectFrom("request").selectAll().where("batch_id", "=", first.batch_id).orderBy("number").execute();
  return batch.map(requestFromRow);
}
