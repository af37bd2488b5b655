import { max } from "date-fns/max";
import { type Kysely, sql } from "kysely";
import type { Clock } from "../../clock.ts";
import { fromUnknown, PortcullisError } from "../../errors.ts";
import type { Database } from "../../store/schema.ts";
import { approvalFromRow } from "../approvals/approval-rows.ts";
import { dueAt } from "../approvals/timers.ts";
import type { Catalog } from "../catalog/catalog.ts";
import { withoutEffect } from "../coverage/without-effect.ts";
import { reviewStanding } from "../emergency/review-standing.ts";
import { cronsAt } from "../schedule/cron.ts";
import { nextOpenings } from "../schedule/openings.ts";
import { windowAt } from "../schedule/requested-time.ts";
import { transitions } from "../schedule/transitions.ts";
import type { CronPair, Window } from "../schedule/working-hours.ts";
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
    const hours = request.time.workingHours;
    const renewedBy = await renewalsOf(db, requestId);
    return {
      request,
      approval,
      consoles: request.consoles,
      alsoOpens: alsoOpened(catalog, request),
      alreadyHolds: await heldAccess(db, request, now),
      withoutEffect: STANDS_OR_MAY.has(request.status) ? await withoutEffect({ db })(request.consoles) : [],
      window,
      nextOpenings: window === null ? [] : nextOpenings(window, hours, now, 3),
      crons: cronsOf(request, grants, window, now),
      offsetChanges:
        window === null || hours === null ? [] : transitions(hours, { from: window.start, until: window.end }).map(({ at }) => at),
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

function alsoOpened(catalog: Catalog, request: AccessRequest) {
  const asked = new Set(request.consoles.map((console) => console.id));
  const segments = new Set(request.consoles.map((console) => console.segmentId));
  return [...segments].flatMap((segmentId) => catalog.onSegment(segmentId)).filter((console) => !asked.has(console.id));
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

function cronsOf(request: AccessRequest, grants: readonly Grant[], window: Window | null, now: Date): CronPair | null {
  const written = grants.find((grant) => grant.workingHours !== null)?.workingHours;
  if (written) return { startTimeCron: written.startTimeCron, endTimeCron: written.endTimeCron };
  const hours = request.time.workingHours;
  if (hours === null || window === null) return null;
  return cronsAt(hours, max([window.start, now]));
}
