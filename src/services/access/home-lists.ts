import type { ExpressionBuilder, Kysely, Selectable, SelectQueryBuilder } from "kysely";
import { sql } from "kysely";
import type { Clock } from "../../clock.ts";
import type { Database, RequestTable } from "../../store/schema.ts";
import { holderKey } from "../approvals/seats.ts";
import type { People } from "../directory/person.ts";
import { holderOf, isGroupId } from "../policy/route.ts";
import { nextOpenings } from "../schedule/openings.ts";
import type { HomeLists } from "../services.ts";
import { windowIfApproved } from "./load-overview.ts";
import type { RequestRow } from "./overview.ts";
import { requestLabel } from "./request.ts";
import { requestFromRow } from "./request-rows.ts";

export interface HomePorts {
  readonly db: Kysely<Database>;
  readonly people: Pick<People, "groupsOf">;
  readonly clock: Clock;
  readonly rules: { readonly approvers: readonly string[]; readonly selfApproval: boolean };
}

type Row = Selectable<RequestTable> & { approval_id: string; approval_version: number };

/** What a person's App Home and `/pra mine` list: what waits for them, their access, their requests. */
export const homeLists =
  ({ db, people, clock, rules }: HomePorts) =>
  async (userId: string, { limit }: { readonly limit: number }): Promise<HomeLists> => {
    const now = clock.now();
    const groups = await people.groupsOf(userId, await groupsHoldingSeats(db, rules.approvers));
    const keys = [holderKey({ kind: "person", userId }), ...groups.map((id) => holderKey(holderOf(id)))];
    const waiting = rows(db)
      .where("approval.status", "=", "PENDING")
      .where(sql<boolean>`approval.holder_keys && ${sql.val(keys)}::text[]`)
      .orderBy("request.created_at");
    const mayDecide = rules.selfApproval
      ? waiting
      : waiting.where("request.requester_user_id", "!=", userId).where("request.beneficiary_user_id", "!=", userId);
    const access = rows(db)
      .where("request.beneficiary_user_id", "=", userId)
      .where("request.window_end", ">", now)
      .where((where) => where.or([where("request.status", "=", "GRANTING"), where.exists(grantedPart(where))]))
      .orderBy("request.window_end");
    const requests = rows(db).where("request.requester_user_id", "=", userId).orderBy("request.created_at", "desc");
    return {
      waitingForMe: (await mayDecide.limit(limit).execute()).map((row) => toRow(row, now)),
      myAccess: (await access.limit(limit).execute()).map((row) => toRow(row, now)),
      myRequests: (await requests.limit(limit).execute()).map((row) => toRow(row, now)),
    };
  };

const rows = (db: Kysely<Database>): SelectQueryBuilder<Database, "request" | "approval", Row> =>
  db
    .selectFrom("request")
    .innerJoin("approval", "approval.request_id", "request.id")
    .selectAll("request")
    .select(["approval.id as approval_id", "approval.version as approval_version"]);

/** A request may have failed in one microtenant and stand in another. */
const grantedPart = (where: ExpressionBuilder<Database, "request" | "approval">) =>
  where
    .selectFrom("access_grant")
    .select("access_grant.id")
    .whereRef("access_grant.request_id", "=", "request.id")
    .where("access_grant.status", "=", "GRANTED");

/** Groups of the setting, and those that a reassignment brought in. */
async function groupsHoldingSeats(db: Kysely<Database>, approvers: readonly string[]): Promise<readonly string[]> {
  const held = await db
    .selectFrom("approval")
    .select(sql<string>`unnest(holder_keys)`.as("key"))
    .where("status", "=", "PENDING")
    .distinct()
    .execute();
  const reassigned = held.flatMap(({ key }) => (key.startsWith("group:") ? [key.slice("group:".length)] : []));
  return [...new Set([...approvers.filter(isGroupId), ...reassigned])];
}

function toRow(row: Row, now: Date): RequestRow {
  const request = requestFromRow(row);
  const window = request.window ?? windowIfApproved(request, now);
  const [nextOpening] = window === null ? [] : nextOpenings(window, request.time.workingHours, now, 1);
  return {
    requestId: request.id,
    approvalId: row.approval_id,
    approvalVersion: row.approval_version,
    label: requestLabel(request),
    status: request.status,
    beneficiaryUserId: request.beneficiary.userId,
    requesterUserId: request.requester.userId,
    consoleNames: request.consoles.map((console) => console.name),
    reason: request.reason,
    window,
    nextOpening: nextOpening ?? null,
    portalUrl: request.consoles.flatMap((console) => console.portals).find((portal) => portal.url !== null)?.url ?? null,
    createdAt: request.createdAt,
  };
}
