import { mkdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openDatabase } from "../../src/store/open-database.ts";
import { type DataFolder, newMigratedFolder } from "../support/data-folder.ts";
import { keptLog } from "../support/silent-log.ts";

describe("opening the store on a folder", () => {
  let data: DataFolder;
  beforeEach(async () => {
    data = await newMigratedFolder();
  });
  afterEach(() => data.remove());
  const { log } = keptLog();

  it("refuses while another has it open, and opens again afterwards", async () => {
    const first = await openDatabase({ url: null, folder: data.folder, log });
    await expect(openDatabase({ url: null, folder: data.folder, log })).rejects.toMatchObject({ code: "data_folder_in_use" });
    await first.close();
    await (await openDatabase({ url: null, folder: data.folder, log })).close();
  });

  it("makes a folder that only its user can read, however long its name", async () => {
    const folder = join(data.folder, "a".repeat(120), "b".repeat(120));
    await mkdir(join(folder, ".."), { recursive: true });
    await (await openDatabase({ url: null, folder, log })).close();
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
  });

  it("gives each of many concurrent statements its own answer, errors included", async () => {
    const database = await openDatabase({ url: null, folder: data.folder, log });
    const answers = await Promise.allSettled(
      Array.from({ length: 600 }, (_, i) => database.pool.query("SELECT $1::int / $2::int AS answer", [i, i % 5])),
    );
    answers.forEach((answer, i) => {
      if (i % 5 === 0) expect(answer).toMatchObject({ status: "rejected", reason: { code: "22012" } });
      else expect(answer).toMatchObject({ status: "fulfilled", value: { rows: [{ answer: Math.trunc(i / (i % 5)) }] } });
    });
    await database.close();
  });

  it("undoes the transaction of a client that vanished", async () => {
    const database = await openDatabase({ url: null, folder: data.folder, log });
    const client = await database.pool.connect();
    await client.query("BEGIN");
    await client.query("INSERT INTO notice VALUES ('gone', now())");
    client.release(true);
    expect((await database.pool.query("SELECT * FROM notice")).rows).toEqual([]);
    await database.close();
  });

  it("says so and gives up when the database thread dies", async () => {
    const onFatal = vi.fn();
    const kept = keptLog();
    const database = await openDatabase({ url: null, folder: data.folder, log: kept.log, onFatal });
    await database.pool.query("SET exit_on_error = on"); // PostgreSQL's own way to end a session at an error
    await expect(database.pool.query("SELECT 1 / 0")).rejects.toThrow();
    await vi.waitFor(() => expect(onFatal).toHaveBeenCalledOnce());
    expect(kept.lines).toContainEqual(expect.objectContaining({ msg: "store.database_thread_died" }));
  });
});

describe("opening the store on PostgreSQL", () => {
  it("says when nobody is there", async () => {
    const { log } = keptLog();
    const url = "postgres://nobody@127.0.0.1:1/none";
    await expect(openDatabase({ url, folder: "", log })).rejects.toMatchObject({ code: "database_unreachable" });
  });
});
