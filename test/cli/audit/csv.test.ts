/**
 * Contract: whatever stands in an event, its cell begins no formula in a spreadsheet, whichever separator that one splits at, and a reader
 * of RFC 4180 gets every cell back.
 */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { csvLine } from "../../../src/cli/audit/csv.ts";

/** Cells of one record, by the letter of RFC 4180. */
function readLine(line: string): string[] {
  const cells: string[] = [];
  let at = 0;
  for (;;) {
    const match = /"((?:[^"]|"")*)"(,|\r\n$)/y;
    match.lastIndex = at;
    const found = match.exec(line);
    if (found === null) throw new Error(`no cell at ${at} of ${JSON.stringify(line)}`);
    cells.push((found[1] ?? "").replaceAll('""', '"'));
    at = match.lastIndex;
    if (found[2] !== ",") return cells;
  }
}

/** What a spreadsheet makes of a cell, after the white space and quotation marks that some of them drop. */
const startsFormula = (cell: string): boolean =>
  /^[=+\-@\t\r\n＝＋－＠]/.test(cell) || /^[=+\-@＝＋－＠]/.test(cell.replace(/^[\s"'`]+/, ""));

const evil = fc
  .tuple(
    fc.string({ unit: fc.constantFrom(" ", '"', "'", "\t", "\r", "\n", "\u00a0", "`"), maxLength: 4 }),
    fc.constantFrom("=", "+", "-", "@", "\t", "\r", "\n", "＝", ";=", ",="),
    fc.string({ unit: "grapheme" }),
  )
  .map((parts) => parts.join(""));
const cell = fc.oneof(evil, fc.string({ unit: "grapheme" }), fc.string({ unit: fc.constantFrom('"', ",", ";", "\r", "\n", "a") }));

describe("a line of CSV", () => {
  it("can be read back, cell by cell", () => {
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 6 }), (cells) => {
        const read = readLine(csvLine(cells));
        expect(read).toHaveLength(cells.length);
        for (const [place, each] of read.entries()) expect([cells[place], `'${cells[place]}`]).toContain(each);
      }),
      { numRuns: 2_000 },
    );
  });

  it("has no cell that starts a formula", () => {
    fc.assert(
      fc.property(cell, (text) => {
        const [read = ""] = readLine(csvLine([text]));
        expect(read.startsWith("'") || !startsFormula(read)).toBe(true);
      }),
      { numRuns: 5_000 },
    );
  });

  it.each([
    ["=1+1", "'=1+1"],
    ["  -2", "'  -2"],
    ['"@x', `'"@x`],
    ["'=1", "''=1"],
    ["\u00a0=1", "'\u00a0=1"],
    ["\tx", "'\tx"],
    ["a=1", "a=1"],
    ["", ""],
  ])("writes %j as %j", (text, written) => {
    expect(readLine(csvLine([text]))).toEqual([written]);
  });

  it("leaves numbers as they are, and nothing empty", () => {
    expect(csvLine([-1, null, "x"])).toBe('"-1","","x"\r\n');
  });
});
