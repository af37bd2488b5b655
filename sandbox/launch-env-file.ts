import { chmod, writeFile } from "node:fs/promises";

/** A value as both a POSIX shell and `node --env-file` read it. */
function quoted(value: string): string {
  if (/^[\w@%+=:,./-]*$/.test(value)) return value;
  if (value.includes("'")) throw new Error(`A value with an apostrophe cannot stand in a settings file: ${value}`);
  return `'${value}'`;
}

export const envFileText = (settings: Readonly<Record<string, string>>): string =>
  Object.entries(settings)
    .map(([name, value]) => `${name}=${quoted(value)}\n`)
    .join("");

/** Writes the settings of a bot that is started by hand. They hold its tokens: only the owner may read them. */
export async function writeEnvFile(path: string, settings: Readonly<Record<string, string>>): Promise<void> {
  await writeFile(path, envFileText(settings), { mode: 0o600 });
  await chmod(path, 0o600); // the mode above counts for a new file only
}

/** What to type in the second terminal. */
export const startCommand = (path: string): string => `(set -a; . '${path.replaceAll("'", `'\\''`)}'; npm start)`;
