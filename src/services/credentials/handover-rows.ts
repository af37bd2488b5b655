import { type Kysely, type Selectable, sql, type Transaction } from "kysely";
import { z } from "zod";
import type { Database } from "../../store/schema.ts";
import type { CredentialHandoverTable } from "../../store/tables/credentials.ts";
import { failureShape } from "../access/request-rows.ts";
import type { SlackActor } from "../directory/person.ts";
import { CREDENTIAL_TYPES } from "../zpa/credentials/credential.ts";
import type { Handover } from "./handover.ts";
import { hashOf } from "./handover-keys.ts";

type Row = Selectable<CredentialHandoverTable>;

const kind = z.enum(["add", "rotate"]);
const type = z.enum(CREDENTIAL_TYPES);
const outcome = z.enum(["DONE", "REFUSED", "UNKNOWN"]);
const why = z.enum(["replaced", "expired", "codes", "not-allowed", "changed"]);

const handoverFromRow = (row: Row): Handover => ({
  id: row.id,
  kind: kind.parse(row.kind),
  credentialId: row.credential_id,
  fields: {
    name: row.name,
    type: type.parse(row.credential_type),
    userName: row.user_name,
    userDomain: row.user_domain,
    description: row.description,
    microtenantId: row.microtenant_id,
  },
  by: { teamId: row.team_id, userId: row.user_id },
  locale: row.locale,
  createdAt: row.created_at,
  expiresAt: row.expires_at,
  browserHash: row.browser_hash,
  codeHash: row.code_hash,
  wrongCodes: row.wrong_codes,
  otherBrowserAt: row.other_browser_at,
  confirmedAt: row.confirmed_at,
  usedAt: row.used_at,
  resetBefore: row.reset_before,
  closed: row.closed_at === null ? null : { at: row.closed_at, why: why.parse(row.closed_why) },
  outcome: row.outcome === null ? null : outcome.parse(row.outcome),
  failure: row.failure === null ? null : failureShape.parse(row.failure),
});

/** The hand-over that a link opens; null when there is none. */
export async function handoverByToken(db: Kysely<Database>, token: string): Promise<Handover | null> {
  const row = await db.selectFrom("credential_handover").selectAll().where("token_hash", "=", hashOf(token)).executeTakeFirst();
  return row === undefined ? null : handoverFromRow(row);
}

export async function handoverById(db: Kysely<Database>, id: string): Promise<Handover | null> {
  const row = await db.selectFrom("credential_handover").selectAll().where("id", "=", id).executeTakeFirst();
  return row === undefined ? null : handoverFromRow(row);
}

/** Held until the transaction ends: browsers, codes and submissions of one link take turns. */
export async function lockHandover(trx: Transaction<Database>, id: string): Promise<Handover> {
  return handoverFromRow(
    await trx.selectFrom("credential_handover").selectAll().where("id", "=", id).forUpdate().executeTakeFirstOrThrow(),
  );
}

/** The one link of a person that is neither used nor closed. Two that are asked for at once take turns. */
export async function lockOpenHandover(trx: Transaction<Database>, { teamId, userId }: SlackActor): Promise<Handover | null> {
  await sql`select pg_advisory_xact_lock(hashtext(${`portcullis.handover:${teamId}:${userId}`}))`.execute(trx);
  const row = await trx
    .selectFrom("credential_handover")
    .selectAll()
    .where("team_id", "=", teamId)
    .where("user_id", "=", userId)
    .where("used_at", "is", null)
    .where("closed_at", "is", null)
    .forUpdate()
    .executeTakeFirst();
  return row === undefined ? null : handoverFromRow(row);
}

export async function insertHandover(
  trx: Transaction<Database>,
  handover: Pick<Handover, "id" | "kind" | "credentialId" | "fields" | "by" | "locale" | "createdAt" | "expiresAt">,
  token: string,
): Promise<void> {
  const { fields, by } = handover;
  await trx
    .insertInto("credential_handover")
    .values({
      id: handover.id,
      token_hash: hashOf(token),
      kind: handover.kind,
      credential_id: handover.credentialId,
      name: fields.name,
      credential_type: fields.type,
      user_name: fields.userName,
      user_domain: fields.userDomain,
      description: fields.description,
      microtenant_id: fields.microtenantId,
      team_id: by.teamId,
      user_id: by.userId,
      locale: handover.locale,
      created_at: handover.createdAt,
      expires_at: handover.expiresAt,
      wrong_codes: 0,
    })
    .execute();
}

type Change = Partial<
  Pick<
    Handover,
    | "browserHash"
    | "codeHash"
    | "wrongCodes"
    | "otherBrowserAt"
    | "confirmedAt"
    | "usedAt"
    | "resetBefore"
    | "closed"
    | "outcome"
    | "failure"
    | "credentialId"
  >
>;

export async function changeHandover(trx: Transaction<Database>, id: string, change: Change): Promise<void> {
  await trx
    .updateTable("credential_handover")
    .set({
      ...(change.browserHash === undefined ? {} : { browser_hash: change.browserHash }),
      ...(change.codeHash === undefined ? {} : { code_hash: change.codeHash }),
      ...(change.wrongCodes === undefined ? {} : { wrong_codes: change.wrongCodes }),
      ...(change.otherBrowserAt === undefined ? {} : { other_browser_at: change.otherBrowserAt }),
      ...(change.confirmedAt === undefined ? {} : { confirmed_at: change.confirmedAt }),
      ...(change.usedAt === undefined ? {} : { used_at: change.usedAt }),
      ...(change.resetBefore === undefined ? {} : { reset_before: change.resetBefore }),
      ...(change.closed === undefined ? {} : { closed_at: change.closed?.at ?? null, closed_why: change.closed?.why ?? null }),
      ...(change.outcome === undefined ? {} : { outcome: change.outcome }),
      ...(change.failure === undefined ? {} : { failure: change.failure === null ? null : JSON.stringify(change.failure) }),
      ...(change.credentialId === undefined ? {} : { credential_id: change.credentialId }),
    })
    .where("id", "=", id)
    .execute();
}
