import type { RehearsedCall } from "../../services/zpa/api.ts";
import { maskSecrets } from "../../services/zpa-admin/mask-secrets.ts";

/** Writes that were not sent, for programs; without what is secret in them. */
export const rehearsedJson = (calls: readonly RehearsedCall[]): readonly object[] =>
  calls.map(({ method, path, query, body }) => ({ method, path, query, body: maskSecrets(body) ?? null }));

/** The same for people. */
export function rehearsedLines(calls: readonly RehearsedCall[]): readonly string[] {
  if (calls.length === 0) return ["Nothing would be sent."];
  return calls.flatMap(({ method, path, query, body }) => {
    const parameters = new URLSearchParams(query).toString();
    const first = `${method} ${path}${parameters === "" ? "" : `?${parameters}`}`;
    return body === undefined ? [first] : [first, ...JSON.stringify(maskSecrets(body), null, 2).split("\n")];
  });
}
