import type { Kysely, Selectable, Transaction } from "kysely";
import { z } from "zod";
import type { Database } from "../../store/schema.ts";
import type { CoverageReason, SegmentCoverage } from "./coverage.ts";

const named = { rule: z.string() } as const;
const reason: z.ZodType<CoverageReason> = z.discriminatedUnion("code", [
  z.object({ code: z.literal("covered_by"), ...named }),
  z.object({ code: z.literal("no_rule") }),
  z.object({ code: z.literal("shadowed_by"), ...named, action: z.string(), covering: z.string() }),
  z.object({ code: z.literal("earlier_rule_for_some"), ...named, action: z.string(), covering: z.string() }),
  z.object({ code: z.literal("approval_for_some"), ...named }),
  z.object({ code: z.literal("segment_group_unknown"), ...named }),
  z.object({ code: z.literal("action_unknown"), ...named, action: z.string() }),
  z.object({ code: z.literal("microtenants_differ") }),
  z.object({ code: z.literal("rules_not_read"), error: z.string() }),
  z.object({ code: z.literal("not_checked") }),
]);

/** A statement takes 65,535 values at most. */
const ROWS_AT_ONCE = 1_000;

const rowOf = ({ id, name, microtenantId, status, ruleId, reason: why }: SegmentCoverage, checkedAt: Date) => ({
  ...{ segment_id: id, name, microtenant_id: microtenantId, status, rule_id: ruleId },
  reason: JSON.stringify(why),
  checked_at: checkedAt,
});

/**
 * Puts what was read in the place of what was known before, unless another replica has stored something newer meanwhile. Where the rules could
 * not be read just now, what was known before stays, with its age: a warning is not to go because ZPA is away for a minute.
 */
export async function saveCoverage(db: Kysely<Database>, found: readonly SegmentCoverage[], checkedAt: Date): Promise<void> {
  const { kept = [], seen = [] } = Object.groupBy(found, (each) => (isPassing(each) ? "kept" : "seen"));
  await db.transaction().execute(async (trx) => {
    await noteCoverage(trx, seen, checkedAt);
    await noteIfUnknown(trx, kept, checkedAt);
    await dropOthers(trx, { kept, checkedAt });
  });
}

/** A right that is missing is missing until somebody grants it; everything else may be gone with the next reading. */
const isPassing = ({ reason: why }: SegmentCoverage): boolean => why.code === "rules_not_read" && why.error !== "zpa_not_permitted";

async function noteIfUnknown(trx: Transaction<Database>, found: readonly SegmentCoverage[], checkedAt: Date): Promise<void> {
  for (const rows of partsOf(found, checkedAt))
    await trx
      .insertInto("segment_coverage")
      .values(rows)
      .onConflict((conflict) => conflict.column("segment_id").doNothing())
      .execute();
}

/** Segments that are not there any more. */
async function dropOthers(
  trx: Transaction<Database>,
  { kept, checkedAt }: { readonly kept: readonly SegmentCoverage[]; readonly checkedAt: Date },
): Promise<void> {
  const stays = new Set(kept.map(({ id }) => id));
  const older = await trx
    .selectFrom("segment_coverage")
    .select("segment_id")
    .where("checked_at", "<", checkedAt)
    .orderBy("segment_id")
    .execute();
  const gone = older.map((row) => row.segment_id).filter((id) => !stays.has(id));
  for (let first = 0; first < gone.length; first += ROWS_AT_ONCE)
    await trx
      .deleteFrom("segment_coverage")
      .where("segment_id", "in", gone.slice(first, first + ROWS_AT_ONCE))
      .where("checked_at", "<", checkedAt) // another replica may have seen it meanwhile
      .execute();
}

function partsOf(found: readonly SegmentCoverage[], checkedAt: Date) {
  // In one order, because two replicas that collide wait for one another.
  const rows = found.toSorted((one, other) => (one.id < other.id ? -1 : 1)).map((each) => rowOf(each, checkedAt));
  return Array.from({ length: Math.ceil(rows.length / ROWS_AT_ONCE) }, (_, part) =>
    rows.slice(part * ROWS_AT_ONCE, (part + 1) * ROWS_AT_ONCE),
  );
}

/** The same of some segments; what is known of others stays. */
export async function noteCoverage(db: Kysely<Database>, found: readonly SegmentCoverage[], checkedAt: Date): Promise<void> {
  for (const rows of partsOf(found, checkedAt)) {
    await db
      .insertInto("segment_coverage")
      .values(rows)
      .onConflict((conflict) =>
        conflict
          .column("segment_id")
          .doUpdateSet(({ ref }) => ({
            microtenant_id: ref("excluded.microtenant_id"),
            name: ref("excluded.name"),
            status: ref("excluded.status"),
            rule_id: ref("excluded.rule_id"),
            reason: ref("excluded.reason"),
            checked_at: ref("excluded.checked_at"),
          }))
          .where("segment_coverage.checked_at", "<=", checkedAt),
      )
      .execute();
  }
}

/** What was last known of a segment, and since when; `checkedAt` is null while nobody has looked. */
export interface KnownCoverage extends Pick<SegmentCoverage, "status" | "ruleId" | "reason"> {
  readonly segmentId: string;
  readonly checkedAt: Date | null;
}

/** What the snapshot says of these segments, each once, in their order. ZPA is not asked. */
export const coverageOf =
  ({ db }: { readonly db: Kysely<Database> }) =>
  async (segmentIds: readonly string[]): Promise<readonly KnownCoverage[]> => {
    const wanted = [...new Set(segmentIds)];
    if (wanted.length === 0) return [];
    const rows = await db.selectFrom("segment_coverage").selectAll().where("segment_id", "in", wanted).execute();
    const known = new Map(rows.map((row) => [row.segment_id, row]));
    return wanted.map((segmentId) => {
      const row = known.get(segmentId);
      return row === undefined ? { segmentId, ...NOT_CHECKED } : { segmentId, ...knownFrom(row) };
    });
  };

/** All that the snapshot says, by name. ZPA is not asked. */
export async function allCoverage(db: Kysely<Database>): Promise<readonly (SegmentCoverage & Pick<KnownCoverage, "checkedAt">)[]> {
  const rows = await db.selectFrom("segment_coverage").selectAll().orderBy("name").orderBy("segment_id").execute();
  return rows.map((row) => ({ id: row.segment_id, name: row.name, microtenantId: row.microtenant_id, ...knownFrom(row) }));
}

type Known = Omit<KnownCoverage, "segmentId">;

const NOT_CHECKED: Known = { status: "unknown", ruleId: null, reason: { code: "not_checked" }, checkedAt: null };

function knownFrom(row: Selectable<Database["segment_coverage"]>): Known {
  // A newer version that runs beside this one may write down reasons that are not known here.
  const why = reason.safeParse(row.reason).data;
  return why === undefined ? NOT_CHECKED : { status: row.status, ruleId: row.rule_id, reason: why, checkedAt: row.checked_at };
}
