import { cronsAt } from "./cron.ts";
import type { CronPair, WorkingHours } from "./working-hours.ts";
import { offsetChanges } from "./zone.ts";

/** A change of a zone's offset, and the crons that are right from then on. */
export interface Transition extends CronPair {
  readonly at: Date;
}

/**
 * Every change of the zone's offset in (from, until], exact to the second, with the crons from then on.
 * ZPA never rewrites a cron, so at each of these a grant with working hours must be written anew.
 *
 * @throws PortcullisError as {@link cronsAt}
 */
export const transitions = (hours: WorkingHours, range: { readonly from: Date; readonly until: Date }): Transition[] =>
  offsetChanges(hours.timeZone, range.from.getTime(), range.until.getTime()).map((change) => {
    const at = new Date(change.at);
    return { at, ...cronsAt(hours, at) };
  });
