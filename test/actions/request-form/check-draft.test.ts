import { describe, expect, it } from "vitest";
import { checkDraft } from "../../../src/actions/request-form/check-draft.ts";
import { placeErrors } from "../../../src/actions/request-form/error-blocks.ts";
import { previewOf } from "../../../src/actions/request-form/preview.ts";
import { PortcullisError } from "../../../src/errors.ts";
import { en } from "../../../src/texts/en.ts";
import { BLOCK } from "../../../src/views/ids.ts";
import type { FormDraft, FormTime } from "../../../src/views/request-form-model.ts";
import { now, time } from "./fixtures.ts";

const draftOf = (timeOver: Partial<FormTime> = {}, over: Partial<FormDraft> = {}): FormDraft => ({
  beneficiaryUserId: "U1ANA",
  consoleIds: ["id-db-prod"],
  time: { ...time, ...timeOver },
  reason: "OPS-123",
  ...over,
});
const hour = 3_600_000;
const day = 24 * hour;
const ms = now.getTime();
const refused = (draft: FormDraft) => {
  const checked = checkDraft(draft, now);
  if (checked.kind === "valid") return "valid";
  return checked.errors.map(({ code }) => [
    code,
    Object.keys(
      placeErrors([new PortcullisError(code, checked.errors.find((each) => each.code === code)?.details)], draft.time, en).atFields,
    ),
  ]);
};

/** Issue 2, "Bad input": each with its code, at the block that is on screen. */
describe("what the form refuses", () => {
  const recurring = { when: "recurring" } as const;
  const later = { when: "later" } as const;
  it.each<[string, FormDraft, string, string]>([
    ["no console", draftOf({}, { consoleIds: [] }), "console_missing", BLOCK.consoles],
    ["no reason", draftOf({}, { reason: " \n" }), "reason_missing", BLOCK.reason],
    ["a reason of over a thousand characters", draftOf({}, { reason: "x".repeat(1001) }), "text_too_long", BLOCK.reason],
    ["a start without a time", draftOf({ ...later, end: ms + hour }), "time_not_understood", BLOCK.start],
    ["an end without a time", draftOf({ ...later, start: ms + hour }), "time_not_understood", BLOCK.end],
    ["an end before the start", draftOf({ ...later, start: ms + 2 * hour, end: ms + hour }), "window_end_before_start", BLOCK.end],
    ["an end at the start", draftOf({ ...later, start: ms + hour, end: ms + hour }), "window_end_before_start", BLOCK.end],
    ["a start over an hour ago", draftOf({ ...later, start: ms - hour - 1000, end: ms + hour }), "window_start_too_old", BLOCK.start],
    ["over 365 days", draftOf({ ...later, start: ms, end: ms + 365 * day + 1000 }), "window_too_long", BLOCK.end],
    ["over 365 days from now", draftOf({ durationSeconds: 366 * 86_400 }), "window_too_long", BLOCK.duration],
    ["over 365 days of recurring hours", draftOf({ ...recurring, periodSeconds: 366 * 86_400 }), "window_too_long", BLOCK.period],
    ["no days", draftOf({ ...recurring, days: [] }), "days_missing", BLOCK.days],
    ["a day named twice", draftOf({ ...recurring, days: ["MON", "MON"] }), "days_duplicate", BLOCK.days],
    ["a day that is none", draftOf({ ...recurring, days: ["FUNDAY"] }), "day_unknown", BLOCK.days],
    ["equal times", draftOf({ ...recurring, hoursEnd: "09:00" }), "working_hours_empty", BLOCK.hoursEnd],
    ["no start time", draftOf({ ...recurring, hoursStart: null }), "working_hours_time_invalid", BLOCK.hoursStart],
    ["an end time that is none", draftOf({ ...recurring, hoursEnd: "25:00" }), "working_hours_time_invalid", BLOCK.hoursEnd],
    ["an unknown zone", draftOf({ ...recurring, timeZone: "Mars/Olympus" }), "time_zone_unknown", BLOCK.timeZone],
    ["hours that never open", draftOf({ ...recurring, days: ["SAT"], periodSeconds: 86_400 }), "window_never_opens", BLOCK.days],
    ["no last day", draftOf({ ...recurring, periodSeconds: null }), "time_not_understood", BLOCK.until],
    ["a last day in the past", draftOf({ ...recurring, periodSeconds: null, until: "2026-03-01" }), "window_end_before_start", BLOCK.until],
    [
      "a start of recurring hours over an hour ago",
      draftOf({ ...recurring, notBefore: ms - 2 * hour }),
      "window_start_too_old",
      BLOCK.notBefore,
    ],
  ])("%s, at its field", (_, draft, code, block) => {
    expect(refused(draft)).toEqual([[code, [block]]]);
  });

  it("everything that is wrong, at once", () => {
    expect(refused(draftOf({ when: "recurring", days: [] }, { consoleIds: [], reason: "" }))).toEqual([
      ["console_missing", [BLOCK.consoles]],
      ["reason_missing", [BLOCK.reason]],
      ["days_missing", [BLOCK.days]],
    ]);
  });

  it("says elsewhere what has no field on screen", () => {
    const errors = [new PortcullisError("no_approver"), new PortcullisError("comment_required", { field: "comment" })];
    expect(placeErrors(errors, time, en)).toEqual({
      atFields: {},
      elsewhere: [en.errors.no_approver(String), en.errors.comment_required(String)],
    });
  });
});

