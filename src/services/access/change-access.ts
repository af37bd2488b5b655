import { PortcullisError } from "../../errors.ts";
import type { SlackActor } from "../directory/person.ts";
import { compareTerms } from "../policy/terms.ts";
import { checkRequestedTime } from "../schedule/requested-time.ts";
import type { RequestedTime, WorkingHours } from "../schedule/working-hours.ts";
import { rightsOn } from "./access-rights.ts";
import { type AmendPorts, amendAccess, openTerms } from "./amend-access.ts";
import type { EndPorts } from "./finish-access.ts";
import { sameTerms } from "./matching.ts";
import type { AccessRequest, AccessTerms } from "./request.ts";
import { readRequest } from "./request-rows.ts";

const HOUR = 60 * 60 * 1000;

export interface ChangeAccess {
  readonly requestId: string;
  readonly by: SlackActor;
  /** Null: as it is. */
  readonly end: Date | null;
  /** `null` opens it around the clock; left out it stays as it is. */
  readonly workingHours?: WorkingHours | null;
  /** Needed where more is opened than was approved. */
  readonly reason: string | null;
  /** What a form showed. Who changes something that is otherwise by now does not know what they change. */
  readonly seen?: AccessTerms;
}

/**
 * Changes the end, the hours or the zone of access that stands. The holder may make it narrower; who may decide on the request may
 * also open more, with a reason, within the longest window of the request's rules: that is the decision. A holder who wants more renews.
 *
 * @throws PortcullisError `not_allowed`, `change_needs_decision`, `card_stale`, `comment_required`, `window_over_rules`, `access_not_open`,
 *   `change_nothing`, and as {@link checkRequestedTime}; with `field` where a form can show it
 */
export const changeAccess =
  (ports: EndPorts & AmendPorts) =>
  async (command: ChangeAccess): Promise<AccessRequest> => {
    const { requestId } = command;
    const now = ports.clock.now();
    const { by, rights, approval } = await rightsOn(ports, requestId, command.by);
    if (!rights.isHolder && !rights.isDecider) throw new PortcullisError("not_allowed");
    const request = await readRequest(ports.db, requestId);
    const before = openTerms(request);
    if (before === null) throw new PortcullisError("access_not_open");
    refuseStale(command, before);
    const after = {
      end: inWholeSeconds(command.end ?? before.end),
      workingHours: command.workingHours === undefined ? before.workingHours : command.workingHours,
    };
    const reason = command.reason?.trim() || null;
    const { longestWindowHours } = approval.rules;
    checkRequestedTime(fixed(before.start > now ? before.start : now, after), now);
    if (isWider(before, after)) {
      // What was given on call, or taken by breaking the glass, is short: whoever needs it longer asks. What SailPoint approved is its
      // decision, and nobody's in Slack to widen.
      const isAsDecided = request.origin === "ON_CALL" || request.origin === "BREAK_GLASS" || request.origin === "SAILPOINT";
      if (!rights.isDecider || isAsDecided) throw new PortcullisError("change_needs_decision", { field: "end" });
      if (reason === null) throw new PortcullisError("comment_required", { field: "reason" });
      const limit = longestWindowHours ?? LONGEST_WINDOW_HOURS;
      if (after.end.getTime() - before.start.getTime() > limit * HOUR)
        throw new PortcullisError("window_over_rules", {
          field: "end",
          params: { limit, consoles: request.consoles.map(({ name }) => name).join(", ") },
        });
    }
    const amended = await ports.db.transaction().execute((trx) => {
      return amendAccess(ports, trx, { requestId, by: by.userId, reason, before, after }, now);
    });
    await ports.faultPoint("amend.wanted");
    return amended;
  };

/** ZPA: a range of at most one year, from the start that a privileged approval keeps. */
export const LONGEST_WINDOW_HOURS = 365 * 24;

function refuseStale({ seen, end, workingHours }: ChangeAccess, before: AccessTerms): void {
  if (seen === undefined) return;
  const after = {
    end: end === null ? seen.end : before.end,
    workingHours: workingHours === undefined ? seen.workingHours : before.workingHours,
  };
  if (!sameTerms(seen, after)) throw new PortcullisError("card_stale");
}

type Terms = { readonly end: Date; readonly workingHours: WorkingHours | null };

const isWider = (before: Terms & { readonly start: Date }, after: Terms): boolean =>
  compareTerms({ consoles: [], time: fixed(before.start, before) }, { consoles: [], time: fixed(before.start, after) }) === "wider";

const fixed = (start: Date, { end, workingHours }: Terms): RequestedTime => ({
  start: { kind: "at", at: start },
  end: { kind: "at", at: end },
  workingHours,
});

const inWholeSeconds = (instant: Date): Date => new Date(Math.floor(instant.getTime() / 1000) * 1000);
