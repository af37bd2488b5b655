import type { Kysely } from "kysely";
import type { Database } from "../../store/schema.ts";
import { recordColumns } from "./ledger-record.ts";
import type { SealRow } from "./seal-chain.ts";

/** Lower than the number of any seal, also of a forged one. */
export const BEFORE_ALL = "-9223372036854775808";

/** The next seals of the chain with their events. The page is cut before the join: it stays a page whatever the planner thinks. */
export async function sealsAfter(db: Kysely<Database>, number: string, limit: number): Promise<readonly SealRow[]> {
  const rows = await db
    .selectFrom((from) => from.selectFrom("ledger_seal").selectAll().where("number", ">", number).orderBy("number").limit(limit).as("s"))
    .leftJoin("ledger_event as e", "e.id", "s.event_id")
    .select(["s.number as sealNumber", "s.event_id as eventId", "s.mac as mac", "s.key_id as keyId"])
    .select(recordColumns)
    .orderBy("s.number")
    .execute();
  return rows.map(({ sealNumber, eventId, mac, keyId, id, kind, actor, subject, ...rest }) => ({
    number: sealNumber,
    eventId,
    mac,
    keyId,
    event: id === null || kind === null || actor === null || subject === null ? null : { id, kind, actor, subject, ...rest },
  }));
}

/** The newest seal; null while there is none. */
export const newestSeal = async (db: Kysely<Database>) =>
  (await db.selectFrom("ledger_seal").selectAll().orderBy("number", "desc").limit(1).executeTakeFirst()) ?? null;
