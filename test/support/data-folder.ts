import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { cp, mkdir, mkdtemp, rename, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { PGlite } from "@electric-sql/pglite";
import manifest from "../../package.json" with { type: "json" };
import { systemClock } from "../../src/clock.ts";
import { startJobs } from "../../src/jobs/start-jobs.ts";
import { openDatabase } from "../../src/store/open-database.ts";
import { keptLog } from "./silent-log.ts";

const run = promisify(execFile);
const cache = join(import.meta.dirname, "../../node_modules/.cache/portcullis");
const emptyCluster = `cluster-${manifest.dependencies["@electric-sql/pglite"]}`;

export interface DataFolder {
  readonly folder: string;
  remove(): Promise<void>;
}

/**
 * A new DATA_DIR in which PGlite's cluster already stands (empty: no table of ours), as making one takes seconds.
 * The cluster is made once for each version of PGlite and copied from then on.
 */
export const newDataFolder = (): Promise<DataFolder> =>
  copied(emptyCluster, async (pglite) => {
    const db = await PGlite.create(pglite);
    await db.close();
  });

/** A new DATA_DIR in which every table stands already, ours and those of the jobs: made once for each state of the migrations. */
export const newMigratedFolder = (): Promise<DataFolder> =>
  copied(`${emptyCluster}-${migrationsDigest()}`, async (pglite) => {
    const data = await newDataFolder();
    const { log } = keptLog();
    const database = await openDatabase({ url: null, folder: data.folder, log });
    const jobs = await startJobs({ database, clock: systemClock, log });
    await jobs.stop(10_000);
    await database.close();
    await copy(join(data.folder, "pglite"), pglite);
    await data.remove();
  });

function migrationsDigest(): string {
  const digest = createHash("sha256").update(manifest.dependencies["pg-boss"]);
  for (const folder of ["../../src/store/migrations", "../../src/jobs"].map((each) => join(import.meta.dirname, each)))
    for (const name of readdirSync(folder).toSorted()) digest.update(name).update(readFileSync(join(folder, name)));
  return digest.digest("hex").slice(0, 16);
}

async function copied(name: string, make: (pglite: string) => Promise<void>): Promise<DataFolder> {
  const original = join(cache, name);
  if (!(await exists(original))) await makeOnce(original, make);
  const folder = await mkdtemp(join(tmpdir(), "portcullis-test-"));
  await copy(original, join(folder, "pglite"));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** Far faster than fs.cp for a thousand small files. */
const copy = async (from: string, to: string): Promise<void> => {
  if (process.platform === "win32") await cp(from, to, { recursive: true });
  else await run("cp", ["-R", from, to]);
};

async function makeOnce(original: string, make: (pglite: string) => Promise<void>): Promise<void> {
  await mkdir(cache, { recursive: true });
  const making = await mkdtemp(join(cache, "making-"));
  await make(join(making, "pglite"));
  try {
    await rename(join(making, "pglite"), original);
  } catch (cause) {
    if (!(await exists(original))) throw cause; // else another test file was first, and its cluster is as good
  }
  await rm(making, { recursive: true, force: true });
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