describe("what the form asks for", () => {
  const asked = (timeOver: Partial<FormTime>) => {
    const checked = checkDraft(draftOf(timeOver), now);
    return checked.kind === "valid" ? checked.time : checked.errors;
  };
  it("now: a duration from the approval", () => {
    expect(asked({})).toEqual({ start: { kind: "onApproval" }, end: { kind: "after", seconds: 14_400 }, workingHours: null });
  });

  it("later: from one instant to another, up to an hour ago", () => {
    expect(asked({ when: "later", start: ms - hour, end: ms + hour })).toEqual({
      start: { kind: "at", at: new Date(ms - hour) },
      end: { kind: "at", at: new Date(ms + hour) },
      workingHours: null,
    });
  });

  it("recurring: the hours in their zone, for a while from the approval", () => {
    expect(asked({ when: "recurring" })).toEqual({
      start: { kind: "onApproval" },
      end: { kind: "after", seconds: 1_209_600 },
      workingHours: { days: ["MON", "TUE", "WED", "THU", "FRI"], start: "09:00", end: "17:00", timeZone: "Europe/Berlin" },
    });
  });

  it("recurring until a last day: to the end of that day's hours, across a change of the clocks", () => {
    expect(asked({ when: "recurring", periodSeconds: null, until: "2026-03-31" })).toMatchObject({
      end: { kind: "at", at: new Date("2026-03-31T15:00:00Z") },
    });
  });

  it("recurring overnight until a last day: into the morning after", () => {
    expect(asked({ when: "recurring", hoursStart: "22:00", hoursEnd: "06:00", periodSeconds: null, until: "2026-03-27" })).toMatchObject({
      end: { kind: "at", at: new Date("2026-03-28T05:00:00Z") },
    });
  });
});

describe("the preview", () => {
  const preview = (timeOver: Partial<FormTime>) => previewOf({ ...time, ...timeOver }, "Europe/Lisbon", now, en);
  it("shows the next three openings and the crons of recurring hours", () => {
    expect(preview({ when: "recurring" })).toEqual({
      kind: "opens",
      window: { start: now, end: new Date(ms + 14 * day) },
      openings: ["16", "17", "18"].map((date) => ({
        start: new Date(`2026-03-${date}T08:00:00Z`),
        end: new Date(`2026-03-${date}T16:00:00Z`),
      })),
      crons: { startTimeCron: "0 0 8 ? * MON,TUE,WED,THU,FRI", endTimeCron: "0 0 16 ? * MON,TUE,WED,THU,FRI" },
      timeZone: "Europe/Berlin",
    });
  });

  it("shows the window itself where there are no hours, in the person's zone", () => {
    expect(preview({})).toMatchObject({
      kind: "opens",
      openings: [{ start: now, end: new Date(ms + 4 * hour) }],
      crons: null,
      timeZone: "Europe/Lisbon",
    });
  });

  it("waits while a field is empty", () => {
    expect(preview({ when: "later", start: ms })).toEqual({ kind: "incomplete" });
    expect(preview({ when: "recurring", days: [] })).toEqual({ kind: "incomplete" });
    expect(preview({ when: "recurring", periodSeconds: null })).toEqual({ kind: "incomplete" });
  });

  it("says why it would not open", () => {
    expect(preview({ when: "recurring", hoursEnd: "09:00" })).toMatchObject({
      kind: "refused",
      sentence: expect.stringContaining("same time"),
    });
  });
});
