import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { PortcullisError } from "../errors.ts";

/** Held until it is released or the process ends, however it ends. */
export interface FolderOwnership {
  release(): void;
}

const sqliteBusy = 5;

/** A database that nobody refers to any more is closed by the garbage collector, and its lock is gone: an owner may forget, the process may not. */
const held = new Set<DatabaseSync>();

/**
 * Makes this process the only owner of a folder, which is created for its user alone (0700).
 *
 * Two processes on one PGlite folder lose committed rows silently, so the lock has to be the kernel's: SQLite's exclusive
 * transaction is an fcntl lock, which goes with the process even on `kill -9`, holds between containers that share the folder, and
 * leaves no stale file to reason about. Nothing is ever written to the database that carries it.
 *
 * @throws PortcullisError `data_folder_in_use` with `params.folder`
 */
export function ownFolder(folder: string): FolderOwnership {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const lock = new DatabaseSync(join(folder, "owner.lock"));
  try {
    lock.exec("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE");
  } catch (cause) {
    lock.close();
    if (isBusy(cause)) throw new PortcullisError("data_folder_in_use", { params: { folder } }, { cause });
    throw cause;
  }
  held.add(lock);
  return {
    release: () => {
      held.delete(lock);
      lock.close();
    },
  };
}

const isBusy = (cause: unknown): boolean => cause instanceof Error && "errcode" in cause && cause.errcode === sqliteBusy;
