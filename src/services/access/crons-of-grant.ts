import { max } from "date-fns/max";
import { cronsAt } from "../schedule/cron.ts";
import type { Grant } from "./grant.ts";

/** The grant with the crons that hold at `now`, or at its start where that is still to come. */
export function alignedAt(grant: Grant, now: Date): Grant {
  if (grant.workingHours === null) return grant;
  return { ...grant, workingHours: { ...grant.workingHours, ...cronsAt(grant.workingHours, max([grant.start, now])) } };
}
