import type { Kysely } from "kysely";
import { Migrator } from "kysely/migration";
import * as firstTables from "./migrations/0001-first-tables.ts";
import * as approvalEngine from "./migrations/0002-approval-engine.ts";
import * as batches from "./migrations/0003-batches.ts";
import * as rulesChanges from "./migrations/0004-rules-changes.ts";
import * as whoSettled from "./migrations/0005-who-settled.ts";
import * as approvalQueue from "./migrations/0006-approval-queue.ts";
import * as conversation from "./migrations/0007-conversation.ts";
import * as lifeOfAccess from "./migrations/0008-life-of-access.ts";
import * as ledgerSeals from "./migrations/0010-ledger-seals.ts";
import * as breakGlass from "./migrations/0012-break-glass.ts";
import * as findings from "./migrations/0013-findings.ts";
import * as siemChain from "./migrations/0014-siem-chain.ts";
import * as listIndexes from "./migrations/0015-list-indexes.ts";
import * as segmentCoverage from "./migrations/0016-segment-coverage.ts";
import * as credentialHandover from "./migrations/0017-credential-handover.ts";
import * as cardPosting from "./migrations/0018-card-posting.ts";
import type { Database } from "./schema.ts";

/** Names are forever: a migration that has run is known by its name, and runs in the order of the names. */
const migrations = {
  "0001-first-tables": firstTables,
  "0002-approval-engine": approvalEngine,
  "0003-batches": batches,
  "0004-rules-changes": rulesChanges,
  "0005-who-settled": whoSettled,
  "0006-approval-queue": approvalQueue,
  "0007-conversation": conversation,
  "0008-life-of-access": lifeOfAccess,
  "0010-ledger-seals": ledgerSeals,
  "0012-break-glass": breakGlass,
  "0013-findings": findings,
  "0014-siem-chain": siemChain,
  "0015-list-indexes": listIndexes,
  "0016-segment-coverage": segmentCoverage,
  "0017-credential-handover": credentialHandover,
  "0018-card-posting": cardPosting,
};

const migratorOf = (db: Kysely<Database>) => new Migrator({ db, provider: { getMigrations: async () => migrations } });

/** Names of the migrations that have not run yet. Changes nothing. */
export async function pendingMigrations(db: Kysely<Database>): Promise<readonly string[]> {
  const all = await migratorOf(db).getMigrations();
  return all.filter(({ executedAt }) => executedAt === undefined).map(({ name }) => name);
}

/** Brings the tables up to date. Replicas that start at once take turns (Kysely holds an advisory lock in the transaction). */
export async function migrate(db: Kysely<Database>): Promise<void> {
  const { error } = await migratorOf(db).migrateToLatest();
  if (error) throw error;
}
