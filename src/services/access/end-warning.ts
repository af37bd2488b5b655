import type { Window } from "../schedule/working-hours.ts";
import type { Renewal } from "./overview.ts";
import type { AccessRequest } from "./request.ts";

const MINUTE = 60_000;

/** When END_WARNING_MINUTES says nothing. */
export const END_WARNING_MINUTES = 30;

/** When people are warned that access ends: that many minutes before, and of a short window its last quarter. */
export const warnAt = ({ start, end }: Window, leadMinutes: number): Date =>
  new Date(end.getTime() - Math.min(leadMinutes * MINUTE, (end.getTime() - start.getTime()) / 4));

/** Whether the access stands and its end is near. */
export const endsSoon = ({ status, window }: Pick<AccessRequest, "status" | "window">, leadMinutes: number, now: Date): boolean =>
  status === "GRANTED" && window !== null && now >= warnAt(window, leadMinutes) && now < window.end;

/** Whether access can be gone on with by a new request: it stands, or is over by itself. */
export const isRenewable = ({ status, window, ending }: Pick<AccessRequest, "status" | "window" | "ending">): boolean =>
  window !== null && ending === null && (status === "GRANTED" || status === "ENDED");

/** A renewal that came to nothing, by no decision against it: another may be asked for. */
export const isVoid = ({ status }: Pick<Renewal, "status">): boolean =>
  status === "CANCELLED" || status === "EXPIRED" || status === "FAILED";
