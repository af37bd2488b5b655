import { type Kysely, sql } from "kysely";

/** One-time links by which a secret goes from a person's browser to ZPA. Never a secret: digests of what opens them, and what becomes of them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("credential_handover")
    .addColumn("id", "uuid", (c) => c.primaryKey())
    .addColumn("token_hash", "text", (c) => c.notNull().unique())
    .addColumn("kind", "text", (c) => c.notNull())
    .addColumn("credential_id", "text")
    .addColumn("name", "text", (c) => c.notNull())
    .addColumn("credential_type", "text", (c) => c.notNull())
    .addColumn("user_name", "text")
    .addColumn("user_domain", "text")
    .addColumn("description", "text")
    .addColumn("microtenant_id", "text")
    .addColumn("team_id", "text", (c) => c.notNull())
    .addColumn("user_id", "text", (c) => c.notNull())
    .addColumn("locale", "text", (c) => c.notNull())
    .addColumn("created_at", "timestamptz", (c) => c.notNull())
    .addColumn("expires_at", "timestamptz", (c) => c.notNull())
    .addColumn("browser_hash", "text")
    .addColumn("code_hash", "text")
    .addColumn("wrong_codes", "integer", (c) => c.notNull())
    .addColumn("other_browser_at", "timestamptz")
    .addColumn("confirmed_at", "timestamptz")
    .addColumn("used_at", "timestamptz")
    .addColumn("reset_before", "timestamptz")
    .addColumn("closed_at", "timestamptz")
    .addColumn("closed_why", "text")
    .addColumn("outcome", "text")
    .addColumn("failure", "jsonb")
    .execute();
  // Of two links that a person asks for at once one is good.
  await sql`
    create unique index credential_handover_open on credential_handover (team_id, user_id)
    where used_at is null and closed_at is null`.execute(db);
}
