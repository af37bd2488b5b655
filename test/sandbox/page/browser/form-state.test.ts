import { describe, expect, it } from "vitest";
import { missingFields, valuesOf } from "../../../../sandbox/page/browser/form-state.ts";
import { galleryModal } from "../../../browser/support/gallery-blocks.ts";

const epochSeconds = 1_800_000_000;
const view = galleryModal(epochSeconds);

describe("a form's state", () => {
  it("starts as the view fills it in, in Slack's own words", () => {
    const values = valuesOf(view);
    expect(values.line?.a).toEqual({ type: "plain_text_input", value: null });
    expect(values.lines?.a).toEqual({ type: "plain_text_input", value: "already here" });
    expect(values.time?.a).toEqual({ type: "timepicker", selected_time: "09:00", timezone: "Europe/Berlin" });
    expect(values.instant?.a).toEqual({ type: "datetimepicker", selected_date_time: epochSeconds });
    expect(values.days?.a).toMatchObject({ type: "checkboxes", selected_options: [{ value: "mon" }] });
    expect(values.person?.a).toEqual({ type: "users_select", selected_user: "U01ANA0000" });
  });

  it("keeps what was typed when a view is updated, where the element still stands", () => {
    const typed = { line: { a: { type: "plain_text_input", value: "kept" } }, gone: { a: { type: "plain_text_input", value: "lost" } } };
    const values = valuesOf(view, typed);
    expect(values.line?.a?.value).toBe("kept");
    expect(values).not.toHaveProperty("gone");
  });

  it("starts anew where the same ids carry another kind of element", () => {
    expect(valuesOf(view, { line: { a: { type: "datepicker", selected_date: "2026-01-01" } } }).line?.a).toEqual({
      type: "plain_text_input",
      value: null,
    });
  });

  it("is refused without the required fields, as Slack's own client refuses it", () => {
    expect(Object.keys(missingFields(view, valuesOf(view)))).toEqual(["line", "asks"]);
  });

  it.each([
    ["0", "At least 1."],
    ["10", "At most 9."],
    ["2.5", "Enter a whole number."],
  ])("refuses the number %s", (value, sentence) => {
    expect(missingFields(view, valuesOf(view, { number: { a: { type: "number_input", value } } })).number).toBe(sentence);
  });
});
