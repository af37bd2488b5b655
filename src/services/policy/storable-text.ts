import { z } from "zod";
import { type FormField, PortcullisError } from "../../errors.ts";

/** PostgreSQL keeps neither U+0000 nor half of a surrogate pair; PGlite would say so with a stack trace. */
const isStorable = (text: string): boolean => !text.includes("\0") && text.isWellFormed();

const PROBLEM = "holds a character that cannot be kept (U+0000, or half of a pair of surrogates)";

/** Text as the database can keep it. */
export const StorableText = z.string().refine(isStorable, { error: PROBLEM });

/** @throws PortcullisError `invalid_input` with its field */
export function refuseUnstorable(text: string, field: FormField): void {
  if (!isStorable(text)) throw new PortcullisError("invalid_input", { field, params: { problem: PROBLEM } });
}

/**
 * Where in what came out of JSON or YAML a text or a key stands that cannot be kept; null where none does.
 * @example unstorableIn({ approvers: ["b\0"] }) // "approvers.0: holds a character…"
 */
export function unstorableIn(value: unknown): string | null {
  const left: (readonly [path: readonly string[], value: unknown])[] = [[[], value]];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const [path, each] = next;
    if (typeof each === "string" && !isStorable(each)) return `${path.join(".")}: ${PROBLEM}`;
    if (typeof each !== "object" || each === null) continue;
    for (const [key, below] of Object.entries(each)) {
      if (!isStorable(key)) return `${[...path, key.replaceAll("\0", "").toWellFormed()].join(".")}: the key ${PROBLEM}`;
      left.push([[...path, key], below]);
    }
  }
  return null;
}
