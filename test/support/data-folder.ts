import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, rename, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { PGlite } from "@electric-sql/pglite";
import manifest from "../../package.json" with { type: "json" };

const run = promisify(execFile);
const cache = join(import.meta.dirname, "../../node_modules/.cache/portcullis");
const cluster = join(cache, `cluster-${manifest.dependencies["@electric-sql/pglite"]}`);

export interface DataFolder {
  readonly folder: string;
  remove(): Promise<void>;
}

/**
 * A new DATA_DIR in which PGlite's cluster already stands (empty: no table of ours), as making one takes seconds.
 * The cluster is made once for each version of PGlite and copied from then on.
 */
export async function newDataFolder(): Promise<DataFolder> {
  await makeCluster();
  const folder = await mkdtemp(join(tmpdir(), "portcullis-test-"));
  // Far faster than fs.cp for a thousand small files.
  if (process.platform === "win32") await cp(cluster, join(folder, "pglite"), { recursive: true });
  else await run("cp", ["-R", cluster, join(folder, "pglite")]);
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

async function makeCluster(): Promise<void> {
  if (await exists(cluster)) return;
  await mkdir(cache, { recursive: true });
  const making = await mkdtemp(join(cache, "making-"));
  const db = await PGlite.create(join(making, "pglite"));
  await db.close();
  try {
    await rename(join(making, "pglite"), cluster);
  } catch (cause) {
    if (!(await exists(cluster))) throw cause; // else another test file was first, and its cluster is as good
  }
  await rm(making, { recursive: true, force: true });
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
