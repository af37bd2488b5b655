import { PortcullisError } from "../errors.ts";
import { findTypedDuration } from "../services/schedule/typed-duration.ts";
import { without } from "../services/schedule/typed-phrase.ts";
import { parseTypedTime, type TypedIn } from "../services/schedule/typed-time.ts";
import { splitReason, unescaped } from "./request-text.ts";

/** Whose or which access a command is about, and why. */
export interface AccessText {
  /** As Slack writes `@somebody`. */
  readonly userId: string | null;
  /** The first word, such as `PRA-1042`; empty when there is none. */
  readonly label: string;
  /** What stands between it and the reason. */
  readonly rest: string;
  readonly reason: string;
}

const MENTION = /^<@([UW][A-Z0-9]+)(?:\|[^>]*)?>\s*/u;

/**
 * Reads what follows `/pra done`, `revoke`, `extend` or `shorten`.
 * @example readAccessText("PRA-1042 2h because INC-7") // { userId: null, label: "PRA-1042", rest: "2h", reason: "INC-7" }
 */
export function readAccessText(text: string): AccessText {
  const { body, reason } = splitReason(text.trim());
  const mention = MENTION.exec(body);
  const rest = mention === null ? body : body.slice(mention[0].length);
  const [, label = "", between = ""] = mention === null ? (/^(\S*)\s*(.*)$/su.exec(rest) ?? []) : [];
  return {
    userId: mention?.[1] ?? null,
    label: unescaped(label),
    rest: unescaped(mention === null ? between : rest).trim(),
    reason: unescaped(reason),
  };
}

const TO = /^(?:to|until|till?|bis(?:\s+zum)?|auf)\s+/iu;

/**
 * The end that somebody typed: a length to move it by, or the instant itself.
 *
 * @param direction 1 moves later, -1 earlier; an instant is what it is
 * @throws PortcullisError `time_not_understood`
 * @example readEnd("2h", { end, direction: 1 }, typedIn) // two hours after `end`
 * @example readEnd("to 18:00", { end, direction: -1 }, typedIn) // the next 18:00
 */
export function readEnd(text: string, { end, direction }: { readonly end: Date; readonly direction: 1 | -1 }, typedIn: TypedIn): Date {
  const typed = text.trim();
  const duration = TO.test(typed) ? null : findTypedDuration(typed.replace(/^(?:by|um)\s+/iu, ""));
  if (duration !== null) {
    const left = without(typed.replace(/^(?:by|um)\s+/iu, ""), duration).trim();
    if (/[\p{L}\p{N}]/u.test(left)) throw new PortcullisError("time_not_understood", { params: { text: typed } });
    return new Date(end.getTime() + direction * duration.value * 1000);
  }
  const at = typed === "" ? null : parseTypedTime(typed.replace(TO, ""), typedIn, "end");
  if (at === null) throw new PortcullisError("time_not_understood", { params: { text: typed } });
  return at;
}
