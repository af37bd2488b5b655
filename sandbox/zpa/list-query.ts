import type { Context } from "hono";
import { TenantRefusal } from "./refusal.ts";

type Printed = Readonly<Record<string, unknown>>;

/** The operators of a filter expression that a list here knows, as the documentation and the vendor's SDKs spell them. */
const operators: Readonly<Record<string, (value: string, wanted: string) => boolean>> = {
  EQ: (value, wanted) => value === wanted,
  NE: (value, wanted) => value !== wanted,
  LIKE: (value, wanted) => value.includes(wanted),
  GT: (value, wanted) => Number(value) > Number(wanted),
  GE: (value, wanted) => Number(value) >= Number(wanted),
  LT: (value, wanted) => Number(value) < Number(wanted),
  LE: (value, wanted) => Number(value) <= Number(wanted),
};

/**
 * What of a list a call wants to see, and in which order: `search`, `sortBy` and `sortdir`. Both look at the object as it is printed,
 * without the escapes. A `search` is `field OPERATOR value`, its blanks also as literal plus signs; one word alone is looked for in the
 * name. Descending is `DSC` on the vendor's page on approvals; `DESC`, which its SDKs speak of, does here, too: what the service makes of it
 * is not known. `sortDir` in another spelling is ignored, as `pageSize` is.
 *
 * @throws TenantRefusal `filtering.input.invalid.operand` for an expression whose second word is no operator
 */
export function queried<Item>(context: Context, items: readonly Item[], print: (item: Item) => Printed): readonly Item[] {
  const search = context.req.query("search")?.replaceAll("+", " ").trim() ?? "";
  const sortBy = context.req.query("sortBy");
  const found = search === "" ? items : items.filter(matcher(search, print));
  if (sortBy === undefined) return found;
  const factor = /^(?:DSC|DESC)$/i.test(context.req.query("sortdir") ?? "") ? -1 : 1;
  return found.toSorted((one, other) => factor * compare(textOf(print(one)[sortBy]), textOf(print(other)[sortBy])));
}

function matcher<Item>(search: string, print: (item: Item) => Printed): (item: Item) => boolean {
  const [first = "", operator, ...value] = search.split(/\s+/);
  if (operator === undefined) return (item) => textOf(print(item).name).includes(first.toLowerCase());
  const holds = operators[operator.toUpperCase()];
  if (holds === undefined || value.length === 0) {
    throw new TenantRefusal(400, {
      params: [operator],
      id: "filtering.input.invalid.operand",
      reason: `Invalid operand:${operator} in Filtering criteria.`,
    });
  }
  const wanted = value.join(" ").toLowerCase();
  return (item) => [print(item)[first]].flat().some((each) => holds(textOf(each), wanted));
}

const textOf = (value: unknown): string =>
  String(value ?? "")
    .replace(/&#x([0-9a-f]+);/g, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)))
    .toLowerCase();

/** Numbers by their size, whatever they are printed as. */
const compare = (one: string, other: string): number => one.localeCompare(other, "en", { numeric: true });
