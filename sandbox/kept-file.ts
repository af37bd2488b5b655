import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { z } from "zod";

/** The file is not ours, or of another version. The message is for people. */
export class KeptTenantError extends Error {}

/**
 * What a simulated tenant wrote down earlier.
 *
 * @returns null when there is no such file yet
 * @throws KeptTenantError when there is one that is not ours, rather than to overwrite it
 */
export function readKept<Kept>(file: string, schema: z.ZodType<Kept>): Kept | null {
  const text = textOrNull(file);
  if (text === null) return null;
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    throw new KeptTenantError(`${file} is not a tenant that this sandbox kept. Move it away, or keep the tenant elsewhere.`, { cause });
  }
}

/** Writes at one stroke: what a caller was told is in the file, whole, whenever the process dies. Read only by its owner. */
export function writeKept(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const half = `${file}.${process.pid}.new`;
  writeFileSync(half, `${text}\n`, { mode: 0o600, flush: true });
  renameSync(half, file);
}

function textOrNull(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return null;
    throw cause;
  }
}
