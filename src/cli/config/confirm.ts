import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { text } from "node:stream/consumers";
import type { ReadFile } from "../../config/read-settings.ts";
import { PortcullisError } from "../../errors.ts";

export interface Terminal {
  readonly input: Readable & { readonly isTTY?: boolean };
  /** Where questions go: standard output belongs to `--json`. */
  readonly errors: Writable;
}

/**
 * Asks whether to go on. Whoever closes the terminal instead of an answer (Ctrl-D, Ctrl-C) has not said yes.
 * @throws PortcullisError `confirmation_needed` where nobody can be asked, as after the YAML itself was typed up to its end
 */
export async function isConfirmed({ input, errors }: Terminal): Promise<boolean> {
  if (input.isTTY !== true || input.readableEnded) throw new PortcullisError("confirmation_needed");
  const questions = createInterface({ input, output: errors });
  try {
    const answer = await new Promise<string | null>((resolve) => {
      questions.question("Apply this? [y/N] ", resolve);
      questions.once("close", () => resolve(null)); // a question that is left unanswered settles by nothing else
    });
    if (answer === null) errors.write("\n");
    return /^y(?:es)?$/i.test(answer?.trim() ?? "");
  } finally {
    questions.close();
  }
}

/** @throws PortcullisError `invalid_input` for a file that cannot be read */
export async function readYaml(
  file: string | undefined,
  { input, readFile }: Pick<Terminal, "input"> & { readonly readFile: ReadFile },
): Promise<string> {
  if (file === undefined || file === "-") return text(input);
  try {
    return readFile(file);
  } catch (cause) {
    throw new PortcullisError("invalid_input", { params: { problem: `the file ${file} cannot be read` } }, { cause });
  }
}
