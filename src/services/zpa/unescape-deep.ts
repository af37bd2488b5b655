import { unescapeName } from "./unescape.ts";

/** A value as ZPA sent it, with every text in it as people wrote it: sent back escaped, ZPA would escape it once more. */
function unescapeDeep(value: unknown): unknown {
  if (typeof value === "string") return unescapeName(value);
  if (Array.isArray(value)) return value.map(unescapeDeep);
  return isRecord(value) ? unescapeFields(value) : value;
}

/** The same for an object. */
export const unescapeFields = (fields: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, unescapeDeep(value)]));

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
