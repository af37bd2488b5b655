import type { InputBlock } from "@slack/types";
import { WEEKDAYS } from "../services/schedule/working-hours.ts";
import type { Texts } from "../texts/texts.ts";
import { LIMIT, option, plain } from "./blocks.ts";
import { durationOption, durationOptions, periodOptions, UNTIL_DATE } from "./durations.ts";
import { ACTION, BLOCK } from "./ids.ts";
import { input } from "./input.ts";
import type { FormTime } from "./request-form-model.ts";

/** The week as people read it, Monday first. */
const DAYS_SHOWN = [...WEEKDAYS.slice(1), ...WEEKDAYS.slice(0, 1)];

/** The way of asking, and the fields that belong to it. `personZone` is the zone in which Slack shows dates and times. */
export const timeInputs = (time: FormTime, personZone: string, texts: Texts): InputBlock[] => [
  whenInput(time, texts),
  ...fields(time, personZone, texts),
];

function fields(time: FormTime, personZone: string, texts: Texts): InputBlock[] {
  const { form } = texts;
  const hint = form.yourZoneHint(personZone);
  switch (time.when) {
    case "now":
      return [durationInput(time, texts)];
    case "later":
      return [
        input({ blockId: BLOCK.start, label: form.start, hint, dispatch: true }, dateTime(ACTION.start, time.start)),
        input({ blockId: BLOCK.end, label: form.end, hint, dispatch: true }, dateTime(ACTION.end, time.end)),
      ];
    case "recurring":
      return [
        daysInput(time, texts),
        input({ blockId: BLOCK.hoursStart, label: form.hoursStart, dispatch: true }, clockTime(ACTION.hoursStart, time.hoursStart)),
        input(
          { blockId: BLOCK.hoursEnd, label: form.hoursEnd, hint: form.hoursEndHint, dispatch: true },
          clockTime(ACTION.hoursEnd, time.hoursEnd),
        ),
        zoneInput(time, texts),
        periodInput(time, texts),
        ...(time.periodSeconds === null ? [untilInput(time, texts)] : []),
        input(
          { blockId: BLOCK.notBefore, label: form.startOptional, hint, optional: true, dispatch: true },
          dateTime(ACTION.notBefore, time.notBefore),
        ),
      ];
  }
}

function whenInput({ when }: FormTime, { form }: Texts): InputBlock {
  const options = {
    now: option("now", form.now, form.nowHint),
    later: option("later", form.later, form.laterHint),
    recurring: option("recurring", form.recurring, form.recurringHint),
  };
  return input(
    { blockId: BLOCK.when, label: form.when, dispatch: true },
    { type: "radio_buttons", action_id: ACTION.when, options: Object.values(options), initial_option: options[when] },
  );
}

const durationInput = ({ durationSeconds }: FormTime, texts: Texts): InputBlock =>
  input(
    { blockId: BLOCK.duration, label: texts.form.duration, hint: texts.form.durationHint, dispatch: true },
    {
      type: "static_select",
      action_id: ACTION.duration,
      options: durationOptions(durationSeconds, texts),
      initial_option: durationOption(durationSeconds, texts),
    },
  );

const periodInput = ({ periodSeconds }: FormTime, texts: Texts): InputBlock =>
  input(
    { blockId: BLOCK.period, label: texts.form.duration, dispatch: true },
    {
      type: "static_select",
      action_id: ACTION.period,
      options: periodOptions(periodSeconds, texts),
      initial_option: periodSeconds === null ? option(UNTIL_DATE, texts.form.untilDate) : durationOption(periodSeconds, texts),
    },
  );

const untilInput = ({ until }: FormTime, { form }: Texts): InputBlock =>
  input(
    { blockId: BLOCK.until, label: form.until, dispatch: true },
    { type: "datepicker", action_id: ACTION.until, ...(until === null ? {} : { initial_date: until }) },
  );

function daysInput({ days }: FormTime, texts: Texts): InputBlock {
  const options = DAYS_SHOWN.map((day) => option(day, texts.days[day]));
  const chosen = options.filter(({ value }) => value !== undefined && days.includes(value));
  return input(
    { blockId: BLOCK.days, label: texts.form.dayList, dispatch: true },
    { type: "checkboxes", action_id: ACTION.days, options, ...(chosen.length === 0 ? {} : { initial_options: chosen }) },
  );
}

const zoneInput = ({ timeZone }: FormTime, { form }: Texts): InputBlock =>
  input(
    { blockId: BLOCK.timeZone, label: form.timeZone, dispatch: true },
    {
      type: "external_select",
      action_id: ACTION.timeZone,
      min_query_length: 0,
      placeholder: plain(form.timeZonePlaceholder, LIMIT.placeholder),
      initial_option: option(timeZone, timeZone),
    },
  );

const dateTime = (actionId: string, at: number | null): InputBlock["element"] => ({
  type: "datetimepicker",
  action_id: actionId,
  ...(at === null ? {} : { initial_date_time: Math.floor(at / 1000) }),
});

const clockTime = (actionId: string, time: string | null): InputBlock["element"] => ({
  type: "timepicker",
  action_id: actionId,
  ...(time === null ? {} : { initial_time: time }),
});
