import { fromUnknown } from "../../../src/errors.ts";

/** What a call is refused with: its code and the field it belongs to. */
export function refusal(call: () => unknown): { code: string; field: string | undefined } | "not refused" {
  try {
    call();
    return "not refused";
  } catch (thrown) {
    const error = fromUnknown(thrown);
    return { code: error.code, field: error.details.field };
  }
}
