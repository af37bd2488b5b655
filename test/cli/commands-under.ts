import { pra } from "./pra.ts";

/** Every command that does something, by its whole name, with the options of its own; a command that only holds others is not one. */
export async function commandsUnder(
  path: readonly string[],
): Promise<readonly { readonly name: string; readonly options: readonly string[] }[]> {
  const { out: help } = await pra(...path, "--help");
  const names = [...(help.split("\nCommands:")[1]?.matchAll(/^ {2}([a-z][a-z-]*)/gm) ?? [])].map(([, name = ""]) => name);
  if (names.length === 0) {
    const own = help.split("Global Options:")[0] ?? "";
    return [{ name: path.join(" "), options: [...own.matchAll(/^ {2}(--[a-z-]+)/gm)].map(([, option = ""]) => option) }];
  }
  const below = await Promise.all(names.filter((name) => name !== "help").map((name) => commandsUnder([...path, name])));
  return below.flat();
}
