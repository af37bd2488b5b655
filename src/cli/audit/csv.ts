/** What a spreadsheet takes for the start of a formula, also behind white space or quotation marks that it drops, and in full width. */
const FORMULA = /^[\s"'`\u200b\ufeff]*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/u;

/**
 * A cell after RFC 4180, always in quotation marks, so that no program splits it at another separator. A text that a spreadsheet would
 * run as a formula begins with an apostrophe; so does one that begins with an apostrophe before such a text, as the export is to be read back.
 */
function csvCell(value: string | number | null): string {
  const text = value === null ? "" : String(value);
  const safe = typeof value === "string" && FORMULA.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}

/** One line, with its end. */
export const csvLine = (cells: readonly (string | number | null)[]): string => `${cells.map(csvCell).join(",")}\r\n`;
