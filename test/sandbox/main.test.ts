import { execFile } from "node:child_process";
import { describe, expect, it } from "vitest";

const sandbox = (...args: string[]) =>
  new Promise<{ code: unknown; stderr: string }>((resolve) => {
    execFile(process.execPath, ["sandbox/main.ts", ...args], (error, _stdout, stderr) => resolve({ code: error?.code ?? 0, stderr }));
  });

describe("npm run sandbox", () => {
  it.each([
    [["--story", "moon"], "--story takes nothing, or sailpoint."],
    [["sailpoint"], "Unexpected argument 'sailpoint'."],
    [["--story", "sailpoint", "twice"], "Unexpected argument 'twice'."],
  ])("starts nothing when it is told %j", async (args, sentence) => {
    const { code, stderr } = await sandbox(...args);
    expect(code).toBe(2);
    expect(stderr).toContain(sentence);
  });
});
