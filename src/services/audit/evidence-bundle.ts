import type { Kysely } from "kysely";
import type { Clock } from "../../clock.ts";
import { PortcullisError } from "../../errors.ts";
import type { Database } from "../../store/schema.ts";
import { readGrants } from "../access/grant-rows.ts";
import { requestLabel, requestNumber } from "../access/request.ts";
import { requestFromRow } from "../access/request-rows.ts";
import { approvalFromRow } from "../approvals/approval-rows.ts";
import { toSailPointApproval } from "../approvals/sailpoint-approval.ts";
import { recordColumns, recordText } from "./ledger-record.ts";
import { GENESIS } from "./seal-chain.ts";
import { newestSeal } from "./seal-rows.ts";

export type EvidenceBundle = Awaited<ReturnType<ReturnType<typeof evidenceBundle>>>;

const PROVES = [
  "Whoever has the key with an event's keyId can compute HMAC-SHA256(key, the 32 bytes of previousMac, then the UTF-8 bytes of record) and compare it with mac: where they agree, the record is word for word what was sealed at that number.",
  "Where the head, or a later one that was noted outside of Portcullis, is found by `pra audit verify --head`, these events stand in that chain at their numbers, and none of the events before that head was changed, removed, swapped or inserted since it was noted.",
];

const DOES_NOT_PROVE = [
  "That an event is true: it is what Portcullis recorded at that time, as Slack and Zscaler told it.",
  "That nothing else happened: what was done in Zscaler without Portcullis is not in its ledger.",
  "Anything, to somebody without the key: a mac can be checked, and made, by whoever has the key. Against whoever has both the key and the database only heads that were noted outside help.",
  "Events under unsealed, which wait for the sealer, and the sections request, approval, grants and attempts, which are tables that change: the ledger's events are the evidence for them.",
];

/**
 * Everything that there is about one request, in one document: the request, its approval in SailPoint's shape, grants, attempts, and all
 * events of the ledger with what is needed to verify their seals.
 * @throws PortcullisError `request_unknown`
 */
export const evidenceBundle =
  ({ db, clock }: { readonly db: Kysely<Database>; readonly clock: Clock }) =>
  async ({ label }: { readonly label: string }) =>
    // One look at everything: what happens meanwhile is in the next bundle.
    db
      .transaction()
      .setIsolationLevel("repeatable read")
      .execute(async (trx) => {
        const number = requestNumber(label);
        const row =
          number === null ? undefined : await trx.selectFrom("request").selectAll().where("number", "=", number).executeTakeFirst();
        if (row === undefined) throw new PortcullisError("request_unknown");
        const request = requestFromRow(row);
        const approvals = await trx.selectFrom("approval").selectAll().where("request_id", "=", request.id).orderBy("created_at").execute();
        const people = new Map([request.requester, request.beneficiary].map((person) => [person.userId, person]));
        const grants = await readGrants(trx, request.id);
        const head = await newestSeal(trx);
        const events = await eventsOf(trx, request.id);
        return {
          kind: "portcullis.evidence",
          version: 1,
          producedAt: clock.now().toISOString(),
          label: requestLabel(request),
          request,
          approvals: approvals.map((each) =>
            toSailPointApproval(approvalFromRow(each), (holder) => {
              const known = holder.kind === "person" ? people.get(holder.userId) : undefined;
              const id = holder.kind === "person" ? holder.userId : holder.groupId;
              return { name: known?.name ?? id, email: known?.email ?? null };
            }),
          ),
          grants,
          attempts: await attemptsOf(trx, request.id),
          ledger: {
            algorithm: "HMAC-SHA256(key, previousMac bytes || record UTF-8)",
            keyIds: [...new Set(events.flatMap(({ keyId }) => (keyId === null ? [] : [keyId])))],
            events: events.filter(({ number: sealed }) => sealed !== null),
            unsealed: events.flatMap(({ number: sealed, record }) => (sealed === null ? [{ record }] : [])),
            head: head === null ? null : { number: Number(head.number), mac: head.mac, keyId: head.key_id },
          },
          proves: PROVES,
          doesNotProve: DOES_NOT_PROVE,
        };
      });

async function eventsOf(db: Kysely<Database>, requestId: string) {
  const rows = await db
    .selectFrom("ledger_event as e")
    .leftJoin("ledger_seal as s", "s.event_id", "e.id")
    .leftJoin("ledger_seal as p", (join) => join.on(({ eb, ref }) => eb("p.number", "=", eb(ref("s.number"), "-", "1"))))
    .where("e.request_id", "=", requestId)
    .select(["s.number as sealNumber", "s.mac as mac", "s.key_id as keyId", "p.mac as previousMac"])
    .select(recordColumns)
    .orderBy("s.number")
    .orderBy("e.id")
    .execute();
  return rows.map(({ sealNumber, mac, keyId, previousMac, ...event }) => ({
    number: sealNumber === null ? null : Number(sealNumber),
    keyId,
    previousMac: sealNumber === "1" ? GENESIS : previousMac,
    mac,
    /** As text, because the mac covers these very bytes. */
    record: recordText(event),
  }));
}

const attemptsOf = (db: Kysely<Database>, requestId: string) =>
  db
    .selectFrom("grant_attempt")
    .innerJoin("access_grant", "access_grant.id", "grant_attempt.grant_id")
    .where("access_grant.request_id", "=", requestId)
    .select([
      "grant_attempt.grant_id as grantId",
      "grant_attempt.email as email",
      "grant_attempt.segment_key as segmentIds",
      "grant_attempt.microtenant_key as microtenantId",
      "grant_attempt.start_at as start",
      "grant_attempt.end_at as end",
      "grant_attempt.attempted_at as attemptedAt",
    ])
    .orderBy("grant_attempt.attempted_at")
    .execute();
