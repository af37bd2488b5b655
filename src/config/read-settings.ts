import type { Setting } from "./setting.ts";
import { SETTINGS, type SettingName, type SettingValues, settingNames } from "./settings.ts";

export type Environment = Readonly<Record<string, string | undefined>>;
/** The text of a file. Throws as `fs.readFileSync` does. */
export type ReadFile = (path: string) => string;

/** What is wrong with one setting, and what to do. Never holds the value: it may be a secret in the wrong place. */
export interface SettingProblem {
  readonly code: "setting_missing" | "setting_invalid";
  readonly setting: SettingName;
  readonly sentence: string;
}

export interface Settings {
  readonly problems: readonly SettingProblem[];
  /** The parsed value, or its default; null when there is neither, or it is invalid. */
  value<Name extends SettingName>(name: Name): SettingValues[Name] | null;
}

const settings: { readonly [Name in SettingName]: Setting<SettingValues[Name]> } = SETTINGS;

/** Reads every setting from the environment and from `<NAME>_FILE`, and gathers all problems instead of stopping at the first. */
export function readSettings(env: Environment, readFile: ReadFile): Settings {
  const found = settingNames.map((name) => ({ name, ...textOf(name, env, readFile) }));
  const texts = new Map(found.map(({ name, text }) => [name as string, text]));
  const chosen = (name: string) => texts.get(name) ?? null;

  const problems = found.flatMap(({ name, text, fault }): SettingProblem[] => {
    if (fault !== null) return [{ code: "setting_invalid", setting: name, sentence: fault }];
    if (text !== null) return invalid(name, text);
    return settings[name].needed?.holds(chosen) === true ? [missing(name)] : [];
  });

  return {
    problems,
    value: (name) => {
      const text = chosen(name);
      const parsed = text === null ? null : settings[name].schema.safeParse(text);
      return parsed?.success === true ? parsed.data : null;
    },
  };
}

interface Found {
  readonly text: string | null;
  readonly fault: string | null;
}

function textOf(name: SettingName, env: Environment, readFile: ReadFile): Found {
  const { fromFile, default: fallback } = settings[name];
  const given = env[name]?.trim() || null;
  const path = fromFile ? env[`${name}_FILE`]?.trim() || null : null;
  if (given !== null && path !== null) {
    return { text: null, fault: `${name} and ${name}_FILE are both set. Keep one of them.` };
  }
  return path === null ? { text: given ?? fallback, fault: null } : textOfFile(name, path, readFile);
}

function textOfFile(name: SettingName, path: string, readFile: ReadFile): Found {
  try {
    const text = readFile(path).trimEnd();
    return text === "" ? { text: null, fault: `${name}_FILE names a file that is empty. ${settings[name].advice}` } : { text, fault: null };
  } catch (cause) {
    const reason = cause instanceof Error && "code" in cause ? ` (${cause.code})` : "";
    return { text: null, fault: `${name}_FILE names a file that cannot be read${reason}. Check its path and its rights.` };
  }
}

const missing = (name: SettingName): SettingProblem => {
  const { needed, meaning, advice } = settings[name];
  const condition = needed === null || needed.when === "always" ? "" : ` (needed when ${needed.when})`;
  return { code: "setting_missing", setting: name, sentence: `${name} is not set${condition}. ${meaning} ${advice}` };
};

const invalid = (name: SettingName, text: string): SettingProblem[] => {
  const parsed = settings[name].schema.safeParse(text);
  if (parsed.success) return [];
  const must = parsed.error.issues[0]?.message ?? "be valid";
  return [{ code: "setting_invalid", setting: name, sentence: `${name} must ${must}. ${settings[name].advice}` }];
};
