import type { ExpressionBuilder, Kysely, SelectQueryBuilder } from "kysely";
import type { Clock } from "../../clock.ts";
import type { Database } from "../../store/schema.ts";
import type { HomeLists } from "../services.ts";
import { END_WARNING_MINUTES } from "./end-warning.ts";
import { type ListedRequest, requestRowOf } from "./request-row-of.ts";

export interface HomePorts {
  readonly db: Kysely<Database>;
  readonly clock: Clock;
  readonly endWarningMinutes?: number;
}

/** What a person's App Home and `/pra mine` list beside what waits for them: their access, their requests. */
export const homeLists =
  ({ db, clock, endWarningMinutes = END_WARNING_MINUTES }: HomePorts) =>
  async (userId: string, { limit }: { readonly limit: number }): Promise<HomeLists> => {
    const now = clock.now();
    const access = rows(db)
      .where("request.beneficiary_user_id", "=", userId)
      .where("request.window_end", ">", now)
      .where((where) => where.or([where("request.status", "in", ["GRANTING", "ENDING"]), where.exists(grantedPart(where))]))
      .orderBy("request.window_end");
    const requests = rows(db).where("request.requester_user_id", "=", userId).orderBy("request.created_at", "desc");
    return {
      myAccess: (await access.limit(limit).execute()).map((row) => requestRowOf(row, now, endWarningMinutes)),
      myRequests: (await requests.limit(limit).execute()).map((row) => requestRowOf(row, now, endWarningMinutes)),
    };
  };

const rows = (db: Kysely<Database>): SelectQueryBuilder<Database, "request" | "approval", ListedRequest> =>
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
