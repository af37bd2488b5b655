import { describe, expect, it } from "vitest";
import { FormValues, readDraft } from "../../../src/actions/request-form/form-state.ts";
import { memory, time } from "./fixtures.ts";

const read = (values: unknown) => readDraft(FormValues.parse(values), memory);
const state = {
  field_beneficiary: { beneficiary: { type: "users_select", selected_user: "U2BEN" } },
  field_consoles: {
    consoles: { type: "multi_external_select", selected_options: [{ text: { type: "plain_text", text: "db" }, value: "id-db-prod" }] },
  },
  field_when: { when: { type: "radio_buttons", selected_option: { value: "recurring" } } },
  field_days: { days: { type: "checkboxes", selected_options: [{ value: "SAT" }, { value: "SUN" }] } },
  field_hours_start: { hours_start: { type: "timepicker", selected_time: "22:00" } },
  field_hours_end: { hours_end: { type: "timepicker", selected_time: "06:00" } },
  field_time_zone: { time_zone: { type: "external_select", selected_option: { value: "Asia/Tokyo" } } },
  field_period: { period: { type: "static_select", selected_option: { value: "until" } } },
  field_until: { until: { type: "datepicker", selected_date: "2026-04-01" } },
  field_not_before: { not_before: { type: "datetimepicker", selected_date_time: 1_773_700_000 } },
  field_reason: { reason: { type: "plain_text_input", value: "OPS-123" } },
};

describe("reading the form's state", () => {
  it("takes every field that is on screen", () => {
    expect(read(state)).toEqual({
      beneficiaryUserId: "U2BEN",
      consoleIds: ["id-db-prod"],
      reason: "OPS-123",
      time: {
        ...time,
        when: "recurring",
        days: ["SAT", "SUN"],
        hoursStart: "22:00",
        hoursEnd: "06:00",
        timeZone: "Asia/Tokyo",
        periodSeconds: null,
        until: "2026-04-01",
        notBefore: 1_773_700_000_000,
      },
    });
  });

  it("remembers the fields that are not", () => {
    expect(read({ field_when: { when: { selected_option: { value: "later" } } } }).time).toEqual({ ...time, when: "later" });
  });

  it("takes an emptied field as empty, not as remembered", () => {
    const emptied = read({
      field_days: { days: { selected_options: [] } },
      field_hours_start: { hours_start: { selected_time: null } },
      field_reason: { reason: { value: null } },
    });
    expect(emptied.time).toMatchObject({ days: [], hoursStart: null });
    expect(emptied.reason).toBe("");
  });

  it("keeps a required choice when Slack reports none", () => {
    expect(
      read({ field_duration: { duration: { selected_option: null } }, field_time_zone: { time_zone: { selected_option: null } } }).time,
    ).toEqual(time);
  });

  it("refuses a state that is none of this form's", () => {
    expect(() => read({ field_duration: { duration: { selected_option: { value: "soon" } } } })).toThrow();
    expect(FormValues.safeParse({ field_start: { start: { selected_date_time: "tomorrow" } } }).success).toBe(false);
  });
});
