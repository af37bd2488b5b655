import type { CatalogConsole } from "../catalog/catalog.ts";
import { cronsAt } from "../schedule/cron.ts";
import { splitAtMidnight } from "../schedule/split-at-midnight.ts";
import type { Window, WorkingHours } from "../schedule/working-hours.ts";
import type { Grant } from "./grant.ts";
import type { AccessRequest } from "./request.ts";

export type GrantPlan = Pick<Grant, "microtenantId" | "part" | "email" | "segmentIds" | "consoleIds" | "start" | "end" | "workingHours">;

/**
 * What must stand in ZPA for an approved request: one plan per microtenant, because a privileged approval lives in one
 * (ZPA, "Configuring Privileged Approvals Using API"), and per half where overnight hours are split at midnight.
 *
 * @param window the decided window, whole seconds
 * @param anchor instant whose UTC offset the crons take: the later of now and the window's start
 */
export function planGrants(
  request: Pick<AccessRequest, "beneficiary" | "consoles" | "time">,
  window: Window,
  anchor: Date,
  overnightHours: "next-day" | "split",
): readonly GrantPlan[] {
  const halves = hoursToWrite(request.time.workingHours, overnightHours);
  return [...Map.groupBy(request.consoles, (console) => console.microtenantId)].flatMap(([microtenantId, consoles]) =>
    halves.map((hours, part) => ({
      microtenantId,
      part,
      email: request.beneficiary.zpaUser,
      segmentIds: segmentsOf(consoles),
      consoleIds: consoles.map((console) => console.id),
      ...window,
      workingHours: hours === null ? null : { ...hours, ...cronsAt(hours, anchor) },
    })),
  );
}

const hoursToWrite = (hours: WorkingHours | null, overnightHours: "next-day" | "split"): readonly (WorkingHours | null)[] =>
  hours === null ? [null] : overnightHours === "split" ? splitAtMidnight(hours) : [hours];

const segmentsOf = (consoles: readonly CatalogConsole[]): readonly string[] =>
  [...new Set(consoles.map((console) => console.segmentId))].toSorted();
