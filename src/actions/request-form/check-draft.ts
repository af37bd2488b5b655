import { fromUnknown, PortcullisError } from "../../errors.ts";
import { REASON_MAX_LENGTH } from "../../services/policy/ask.ts";
import { checkRequestedTime } from "../../services/schedule/requested-time.ts";
import type { RequestedTime } from "../../services/schedule/working-hours.ts";
import type { FormDraft } from "../../views/request-form-model.ts";
import { requestedTime } from "./requested-time.ts";

export type CheckedDraft =
  | { readonly kind: "valid"; readonly time: RequestedTime }
  | { readonly kind: "invalid"; readonly errors: readonly PortcullisError[] };

/** Looks at every field, so that a person sees all that is wrong at once. The service looks again: it trusts no form. */
export function checkDraft(draft: FormDraft, now: Date): CheckedDraft {
  const time = attempt(() => {
    const asked = requestedTime(draft.time);
    checkRequestedTime(asked, now);
    return asked;
  });
  const errors = [...consoleErrors(draft), ...reasonErrors(draft), ...(time instanceof PortcullisError ? [time] : [])];
  return time instanceof PortcullisError || errors.length > 0 ? { kind: "invalid", errors } : { kind: "valid", time };
}

const consoleErrors = ({ consoleIds }: FormDraft): readonly PortcullisError[] =>
  consoleIds.length > 0 ? [] : [new PortcullisError("console_missing", { field: "consoles" })];

function reasonErrors({ reason }: FormDraft): readonly PortcullisError[] {
  if (reason.trim() === "") return [new PortcullisError("reason_missing", { field: "reason" })];
  if (reason.length > REASON_MAX_LENGTH)
    return [new PortcullisError("text_too_long", { field: "reason", params: { length: reason.length, limit: REASON_MAX_LENGTH } })];
  return [];
}

/** The value, or the error that a person is to read. What is not theirs to mend is thrown on. */
function attempt<T>(read: () => T): T | PortcullisError {
  try {
    return read();
  } catch (thrown) {
    const error = fromUnknown(thrown);
    if (error.code === "unexpected") throw error;
    return error;
  }
}
