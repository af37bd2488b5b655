import type { Failure } from "../http-client/failure.ts";
import { unescapeName } from "./unescape.ts";

/** So much of a secret in a row gives it away, or a good part of it. A shorter secret counts whole. */
const tellingLength = 8;
const WITHHELD = "[withheld: it repeats a secret]";

/**
 * A failure that may be shown and logged although the call carried secrets: ZPA may repeat in its reason what it was sent, also in part,
 * or escaped for HTML. What tells of a secret is withheld whole; an answer that could not be read is not quoted at all.
 */
export function withholdSecrets(failure: Failure, secrets: readonly string[]): Failure {
  if (secrets.length === 0) return failure;
  switch (failure.kind) {
    case "unsent":
    case "lost":
      return failure; // what the network says does not know the body
    case "garbled":
      return { kind: "garbled", cause: new SyntaxError("The answer to a call that carried a secret is not JSON.") };
    case "answered": {
      const { refusal } = failure;
      const shown = (text: string): string => (secrets.some((secret) => repeats(text, secret)) ? WITHHELD : text);
      return {
        ...failure,
        refusal: { ...refusal, reason: refusal.reason === null ? null : shown(refusal.reason), params: refusal.params.map(shown) },
      };
    }
  }
}

function repeats(text: string, secret: string): boolean {
  const read = [text, unescapeName(text)].map(flat);
  const hidden = flat(secret);
  const pieces = Math.max(hidden.length - tellingLength, 0) + 1;
  return Array.from({ length: pieces }, (_, start) => hidden.slice(start, start + tellingLength)).some((piece) =>
    read.some((each) => each.includes(piece)),
  );
}

/** As it is found however its lines are broken and its letters written. */
const flat = (text: string): string => text.toLowerCase().replace(/\\[nr]|\s/g, "");
