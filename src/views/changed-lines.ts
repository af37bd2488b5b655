import type { ChangeView } from "../services/rules/rules-service.ts";

/** One line of a comparison. */
export type DiffLine = ChangeView["diff"][number];

/**
 * What a comparison changes: its changed lines with `around` lines on either side and the YAML keys that they stand under. Null stands
 * for lines that are left out.
 */
export function changedLines(lines: readonly DiffLine[], around: number): readonly (DiffLine | null)[] {
  const kept = new Set<number>();
  lines.forEach(({ sign }, index) => {
    if (sign === " ") return;
    for (let near = index - around; near <= index + around; near++) kept.add(near);
    for (const key of keysAbove(lines, index)) kept.add(key);
  });
  if (kept.size === 0) return [];
  return lines.flatMap((line, index) => (kept.has(index) ? [line] : index === 0 || kept.has(index - 1) ? [null] : []));
}

/** The nearest line above that is indented less, the nearest above that one, and so on. */
function keysAbove(lines: readonly DiffLine[], index: number): readonly number[] {
  const keys: number[] = [];
  let depth = indentOf(lines[index]);
  for (let above = index - 1; above >= 0 && depth > 0; above--) {
    const indent = indentOf(lines[above]);
    if (indent >= depth) continue;
    keys.push(above);
    depth = indent;
  }
  return keys;
}

/** A line without a word stands under nothing and above nothing. */
const indentOf = (line: DiffLine | undefined): number => {
  const indent = line?.text.search(/\S/) ?? -1;
  return indent === -1 ? Number.POSITIVE_INFINITY : indent;
};
