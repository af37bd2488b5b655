import { addMinutes } from "date-fns/addMinutes";
import { addSeconds } from "date-fns/addSeconds";
import { fromUnknown, PortcullisError } from "../../errors.ts";
import { type AccessRequest, requestLabel } from "../access/request.ts";
import { appendToLedger } from "../audit/ledger.ts";
import { withoutEffect } from "../coverage/without-effect.ts";
import type { Person, SlackActor } from "../directory/person.ts";
import type { BreakGlass, BreakGlassForetold, BreakGlassStanding } from "./emergency.ts";
import type { EmergencyPorts } from "./emergency-ports.ts";
import { type Emergency, madeBefore, openEmergency, submissionKeyOf } from "./open-emergency.ts";
import { type EmergencyPlan, planEmergency } from "./plan-emergency.ts";
import { closeUnowed, dueReviewOf, openReview, openUsesOf, reviewToAnswer } from "./review-rows.ts";

const MINUTE_SECONDS = 60;

type StandingPorts = Pick<EmergencyPorts, "db" | "settings" | "clock">;

/**
 * Whether a person may break the glass: named in BREAK_GLASS, without a review that is still to be answered, and with nothing open from
 * an earlier use. A review may be answered early; that alone brings no second use.
 * @throws PortcullisError `break_glass_not_named` | `break_glass_still_open` (params.label)
 */
async function standingOf({ db, settings, clock }: StandingPorts, person: Person): Promise<BreakGlassStanding> {
  if (!settings.breakGlass.has(person.userId)) throw new PortcullisError("break_glass_not_named");
  const due = await dueReviewOf(db, person);
  if (due !== null) return { kind: "review-due", person, due: await reviewToAnswer(db, due) };
  refuseWhileOpen(await openUsesOf(db, person, { now: clock.now() }));
  return { kind: "may", person, mostSeconds: settings.breakGlassMaxMinutes * MINUTE_SECONDS };
}

function refuseWhileOpen(open: readonly AccessRequest[]): void {
  if (open.length > 0) throw new PortcullisError("break_glass_still_open", { params: { label: open.map(requestLabel).join(", ") } });
}

/** The same for whoever Slack says acted. @throws PortcullisError as {@link standingOf}, whatever `people.trusted` refuses */
export const breakGlassStanding =
  (ports: StandingPorts & Pick<EmergencyPorts, "people">) =>
  async (by: SlackActor): Promise<BreakGlassStanding> =>
    standingOf(ports, await ports.people.trusted(by));

/**
 * What breaking the glass would do now.
 * @throws PortcullisError as {@link breakGlassFor}
 */
export const foretellFor = (ports: EmergencyPorts) => {
  const plan = planned(ports);
  return async (person: Person, command: BreakGlass): Promise<BreakGlassForetold> => {
    const { parts, seconds, reason } = await plan(person, command);
    const consoles = parts.flatMap((part) => part.consoles);
    const named = new Set(consoles.map(({ id }) => id));
    const segments = new Set(consoles.map(({ segmentId }) => segmentId));
    return {
      person,
      consoles,
      alsoOpens: [...segments].flatMap((segmentId) => ports.catalog.onSegment(segmentId)).filter(({ id }) => !named.has(id)),
      withoutEffect: await withoutEffect(ports)(consoles),
      seconds,
      until: addSeconds(ports.clock.now(), seconds),
      reason,
      told: [...new Set(parts.flatMap(({ route }) => route.rules.skipped ?? []))].filter((id) => id !== person.userId),
      channelId: ports.settings.approvalsChannel,
    };
  };
};

/**
 * Breaks the glass for a person: requests whose approval nobody gave, their ledger events, urgent grants, and the review that they owe,
 * in one transaction. Of two uses at once one stands: the other's review would be the second that waits. The same submission delivered
 * twice breaks it once.
 *
 * @param actor as the ledger names who acted
 * @throws PortcullisError `break_glass_not_named`, `break_glass_review_due`, `break_glass_still_open`, and with `field` as `planEmergency`
 */
export const breakGlassFor = (ports: EmergencyPorts) => {
  const plan = planned(ports);
  return async (person: Person, command: BreakGlass, actor: string): Promise<readonly AccessRequest[]> => {
    const { consoleIds, seconds, reason } = command;
    const submissionKey = submissionKeyOf("BREAK_GLASS", command.submissionKey, [person.userId, consoleIds, seconds, reason]);
    const before = await madeBefore(ports, submissionKey);
    if (before !== null) return before;
    try {
      return await breakNow(ports, { plan: await plan(person, command), requester: person, beneficiary: person, actor, submissionKey });
    } catch (thrown) {
      // The use that is in the way may be this very one, delivered twice.
      const isInTheWay = ["break_glass_review_due", "break_glass_still_open"].includes(fromUnknown(thrown).code);
      const made = isInTheWay ? await madeBefore(ports, submissionKey) : null;
      if (made === null) throw thrown;
      return made;
    }
  };
};

/** @throws PortcullisError `break_glass_review_due` | `break_glass_still_open`: nothing is written then */
async function breakNow(ports: EmergencyPorts, emergency: Emergency): Promise<readonly AccessRequest[]> {
  const now = ports.clock.now();
  return ports.db.transaction().execute(async (trx) => {
    const { requests, isNew } = await openEmergency(ports, trx, emergency, now);
    if (!isNew) return requests;
    const requestIds = requests.map(({ id }) => id);
    for (const { id, requestIds: of, openedAt } of await closeUnowed(trx, emergency.requester, now))
      await appendToLedger(trx, now, [
        {
          kind: "break-glass.review-not-owed",
          requestId: of[0] ?? null,
          actor: "portcullis",
          subject: id,
          before: { openedAt },
          after: null,
        },
      ]);
    const reviewId = await openReview(trx, { id: ports.ids.uuid(), person: emergency.requester, requestIds, now });
    if (reviewId === null) throw new PortcullisError("break_glass_review_due");
    // Looked for once more now that no other use of theirs can be on its way.
    refuseWhileOpen(await openUsesOf(trx, emergency.requester, { now, except: requestIds }));
    // A minute later the end has come about; an end before that has them asked earlier.
    const startAfter = addMinutes(addSeconds(now, emergency.plan.seconds), 1);
    await ports.jobs.enqueue(trx, "break-glass-review", { reviewId }, { startAfter });
    return requests;
  });
}

/** @throws PortcullisError `break_glass_not_named`, `break_glass_review_due` (params.label), `break_glass_still_open`, and as `planEmergency` */
const planned = (ports: EmergencyPorts) => {
  const plan = planEmergency(ports);
  return async (person: Person, { consoleIds, seconds, reason }: BreakGlass): Promise<EmergencyPlan> => {
    const standing = await standingOf(ports, person);
    if (standing.kind === "review-due")
      throw new PortcullisError("break_glass_review_due", { params: { label: standing.due.labels.join(", ") } });
    const { mostSeconds } = standing;
    return plan({ kind: "BREAK_GLASS", giverUserId: person.userId, consoleIds, seconds, mostSeconds, reason });
  };
};
