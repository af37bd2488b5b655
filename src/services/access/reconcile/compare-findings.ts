import type { Finding, Found } from "./finding.ts";

export interface Comparison {
  readonly opened: readonly Found[];
  /** Open ones that are about the same, and are otherwise now. */
  readonly changed: readonly { readonly finding: Finding; readonly found: Found }[];
  /** No longer so. */
  readonly closed: readonly Finding[];
}

/**
 * What a pass changes about the findings that stand. Pure. What was ignored or adopted stays so while it is the same, and is told anew
 * when it is otherwise; what a job is bringing about is left to the job.
 *
 * @param isUnsure of these the pass does not know: nothing about them is closed
 */
export function compareFindings(
  standing: readonly Finding[],
  found: readonly Found[],
  isUnsure: (finding: Finding) => boolean,
): Comparison {
  const about = Map.groupBy(standing, keyOf);
  const foundKeys = new Set(found.map(keyOf));
  const opened: Found[] = [];
  const changed: { finding: Finding; found: Found }[] = [];
  const closed = standing.filter((finding) => finding.wanted === null && !foundKeys.has(keyOf(finding)) && !isUnsure(finding));
  for (const each of found) {
    const known = about.get(keyOf(each)) ?? [];
    if (known.some(({ wanted }) => wanted !== null)) continue;
    const same = known.find(({ fingerprint }) => fingerprint === each.fingerprint);
    const open = known.find(({ status }) => status === "OPEN");
    if (same !== undefined) {
      if (open !== undefined && open !== same) closed.push(open);
    } else if (open !== undefined) changed.push({ finding: open, found: each });
    else opened.push(each);
  }
  return { opened, changed, closed };
}

const keyOf = ({ kind, subject }: Pick<Found, "kind" | "subject">): string => `${kind} ${subject}`;
