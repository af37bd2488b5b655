import { readFileSync } from "node:fs";
import { PassThrough, Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { type CliPorts, runCli } from "../../src/cli/run-cli.ts";

/** A file of the project, by its path from the root. */
export const projectFile = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

/** Runs `pra` in this process, without a setting. `last` is the last line of its output. */
export const pra = (...args: readonly string[]) => praWith({}, ...args);

/** The same with settings, with what is typed or piped into it, and with files of its own. */
export async function praWith(
  { env = {}, input, readFile = projectFile }: Partial<Pick<CliPorts, "env" | "input" | "readFile">>,
  ...args: readonly string[]
) {
  const output = new PassThrough();
  const errors = new PassThrough();
  // Read while it is written: a command waits for a reader that is slow.
  const reading = Promise.all([text(output), text(errors)]);
  const status = await runCli(args, {
    env,
    ...(input ? { input } : {}),
    readFile,
    output,
    errors,
    manifest: () => projectFile("manifest.yml"),
    packageJson: () => projectFile("package.json"),
  });
  output.end();
  errors.end();
  const [out, err] = await reading;
  return { status, out, err, last: out.trimEnd().split("\n").at(-1) ?? "" };
}

export const piped = (text: string): Readable => Readable.from([text]);

/** A terminal at which this is typed. */
export const typing = (text: string): PassThrough => {
  const terminal = Object.assign(new PassThrough(), { isTTY: true });
  terminal.end(`${text}\n`);
  return terminal;
};
