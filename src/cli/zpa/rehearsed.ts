import type { RehearsedCall } from "../../services/zpa/api.ts";
import { isRecord } from "../../services/zpa/unescape-deep.ts";

/** Fields of credentials that must not come back to a screen. */
const SECRET_FIELDS: ReadonlySet<string> = new Set(["password", "privateKey", "passphrase", "passPhrase"]);
const MASK = "…";

/** Writes that were not sent, for programs; without what is secret in them. */
export const rehearsedJson = (calls: readonly RehearsedCall[]): readonly object[] =>
  calls.map(({ method, path, query, body }) => ({ method, path, query, body: masked(body) ?? null }));

/** The same for people. */
export function rehearsedLines(calls: readonly RehearsedCall[]): readonly string[] {
  if (calls.length === 0) return ["Nothing would be sent."];
  return calls.flatMap(({ method, path, query, body }) => {
    const parameters = new URLSearchParams(query).toString();
    const first = `${method} ${path}${parameters === "" ? "" : `?${parameters}`}`;
    return body === undefined ? [first] : [first, ...JSON.stringify(masked(body), null, 2).split("\n")];
  });
}

function masked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(masked);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, SECRET_FIELDS.has(key) && typeof each === "string" ? MASK : masked(each)]),
  );
}
