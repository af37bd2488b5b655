import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { startEmbeddedPostgres } from "../../sandbox/start-postgres.ts";
import { newMigratedFolder } from "../support/data-folder.ts";

/** Contract: a job whose process was killed in the middle of it runs again: at the next start, or soon in another replica. */
describe("a job whose process was killed", () => {
  const start = (url: string, folder: string, enqueue?: string) => {
    const child = fork(join(import.meta.dirname, "work-until-killed.ts"), [url, folder, ...(enqueue ? [enqueue] : [])], { execArgv: [] });
    onTestFinished(() => void child.kill("SIGKILL"));
    return child;
  };

  it("runs again at the next start on the same folder", { timeout: 60_000 }, async () => {
    const data = await newMigratedFolder();
    onTestFinished(() => data.remove());
    const first = start("", data.folder, "G1");
    expect((await once(first, "message"))[0]).toEqual({ grantId: "G1", retryCount: 0 });
    first.kill("SIGKILL");
    await once(first, "exit");
    const second = start("", data.folder);
    expect((await once(second, "message"))[0]).toEqual({ grantId: "G1", retryCount: 1 });
  });

  it("runs again in the replica that is left, within half a minute", { timeout: 60_000 }, async () => {
    const server = await startEmbeddedPostgres();
    onTestFinished(() => server.stop());
    const url = await server.newDatabase();
    const [first, second] = [start(url, ""), start(url, "", "G1")]; // at once, on an empty database
    const [taker, left] = await Promise.race([
      once(first, "message").then(() => [first, second] as const),
      once(second, "message").then(() => [second, first] as const),
    ]);
    const again = once(left, "message");
    taker.kill("SIGKILL");
    const killedAt = performance.now();
    expect((await again)[0]).toEqual({ grantId: "G1", retryCount: 1 });
    expect(performance.now() - killedAt).toBeLessThan(30_000);
  });
});
