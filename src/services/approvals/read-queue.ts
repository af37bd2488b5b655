import { addHours } from "date-fns/addHours";
import { type Kysely, type RawBuilder, type SelectQueryBuilder, sql } from "kysely";
import type { Clock } from "../../clock.ts";
import { fromUnknown } from "../../errors.ts";
import type { Database } from "../../store/schema.ts";
import { requestRowOf } from "../access/request-row-of.ts";
import type { People, SlackActor } from "../directory/person.ts";
import { isVerdictOnPerson } from "../directory/trusted-at.ts";
import { DUE_SOON_HOURS, type QueueFilter, type QueuePage, type QueuePlace, type QueueRow } from "./queue.ts";
import { holderKey, person, zpaKey } from "./seats.ts";

export interface QueuePorts {
  readonly db: Kysely<Database>;
  readonly people: Pick<People, "trusted" | "groupsOf" | "isAdmin">;
  readonly clock: Clock;
}

export interface QueueQuery {
  readonly by: SlackActor;
  readonly place: QueuePlace;
  /** Rows of a page. */
  readonly limit: number;
}

/**
 * One page of what a person could decide now, the most urgent first: by deadline (none last), then priority, then age. An approval is
 * here exactly when the engine would let them decide it through a seat of their own or of their group, whose turn it is; for an
 * administrator who looks at EVERYONE, when it waits at all. Whom Slack or the settings do not trust has nothing to decide.
 *
 * @throws PortcullisError `slack_unreachable` when it cannot be known who the person is
 */
export const readQueue =
  (ports: QueuePorts) =>
  async ({ by, place, limit }: QueueQuery): Promise<QueuePage> => {
    const viewer = await viewerOf(ports, by);
    if (viewer === null) return { place, rows: [], waiting: 0, matching: 0, before: 0, isAdmin: false };
    const asked = { ...place, filter: viewer.isAdmin || place.filter !== "EVERYONE" ? place.filter : "ALL" } as const;
    const { from } = asked;
    const page = await pageOf(ports, viewer, asked, limit);
    // A page before or after that others have emptied meanwhile: the start is always there.
    const isGone = from !== null && (page.length === 0 || ("before" in from && page.length < limit));
    const shown = isGone ? { ...asked, from: null } : asked;
    const rows = isGone ? await pageOf(ports, viewer, shown, limit) : page;
    return { place: shown, rows, ...(await countOf(ports, viewer, shown, rows[0]?.approvalId ?? null)), isAdmin: viewer.isAdmin };
  };

interface Viewer {
  readonly ownKey: string;
  readonly zpaUserKey: string;
  readonly groupKeys: readonly string[];
  readonly isAdmin: boolean;
  readonly now: Date;
}

async function viewerOf({ db, people, clock }: QueuePorts, by: SlackActor): Promise<Viewer | null> {
  try {
    const { userId, zpaUser } = await people.trusted(by);
    const isAdmin = await people.isAdmin(userId);
    const groupIds = await people.groupsOf(userId, await groupsWaitedFor(db));
    const groupKeys = groupIds.map((groupId) => holderKey({ kind: "group", groupId }));
    return { ownKey: holderKey(person(userId)), zpaUserKey: zpaKey(zpaUser), groupKeys, isAdmin, now: clock.now() };
  } catch (thrown) {
    if (isVerdictOnPerson(fromUnknown(thrown).code)) return null;
    throw thrown;
  }
}

/** Slack can be asked who is in a group, not which groups somebody is in. */
async function groupsWaitedFor(db: Kysely<Database>): Promise<readonly string[]> {
  const held = await db
    .selectFrom("approval")
    .select(sql<string>`unnest(holder_keys)`.as("key"))
    .where("status", "=", "PENDING")
    .distinct()
    .execute();
  return held.flatMap(({ key }) => (key.startsWith("group:") ? [key.slice("group:".length)] : []));
}

/** The index `approval_queue` has exactly this order. */
const DUE = sql`coalesce(approval.due_at, 'infinity'::timestamptz)`;
const ORDER = sql`(${DUE}, approval.urgency, approval.created_at, approval.id)`;
const orderOf = (approvalId: string) => sql`(
  select coalesce(edge.due_at, 'infinity'::timestamptz), edge.urgency, edge.created_at, edge.id from approval edge where edge.id = ${approvalId})`;

const textArray = (keys: readonly string[]) => sql`${sql.val(keys)}::text[]`;

type Waiting = SelectQueryBuilder<Database, "approval", object>;

