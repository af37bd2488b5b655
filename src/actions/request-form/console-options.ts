import type { PlainTextOption } from "@slack/types";
import type { Catalog } from "../../services/catalog/catalog.ts";
import { LIMIT } from "../../views/blocks.ts";
import { consoleOption } from "../../views/request-form.ts";

/** Asked of the index beyond what Slack shows, to make up for consoles that cannot be asked for. */
const SEARCHED = 2 * LIMIT.options;

/** The consoles to choose from for what was typed, out of the whole catalog, best first; at most the hundred that Slack shows. */
export const consoleOptions = (typed: string, catalog: Pick<Catalog, "search">): PlainTextOption[] =>
  catalog
    .search(typed.trim(), SEARCHED)
    .filter(({ enabled, privilegedApprovalsEnabled }) => enabled && privilegedApprovalsEnabled)
    .slice(0, LIMIT.options)
    .map(consoleOption);
