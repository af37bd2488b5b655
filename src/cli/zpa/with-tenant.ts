import type { Writable } from "node:stream";
import { systemClock } from "../../clock.ts";
import { type Environment, type ReadFile, readSettings } from "../../config/read-settings.ts";
import { readZpaConfig, secretsAmong } from "../../config.ts";
import { fromUnknown } from "../../errors.ts";
import { randomIds } from "../../ids.ts";
import { createLog, type Log } from "../../log.ts";
import type { RehearsedCall } from "../../services/zpa/api.ts";
import { createZpaClient } from "../../services/zpa/create-zpa-client.ts";
import { createMemorySlots } from "../../services/zpa/memory-slots.ts";
import { createPostgresSlots } from "../../services/zpa/postgres-slots.ts";
import { createPostgresTurns } from "../../services/zpa/postgres-turns.ts";
import { createThrottle } from "../../services/zpa/throttle.ts";
import { createProcessTurns } from "../../services/zpa/turns.ts";
import type { ZpaClient } from "../../services/zpa/zpa-client.ts";
import type { NoteAdminEvent } from "../../services/zpa-admin/admin-ledger.ts";
import { type RecordWrite, recordWrite } from "../../services/zpa-admin/record-write.ts";
import type { OpenDatabase } from "../../store/database.ts";
import { openDatabase } from "../../store/open-database.ts";
import { systemTimers } from "../../timers.ts";
import { openLedger } from "./open-ledger.ts";

interface Ports {
  readonly env: Environment;
  readonly readFile: ReadFile;
  readonly errors: Writable;
}

/** How a tenant is used: `recorded` writes are in the ledger or are not made; rehearsed ones are not made at all. */
export type Use =
  | { readonly kind: "recorded" }
  | { readonly kind: "unrecorded" }
  | { readonly kind: "rehearsed"; readonly rehearse: (call: RehearsedCall) => void };

export interface OpenTenant {
  readonly zpa: ZpaClient;
  readonly record: RecordWrite;
}

/**
 * Lends a client of the tenant for as long as `use` takes. Only the ZPA settings are needed. Where DATABASE_URL is set, calls keep to the
 * budget that the bots share; where that database cannot be reached, reading goes on without it, and a recorded write is refused.
 *
 * @throws PortcullisError `setting_missing` | `setting_invalid`
 */
export async function withTenant<T>(ports: Ports, how: Use, use: (tenant: OpenTenant) => Promise<T>): Promise<T> {
  const config = readZpaConfig(ports.env, ports.readFile);
  const settings = readSettings(ports.env, ports.readFile);
  const log = createLog("error", { secrets: secretsAmong(settings), to: ports.errors });
  const url = settings.value("DATABASE_URL");
  const shared = url === null ? null : await sharedDatabase(url, { errors: ports.errors, log });
  const ledger = openLedger({ settings, shared, log });
  try {
    const slots = shared === null ? createMemorySlots(systemTimers) : createPostgresSlots(shared.pool);
    const throttle = createThrottle({ slots, timers: systemTimers, log });
    const policyTurns = shared === null ? createProcessTurns() : createPostgresTurns(shared.pool, "zpa_policy");
    const client = { config, clock: systemClock, timers: systemTimers, random: Math.random, log, throttle, policyTurns };
    const zpa = createZpaClient(how.kind === "rehearsed" ? { ...client, rehearse: how.rehearse } : client);
    const note: NoteAdminEvent = how.kind === "recorded" ? ledger.note : async () => {};
    try {
      return await use({ zpa, record: recordWrite({ note, ids: randomIds, log }) });
    } finally {
      await zpa.close();
    }
  } finally {
    await ledger.close();
    await shared?.close();
  }
}

async function sharedDatabase(
  url: string,
  { errors, log }: { readonly errors: Writable; readonly log: Log },
): Promise<OpenDatabase | null> {
  try {
    return await openDatabase({ url, folder: ".", log });
  } catch (thrown) {
    errors.write(`DATABASE_URL cannot be reached (${fromUnknown(thrown).code}): calls do not keep to the budget that the bots share.\n`);
    return null;
  }
}
