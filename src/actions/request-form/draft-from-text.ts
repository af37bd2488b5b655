import type { RequestDraft } from "../../commands/request-text.ts";
import type { DraftHours, DraftTime } from "../../commands/request-text-time.ts";
import { PortcullisError } from "../../errors.ts";
import type { Catalog } from "../../services/catalog/catalog.ts";
import { REASON_MAX_LENGTH } from "../../services/policy/ask.ts";
import { SECOND, toLocal } from "../../services/schedule/zone.ts";
import { errorSentence } from "../../texts/error-sentence.ts";
import type { Texts } from "../../texts/texts.ts";
import { named } from "../../views/literal.ts";
import type { FormDraft, FormTime } from "../../views/request-form-model.ts";

const HOUR_SECONDS = 60 * 60;
const WEEK_SECONDS = 7 * 24 * HOUR_SECONDS;
/** Names offered for one that fits several. */
const CANDIDATES = 4;

interface FillingIn {
  /** The person's own. */
  readonly timeZone: string;
  readonly now: Date;
  readonly catalog: Pick<Catalog, "byName" | "search">;
  readonly texts: Texts;
}

export interface FilledIn {
  readonly draft: FormDraft;
  /** What could not be filled in, one sentence each: nothing that was typed is dropped in silence. */
  readonly problems: readonly string[];
}

/** The form as it stands before anyone has typed: four hours from now on; for recurring hours, two weeks of working days. */
const emptyTime = (timeZone: string): FormTime => ({
  when: "now",
  durationSeconds: 4 * HOUR_SECONDS,
  start: null,
  end: null,
  notBefore: null,
  periodSeconds: 2 * WEEK_SECONDS,
  until: null,
  days: ["MON", "TUE", "WED", "THU", "FRI"],
  hoursStart: "09:00",
  hoursEnd: "17:00",
  timeZone,
});

/**
 * Fills the form in from what was typed after `/pra request`. A console is taken by its whole name only: to guess one on a
 * production system would be worse than to ask.
 */
export function draftFromText(typed: RequestDraft, { timeZone, now, catalog, texts }: FillingIn): FilledIn {
  const found = typed.consoleNames.map((name) => ({ name, console: catalog.byName(name) }));
  const missing = found.filter(({ console }) => console === null).map(({ name }) => notFound(name, catalog, texts));
  const tooLong = new PortcullisError("text_too_long", { params: { limit: REASON_MAX_LENGTH } });
  return {
    draft: {
      beneficiaryUserId: typed.beneficiaryUserId,
      consoleIds: [...new Set(found.flatMap(({ console }) => console?.id ?? []))],
      time: timeFromText(typed.time, timeZone, now),
      reason: typed.reason,
    },
    problems: [
      ...missing,
      ...typed.notUnderstood.map((text) => texts.form.notUnderstood(named(text))),
      ...(typed.reason.length > REASON_MAX_LENGTH ? [`${texts.form.reason}: ${errorSentence(tooLong, texts)}`] : []),
    ],
  };
}

function notFound(name: string, catalog: Pick<Catalog, "search">, { form }: Texts): string {
  const candidates = catalog.search(name, CANDIDATES).map((console) => named(console.name, 40));
  return candidates.length === 0 ? form.notFound(named(name, 60)) : form.ambiguous(named(name, 60), candidates.join(", "));
}

/** The way of asking that was typed, over the form's own beginning. */
function timeFromText(typed: DraftTime, personZone: string, now: Date): FormTime {
  const empty = emptyTime(typed.timeZone ?? personZone);
  const start = typed.start?.getTime() ?? null;
  const length = typed.durationSeconds;
  if (typed.workingHours !== null) return recurringFromText(typed, typed.workingHours, empty);
  if (start === null && typed.end === null) return { ...empty, ...(length === null ? {} : { durationSeconds: length }) };
  const from = start ?? now.getTime();
  return { ...empty, when: "later", start: from, end: typed.end?.getTime() ?? (length === null ? null : from + length * 1000) };
}

/** An end becomes the last day on which the hours open. */
function recurringFromText({ start, end, durationSeconds }: DraftTime, hours: DraftHours, empty: FormTime): FormTime {
  const recurring: FormTime = {
    ...empty,
    when: "recurring",
    notBefore: start?.getTime() ?? null,
    days: [...(hours.days ?? empty.days)],
    hoursStart: hours.start ?? empty.hoursStart,
    hoursEnd: hours.end ?? empty.hoursEnd,
    timeZone: hours.timeZone,
  };
  if (end !== null) return { ...recurring, periodSeconds: null, until: lastLocalDate(end, hours.timeZone) };
  return durationSeconds === null ? recurring : { ...recurring, periodSeconds: durationSeconds };
}

/** An end at midnight ends the day before. */
const lastLocalDate = (end: Date, timeZone: string): string =>
  new Date(toLocal(timeZone, end.getTime() - SECOND)).toISOString().slice(0, "YYYY-MM-DD".length);
