import { addDays } from "date-fns/addDays";
import { addMinutes } from "date-fns/addMinutes";
import { addSeconds } from "date-fns/addSeconds";
import { max } from "date-fns/max";
import type { Kysely } from "kysely";
import type { Clock } from "../../clock.ts";
import type { FaultPoint } from "../../fault-points.ts";
import type { Ids } from "../../ids.ts";
import type { Log } from "../../log.ts";
import type { Database } from "../../store/schema.ts";
import { newestSeal, sealsAfter } from "./seal-rows.ts";
import type { DeliveryOutcome, SiemClient } from "./siem-client.ts";
import { claimCursor, moveCursor, moveCursorBack, moveCursorTo, type SiemCursor } from "./siem-cursor.ts";
import { eventsBody, fitting, headBody, type SealedEvent } from "./siem-delivery.ts";
import { forkOf, isOtherChain } from "./siem-fork.ts";

export interface ShipPorts {
  readonly db: Kysely<Database>;
  readonly siem: SiemClient;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly faultPoint: FaultPoint;
}

const MOST_EVENTS = 200;
/** The pause after a failure doubles from here … */
const FIRST_PAUSE_MINUTES = 1;
/** … up to here; a refusal, which no pause will mend, waits so long at once. */
const LONGEST_PAUSE_MINUTES = 60;

/**
 * Sends everything that is sealed and not sent to the SIEM, in the order of the seals, one batch after the other; at least once a day the
 * head alone. The cursor moves when the receiver has said yes, so a batch whose answer was lost goes out again, as the same bytes under
 * the same id. Nothing is ever skipped: what the receiver refuses stays at the front, and is said in the log. A chain that is no longer
 * the one that was sent goes out again from where the two part, and each of its deliveries says so.
 *
 * @param signal ends it after the delivery that is on its way; the next run goes on there
 */
export async function shipLedger(ports: ShipPorts, signal: AbortSignal): Promise<void> {
  const runId = ports.ids.uuid();
  const first = await claimCursor(ports.db, runId);
  if (first === null) return;
  try {
    let cursor: SiemCursor | null = first;
    if (cursor.next_at !== null && cursor.next_at > ports.clock.now()) return;
    while (cursor !== null && !signal.aborted && (await shipNext(ports, runId, cursor))) cursor = await claimCursor(ports.db, runId);
  } finally {
    await moveCursor(ports.db, runId, { claimed_by: null });
  }
}

/** @returns whether there may be more to send */
async function shipNext(ports: ShipPorts, runId: string, cursor: SiemCursor): Promise<boolean> {
  const { db, siem, clock } = ports;
  if (await isOtherChain(db, cursor)) return goBack(ports, runId, cursor);
  const seals = await nextBatch(ports, cursor);
  const last = seals.at(-1);
  if (last === undefined) {
    await shipHead(ports, runId, cursor);
    return false;
  }
  if (cursor.batch_end !== last.number && !(await moveCursor(db, runId, { batch_end: last.number }))) return false;
  const outcome = await siem.deliver(eventsBody(seals, differsAt(cursor, BigInt(seals[0]?.number ?? 0))));
  await ports.faultPoint("siem.answered");
  const half = seals[Math.floor(seals.length / 2) - 1];
  if (outcome.kind === "too_large" && half !== undefined) return moveCursor(db, runId, { batch_end: half.number });
  if (outcome.kind !== "taken") return noteFailure(ports, runId, cursor, outcome);
  ports.log.info({ first: seals[0]?.number, last: last.number }, "siem.delivered");
  return moveCursorTo(db, runId, { seal: last, now: clock.now() });
}

async function goBack({ db, log, clock }: ShipPorts, runId: string, { shipped, fork_shipped }: SiemCursor): Promise<boolean> {
  const fork = await forkOf(db);
  log.error({ shipped, after: fork.after }, "siem.chain-differs");
  // Of an earlier fork more numbers may have been delivered.
  const most = fork_shipped !== null && BigInt(fork_shipped) > BigInt(shipped) ? fork_shipped : shipped;
  return moveCursorBack(db, runId, { fork, shipped: most, now: clock.now() });
}

/** While numbers are delivered that had been delivered before, of the other chain. */
const differsAt = ({ fork_after, fork_shipped }: SiemCursor, first: bigint) =>
  fork_after === null || fork_shipped === null || first > BigInt(fork_shipped)
    ? null
    : { after: Number(fork_after), delivered: Number(fork_shipped) };

/** A batch that was on its way is the same again; a seal whose event is gone ends it, and is never stepped over. */
async function nextBatch({ db, log }: ShipPorts, { shipped, batch_end }: SiemCursor): Promise<readonly SealedEvent[]> {
  const seals = await sealsAfter(db, shipped, MOST_EVENTS);
  const gap = seals.findIndex(({ event }) => event === null);
  if (gap >= 0) log.error({ number: seals[gap]?.number }, "siem.event-missing");
  const whole = (gap < 0 ? seals : seals.slice(0, gap)).flatMap((seal) => (seal.event === null ? [] : [{ ...seal, event: seal.event }]));
  const fit = fitting(whole);
  return batch_end === null ? fit : fit.filter(({ number }) => BigInt(number) <= BigInt(batch_end));
}

async function shipHead(ports: ShipPorts, runId: string, cursor: SiemCursor): Promise<void> {
  const { db, siem, clock } = ports;
  const now = clock.now();
  if (cursor.shipped_at !== null && addDays(cursor.shipped_at, 1) > now) return;
  const head = await newestSeal(db);
  const differs = differsAt(cursor, BigInt(head?.number ?? 0));
  const outcome = await siem.deliver(headBody(head === null ? null : { number: Number(head.number), mac: head.mac }, now, differs));
  if (outcome.kind !== "taken") await noteFailure(ports, runId, cursor, outcome);
  else await moveCursor(db, runId, { shipped_at: now, failures: 0, last_failure: null, next_at: null });
}

async function noteFailure(
  { db, clock, log }: ShipPorts,
  runId: string,
  { failures, shipped }: SiemCursor,
  outcome: Exclude<DeliveryOutcome, { readonly kind: "taken" }>,
): Promise<false> {
  const now = clock.now();
  const pause = outcome.kind === "failed" ? FIRST_PAUSE_MINUTES * 2 ** Math.min(failures, 10) : LONGEST_PAUSE_MINUTES;
  const latest = addMinutes(now, LONGEST_PAUSE_MINUTES);
  const asked = outcome.kind === "failed" && outcome.retryAfterSeconds !== null ? addSeconds(now, outcome.retryAfterSeconds) : now;
  const wanted = max([addMinutes(now, pause), asked]);
  const nextAt = wanted > latest ? latest : wanted;
  const fields = { failure: outcome.failure, failures: failures + 1, shipped, nextAt };
  if (outcome.kind === "failed") log.warn(fields, "siem.not-delivered");
  else log.error(fields, "siem.refused");
  await moveCursor(db, runId, { failures: failures + 1, last_failure: outcome.failure, next_at: nextAt });
  return false;
}
