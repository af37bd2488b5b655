import type { Readable, Writable } from "node:stream";
import { text } from "node:stream/consumers";
import { PortcullisError } from "../../errors.ts";

export interface SecretTerminal {
  readonly input: Readable & { readonly isTTY?: boolean; setRawMode?(raw: boolean): unknown };
  /** Where the prompt goes: standard output belongs to `--json`. */
  readonly errors: Writable;
}

/** A key or a password of a size that nobody has. */
const LONGEST_CHARACTERS = 64_000;

const CTRL_C = "\u0003";
const CTRL_D = "\u0004";
const BACKSPACE = new Set(["\u007f", "\b"]);

/**
 * A secret, from standard input when it is piped, else typed without being shown: never from an argument, which other processes can see
 * and shells remember. Of what is piped one line break at the end is not part of the secret.
 *
 * @param lines `one` ends at Enter, `many` (a key) at Ctrl-D
 * @throws PortcullisError `invalid_input` when it is empty, too long, or given up with Ctrl-C
 */
export async function readSecret(
  { input, errors }: SecretTerminal,
  { prompt, lines }: { readonly prompt: string; readonly lines: "one" | "many" },
): Promise<string> {
  const secret = input.isTTY === true ? await typed({ input, errors }, { prompt, lines }) : (await text(input)).replace(/\r?\n$/, "");
  if (secret === "") throw refused(`nothing was given for ${prompt}`);
  if (secret.length > LONGEST_CHARACTERS) throw refused(`what was given for ${prompt} is too long`);
  return secret;
}

async function typed({ input, errors }: SecretTerminal, { prompt, lines }: Parameters<typeof readSecret>[1]): Promise<string> {
  errors.write(`${prompt}${lines === "many" ? " (Ctrl-D at its end)" : ""}: `);
  input.setRawMode?.(true);
  input.resume();
  try {
    return await keysOf(input, lines);
  } finally {
    input.setRawMode?.(false);
    input.pause();
    errors.write("\n");
  }
}

const keysOf = (input: Readable, lines: "one" | "many"): Promise<string> =>
  new Promise((resolve, reject) => {
    let secret = "";
    const settle = (then: () => void): void => {
      input.off("data", onData);
      input.off("end", onEnd);
      input.pause(); // at once: what is typed next belongs to the next question
      then();
    };
    const onEnd = (): void => settle(() => resolve(secret));
    const onData = (chunk: Buffer | string): void => {
      for (const key of String(chunk)) if (!take(key)) return;
    };
    /** False when nothing after this key is read any more. */
    const take = (key: string): boolean => {
      const isBreak = key === "\r" || key === "\n";
      const isEnd = key === CTRL_D || (isBreak && lines === "one");
      if (isEnd) onEnd();
      else if (key === CTRL_C) settle(() => reject(refused("it was given up")));
      else if (BACKSPACE.has(key)) secret = [...secret].slice(0, -1).join("");
      else secret += isBreak ? "\n" : key;
      return !isEnd && key !== CTRL_C;
    };
    input.on("data", onData);
    input.once("end", onEnd);
  });

const refused = (problem: string): PortcullisError => new PortcullisError("invalid_input", { params: { problem } });
