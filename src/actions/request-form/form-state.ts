import { z } from "zod";
import { UNTIL_DATE } from "../../views/durations.ts";
import { ACTION, BLOCK } from "../../views/ids.ts";
import type { FormDraft, FormMemory, FormTime } from "../../views/request-form-model.ts";

const Option = z.object({ value: z.string() });
/** One element of `view.state.values`: each kind of element has its own name for what was chosen, and null for nothing. */
const Element = z.object({
  selected_user: z.string().nullish(),
  selected_option: Option.nullish(),
  selected_options: z.array(Option).nullish(),
  selected_date_time: z.number().int().nullish(),
  selected_date: z.string().nullish(),
  selected_time: z.string().nullish(),
  value: z.string().nullish(),
});
type Element = z.infer<typeof Element>;

/** `view.state.values`: block id → action id → element. */
export const FormValues = z.record(z.string(), z.record(z.string(), Element));
export type FormValues = z.infer<typeof FormValues>;

const seconds = z.coerce.number().int().positive();

/** What the person has put in: the fields that are shown, and for the hidden ones what the form remembers of them. */
export function readDraft(values: FormValues, { time }: FormMemory): FormDraft {
  const field = (name: keyof typeof ACTION & keyof typeof BLOCK): Element | null => values[BLOCK[name]]?.[ACTION[name]] ?? null;
  return {
    beneficiaryUserId: field("beneficiary")?.selected_user ?? null,
    consoleIds: chosen(field("consoles")),
    reason: field("reason")?.value ?? "",
    time: {
      when: orKept(field("when"), (element) => whenOf(element) ?? time.when, time.when),
      durationSeconds: orKept(field("duration"), secondsOf, time.durationSeconds) ?? time.durationSeconds,
      start: orKept(field("start"), instantOf, time.start),
      end: orKept(field("end"), instantOf, time.end),
      notBefore: orKept(field("notBefore"), instantOf, time.notBefore),
      periodSeconds: orKept(field("period"), secondsOf, time.periodSeconds),
      until: orKept(field("until"), (element) => element.selected_date ?? null, time.until),
      days: orKept(field("days"), chosen, time.days),
      hoursStart: orKept(field("hoursStart"), (element) => element.selected_time ?? null, time.hoursStart),
      hoursEnd: orKept(field("hoursEnd"), (element) => element.selected_time ?? null, time.hoursEnd),
      timeZone: field("timeZone")?.selected_option?.value ?? time.timeZone,
    },
  };
}

/** A field that is not on screen is absent from the state; one that is there and empty was emptied on purpose. */
const orKept = <T>(element: Element | null, read: (element: Element) => T, kept: T): T => (element === null ? kept : read(element));

const chosen = (element: Element | null): string[] => element?.selected_options?.map(({ value }) => value) ?? [];
const instantOf = ({ selected_date_time }: Element): number | null => (selected_date_time == null ? null : selected_date_time * 1000);
const whenOf = ({ selected_option }: Element): FormTime["when"] | undefined =>
  (["now", "later", "recurring"] as const).find((when) => when === selected_option?.value);

function secondsOf({ selected_option }: Element): number | null {
  if (selected_option == null || selected_option.value === UNTIL_DATE) return null;
  return seconds.parse(selected_option.value);
}
