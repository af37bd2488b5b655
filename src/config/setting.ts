import { z } from "zod";

/** One thing that can be set: what the reader, the error sentence and `docs/reference/settings.md` say of it. */
export interface Setting<Value = unknown> {
  /** What it does, in one or two sentences. */
  readonly meaning: string;
  /** When it must be set; null when it may be left out. */
  readonly needed: Need | null;
  /** What holds when it is not set, as it would be typed; null when nothing does. */
  readonly default: string | null;
  readonly example: string;
  /** Never printed; may also be given as `<NAME>_FILE`. */
  readonly secret: boolean;
  /** May also be given as `<NAME>_FILE`. Every secret may. */
  readonly fromFile: boolean;
  /** How to get a good value: ends the sentence about a missing or invalid one. */
  readonly advice: string;
  /** Its issues finish the sentence "NAME must …". */
  readonly schema: z.ZodType<Value, string>;
}

type SettingInput<Value> = Pick<Setting<Value>, "meaning" | "example" | "advice" | "schema"> &
  Partial<Pick<Setting<Value>, "needed" | "default" | "secret" | "fromFile">>;

/** When a setting must be set: in words for people, and as a question to the settings given (or their defaults). */
export interface Need {
  readonly when: string;
  readonly holds: (chosen: (name: string) => string | null) => boolean;
}

export const always: Need = { when: "always", holds: () => true };

export const when = (words: string, holds: Need["holds"]): Need => ({ when: words, holds });

/** A setting with what most settings have: optional, without a default, not secret. */
export const setting = <Value>(input: SettingInput<Value>): Setting<Value> => ({
  needed: null,
  default: null,
  secret: false,
  fromFile: input.secret ?? false,
  ...input,
});

export const text = z.string();

export const startsWith = (prefix: string) => text.startsWith(prefix, `start with \`${prefix}\``);

export const oneOf = <const Choice extends string>(...choices: readonly [Choice, ...Choice[]]) =>
  z.enum(choices, `be ${choices.map((choice) => `\`${choice}\``).join(" or ")}`);

export const yesOrNo = oneOf("true", "false").transform((answer) => answer === "true");

/** A whole number between two bounds, both allowed. */
export const wholeNumber = (least: number, most: number) => {
  const sentence = `be a whole number from ${least} to ${most}`;
  return text
    .regex(/^\d{1,9}$/, sentence)
    .transform(Number)
    .refine((number) => number >= least && number <= most, sentence);
};

/** A port, `0` for any free one, or null for `off`. */
export const portOrOff = text
  .regex(/^(?:off|\d{1,5})$/, "be `off` or a whole number from 0 to 65535")
  .transform((typed) => (typed === "off" ? null : Number(typed)))
  .refine((port) => port === null || port <= 65_535, "be `off` or a whole number from 0 to 65535");

/** Where a port is listened on. */
export const ownAddress = text.regex(/^(?:[0-9A-Fa-f:.]+|localhost)$/, "be an IP address of this machine");

/** Values between commas, or spaces; none twice. */
export const listOf = (item: RegExp, sentence: string) =>
  text
    .transform((typed) => [...new Set(typed.split(/[\s,]+/).filter((part) => part !== ""))])
    .refine((items) => items.length > 0 && items.every((part) => item.test(part)), sentence);

const loopback = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** An address that secrets are sent to: https, or plain http to this machine only. */
export const serviceAddress = text.refine((typed) => {
  const url = URL.parse(typed);
  return url !== null && (url.protocol === "https:" || (url.protocol === "http:" && loopback.has(url.hostname)));
}, "be an https:// address (http:// only for this machine)");
