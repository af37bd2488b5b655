import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { describe, expect, it } from "vitest";
import { envFileText, writeEnvFile } from "../../sandbox/launch-env-file.ts";

const settings = { SLACK_MODE: "socket", ZPA_API_URL: "http://127.0.0.1:4711", DATA_DIR: "/tmp/with a space/$HOME" };

describe("the settings file of a bot started by hand", () => {
  it("reads alike for node and for a shell", () => {
    expect(parseEnv(envFileText(settings))).toEqual(settings);
    const shown = execFileSync("sh", ["-c", `set -a; ${envFileText(settings)} printenv DATA_DIR`], { encoding: "utf8" });
    expect(shown).toBe("/tmp/with a space/$HOME\n");
  });

  it("can be read by its owner only, also when the file was there before", async () => {
    const path = join(await mkdtemp(join(tmpdir(), "portcullis-env-")), "sandbox.env");
    await writeFile(path, "old", { mode: 0o644 });
    await writeEnvFile(path, settings);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readFile(path, "utf8")).toBe(envFileText(settings));
  });
});
