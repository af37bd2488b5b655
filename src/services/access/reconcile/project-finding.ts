import { addSeconds } from "date-fns/addSeconds";
import { type Kysely, sql } from "kysely";
import type { Clock } from "../../../clock.ts";
import { type ErrorCode, fromUnknown, PortcullisError } from "../../../errors.ts";
import type { Ids } from "../../../ids.ts";
import type { Jobs } from "../../../jobs/jobs.ts";
import type { Log } from "../../../log.ts";
import type { Database } from "../../../store/schema.ts";
import type { PostedCard } from "../../notify/notify-port.ts";
import { everyAdmin } from "../../rules/other-admins.ts";
import type { RulesPorts } from "../../rules/rules-ports.ts";
import type { FindingView, PassSummary } from "./finding.ts";
import { readFinding } from "./finding-rows.ts";
import { findingView, type ViewPorts } from "./finding-view.ts";

/** Where a finding is told: a channel, or one person. */
export type FindingPlace = { readonly channelId: string } | { readonly userId: string };

/** What `slack/` fills in: draws a finding for where it is read and sends it through the outbound queue. */
export interface FindingPort {
  /** Digest of what would stand there now. */
  digest(place: FindingPlace, finding: FindingView): Promise<string>;
  post(place: FindingPlace, finding: FindingView): Promise<PostedCard>;
  update(card: PostedCard, place: FindingPlace, finding: FindingView): Promise<void>;
  /** Tells a person what a pass that they asked for came to. */
  tell(userId: string, summary: PassSummary): Promise<void>;
}

export interface ProjectFindingPorts extends ViewPorts, Pick<RulesPorts, "admins"> {
  readonly people: Pick<RulesPorts["people"], "membersOf" | "trusted" | "isAdmin">;
  readonly jobs: Pick<Jobs, "enqueueNow">;
  readonly port: FindingPort;
  readonly approvalsChannel: string | null;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
}

const COME_BACK_SECONDS = 1;
/** By the database's clock, which all replicas share. */
const CLAIM = sql<Date>`now() + interval '60 seconds'`;

/**
 * The job that tells a finding, once in the approvals channel, or else to every administrator in person, and keeps that message true. One
 * worker at a time shows it, and reads it after it got the claim. One that settled itself before anybody was told is not told.
 *
 * @throws AggregateError of what failed; a place that fails stops no other
 */
export const projectFinding =
  (ports: ProjectFindingPorts) =>
  async ({ findingId }: { readonly findingId: string }): Promise<void> => {
    const { db, ids, jobs, clock } = ports;
    const worker = ids.uuid();
    if (!(await claimFinding(db, findingId, worker))) {
      await readFinding(db, findingId);
      const startAfter = addSeconds(clock.now(), COME_BACK_SECONDS);
      return jobs.enqueueNow("project-finding", { findingId }, { startAfter, singletonKey: findingId });
    }
    try {
      await show(ports, findingId, worker);
    } finally {
      await releaseFinding(db, findingId, worker);
    }
  };

async function show(ports: ProjectFindingPorts, findingId: string, worker: string): Promise<void> {
  const { db, log, clock } = ports;
  const finding = await findingView(ports, await readFinding(db, findingId), clock.now());
  const cards = await db.selectFrom("finding_card").selectAll().where("finding_id", "=", findingId).execute();
  const places = [...(await placesOf(ports, finding, cards))];
  const failures: unknown[] = [];
  for (const place of places) {
    if (!(await claimFinding(db, findingId, worker)))
      throw new PortcullisError("unexpected", { params: { reason: "the claim on the finding was lost" } });
    try {
      await bringUpToDate(ports, finding, place, cards.find((card) => card.place === keyOf(place)) ?? null);
    } catch (thrown) {
      const error = fromUnknown(thrown);
      log.warn({ err: error, findingId, ...place }, "finding.not-shown");
      // A channel that will not have it, or that others read: administrators are told in person.
      if ("channelId" in place && finding.status === "OPEN" && CHANNEL_REFUSALS.has(error.code))
        places.push(...(await everyAdmin(ports)).map((userId) => ({ userId })).filter((each) => !isIn(places, each)));
      else failures.push(thrown);
    }
  }
  if (failures.length > 0)
    throw new AggregateError(failures, `${failures.length} messages of finding ${findingId} were not shown in Slack`);
}

const keyOf = (place: FindingPlace): string => ("channelId" in place ? `channel:${place.channelId}` : `admin:${place.userId}`);

interface Card {
  readonly place: string;
  readonly channel_id: string;
  readonly ts: string;
  readonly shown: string;
}

/** Where it stands, and while it waits for somebody where it has to. */
async function placesOf(ports: ProjectFindingPorts, finding: FindingView, cards: readonly Card[]): Promise<readonly FindingPlace[]> {
  const stands = cards.map(({ place }): FindingPlace => {
    const id = place.slice(place.indexOf(":") + 1);
    return place.startsWith("channel:") ? { channelId: id } : { userId: id };
  });
  if (finding.status !== "OPEN" || !finding.isTold) return stands;
  const { approvalsChannel: channelId } = ports;
  const due: readonly FindingPlace[] = channelId === null ? (await everyAdmin(ports)).map((userId) => ({ userId })) : [{ channelId }];
  return [...stands, ...due.filter((place) => !isIn(stands, place))];
}

const isIn = (places: readonly FindingPlace[], place: FindingPlace): boolean => places.some((each) => keyOf(each) === keyOf(place));

const CHANNEL_REFUSALS: ReadonlySet<ErrorCode> = new Set(["slack_refused", "channel_shared_externally"]);

async function bringUpToDate(
  { db, port }: ProjectFindingPorts,
  finding: FindingView,
  place: FindingPlace,
  card: Card | null,
): Promise<void> {
  const shown = await port.digest(place, finding);
  if (card?.shown === shown) return;
  const posted = card === null ? null : { channelId: card.channel_id, ts: card.ts };
  const stands = posted !== null && (await isUpdated(port, posted, place, finding)) ? posted : await port.post(place, finding);
  const where = { channel_id: stands.channelId, ts: stands.ts, shown };
  await db
    .insertInto("finding_card")
    .values({ finding_id: finding.id, place: keyOf(place), ...where })
    .onConflict((conflict) => conflict.columns(["finding_id", "place"]).doUpdateSet(where))
    .execute();
}

/** `false` when the message is gone. */
async function isUpdated(port: FindingPort, card: PostedCard, place: FindingPlace, finding: FindingView): Promise<boolean> {
  try {
    await port.update(card, place, finding);
    return true;
  } catch (thrown) {
    if (fromUnknown(thrown).details.params?.reason === "message_not_found") return false;
    throw thrown;
  }
}

async function claimFinding(db: Kysely<Database>, findingId: string, worker: string): Promise<boolean> {
  const claimed = await db
    .updateTable("finding")
    .set({ claimed_by: worker, claimed_until: CLAIM })
    .where("id", "=", findingId)
    .where((eb) => eb.or([eb("claimed_by", "is", null), eb("claimed_by", "=", worker), eb("claimed_until", "<", sql<Date>`now()`)]))
    .executeTakeFirst();
  return claimed.numUpdatedRows === 1n;
}

async function releaseFinding(db: Kysely<Database>, findingId: string, worker: string): Promise<void> {
  await db
    .updateTable("finding")
    .set({ claimed_by: null, claimed_until: null })
    .where("id", "=", findingId)
    .where("claimed_by", "=", worker)
    .execute();
}
