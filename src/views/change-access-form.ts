import type { InputBlock, ModalView } from "@slack/types";
import type { AccessRights } from "../services/access/overview.ts";
import { type AccessRequest, requestLabel } from "../services/access/request.ts";
import { WEEKDAYS } from "../services/schedule/working-hours.ts";
import type { Texts } from "../texts/texts.ts";
import { LIMIT, option, plain, section } from "./blocks.ts";
import type { AccessFormMemory } from "./button-value.ts";
import { ACTION, BLOCK, CALLBACK } from "./ids.ts";
import { input, longText } from "./input.ts";
import { modal } from "./modal.ts";

/** The week as people read it, Monday first. */
const DAYS_SHOWN = [...WEEKDAYS.slice(1), ...WEEKDAYS.slice(0, 1)];

export interface ChangeAccessModel {
  readonly request: AccessRequest;
  readonly rights: AccessRights;
  /** Of whoever looks at the form: Slack shows dates and times in it. */
  readonly timeZone: string;
}

/** The end, the hours and the zone of access as it stands, and what the viewer may make of them. */
export function changeAccessForm({ request, rights, timeZone }: ChangeAccessModel, texts: Texts): ModalView {
  const { life, form, common } = texts;
  const { workingHours } = request.time;
  const endEpochSeconds = Math.floor((request.window?.end.getTime() ?? 0) / 1000);
  const zone = workingHours?.timeZone ?? timeZone;
  const memory: AccessFormMemory = {
    requestId: request.id,
    timeZone,
    endEpochSeconds,
    hours: workingHours === null ? null : { ...workingHours, days: [...workingHours.days] },
  };
  return modal({
    callbackId: CALLBACK.changeAccessForm,
    title: life.form.title,
    submit: life.form.submit,
    close: common.cancel,
    memory,
    blocks: [
      section(plain(life.form.intro(requestLabel(request)), LIMIT.section)),
      section(plain(rights.isDecider ? life.form.decider : life.form.holder, LIMIT.section)),
      input(
        { blockId: BLOCK.end, label: life.form.end, hint: form.yourZoneHint(timeZone) },
        { type: "datetimepicker", action_id: ACTION.end, initial_date_time: endEpochSeconds },
      ),
      daysInput(memory, texts),
      input({ blockId: BLOCK.hoursStart, label: form.hoursStart, optional: true }, clockTime(ACTION.hoursStart, memory.hours?.start)),
      input(
        { blockId: BLOCK.hoursEnd, label: form.hoursEnd, hint: form.hoursEndHint, optional: true },
        clockTime(ACTION.hoursEnd, memory.hours?.end),
      ),
      input(
        { blockId: BLOCK.timeZone, label: form.timeZone },
        {
          type: "external_select",
          action_id: ACTION.accessZone,
          min_query_length: 0,
          placeholder: plain(form.timeZonePlaceholder, LIMIT.placeholder),
          initial_option: option(zone, zone),
        },
      ),
      input({ blockId: BLOCK.reason, label: life.form.reason, hint: life.form.reasonHint, optional: true }, longText(ACTION.reason, "")),
    ],
  });
}

function daysInput({ hours }: AccessFormMemory, { life, days }: Texts): InputBlock {
  const options = DAYS_SHOWN.map((day) => option(day, days[day]));
  const chosen = options.filter(({ value }) => hours?.days.some((day) => day === value));
  return input(
    { blockId: BLOCK.days, label: life.form.days, hint: life.form.daysHint, optional: true },
    { type: "checkboxes", action_id: ACTION.days, options, ...(chosen.length === 0 ? {} : { initial_options: chosen }) },
  );
}

const clockTime = (actionId: string, time: string | undefined): InputBlock["element"] => ({
  type: "timepicker",
  action_id: actionId,
  ...(time === undefined ? {} : { initial_time: time }),
});
