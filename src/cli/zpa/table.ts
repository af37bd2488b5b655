import type { Writable } from "node:stream";

/** What no column is narrower than, so that something of it can still be read. */
const NARROWEST = 8;
const GAP = "  ";

/** Names come from ZPA: what would move the cursor, or break the line, is not shown. */
const shown = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, "\u00b7");

const lengthOf = (text: string): number => [...text].length;

/** Columns of a terminal; null where the reader is a file or another program, which gets everything. */
export const widthOf = (output: Writable & { readonly columns?: number }): number | null => output.columns ?? null;

/**
 * Rows under their headings, each column as wide as its longest cell. What is wider than the terminal is taken from the widest columns, and
 * a cell that is cut says so with an ellipsis. Ids are never cut: half of one is of no use.
 */
export function tableLines(
  headings: readonly string[],
  rows: readonly (readonly (string | null)[])[],
  width: number | null,
): readonly string[] {
  const cells = [headings, ...rows].map((row) => row.map((cell) => shown(cell ?? "")));
  const widths = headings.map((_, column) => Math.max(...cells.map((row) => lengthOf(row[column] ?? ""))));
  const isOfIds = (column: number): boolean => rows.every((row) => /^\d*$/.test(row[column] ?? ""));
  if (width !== null) narrow(widths, { width, mayShrink: (column) => !isOfIds(column) });
  return cells.map((row) =>
    row
      .map((cell, column) => padded(cell, widths[column] ?? 0))
      .join(GAP)
      .trimEnd(),
  );
}

/** One thing a line: what it is, and its value. */
export function factLines(facts: readonly (readonly [string, string | null])[]): readonly string[] {
  const width = Math.max(0, ...facts.map(([name]) => lengthOf(name)));
  return facts.map(([name, value]) => `${name.padEnd(width)}  ${shown(value ?? "")}`.trimEnd());
}

function narrow(widths: number[], { width, mayShrink }: { readonly width: number; readonly mayShrink: (column: number) => boolean }): void {
  const columns = [...widths.keys()].filter(mayShrink);
  let over = widths.reduce((sum, each) => sum + each, 0) + GAP.length * (widths.length - 1) - width;
  while (over > 0) {
    const widest = columns.toSorted((one, other) => (widths[other] ?? 0) - (widths[one] ?? 0))[0];
    if (widest === undefined || (widths[widest] ?? 0) <= NARROWEST) return;
    widths[widest] = (widths[widest] ?? 0) - 1;
    over -= 1;
  }
}

function padded(text: string, width: number): string {
  const length = lengthOf(text);
  return length > width ? `${[...text].slice(0, width - 1).join("")}…` : `${text}${" ".repeat(width - length)}`;
}
