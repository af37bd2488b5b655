const named: ReadonlyMap<string, string> = new Map([
  ["amp", "&"],
  ["lt", "<"],
  ["gt", ">"],
  ["quot", '"'],
  ["apos", "'"],
  ["nbsp", " "],
]);

const entity = /&(?:#x(?<hex>[0-9a-f]{1,6})|#(?<decimal>[0-9]{1,7})|(?<name>[a-z]{2,4}));/gi;

/**
 * Names as people wrote them: ZPA escapes text for HTML, at times twice (`&amp;#x2e;`), and the vendor's own SDK undoes it twice.
 * @example unescapeName("&#x2a;&#x2e;example&#x2e;com") // "*.example.com"
 */
export const unescapeName = (text: string): string => unescapeOnce(unescapeOnce(text));

function unescapeOnce(text: string): string {
  return text.replace(entity, (whole, hex?: string, decimal?: string, name?: string) => {
    if (name !== undefined) return named.get(name.toLowerCase()) ?? whole;
    const point = hex === undefined ? Number.parseInt(decimal ?? "", 10) : Number.parseInt(hex, 16);
    return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });
}
