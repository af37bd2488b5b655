import { type Kysely, sql } from "kysely";
import type { Clock } from "../../clock.ts";
import { PortcullisError } from "../../errors.ts";
import type { Database } from "../../store/schema.ts";
import type { Catalog } from "../catalog/catalog.ts";
import type { People, SlackActor } from "../directory/person.ts";
import { REASON_MAX_LENGTH } from "../policy/ask.ts";
import type { RequestedTime, Window } from "../schedule/working-hours.ts";
import type { SubmitRequest } from "../services.ts";
import { rightsOn } from "./access-rights.ts";
import { divideRequest } from "./divide-request.ts";
import { isRenewable, isVoid } from "./end-warning.ts";
import { type AccessRequest, requestLabel } from "./request.ts";
import { readRequest, requestFromRow } from "./request-rows.ts";

export interface RenewPorts {
  readonly db: Kysely<Database>;
  readonly people: People;
  readonly catalog: Catalog;
  readonly clock: Clock;
  readonly submit: (command: SubmitRequest) => Promise<readonly AccessRequest[]>;
}

const HOUR_SECONDS = 3600;
/** ZPA: a range of at most one year. */
const LONGEST_SECONDS = 365 * 24 * HOUR_SECONDS;

/**
 * The holder asks for the same access once more: a request of its own, for the same consoles, hours and beneficiary, as long as before
 * (or as long as the rules allow by now), from the instant at which the old one ends, or from its approval when that is over. Who
 * decides is for the rules, as with any request. However often it is asked for one end, it is made once.
 *
 * @returns the renewal, or what its consoles were divided into; also when it was made before
 * @throws PortcullisError `not_allowed`, `access_not_renewable`, `request_unknown`, and as the submission of any request
 */
export const renewAccess = (ports: RenewPorts) => {
  const divide = divideRequest(ports);
  return async ({ requestId, by }: { readonly requestId: string; readonly by: SlackActor }): Promise<readonly AccessRequest[]> => {
    const { rights } = await rightsOn(ports, requestId, by);
    if (!rights.isHolder) throw new PortcullisError("not_allowed");
    const request = await readRequest(ports.db, requestId);
    const { window } = request;
    if (window === null || !isRenewable(request)) throw new PortcullisError("access_not_renewable");
    const standing = await renewalsFor(ports.db, requestId, window.end);
    const kept = standing.filter((renewal) => !isVoid(renewal));
    if (kept.length > 0) return kept;
    const consoles = request.consoles.flatMap(({ id }) => ports.catalog.byId(id) ?? []);
    const limits = (await divide(consoles)).flatMap(({ rules }) => rules.longestWindowHours ?? []);
    return ports.submit({
      by,
      beneficiaryUserId: request.beneficiary.userId,
      consoleIds: request.consoles.map(({ id }) => id),
      time: timeAfter(window, request.time.workingHours, lengthOf(window, limits), ports.clock.now()),
      reason: reasonFor(request),
      submissionKey: `${keyOf(requestId, window.end)}:${standing.length}`,
      renewsId: requestId,
    });
  };
};

/** A renewal's key begins with it, whichever of the holders asked, and whenever. */
const keyOf = (requestId: string, end: Date): string => `renewal:${requestId}:${end.getTime() / 1000}`;

/** What was asked for to go on from that end. */
async function renewalsFor(db: Kysely<Database>, requestId: string, end: Date): Promise<readonly AccessRequest[]> {
  const rows = await db
    .selectFrom("request")
    .selectAll()
    .where("renews_id", "=", requestId)
    .where(sql<boolean>`starts_with(submission_key, ${`${keyOf(requestId, end)}:`})`)
    .orderBy("number")
    .execute();
  return rows.map(requestFromRow);
}

const lengthOf = ({ start, end }: Window, limitsInHours: readonly number[]): number =>
  Math.min(LONGEST_SECONDS, (end.getTime() - start.getTime()) / 1000, ...limitsInHours.map((hours) => hours * HOUR_SECONDS));

function timeAfter({ end }: Window, workingHours: RequestedTime["workingHours"], seconds: number, now: Date): RequestedTime {
  if (end <= now) return { start: { kind: "onApproval" }, end: { kind: "after", seconds }, workingHours };
  return { start: { kind: "at", at: end }, end: { kind: "at", at: new Date(end.getTime() + seconds * 1000) }, workingHours };
}

const RENEWAL_OF = /^(?:Renewal of PRA-\d+: )+/u;

/** Of a renewal of a renewal the reason is said once. */
const reasonFor = (request: AccessRequest): string =>
  `Renewal of ${requestLabel(request)}: ${request.reason.replace(RENEWAL_OF, "")}`.slice(0, REASON_MAX_LENGTH).toWellFormed();
