import { max } from "date-fns/max";
import { fromUnknown } from "../../errors.ts";
import { cronsAt } from "../../services/schedule/cron.ts";
import { nextOpenings } from "../../services/schedule/openings.ts";
import { checkRequestedTime, windowAt } from "../../services/schedule/requested-time.ts";
import { errorSentence } from "../../texts/error-sentence.ts";
import type { Texts } from "../../texts/texts.ts";
import type { FormTime, Preview } from "../../views/request-form-model.ts";
import { isIncomplete, requestedTime } from "./requested-time.ts";

const OPENINGS_SHOWN = 3;

/** What an approval at `now` would open; or the sentence that says why it would not. */
export function previewOf(time: FormTime, personZone: string, now: Date, texts: Texts): Preview {
  if (isIncomplete(time)) return { kind: "incomplete" };
  try {
    const asked = requestedTime(time);
    checkRequestedTime(asked, now);
    const window = windowAt(asked, now);
    const hours = asked.workingHours;
    return {
      kind: "opens",
      window,
      openings: nextOpenings(window, hours, now, OPENINGS_SHOWN),
      crons: hours === null ? null : cronsAt(hours, max([window.start, now])),
      timeZone: hours?.timeZone ?? personZone,
    };
  } catch (thrown) {
    const error = fromUnknown(thrown);
    if (error.code === "unexpected") throw error;
    return { kind: "refused", sentence: errorSentence(error, texts) };
  }
}
