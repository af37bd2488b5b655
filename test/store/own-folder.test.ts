import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ownFolder } from "../../src/store/own-folder.ts";

/**
 * Contract: one process owns a folder at a time; the kernel takes the ownership back however that process ends, and a second owner
 * is told which folder is in use.
 */
describe("owning the data folder", () => {
  let folder: string;
  beforeEach(async () => {
    folder = join(await mkdtemp(join(tmpdir(), "portcullis-own-")), "data");
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it("refuses a second owner in the same process, until the first lets go", () => {
    const first = ownFolder(folder);
    expect(() => ownFolder(folder)).toThrow(expect.objectContaining({ code: "data_folder_in_use", details: { params: { folder } } }));
    first.release();
    ownFolder(folder).release();
  });

  it("refuses a second process, until the first is killed with SIGKILL", async () => {
    const holder = fork(join(import.meta.dirname, "hold-folder.ts"), [folder], { execArgv: [] });
    await once(holder, "message");
    expect(() => ownFolder(folder)).toThrow(expect.objectContaining({ code: "data_folder_in_use" }));
    holder.kill("SIGKILL");
    await once(holder, "exit");
    ownFolder(folder).release();
  });
});
