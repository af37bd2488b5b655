import { type Phrase, TAKEN, without } from "../services/schedule/typed-phrase.ts";
import type { TypedIn } from "../services/schedule/typed-time.ts";
import { findTypedCity, findTypedZone } from "../services/schedule/typed-zone.ts";
import { type DraftTime, readDraftTime } from "./request-text-time.ts";

/** The form as far as the text after `/pra request` fills it in. Nothing in it is checked yet: that is the form's and the service's. */
export interface RequestDraft {
  /** As typed; the catalog knows whether they exist. */
  readonly consoleNames: readonly string[];
  readonly beneficiaryUserId: string | null;
  readonly time: DraftTime;
  readonly reason: string;
  /** What was typed and means nothing here, in order. Shown to the person, never dropped. */
  readonly notUnderstood: readonly string[];
}

const REASON = /(?:^|[\s,])(?:because(?:\s+of)?|wegen|weil)(?::|(?=\s|$))\s*(.*)$|(?:^|[\s,])(?:reason|grund|begründung)\s*[:=]\s*(.*)$/isu;
const MENTION = /(?:(?:^|(?<=\s))(?:for|für|on behalf of)\s+)?<@([A-Z0-9]+)(?:\|[^>]*)?>/u;
const WORD = new RegExp(`[^\\s,${TAKEN}]+`, "gu");
const QUOTED = /["“”„]([^"“”„]+)["“”„]/gu;
/** No console is called so: from such a word on, what is not understood is no name. */
const NO_NAME = /^(?:until|till?|to|from|for|at|on|in|by|bis|ab|von|für|um|am|please|bitte)$/iu;
const NAMES_A_PERSON = /^(?:@|<[@#!])/u;
const AND = /^(?:and|und|&amp;|[+])$/iu;
const ENTITIES: Readonly<Record<string, string>> = { "&lt;": "<", "&gt;": ">", "&amp;": "&" };

/**
 * Reads `/pra request` as people type it, in English or German:
 * `db-prod weekdays 9-17 Europe/Berlin for 2 weeks because OPS-123`.
 *
 * Names of consoles come first, separated by spaces or commas, in quotes when they have spaces; what follows `because`,
 * `reason:` or `wegen` is the reason to the end. In between stand, in any order, days and hours, a zone, a start, an end or
 * a duration, and for whom (`for @anna`, which Slack sends as `<@U123|anna>`).
 *
 * @param typedIn the person's present instant and own zone, which counts when the text names none
 */
export function parseRequestText(text: string, typedIn: TypedIn): RequestDraft {
  const { body, reason } = splitReason(text);
  const quotes = [...body.matchAll(QUOTED)];
  const unquoted = quotes.reduce((rest, { index, 0: quote }) => without(rest, { value: quote, index, length: quote.length }), body);
  const mention = MENTION.exec(unquoted);
  const unmentioned = mention ? without(unquoted, { value: null, index: mention.index, length: mention[0].length }) : unquoted;
  const zone = findTypedZone(unmentioned) ?? cityBehindTheNames(unmentioned);
  const unzoned = zone ? without(unmentioned, zone) : unmentioned;
  const { time, rest } = readDraftTime(unzoned, { now: typedIn.now, timeZone: zone?.value ?? typedIn.timeZone });
  const { names, others } = splitNames(
    rest,
    quotes.map(({ index, 1: name = "" }) => ({ value: name, index, length: name.length + 2 })),
  );
  return {
    consoleNames: names.map(unescaped),
    beneficiaryUserId: mention?.[1] ?? null,
    time: { ...time, timeZone: zone?.value ?? null },
    reason: unescaped(reason),
    notUnderstood: others.map(unescaped),
  };
}

/** What stands before the reason, and the reason. */
export function splitReason(text: string): { body: string; reason: string } {
  const match = REASON.exec(text);
  if (!match) return { body: text, reason: "" };
  return { body: text.slice(0, match.index), reason: (match[1] ?? match[2] ?? "").trim() };
}

/** The first word is a console's name, even if it is called Berlin. */
function cityBehindTheNames(text: string): Phrase<string> | null {
  const firstWord = /^[\s,]*[^\s,]+/u.exec(text)?.[0].length ?? 0;
  const city = findTypedCity(text.slice(firstWord));
  return city && { ...city, index: city.index + firstWord };
}

/** Names are the first words in a row that nothing else understood, and all that was quoted; other words are left over. */
function splitNames(rest: string, quotes: readonly Phrase<string>[]): { names: string[]; others: string[] } {
  const words = [...rest.matchAll(WORD)].map(({ 0: value, index }) => ({ value, index, length: value.length }));
  const names: string[] = [];
  const others: string[] = [];
  let end: number | null = null;
  for (const piece of [...words, ...quotes].sort((a, b) => a.index - b.index)) {
    const quoted = quotes.includes(piece);
    const inRow = end === null || !rest.slice(end, piece.index).includes(TAKEN);
    if (!quoted && NAMES_A_PERSON.test(piece.value)) others.push(piece.value);
    else if (quoted || (inRow && others.length === 0 && !NO_NAME.test(piece.value))) {
      end = piece.index + piece.length;
      if (quoted || !AND.test(piece.value)) names.push(piece.value);
    } else others.push(piece.value);
  }
  return { names, others };
}

/** Slack escapes three characters in the text of a command. */
export const unescaped = (text: string): string => text.replaceAll(/&(?:lt|gt|amp);/gu, (entity) => ENTITIES[entity] ?? entity);
