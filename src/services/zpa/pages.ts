import { z } from "zod";
import { PortcullisError } from "../../errors.ts";
import type { Api } from "./api.ts";
import type { Page, ZpaPriority } from "./zpa-client.ts";

/** ZPA's largest. It stays the same on every page: a change between pages would skip objects. */
const pageSize = 500;

const page = z.object({
  totalPages: z.coerce.number().int().nonnegative().optional().catch(undefined),
  totalCount: z.coerce.number().int().nonnegative().optional().catch(undefined),
  list: z.array(z.unknown()).nullish(),
});

export interface Listing<Item> {
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly item: z.ZodType<Item>;
  readonly priority: ZpaPriority;
}

/**
 * Every object of a list, all pages, each id once (an object made meanwhile shifts the rest onto the next page).
 *
 * `pagesize` is lower case, or ZPA ignores it. `totalCount` is not trusted: `getAppsByType` says "0" beside a full list.
 *
 * @throws PortcullisError `zpa_answer_not_understood` when a page or an object in it has another shape
 */
export async function allPages<Item extends { readonly id: string }>(api: Api, listing: Listing<Item>): Promise<readonly Item[]> {
  const { path, query, item, priority } = listing;
  const found = new Map<string, Item>();
  for (let number = 1; ; number += 1) {
    const { body } = await api.send({
      method: "GET",
      path,
      query: { ...query, page: String(number), pagesize: String(pageSize) },
      priority,
    });
    const { totalPages = 0, list } = understood(page, Array.isArray(body) ? { list: body } : (body ?? {}), path);
    const before = found.size;
    for (const wire of list ?? []) {
      const parsed = understood(item, wire, path);
      found.set(parsed.id, parsed);
    }
    const fullWithoutTotal = totalPages === 0 && (list ?? []).length >= pageSize && found.size > before;
    if (number >= totalPages && !fullWithoutTotal) return [...found.values()];
  }
}

/**
 * One page of a list, as it was asked for.
 * @throws PortcullisError as {@link allPages}
 */
export async function onePage<Item>(api: Api, { path, query, item, priority }: Listing<Item>): Promise<Page<Item>> {
  const { body } = await api.send({ method: "GET", path, query, priority });
  const { totalPages, totalCount, list } = understood(page, Array.isArray(body) ? { list: body } : (body ?? {}), path);
  return {
    items: (list ?? []).map((wire) => understood(item, wire, path)),
    totalPages: totalPages ?? null,
    totalCount: totalCount ?? null,
  };
}

/** Parses what ZPA sent. @throws PortcullisError `zpa_answer_not_understood` */
export function understood<Value>(schema: z.ZodType<Value>, wire: unknown, path: string): Value {
  const { success, data, error } = schema.safeParse(wire);
  if (!success) throw new PortcullisError("zpa_answer_not_understood", { params: { path } }, { cause: error });
  return data;
}
