import { z } from "zod";
import { WEEKDAYS } from "../schedule/working-hours.ts";
import { epochSeconds, wireId, wireMicrotenantId, wireName } from "./wire.ts";
import type { PrivilegedApproval, PrivilegedApprovalDraft } from "./zpa-client.ts";

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? "");
const weekday = z.enum(WEEKDAYS);

/**
 * Read with tolerance: ZPA stores what it is sent, and an approval that somebody made with odd hours must neither stop the
 * list nor look as if it had none. Odd hours stay an object that equals no intended ones.
 */
const workingHours = z
  .object({
    days: z
      .array(z.string())
      .nullish()
      .transform((days) => (days ?? []).flatMap((day) => weekday.safeParse(day.toUpperCase()).data ?? [])),
    startTime: text,
    endTime: text,
    timeZone: text,
    startTimeCron: text,
    endTimeCron: text,
  })
  .transform(({ startTime, endTime, ...same }) => ({ ...same, start: startTime, end: endTime }));

const fields = z.object({
  id: wireId,
  emailIds: z.array(wireName).nullish(),
  applications: z.array(z.object({ id: wireId })).nullish(),
  startTime: epochSeconds,
  endTime: epochSeconds,
  workingHours: workingHours.nullish(),
  status: z.string().nullish(),
  microtenantId: wireMicrotenantId,
});

/** A privileged approval as ZPA sends it, into ours. The whole of it stays in `raw`. */
export const approvalOnWire = z.record(z.string(), z.unknown()).transform((raw, context): PrivilegedApproval => {
  const { success, data, error } = fields.safeParse(raw);
  if (!success) {
    for (const { message, path } of error.issues) context.addIssue({ code: "custom", message, path });
    return z.NEVER;
  }
  return {
    id: data.id,
    emailIds: data.emailIds ?? [],
    segmentIds: (data.applications ?? []).map(({ id }) => id),
    start: data.startTime,
    end: data.endTime,
    workingHours: data.workingHours ?? null,
    status: data.status ?? null,
    microtenantId: data.microtenantId,
    raw,
  };
});

/**
 * The body of a create. No status: ZPA computes it. Working hours are left out whole when there are none, since ZPA refuses
 * the object with empty parts.
 */
export const createBody = (draft: PrivilegedApprovalDraft) => ({
  emailIds: [draft.email],
  applications: draft.segmentIds.map((id) => ({ id })),
  startTime: inEpochSeconds(draft.start),
  endTime: inEpochSeconds(draft.end),
  ...(draft.workingHours === null ? {} : { workingHours: hoursBody(draft.workingHours) }),
});

/**
 * The body of an update: all that was read, what is wanted over it. Once started, an approval's start cannot change (ZPA:
 * `approval.starttime.update.not.allowed`), so only a FUTURE one takes the draft's.
 */
export function updateBody(current: PrivilegedApproval, draft: PrivilegedApprovalDraft): Record<string, unknown> {
  const { workingHours: _, ...kept } = current.raw;
  const start = current.status === "FUTURE" ? draft.start : current.start;
  return { ...kept, ...createBody({ ...draft, start }) };
}

const hoursBody = (hours: NonNullable<PrivilegedApprovalDraft["workingHours"]>) => ({
  days: hours.days,
  startTime: hours.start,
  endTime: hours.end,
  timeZone: hours.timeZone,
  startTimeCron: hours.startTimeCron,
  endTimeCron: hours.endTimeCron,
});

const inEpochSeconds = (instant: Date): number => Math.floor(instant.getTime() / 1000);
