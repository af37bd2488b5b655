import type { Kysely, Transaction } from "kysely";
import type { Ids } from "../../../ids.ts";
import type { Jobs } from "../../../jobs/jobs.ts";
import type { Database } from "../../../store/schema.ts";
import { appendToLedger } from "../../audit/ledger.ts";
import { microtenantKey } from "../grant-rows.ts";
import { compareFindings } from "./compare-findings.ts";
import type { Finding, FindingKind, Found } from "./finding.ts";
import { insertFinding, lockStanding, takeTurnIn, updateFinding } from "./finding-rows.ts";

/** Up to so many new ones of a kind have a message each; more have one together, and are in the list of findings. */
const MOST_MESSAGES: Readonly<Record<FindingKind, number>> = { FOREIGN: 5, CHANGED: 10, MISSING: 10, MANY: 1, LIST: 1 };

interface Pass {
  readonly microtenantId: string | null;
  readonly microtenantName: string;
  readonly found: readonly Found[];
  /** Of these the pass does not know: what stands about them stays. */
  readonly isUnsure: (finding: Finding) => boolean;
  readonly now: Date;
}

/**
 * Brings the findings of one microtenant to what a pass found: what is new is opened, what is otherwise is changed where it stands, what
 * is no longer so is over. What was ignored, or adopted, stays so until it is otherwise. Run again it changes nothing.
 *
 * @returns how many were opened
 */
export async function recordFindings(
  { db, ids, jobs }: { readonly db: Kysely<Database>; readonly ids: Ids; readonly jobs: Pick<Jobs, "enqueue"> },
  pass: Pass,
): Promise<number> {
  return db.transaction().execute(async (trx) => {
    await takeTurnIn(trx, pass.microtenantId);
    const standing = (await lockStanding(trx, pass.microtenantId)).filter(({ kind }) => kind !== "MANY");
    const { opened, changed, closed } = compareFindings(standing, pass.found, pass.isUnsure);
    const toShow = new Set<string>();
    for (const finding of closed) if (await close(trx, finding, pass.now)) toShow.add(finding.id);
    for (const { finding, found } of changed) {
      const { fingerprint, body, zpaId } = found;
      await updateFinding(trx, finding.id, { fingerprint, body, zpaId, failure: null });
      if (finding.isTold) toShow.add(finding.id);
    }
    for (const found of opened) {
      const isTold = opened.filter(({ kind }) => kind === found.kind).length <= MOST_MESSAGES[found.kind];
      const id = ids.uuid();
      await insertFinding(trx, { id, found, isTold, now: pass.now });
      if (isTold) toShow.add(id);
      await appendToLedger(trx, pass.now, [
        {
          kind: "finding.opened",
          requestId: null,
          actor: "portcullis",
          subject: id,
          before: null,
          after: { kind: found.kind, zpaId: found.zpaId, grantId: found.grantId, ...found.body },
        },
      ]);
    }
    await showTogether(trx, ids, pass, toShow);
    for (const findingId of toShow) await jobs.enqueue(trx, "project-finding", { findingId });
    return opened.length;
  });
}

/** @returns whether its message has something else to say now */
async function close(trx: Transaction<Database>, finding: Finding, now: Date): Promise<boolean> {
  if (finding.status !== "OPEN") {
    await updateFinding(trx, finding.id, { closedAt: now });
    return false;
  }
  await updateFinding(trx, finding.id, { status: "GONE", settledAt: now, closedAt: now });
  await appendToLedger(trx, now, [
    {
      kind: "finding.gone",
      requestId: null,
      actor: "portcullis",
      subject: finding.id,
      before: { status: "OPEN" },
      after: { status: "GONE" },
    },
  ]);
  return finding.isTold;
}

/** One message for all that have none of their own. */
async function showTogether(trx: Transaction<Database>, ids: Ids, pass: Pass, toShow: Set<string>): Promise<void> {
  const all = await lockStanding(trx, pass.microtenantId);
  const together = all.find(({ kind }) => kind === "MANY");
  const quiet = all.filter(({ isTold, status, kind }) => !isTold && status === "OPEN" && kind !== "MANY");
  const counts = { CHANGED: 0, MISSING: 0, FOREIGN: 0 };
  for (const { kind } of quiet) if (kind === "CHANGED" || kind === "MISSING" || kind === "FOREIGN") counts[kind] += 1;
  if (quiet.length === 0) {
    if (together === undefined) return;
    await updateFinding(trx, together.id, { status: "GONE", settledAt: pass.now, closedAt: pass.now });
    toShow.add(together.id);
    return;
  }
  const body = { microtenantName: pass.microtenantName, fields: [], intended: null, seen: null, counts };
  if (together === undefined) {
    const id = ids.uuid();
    const { microtenantId } = pass;
    const found = {
      kind: "MANY",
      subject: microtenantKey(microtenantId),
      microtenantId,
      zpaId: null,
      grantId: null,
      fingerprint: "many",
      body,
    } as const;
    await insertFinding(trx, { id, found, isTold: true, now: pass.now });
    toShow.add(id);
  } else if (Object.entries(counts).some(([kind, count]) => together.body.counts[kind] !== count)) {
    await updateFinding(trx, together.id, { body });
    toShow.add(together.id);
  }
}
