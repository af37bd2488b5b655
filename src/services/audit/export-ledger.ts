import { type Kysely, sql } from "kysely";
import { z } from "zod";
import { PortcullisError } from "../../errors.ts";
import type { Database } from "../../store/schema.ts";
import { requestLabel, requestNumber } from "../access/request.ts";
import { RecordRow, recordColumns } from "./ledger-record.ts";

/** An event with its seal, and the request that it belongs to. */
export const ExportedEvent = z.object({
  /** Place in the chain; null while it is not sealed. */
  number: z.number().int().nullable(),
  mac: z.string().nullable(),
  keyId: z.string().nullable(),
  /** `PRA-1042` */
  request: z.string().nullable(),
  event: RecordRow,
});
export type ExportedEvent = z.infer<typeof ExportedEvent>;

export const ExportQuery = z.object({
  since: z.iso.datetime({ offset: true }).nullable(),
  /** Not included. */
  until: z.iso.datetime({ offset: true }).nullable(),
  request: z.string().nullable(),
  /** Where the page before ended. */
  after: z.object({ at: z.string().max(40), id: z.string().regex(/^\d{1,19}$/) }).nullable(),
});
export type ExportQuery = z.infer<typeof ExportQuery>;

export const ExportPage = z.object({ events: z.array(ExportedEvent), after: ExportQuery.shape.after });
export type ExportPage = z.infer<typeof ExportPage>;

const PAGE = 500;

/**
 * One page of events, by their instants and, within one, in the order in which they were written.
 * @returns `after` for the next page, null with the last one
 * @throws PortcullisError `request_unknown`
 */
export const exportLedger =
  ({ db }: { readonly db: Kysely<Database> }) =>
  async ({ since, until, request, after }: ExportQuery): Promise<ExportPage> => {
    const requestId = request === null ? null : await requestIdOf(db, request);
    const rows = await db
      .selectFrom((from) =>
        from
          .selectFrom("ledger_event")
          .selectAll()
          .$if(since !== null, (query) => query.where("at", ">=", sql<Date>`${since}::timestamptz`))
          .$if(until !== null, (query) => query.where("at", "<", sql<Date>`${until}::timestamptz`))
          .$if(requestId !== null, (query) => query.where("request_id", "=", requestId))
          .$if(after !== null, (query) => query.where(sql<boolean>`(at, id) > (${after?.at}::timestamptz, ${after?.id}::bigint)`))
          .orderBy("at")
          .orderBy("id")
          .limit(PAGE)
          .as("e"),
      )
      .leftJoin("ledger_seal as s", "s.event_id", "e.id")
      .leftJoin("request as r", "r.id", "e.request_id")
      .select(["s.number as sealNumber", "s.mac as mac", "s.key_id as keyId", "r.number as requestNumber"])
      .select(recordColumns)
      .orderBy("e.at")
      .orderBy("e.id")
      .execute();
    const events = rows.map(({ sealNumber, mac, keyId, requestNumber: number, ...event }) => ({
      number: sealNumber === null ? null : Number(sealNumber),
      mac,
      keyId,
      request: number === null ? null : requestLabel({ number }),
      event,
    }));
    const last = events.length === PAGE ? events.at(-1)?.event : undefined;
    return { events, after: last === undefined ? null : { at: last.at, id: last.id } };
  };

async function requestIdOf(db: Kysely<Database>, label: string): Promise<string> {
  const number = requestNumber(label);
  const row = number === null ? undefined : await db.selectFrom("request").select("id").where("number", "=", number).executeTakeFirst();
  if (row === undefined) throw new PortcullisError("request_unknown");
  return row.id;
}
