import { PortcullisError } from "../../errors.ts";
import { checkWorkingHours, localMinutes } from "../../services/schedule/check-working-hours.ts";
import type { RequestedTime, WorkingHours } from "../../services/schedule/working-hours.ts";
import { fromLocal, MINUTE } from "../../services/schedule/zone.ts";
import type { FormTime } from "../../views/request-form-model.ts";

/**
 * The time that the form's fields ask for. Whether ZPA would take it is the schedule's to say.
 *
 * @throws PortcullisError with its field: `time_not_understood` for a missing start, end or last day, and what
 *   {@link checkWorkingHours} throws
 */
export function requestedTime(time: FormTime): RequestedTime {
  switch (time.when) {
    case "now":
      return { start: { kind: "onApproval" }, end: { kind: "after", seconds: time.durationSeconds }, workingHours: null };
    case "later":
      return {
        start: { kind: "at", at: instantAt(time.start, "start") },
        end: { kind: "at", at: instantAt(time.end, "end") },
        workingHours: null,
      };
    case "recurring": {
      const hours = checkWorkingHours({
        days: time.days,
        start: time.hoursStart ?? "",
        end: time.hoursEnd ?? "",
        timeZone: time.timeZone,
      });
      return {
        start: time.notBefore === null ? { kind: "onApproval" } : { kind: "at", at: new Date(time.notBefore) },
        end:
          time.periodSeconds === null
            ? { kind: "at", at: endOfLastDay(time.until, hours) }
            : { kind: "after", seconds: time.periodSeconds },
        workingHours: hours,
      };
    }
  }
}

/** Whether a field that the preview needs is still empty: no reason yet to say that something is wrong. */
export const isIncomplete = (time: FormTime): boolean =>
  (time.when === "later" && (time.start === null || time.end === null)) ||
  (time.when === "recurring" &&
    (time.days.length === 0 || time.hoursStart === null || time.hoursEnd === null || (time.periodSeconds === null && time.until === null)));

const instantAt = (at: number | null, field: "start" | "end"): Date => {
  if (at === null) throw new PortcullisError("time_not_understood", { field });
  return new Date(at);
};

const LOCAL_DATE = /^(\d{4})-(\d{2})-(\d{2})$/;

/** When the hours of the last day close: overnight hours that begin on that day run on into the next. */
function endOfLastDay(until: string | null, hours: WorkingHours): Date {
  const [, year, month, day] = LOCAL_DATE.exec(until ?? "") ?? [];
  if (day === undefined) throw new PortcullisError("time_not_understood", { field: "end" });
  const midnight = Date.UTC(Number(year), Number(month) - 1, Number(day));
  return new Date(fromLocal(hours.timeZone, midnight + localMinutes(hours).end * MINUTE));
}
