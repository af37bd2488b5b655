import { InvalidArgumentError } from "commander";
import type { SortOption } from "../../services/zpa/zpa-client.ts";

/** Of `--sort`: a field as ZPA calls it, and `:desc` for the other way round. */
export function sortArgument(text: string): SortOption {
  const [, sortBy, direction] = /^(\w+)(?::(asc|desc))?$/.exec(text) ?? [];
  if (sortBy === undefined) throw new InvalidArgumentError("a field, such as status, or status:desc");
  return { sortBy, sortDirection: direction === "desc" ? "descending" : "ascending" };
}
