import { type Kysely, sql } from "kysely";
import { z } from "zod";
import type { Database } from "../../store/schema.ts";
import type { ApplicationSegment } from "../zpa/zpa-client.ts";
import type { CatalogConsole, CatalogSnapshot } from "./catalog.ts";
import { mapInSlices } from "./map-in-slices.ts";

const THE_ROW = 1;

/** Notification that a snapshot was stored. */
export const CATALOG_STORED = "catalog_stored";

const storedConsole: z.ZodType<CatalogConsole> = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  enabled: z.boolean(),
  segmentId: z.string(),
  segmentName: z.string(),
  segmentGroupId: z.string().nullable().default(null), // stored before there were any
  segmentGroupName: z.string().nullable().default(null),
  microtenantId: z.string().nullable(),
  microtenantName: z.string(),
  privilegedApprovalsEnabled: z.boolean(),
  protocol: z.string().nullable(),
  domain: z.string().nullable(),
  portals: z.array(z.object({ id: z.string(), name: z.string(), url: z.url({ protocol: /^https$/ }).nullable() })),
});

const stored = z.object({ consoles: z.array(z.unknown()) });

/** Puts a snapshot in the place of the one before it, unless another replica stored a newer one meanwhile. */
export async function saveSnapshot(db: Kysely<Database>, { consoles, refreshedAt }: CatalogSnapshot): Promise<void> {
  const json = await mapInSlices(consoles, (console) => JSON.stringify(console));
  const row = { snapshot: `{"consoles":[${json.join(",")}]}`, refreshed_at: refreshedAt };
  await db.transaction().execute(async (trx) => {
    await trx
      .insertInto("catalog")
      .values({ id: THE_ROW, ...row })
      .onConflict((conflict) => conflict.column("id").doUpdateSet(row).where("catalog.refreshed_at", "<=", refreshedAt))
      .execute();
    await sql`select pg_notify(${CATALOG_STORED}, '')`.execute(trx);
  });
}

/** The stored snapshot if its age is wanted; asks for the age first, because the snapshot itself can be large. */
export async function newerSnapshot(db: Kysely<Database>, isNewer: (refreshedAt: Date) => boolean): Promise<CatalogSnapshot | null> {
  const age = await db.selectFrom("catalog").select("refreshed_at").where("id", "=", THE_ROW).executeTakeFirst();
  if (age === undefined || !isNewer(age.refreshed_at)) return null;
  const row = await db.selectFrom("catalog").selectAll().where("id", "=", THE_ROW).executeTakeFirstOrThrow();
  const consoles = await mapInSlices(stored.parse(row.snapshot).consoles, (console) => storedConsole.parse(console));
  return { consoles, refreshedAt: row.refreshed_at };
}

const storedSegment = z.object({
  segmentId: z.string(),
  segmentGroupId: z.string().nullish(),
  segmentGroupName: z.string().nullish(),
});

/** What the stored snapshot says of segments and their groups. */
export async function knownSegmentGroups(db: Kysely<Database>): Promise<readonly ApplicationSegment[]> {
  const row = await db.selectFrom("catalog").select("snapshot").where("id", "=", THE_ROW).executeTakeFirst();
  if (row === undefined) return [];
  const segments = await mapInSlices(stored.parse(row.snapshot).consoles, (console) => storedSegment.parse(console));
  return segments.map(({ segmentId, segmentGroupId = null, segmentGroupName = null }) => ({
    id: segmentId,
    segmentGroupId,
    segmentGroupName,
  }));
}