/** What has passed its deadline is settled already; only the timer has not said so yet. */
function waitingFor({ db }: QueuePorts, viewer: Viewer, filter: QueueFilter): Waiting {
  const { ownKey, zpaUserKey, groupKeys, now } = viewer;
  const waiting: Waiting = db
    .selectFrom("approval")
    .where("approval.status", "=", "PENDING")
    .where((where) => where.or([where("approval.due_at", "is", null), where("approval.due_at", ">", now)]));
  if (filter === "EVERYONE") return waiting;
  return waiting
    .where(sql<boolean>`approval.holder_keys && ${textArray([ownKey, ...groupKeys])}`)
    .where(sql<boolean>`(approval.holder_keys @> ${textArray([ownKey])} or not approval.seated_keys @> ${textArray([ownKey])})`)
    .where(sql<boolean>`not approval.barred_keys && ${textArray([ownKey, zpaUserKey])}`);
}

function matches({ ownKey, now }: Viewer, { filter, words }: QueuePlace): RawBuilder<boolean> {
  const patterns = words
    .split(/\s+/u)
    .filter((word) => word !== "")
    .map((word) => `%${word.replaceAll(/[\\%_]/gu, String.raw`\$&`)}%`);
  const found =
    patterns.length === 0
      ? sql<boolean>`true`
      : sql<boolean>`exists (
          select from request where request.id = approval.request_id and concat_ws(' ', 'PRA-' || request.number,
            request.requester ->> 'name', request.beneficiary ->> 'name', request.reason,
            (select string_agg(console ->> 'name', ' ') from jsonb_array_elements(request.consoles) console)) ilike all (${textArray(patterns)}))`;
  switch (filter) {
    case "ALL":
    case "EVERYONE":
      return found;
    case "DUE_SOON":
      return sql<boolean>`(approval.due_at <= ${addHours(now, DUE_SOON_HOURS)} and ${found})`;
    case "MINE":
      return sql<boolean>`(approval.holder_keys @> ${textArray([ownKey])} and ${found})`;
    case "GROUPS":
      return sql<boolean>`(not approval.holder_keys @> ${textArray([ownKey])} and ${found})`;
    case "HIGH":
      return sql<boolean>`(approval.urgency = 1 and ${found})`;
  }
}

async function pageOf(ports: QueuePorts, viewer: Viewer, place: QueuePlace, limit: number): Promise<readonly QueueRow[]> {
  const { from } = place;
  const backwards = from !== null && "before" in from;
  const direction = backwards ? "desc" : "asc";
  const listed = waitingFor(ports, viewer, place.filter)
    .innerJoin("request", "request.id", "approval.request_id")
    .where(matches(viewer, place))
    .selectAll("request")
    .select([
      "approval.id as approval_id",
      "approval.version as approval_version",
      "approval.due_at",
      "approval.urgency",
      "approval.holder_keys",
      sql<string>`approval.body #>> '{config,requiresComment}'`.as("requires_comment"),
    ])
    .orderBy(DUE, direction)
    .orderBy("approval.urgency", direction)
    .orderBy("approval.created_at", direction)
    .orderBy("approval.id", direction)
    .limit(limit);
  const edge =
    from === null
      ? null
      : "before" in from
        ? sql<boolean>`${ORDER} < ${orderOf(from.before)}`
        : sql<boolean>`${ORDER} > ${orderOf(from.after)}`;
  const rows = await (edge === null ? listed : listed.where(edge)).execute();
  const page = rows.map(
    ({ due_at: dueAt, urgency, holder_keys: holderKeys, requires_comment: requiresComment, ...row }): QueueRow => ({
      ...requestRowOf(row, viewer.now),
      dueAt,
      isDueSoon: dueAt !== null && dueAt <= addHours(viewer.now, DUE_SOON_HOURS),
      priority: urgency === 1 ? "HIGH" : urgency === 2 ? "MEDIUM" : "LOW",
      needsComment: requiresComment === "ALL" || requiresComment === "APPROVAL",
      asks: askedOf(viewer, holderKeys),
    }),
  );
  return backwards ? page.toReversed() : page;
}

function askedOf({ ownKey, groupKeys }: Viewer, holderKeys: readonly string[]): QueueRow["asks"] {
  if (holderKeys.includes(ownKey)) return { kind: "YOU" };
  const group = groupKeys.find((key) => holderKeys.includes(key));
  return group === undefined ? { kind: "OTHERS" } : { kind: "GROUP", groupId: group.slice("group:".length) };
}

async function countOf(
  ports: QueuePorts,
  viewer: Viewer,
  place: QueuePlace,
  firstShown: string | null,
): Promise<Pick<QueuePage, "waiting" | "matching" | "before">> {
  const match = matches(viewer, place);
  const earlier = firstShown === null ? sql<boolean>`false` : sql<boolean>`${ORDER} < ${orderOf(firstShown)}`;
  const counted = await waitingFor(ports, viewer, place.filter)
    .select([
      sql<number>`count(*)::int`.as("waiting"),
      sql<number>`(count(*) filter (where ${match}))::int`.as("matching"),
      sql<number>`(count(*) filter (where ${match} and ${earlier}))::int`.as("before"),
    ])
    .executeTakeFirst();
  return counted ?? { waiting: 0, matching: 0, before: 0 };
}
