import { type Kysely, sql } from "kysely";
import { fromUnknown } from "../../errors.ts";
import type { Database } from "../../store/schema.ts";
import type { Grant } from "../access/grant.ts";
import { grantFromRow, microtenantKey } from "../access/grant-rows.ts";
import { mayBeOpen } from "../access/may-be-open.ts";
import { readStanding } from "../access/reconcile/finding-rows.ts";
import { lastPass } from "../access/reconcile/reconcile-tenant.ts";
import { requestLabel } from "../access/request.ts";
import type { CatalogConsole } from "../catalog/catalog.ts";
import type { PrivilegedApproval } from "../zpa/zpa-client.ts";
import type { ForeignAccess, OwnAccess, SegmentAccess } from "./consoles.ts";
import type { ConsolesPorts } from "./consoles-ports.ts";

type Segment = Pick<CatalogConsole, "segmentId" | "microtenantId">;
type Ports = Pick<ConsolesPorts, "db" | "clock" | "log"> & { readonly zpa: Pick<ConsolesPorts["zpa"], "approvals"> };

/**
 * Who has access by a segment, now or later: our grants, and every other privileged approval that ZPA lists. Where ZPA does not answer, what
 * the last comparison of the tenant found of others stands in for its list, and the answer says so.
 */
export async function whoHasAccess(ports: Ports, segment: Segment): Promise<SegmentAccess> {
  const now = ports.clock.now();
  const [grants, listed] = await Promise.all([grantsOn(ports.db, segment), listedOn(ports, segment)]);
  const standing = grants.filter((grant) => endOf(grant) > now);
  const byOwn = new Set(grants.map(({ zpaId }) => zpaId));
  const ours = standing
    .map((grant) => ownAccess(grant, now, listed === null ? null : new Set(listed.map(({ id }) => id))))
    .sort((left, right) => left.end.getTime() - right.end.getTime());
  if (listed === null) return { ours, ...(await foundByComparison(ports.db, segment, now)) };
  const foreign = listed
    .filter(({ id, end, segmentIds }) => segmentIds.includes(segment.segmentId) && end > now && !byOwn.has(id))
    .map(({ id, emailIds, start, end, workingHours }): ForeignAccess => ({ zpaId: id, emails: emailIds, start, end, workingHours }));
  return { ours, foreign, read: { from: "zpa" } };
}

type GrantOfRequest = Grant & { readonly label: string };

async function grantsOn(db: Kysely<Database>, { segmentId, microtenantId }: Segment): Promise<readonly GrantOfRequest[]> {
  const rows = await db
    .selectFrom("access_grant")
    .innerJoin("request", "request.id", "access_grant.request_id")
    .selectAll("access_grant")
    .select("request.number as request_number")
    .where("access_grant.microtenant_key", "=", microtenantKey(microtenantId))
    .where((eb) => eb.or([mayBeOpen(), eb("access_grant.status", "=", "ENDING")]))
    .where(sql<boolean>`access_grant.segment_ids @> ${JSON.stringify([segmentId])}::jsonb`)
    .execute();
  return rows.map((row) => ({ ...grantFromRow(row), label: requestLabel({ number: row.request_number }) }));
}

/** What ZPA may hold of it. */
const endOf = ({ end, changingFrom }: Grant): Date => (changingFrom !== null && changingFrom.end > end ? changingFrom.end : end);

function ownAccess(grant: GrantOfRequest, now: Date, listedIds: ReadonlySet<string> | null): OwnAccess {
  const { label, email, start, workingHours, zpaId, status } = grant;
  return {
    ...{ label, email, start, workingHours, end: endOf(grant) },
    standing: status === "ENDING" ? "ENDING" : status !== "GRANTED" ? "UNPROVEN" : start > now ? "LATER" : "OPEN",
    isListed: zpaId === null || listedIds === null ? null : listedIds.has(zpaId),
  };
}

/** Everything in the microtenant; null where ZPA does not tell. */
async function listedOn({ zpa, log }: Ports, { microtenantId }: Segment): Promise<readonly PrivilegedApproval[] | null> {
  try {
    return await zpa.approvals.list({ microtenantId, priority: "read" });
  } catch (thrown) {
    log.warn({ err: fromUnknown(thrown), microtenantId }, "consoles.access-not-read");
    return null;
  }
}

async function foundByComparison(
  db: Kysely<Database>,
  { segmentId, microtenantId }: Segment,
  now: Date,
): Promise<Pick<SegmentAccess, "foreign" | "read">> {
  const [findings, pass] = await Promise.all([readStanding(db, microtenantId), lastPass(db)]);
  if (pass === null) return { foreign: [], read: { from: "nowhere" } };
  const foreign = findings.flatMap(({ kind, zpaId, body: { seen } }): ForeignAccess[] =>
    kind === "FOREIGN" && zpaId !== null && seen?.segmentIds.includes(segmentId) && seen.end > now
      ? [{ zpaId, emails: seen.emailIds, start: seen.start, end: seen.end, workingHours: seen.workingHours }]
      : [],
  );
  return { foreign, read: { from: "comparison", at: pass.finishedAt } };
}
