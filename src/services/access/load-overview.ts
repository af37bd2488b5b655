import { type Kysely, sql } from "kysely";
import type { Clock } from "../../clock.ts";
import { fromUnknown, PortcullisError } from "../../errors.ts";
import type { Database } from "../../store/schema.ts";
import { approvalFromRow } from "../approvals/approval-rows.ts";
import { dueAt } from "../approvals/timers.ts";
import type { Catalog, CatalogConsole } from "../catalog/catalog.ts";
import { withoutEffect } from "../coverage/without-effect.ts";
import { reviewStanding } from "../emergency/review-standing.ts";
import { windowAt } from "../schedule/requested-time.ts";
import type { Window } from "../schedule/working-hours.ts";
import { effectOfTime } from "./effect-of-time.ts";
import { END_WARNING_MINUTES, endsSoon, isRenewable, isVoid } from "./end-warning.ts";
import type { Grant } from "./grant.ts";
import { readGrants } from "./grant-rows.ts";
import type { HeldAccess, Renewal, RequestOverview } from "./overview.ts";
import { type AccessRequest, type RequestStatus, requestLabel } from "./request.ts";
import { readRequest, requestFromRow } from "./request-rows.ts";

/** More than a card has room for. */
const HELD_SHOWN = 10;

const STANDS_OR_MAY: ReadonlySet<RequestStatus> = new Set(["PENDING", "GRANTING", "GRANTED"]);

export interface OverviewPorts {
  readonly db: Kysely<Database>;
  readonly catalog: Catalog;
  readonly clock: Clock;
  readonly endWarningMinutes?: number;
}

/**
 * Everything that a card shows of one request, as of now: the effect of an approval, not only the form that was filled in.
 * @throws PortcullisError `request_unknown`
 */
export const loadOverview =
  ({ db, catalog, clock, endWarningMinutes = END_WARNING_MINUTES }: OverviewPorts) =>
  async (requestId: string): Promise<RequestOverview> => {
    const now = clock.now();
    const request = await readRequest(db, requestId);
    const row = await db.selectFrom("approval").selectAll().where("request_id", "=", requestId).executeTakeFirst();
    if (row === undefined) throw new PortcullisError("request_unknown");
    const approval = approvalFromRow(row);
    const dueBy = dueAt(approval);
    const grants = await readGrants(db, requestId);
    const window = request.window ?? windowIfApproved(request, now);
    const renewedBy = await renewalsOf(db, requestId);
    return {
      request,
      approval,
      consoles: request.consoles,
      alsoOpens: alsoOpened(catalog, request.consoles),
      alreadyHolds: await heldAccess(db, request, now),
      withoutEffect: STANDS_OR_MAY.has(request.status) ? await withoutEffect({ db })(request.consoles) : [],
      window,
      ...effectOfTime(window, request.time.workingHours, now),
      ...writtenCrons(grants),
      grants,
      endsSoon: endsSoon(request, endWarningMinutes, now),
      canRenew: isRenewable(request) && renewedBy.every(isVoid),
      renews: request.renewsId === null ? null : requestLabel(await readRequest(db, request.renewsId)),
      renewedBy,
      madeTogether: await madeTogether(db, request),
      review: request.origin === "BREAK_GLASS" ? await reviewStanding(db, requestId) : null,
      deadline: dueBy === null ? null : { at: dueBy, result: approval.config.timeoutConfig.timeoutResult },
    };
  };

/** What goes on with a request's access, in order. */
async function renewalsOf(db: Kysely<Database>, requestId: string): Promise<readonly Renewal[]> {
  const rows = await db.selectFrom("request").selectAll().where("renews_id", "=", requestId).orderBy("number").execute();
  return rows.map(requestFromRow).map((renewal) => ({ label: requestLabel(renewal), status: renewal.status }));
}

/** Labels of the whole batch, in order. */
export async function madeTogether(db: Kysely<Database>, { batch }: Pick<AccessRequest, "batch">): Promise<readonly string[]> {
  if (batch === null) return [];
  const rows = await db.selectFrom("request").select("number").where("batch_id", "=", batch.id).orderBy("number").execute();
  return rows.map(requestLabel);
}

/** The window that an approval at this instant would give; null when it would be over. */
export function windowIfApproved(request: Pick<AccessRequest, "time">, now: Date): Window | null {
  try {
    return windowAt(request.time, now);
  } catch (thrown) {
    if (fromUnknown(thrown).code === "window_over") return null;
    throw thrown;
  }
}

/** Consoles that nobody asked for and that stand on the same segments. */
export function alsoOpened(catalog: Pick<Catalog, "onSegment">, consoles: readonly CatalogConsole[]): readonly CatalogConsole[] {
  const asked = new Set(consoles.map(({ id }) => id));
  const segments = new Set(consoles.map(({ segmentId }) => segmentId));
  return [...segments].flatMap((segmentId) => catalog.onSegment(segmentId)).filter(({ id }) => !asked.has(id));
}

/** Access of the beneficiary, by other requests, to segments that this one names: what stands or is being granted. */
async function heldAccess(db: Kysely<Database>, request: AccessRequest, now: Date): Promise<readonly HeldAccess[]> {
  const segments = [...new Set(request.consoles.map((console) => console.segmentId))];
  const rows = await db
    .selectFrom("request")
    .selectAll("request")
    .where("request.id", "!=", request.id)
    .where("request.beneficiary_user_id", "=", request.beneficiary.userId)
    .where("request.window_end", ">", now)
    .where((where) =>
      where.exists(
        where
          .selectFrom("access_grant")
          .select("access_grant.id")
          .whereRef("access_grant.request_id", "=", "request.id")
          .where("access_grant.status", "in", ["PLANNED", "GRANTED"])
          .where(sql<boolean>`jsonb_exists_any(access_grant.segment_ids, ${sql.val(segments)}::text[])`),
      ),
    )
    .orderBy("request.window_end")
    .limit(HELD_SHOWN)
    .execute();
  return rows.map(requestFromRow).flatMap((held) => {
    const shared = held.consoles.filter((console) => segments.includes(console.segmentId));
    return held.window === null
      ? []
      : [{ label: requestLabel(held), consoleNames: shared.map((console) => console.name), window: held.window }];
  });
}

/** Those that stand in ZPA, where some do. */
function writtenCrons(grants: readonly Grant[]): Partial<Pick<RequestOverview, "crons">> {
  const written = grants.find((grant) => grant.workingHours !== null)?.workingHours;
  return written ? { crons: { startTimeCron: written.startTimeCron, endTimeCron: written.endTimeCron } } : {};
}
