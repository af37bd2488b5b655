import { CONSOLE_WORDS_MAX_LENGTH, type ConsolesPage, type ConsolesService } from "./consoles.ts";
import type { ConsolesPorts } from "./consoles-ports.ts";

/** One page of the catalog, the best first. A page that is gone, since the catalog has shrunk, is the last one. */
export const findConsoles =
  ({ catalog, people }: Pick<ConsolesPorts, "catalog" | "people">): ConsolesService["find"] =>
  async ({ by, place, limit }): Promise<ConsolesPage> => {
    const { userId } = await people.trusted(by);
    const isAdmin = await people.isAdmin(userId);
    const words = place.words.slice(0, CONSOLE_WORDS_MAX_LENGTH);
    const filter = isAdmin ? place.filter : "OPEN";
    const found = filter === "OPEN" ? catalog.search(words, catalog.size()) : catalog.searchSwitchedOff(words, catalog.size());
    const pages = Math.max(1, Math.ceil(found.length / limit));
    const page = Math.min(place.page, pages - 1);
    return {
      place: { words, filter, page },
      consoles: found.slice(page * limit, (page + 1) * limit),
      total: found.length,
      pages,
      isAdmin,
    };
  };
