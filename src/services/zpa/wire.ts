import { z } from "zod";
import { unescapeName } from "./unescape.ts";

/** An id as a string: ZPA quotes most of them; what it prints bare arrives as a safe number or as its digits. */
export const wireId = z.union([z.string().min(1), z.number().int().nonnegative()]).transform(String);

/** null is the Default microtenant, which ZPA leaves out or calls "0". */
export const wireMicrotenantId = wireId.nullish().transform((id) => (id === undefined || id === null || id === "0" ? null : id));

/** Numbers come as strings, mostly. */
export const epochSeconds = z.coerce
  .number()
  .int()
  .transform((seconds) => new Date(seconds * 1000));

export const wireName = z.string().transform(unescapeName);
export const wireText = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((text) => (text === undefined || text === null || text === "" ? null : unescapeName(String(text))));

/** Absent is enabled: stubs leave it out, and ZPA leaves out what has its usual value. */
export const wireFlag = z
  .union([z.boolean(), z.enum(["0", "1", "true", "false"])])
  .nullish()
  .transform((flag) => flag !== false && flag !== "0" && flag !== "false");
