import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "..");
const biome = path.join(root, "node_modules/.bin/biome");

/** Lints files planted in a folder of their own, under the project's rules. */
function lint(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(path.join(tmpdir(), "portcullis-planted-"));
  try {
    copyFileSync(path.join(root, "biome.json"), path.join(folder, "biome.json"));
    symlinkSync(path.join(root, "node_modules"), path.join(folder, "node_modules"));
    for (const [file, source] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
      writeFileSync(path.join(folder, file), source);
    }
    const run = spawnSync(biome, ["lint", "--vcs-enabled=false", "."], { cwd: folder, encoding: "utf8" });
    return run.stdout + run.stderr;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const importing = (specifier: string): string => `import { planted } from "${specifier}";\nexport const use = planted;\n`;

describe("npm run check refuses an import that crosses a line", () => {
  it.each([
    ["src/services/access/planted.ts", "@slack/bolt"],
    ["src/services/access/planted.ts", "../../slack/create-slack.ts"],
    ["src/services/access/planted.ts", "../../views/approval-card.ts"],
    ["src/services/schedule/planted.ts", "node:fs"],
    ["src/services/policy/planted.ts", "kysely"],
    ["src/services/approvals/decide.ts", "../../store/schema.ts"],
    ["src/store/planted.ts", "../services/access/request.ts"],
    ["src/actions/planted.ts", "../../sandbox/clock.ts"],
    ["src/wiring/planted.ts", "../../sandbox/clock.ts"],
    ["src/app.ts", "../sandbox/clock.ts"],
    ["src/services/access/planted.ts", "../../wiring/wire-ports.ts"],
    ["src/services/policy/planted.ts", "../../wiring/given.ts"],
    ["src/jobs/planted.ts", "../wiring/given.ts"],
    ["src/slack/planted.ts", "../wiring/wire-services.ts"],
    ["src/views/planted.ts", "../wiring/given.ts"],
    ["src/texts/planted.ts", "../wiring/given.ts"],
    ["src/workers.ts", "./wiring/given.ts"],
    ["sandbox/planted.ts", "../src/wiring/start-work.ts"],
    ["src/views/planted.ts", "../services/access/submit-request.ts"],
    ["src/views/planted.ts", "undici"],
  ])("%s imports %s", (file, specifier) => {
    expect(lint({ [file]: importing(specifier) })).toContain("noRestrictedImports");
  });

  it.each([
    ["src/services/access/planted.ts", "../approvals/decide.ts"],
    ["src/services/schedule/planted.ts", "date-fns-tz"],
    ["src/actions/planted.ts", "../services/services.ts"],
    ["src/app.ts", "./wiring/wire-services.ts"],
    ["src/wiring/planted.ts", "../slack/create-slack.ts"],
    ["src/wiring/planted.ts", "./given.ts"],
    ["sandbox/planted.ts", "../src/app.ts"],
  ])("%s may import %s", (file, specifier) => {
    expect(lint({ [file]: importing(specifier) })).not.toContain("noRestrictedImports");
  });

  it("views may import the models of the services", () => {
    const source = 'import type { Grant } from "../services/access/grant.ts";\nexport type Use = Grant;\n';
    expect(lint({ "src/views/planted.ts": source })).not.toContain("noRestrictedImports");
  });
});

describe("npm run check refuses an import cycle", () => {
  it("between two files", () => {
    const found = lint({
      "src/one.ts": 'import { two } from "./two.ts";\nexport const one = (): number => two();\n',
      "src/two.ts": 'import { one } from "./one.ts";\nexport const two = (): number => one();\n',
    });
    expect(found).toContain("noImportCycles");
  });
});
