import { ERROR_CODES, type PortcullisError } from "../errors.ts";
import type { Failure } from "../services/access/request.ts";
import type { Texts } from "./texts.ts";

/**
 * What a person reads for an error: what is wrong and what to do next. Plain text: it is safe where nothing is parsed,
 * and is to be escaped where Slack parses markup.
 */
export function errorSentence({ code, details }: Pick<PortcullisError, "code" | "details">, texts: Texts): string {
  const { params = {} } = details;
  return texts.errors[code]((name, otherwise) => {
    const value = params[name];
    return value === undefined || value === "" ? otherwise : shortened(String(value));
  });
}

/** A value is named in the sentence, not quoted at length: what to do next must stay in sight. */
const VALUE_LENGTH = 200;

const shortened = (value: string): string => (value.length <= VALUE_LENGTH ? value : `${value.slice(0, VALUE_LENGTH).toWellFormed()}…`);

/** The sentence for a failure as it was stored. A code that this version no longer knows reads as `unexpected`. */
export function failureSentence({ code, params }: Failure, texts: Texts): string {
  return errorSentence({ code: ERROR_CODES.find((known) => known === code) ?? "unexpected", details: { params } }, texts);
}
