import { fork } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { DurableFolder, durableStartParams } from "../../src/store/durable-folder.ts";
import { openDatabase } from "../../src/store/open-database.ts";
import { type DataFolder, newDataFolder } from "../support/data-folder.ts";
import { keptLog } from "../support/silent-log.ts";

/** Contract: what was committed is there after `kill -9` of the process, and has been given to the disk, not only to the kernel. */
describe("a committed transaction", () => {
  let data: DataFolder;
  beforeEach(async () => {
    data = await newDataFolder();
  });
  afterEach(() => data.remove());

  it("survives kill -9 in the middle of the work", async () => {
    const child = fork(join(import.meta.dirname, "commit-until-killed.ts"), [data.folder], { execArgv: [] });
    const committed: string[] = [];
    child.on("message", (key) => {
      committed.push(String(key));
      if (committed.length === 50) child.kill("SIGKILL");
    });
    await once(child, "exit");

    const { log } = keptLog();
    const database = await openDatabase({ url: null, folder: data.folder, log });
    const rows = await database.db.selectFrom("notice").select("key").execute();
    await database.close();
    const found = new Set(rows.map(({ key }) => key));
    expect(committed.length).toBeGreaterThanOrEqual(50);
    expect(committed.filter((key) => !found.has(key))).toEqual([]);
    // At most the one that was under way was committed without being told.
    expect(found.size - committed.length).toBeLessThanOrEqual(1);
  });

  it("is fsynced before the answer", async () => {
    const db = await PGlite.create({ fs: new DurableFolder(join(data.folder, "pglite")), startParams: durableStartParams });
    await db.exec("CREATE TABLE t (a int)");
    const fsync = vi.spyOn(fs, "fsyncSync");
    syncBuiltinESMExports();
    await db.exec("INSERT INTO t VALUES (1)");
    expect(fsync).toHaveBeenCalled();
    await db.close();
  });
});
