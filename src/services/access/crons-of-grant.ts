import { max } from "date-fns/max";
import { cronsFrom } from "../schedule/crons-over-time.ts";
import type { Grant } from "./grant.ts";

/** The grant with the crons that ZPA should hold from `now` on, or from its start where that is still to come. */
export function alignedAt(grant: Grant, now: Date): Grant {
  if (grant.workingHours === null) return grant;
  return { ...grant, workingHours: { ...grant.workingHours, ...cronsFrom(grant.workingHours, max([grant.start, now])) } };
}
