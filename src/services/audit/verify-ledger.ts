import type { Kysely } from "kysely";
import { z } from "zod";
import { PortcullisError } from "../../errors.ts";
import type { Database } from "../../store/schema.ts";
import type { LedgerKeys } from "./ledger-keys.ts";
import { CHAIN_START, type ChainPlace, FirstBad, follow, isBad, type SealRow } from "./seal-chain.ts";
import { BEFORE_ALL, newestSeal, sealsAfter } from "./seal-rows.ts";

interface VerifyPorts {
  readonly db: Kysely<Database>;
  readonly keys: LedgerKeys;
}

/** How far a verification has come. Whoever asks carries it from step to step, so that no step takes long. */
export const VerifyProgress = z.object({
  phase: z.enum(["chain", "events"]),
  place: z.object({ number: z.number().int(), mac: z.string(), keyId: z.string().nullable() }),
  /** How many seals each key made, as far as the chain holds. */
  keys: z.record(z.string(), z.number().int()),
  isHeadFound: z.boolean(),
  firstBad: FirstBad.nullable(),
  afterEvent: z.string().regex(/^-?\d{1,19}$/),
  events: z.number().int(),
  unsealed: z.number().int(),
});
export type VerifyProgress = z.infer<typeof VerifyProgress>;

const START: VerifyProgress = {
  phase: "chain",
  place: CHAIN_START,
  keys: {},
  isHeadFound: false,
  firstBad: null,
  afterEvent: BEFORE_ALL,
  events: 0,
  unsealed: 0,
};

export interface VerifyResult {
  readonly ok: boolean;
  /** All that are in the ledger, sealed or not. */
  readonly events: number;
  /** How many seals hold, from the first on. */
  readonly sealed: number;
  readonly unsealed: number;
  /** Mac of the last seal that holds: what to note outside. Null while there is none. */
  readonly head: string | null;
  readonly firstBad: FirstBad | null;
  readonly keys: Readonly<Record<string, number>>;
}

export type VerifyStep =
  | { readonly kind: "more"; readonly progress: VerifyProgress }
  | { readonly kind: "done"; readonly result: VerifyResult };

const PAGE = 1_000;
const PAGES_IN_A_STEP = 5;

/**
 * Verifies the ledger, a few thousand rows a step: that the chain holds from its first seal on, and that no event is outside of it but
 * those that wait for the sealer.
 *
 * @param progress null at the first step
 * @param head mac that the chain must have somewhere; null verifies the chain alone, and a tail that was cut off goes unnoticed
 * @throws PortcullisError `ledger_key_missing` | `invalid_input`
 */
export const verifyLedger =
  (ports: VerifyPorts) =>
  async ({ progress, head }: { readonly progress: VerifyProgress | null; readonly head: string | null }): Promise<VerifyStep> => {
    const hasKey = ports.keys.current !== null || ports.keys.older.length > 0;
    // Nothing is sealed before the first start: there is nothing that a key is missing for.
    if (!hasKey && (await newestSeal(ports.db)) !== null) throw new PortcullisError("ledger_key_missing");
    const wanted = headOf(head);
    let next = progress ?? START;
    for (let page = 0; page < PAGES_IN_A_STEP; page += 1) {
      const stepped = next.phase === "chain" ? await chainPage(ports, next, wanted) : await eventsPage(ports, next);
      if (stepped === null) return { kind: "done", result: await resultOf(ports, next, wanted) };
      next = stepped;
    }
    return { kind: "more", progress: next };
  };

function headOf(head: string | null): string | null {
  const typed = head?.trim().toLowerCase() ?? null;
  if (typed !== null && !/^[0-9a-f]{64}$/.test(typed))
    throw new PortcullisError("invalid_input", { params: { problem: "a head is 64 hexadecimal digits" } });
  return typed;
}

async function chainPage({ db, keys }: VerifyPorts, progress: VerifyProgress, head: string | null): Promise<VerifyProgress> {
  const { number } = progress.place;
  const seals = await sealsAfter(db, number === 0 ? BEFORE_ALL : String(number), PAGE);
  const walked = walk(progress, seals, { keys, head });
  return seals.length < PAGE || walked.firstBad !== null ? { ...walked, phase: "events" } : walked;
}

/** Goes from seal to seal as far as the chain holds. */
function walk(
  from: VerifyProgress,
  seals: readonly SealRow[],
  { keys, head }: { readonly keys: LedgerKeys; readonly head: string | null },
): VerifyProgress {
  let place: ChainPlace = from.place;
  let { isHeadFound } = from;
  const made = { ...from.keys };
  for (const seal of seals) {
    const outcome = follow(place, seal, keys);
    if (isBad(outcome)) return { ...from, place, keys: made, isHeadFound, firstBad: outcome };
    place = outcome;
    isHeadFound ||= seal.mac === head;
    made[seal.keyId] = (made[seal.keyId] ?? 0) + 1;
  }
  return { ...from, place, keys: made, isHeadFound };
}

/** Null when there are no more events. */
async function eventsPage({ db }: VerifyPorts, progress: VerifyProgress): Promise<VerifyProgress | null> {
  const rows = await db
    .selectFrom((from) =>
      from.selectFrom("ledger_event").select("id").where("id", ">", progress.afterEvent).orderBy("id").limit(PAGE).as("e"),
    )
    .leftJoin("ledger_seal as s", "s.event_id", "e.id")
    .leftJoin("ledger_unsealed as u", "u.event_id", "e.id")
    .select(["e.id as id", "s.number as number", "u.event_id as marked"])
    .orderBy("e.id")
    .execute();
  const last = rows.at(-1);
  if (last === undefined) return null;
  const lost = rows.find(({ number, marked }) => number === null && marked === null);
  return {
    ...progress,
    afterEvent: last.id,
    events: progress.events + rows.length,
    unsealed: progress.unsealed + rows.filter(({ number }) => number === null).length,
    firstBad: progress.firstBad ?? (lost === undefined ? null : outside("never_sealed", lost.id)),
  };
}

const outside = (problem: FirstBad["problem"], eventId: string): FirstBad => ({ number: null, eventId, problem, keyId: null });

async function resultOf({ db }: VerifyPorts, progress: VerifyProgress, head: string | null): Promise<VerifyResult> {
  const { place, events, unsealed, keys, isHeadFound } = progress;
  const firstBad = progress.firstBad ?? (await markWithoutEvent(db)) ?? (head === null || isHeadFound ? null : headMissing(place));
  return { ok: firstBad === null, events, sealed: place.number, unsealed, head: place.number === 0 ? null : place.mac, firstBad, keys };
}

/** Where the seal with that head would be at the earliest: everything before is there. */
const headMissing = ({ number }: ChainPlace): FirstBad => ({ number: number + 1, eventId: null, problem: "head_not_found", keyId: null });

/** An event that was taken away before it was sealed. */
async function markWithoutEvent(db: Kysely<Database>): Promise<FirstBad | null> {
  const row = await db
    .selectFrom("ledger_unsealed as u")
    .leftJoin("ledger_event as e", "e.id", "u.event_id")
    .select("u.event_id as eventId")
    .where("e.id", "is", null)
    .orderBy("u.event_id")
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : outside("event_missing", row.eventId);
}
