import { join, relative, resolve } from "node:path";
import { PortcullisError } from "../../errors.ts";

/** 108 bytes on Linux and 104 on macOS, the closing zero included; a longer path is cut without a word, and names another file. */
const LONGEST_BYTES = 103;

/** A folder of its own, so that it can be closed to others before the socket is there. */
export const controlFolder = (dataFolder: string): string => join(resolve(dataFolder), "run");

/**
 * Where `pra` asks the bot that owns a folder, by the shorter of two ways to write it.
 * @throws PortcullisError `control_path_too_long`
 */
export function controlSocket(dataFolder: string, workingFolder: string): string {
  const whole = join(controlFolder(dataFolder), "pra.sock");
  const shorter = relative(workingFolder, whole);
  const path = Buffer.byteLength(shorter) < Buffer.byteLength(whole) ? shorter : whole;
  if (Buffer.byteLength(path) > LONGEST_BYTES) throw new PortcullisError("control_path_too_long", { params: { folder: dataFolder } });
  return path;
}

/** The same, and null where no bot can have a socket either. */
export function controlSocketIfAny(dataFolder: string, workingFolder: string): string | null {
  try {
    return controlSocket(dataFolder, workingFolder);
  } catch (cause) {
    if (cause instanceof PortcullisError && cause.code === "control_path_too_long") return null;
    throw cause;
  }
}
