import { type Kysely, sql } from "kysely";

/** What people say of an approval goes from thread to thread; cards are found by where they stand. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("remark")
    .addColumn("approval_id", "uuid", (c) => c.notNull().references("approval.id"))
    .addColumn("comment_id", "text", (c) => c.notNull())
    .addColumn("kind", "text", (c) => c.notNull())
    .addColumn("channel_id", "text")
    .addColumn("thread_ts", "text")
    .addColumn("ts", "text")
    .addColumn("created_at", "timestamptz", (c) => c.notNull())
    .addPrimaryKeyConstraint("remark_pkey", ["approval_id", "comment_id"])
    // A message is recorded once, however often it is delivered.
    .addUniqueConstraint("remark_once_per_message", ["channel_id", "ts"])
    .execute();
  await db.schema
    .createTable("remark_said")
    .addColumn("approval_id", "uuid", (c) => c.notNull())
    .addColumn("comment_id", "text", (c) => c.notNull())
    .addColumn("audience", "text", (c) => c.notNull())
    .addColumn("attempted_at", "timestamptz", (c) => c.notNull())
    .addColumn("ts", "text")
    .addPrimaryKeyConstraint("remark_said_pkey", ["approval_id", "comment_id", "audience"])
    .addForeignKeyConstraint("remark_said_remark", ["approval_id", "comment_id"], "remark", ["approval_id", "comment_id"])
    .execute();
  await sql`create index card_place on card (channel_id, ts)`.execute(db);
}
