import { parseEnv } from "node:util";
import { describe, expect, it } from "vitest";
import { SETTINGS, type SettingName, settingNames } from "../src/config/settings.ts";
import { ERROR_CODES } from "../src/errors.ts";
import { commandsUnder } from "./cli/commands-under.ts";
import { projectFile } from "./cli/pra.ts";

/** First cells of the table rows that name something: `| \`NAME\` | …`. */
const rows = (markdown: string): readonly string[] => [...markdown.matchAll(/^\| `([^`]+)`/gm)].map(([, name = ""]) => name);

const settingRow = (name: SettingName): string => {
  const { meaning, needed, default: fallback, example, secret, fromFile } = SETTINGS[name];
  const need = needed === null ? "no" : needed.when === "always" ? "yes" : `when ${needed.when}`;
  const notes = fromFile ? ` ${secret ? "A secret: also" : "Also"} as \`${name}_FILE\`.` : "";
  return `| \`${name}\` | ${meaning}${notes} | ${need} | ${fallback === null ? "" : `\`${fallback}\``} | \`${example}\` |`;
};

describe("docs/reference/settings.md", () => {
  const markdown = projectFile("docs/reference/settings.md");

  it.each(settingNames)("says of %s what the program itself says", (name) => {
    expect(markdown).toContain(settingRow(name));
  });

  it("names no setting that does not exist, and none twice", () => {
    expect(rows(markdown).toSorted()).toEqual(settingNames.toSorted());
  });
});

describe(".env.example", () => {
  const text = projectFile(".env.example");

  it("sets what must be set, and shows every other setting with its default", () => {
    const needed = settingNames.filter((name) => SETTINGS[name].needed?.when === "always");
    expect(Object.keys(parseEnv(text))).toEqual(expect.arrayContaining(needed));
    expect([...text.matchAll(/^#? ?([A-Z][A-Z_]+)=/gm)].map(([, name]) => name).toSorted()).toEqual(settingNames.toSorted());
    for (const name of settingNames) {
      const { default: fallback } = SETTINGS[name];
      if (fallback !== null) expect(text).toContain(`# ${name}=${fallback}\n`);
    }
  });
});

describe("docs/reference/errors.md", () => {
  it("explains every error code once, and no other", () => {
    expect(rows(projectFile("docs/reference/errors.md")).toSorted()).toEqual(ERROR_CODES.toSorted());
  });
});

describe("docs/reference/commands.md", () => {
  const markdown = projectFile("docs/reference/commands.md");
  const sections = new Map(markdown.split("\n### `pra ").map((section) => [section.slice(0, section.indexOf("`")), section]));

  it("has every command of pra, each with all of its options", async () => {
    const commands = await commandsUnder([]);
    expect(commands.map(({ name }) => name)).toContain("schedule");
    for (const { name, options } of commands) {
      expect(sections.get(name), name).toBeDefined();
      for (const option of options) expect(sections.get(name), name).toContain(`\`${option}\``);
      sections.delete(name);
    }
    expect([...sections.keys()].filter((name) => /^[a-z]+(?: [a-z][a-z-]*)*$/.test(name))).toEqual([]);
  });

  it("has every /pra command", () => {
    expect(rows(markdown)).toEqual(expect.arrayContaining(["/pra", "/pra request …", "/pra mine", "/pra config", "/pra help"]));
  });
});
