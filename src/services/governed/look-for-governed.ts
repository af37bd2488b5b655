import { addSeconds } from "date-fns/addSeconds";
import { min } from "date-fns/min";
import { subMinutes } from "date-fns/subMinutes";
import type { Kysely } from "kysely";
import type { Clock } from "../../clock.ts";
import { fromUnknown } from "../../errors.ts";
import type { Jobs } from "../../jobs/jobs.ts";
import type { Log } from "../../log.ts";
import type { Database } from "../../store/schema.ts";
import { allOf, anyOf, isAmong, isTime } from "../sailpoint/filter.ts";
import type { SailPointClient } from "../sailpoint/sailpoint-client.ts";
import { seeGoverned } from "./see-governed.ts";

export interface LookPorts {
  readonly db: Kysely<Database>;
  readonly jobs: Pick<Jobs, "enqueue" | "enqueueNow">;
  readonly sailpoint: { readonly approvals: Pick<SailPointClient["approvals"], "list"> };
  readonly clock: Clock;
  readonly log: Log;
  readonly types: readonly string[];
  readonly lookSeconds: number;
}

/** SailPoint's clock and ours need not agree, and what is decided may be listed a little later. */
const OVERLAP_MINUTES = 10;

/**
 * The recurring job: plans the next look first, so that a tenant that is away now is asked again when it is back. A look that fails touches
 * nothing, and the next one goes back as far.
 */
export const runLook = (ports: LookPorts) => async (): Promise<void> => {
  await planLook(ports.jobs, addSeconds(ports.clock.now(), ports.lookSeconds));
  try {
    await lookForGoverned(ports);
  } catch (thrown) {
    const error = fromUnknown(thrown);
    ports.log.warn({ err: error, code: error.code }, "governed.not-looked");
  }
};

/** Plans the next look, unless one is planned. */
export const planLook = (jobs: Pick<Jobs, "enqueueNow">, startAfter: Date): Promise<void> =>
  jobs.enqueueNow("look-governed", {}, { startAfter, singletonKey: "next" });

/**
 * Looks for what was decided, or taken back, since the last look: one that is raised and approved between two polls of the inbox is in no
 * list of what waits.
 *
 * @throws PortcullisError `sailpoint_*`
 */
export async function lookForGoverned(ports: LookPorts): Promise<void> {
  const { db, clock, sailpoint } = ports;
  if (ports.types.length === 0) return;
  const types = await db.selectFrom("governed_type").selectAll().where("type", "in", ports.types).execute();
  if (types.length === 0) return;
  const startedAt = clock.now();
  const from = subMinutes(min(types.map(({ since, looked_at: lookedAt }) => lookedAt ?? since)), OVERLAP_MINUTES);
  const filter = allOf(
    isAmong(
      "type",
      types.map(({ type }) => type),
    ),
    isAmong("status", ["APPROVED", "REJECTED", "CANCELLED"]),
    anyOf(isTime("completedDate", "ge", from), isTime("modifiedDate", "ge", from)),
  );
  const decided = await sailpoint.approvals.list({ mine: false, filter }, { priority: "poll" });
  const known = await statusesOf(
    db,
    decided.map(({ id }) => id),
  );
  const see = seeGoverned(ports);
  for (const approval of decided) {
    const status = known.get(approval.id);
    const isNews = status === "WATCHED" || (status === undefined ? approval.status === "APPROVED" : status === "GRANTED");
    if (isNews) await db.transaction().execute((trx) => see(trx, approval, null));
  }
  await db
    .updateTable("governed_type")
    .set({ looked_at: startedAt })
    .where(
      "type",
      "in",
      types.map(({ type }) => type),
    )
    .execute();
}

async function statusesOf(db: Kysely<Database>, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db.selectFrom("governed_approval").select(["sailpoint_id", "status"]).where("sailpoint_id", "in", ids).execute();
  return new Map(rows.map(({ sailpoint_id: id, status }) => [id, status]));
}
