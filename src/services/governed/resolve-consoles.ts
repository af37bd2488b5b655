import { PortcullisError } from "../../errors.ts";
import { askable } from "../access/submit-request.ts";
import type { Catalog, CatalogConsole } from "../catalog/catalog.ts";

/** More of one name than anybody keeps apart. */
const SEARCHED = 200;
const NAMED = 5;

/**
 * The consoles that were named, each once, by id or by their whole name. A name that could mean several means none.
 * @throws PortcullisError `governed_console_ambiguous` (params.console, params.candidates), and as `askable`
 */
export const resolveConsoles = (catalog: Catalog, names: readonly string[]): readonly CatalogConsole[] => [
  ...new Map(names.map((name) => resolve(catalog, name)).map((console) => [console.id, console])).values(),
];

function resolve(catalog: Catalog, name: string): CatalogConsole {
  const wanted = name.trim().toLowerCase();
  const same = catalog.search(name, SEARCHED).filter((console) => console.name.trim().toLowerCase() === wanted);
  const meant = new Map([catalog.byId(name), catalog.byName(name), ...same].flatMap((console) => (console ? [[console.id, console]] : [])));
  if (meant.size > 1) {
    const candidates = [...meant.values()].slice(0, NAMED).map(({ id, microtenantName }) => `${id} (${microtenantName})`);
    throw new PortcullisError("governed_console_ambiguous", { params: { console: name, candidates: candidates.join(", ") } });
  }
  const [console] = meant.values();
  return askable(catalog, console?.id ?? name);
}
