import type { Context } from "hono";
import { isInteger, parse, stringify } from "lossless-json";
import { refusalText, resourceNotFound, type TenantRefusal } from "./refusal.ts";
import type { MicrotenantId, Tenant } from "./tenant.ts";

/** What the gateway says about its own limit on every answer. It has nothing to do with the limit that is met. */
const gatewayHeaders = {
  server: "Zscaler",
  "x-ratelimit-limit": "5000, 5000;w=60",
  "x-ratelimit-remaining": "4932",
  "x-ratelimit-reset": "48",
} as const;

/** `"1"` for 1, as ZPA prints numbers, is the caller's business; BigInt is printed as a bare number. */
export const answer = (context: Context, status: 200 | 201, body: unknown): Response =>
  context.newResponse(stringify(body) ?? "", status, {
    ...gatewayHeaders,
    "cache-control": "no-store",
    "content-type": "application/json;charset=utf-8",
    "x-oneapi-request-id": crypto.randomUUID(),
  });

export const noContent = (context: Context): Response => context.newResponse(null, 204, gatewayHeaders);

export const refusal = (context: Context, { status, body, headers }: TenantRefusal): Response =>
  context.newResponse(refusalText(body), status, {
    ...gatewayHeaders,
    ...headers,
    "content-type": "application/json",
    "x-oneapi-request-id": crypto.randomUUID(),
  });

/** Ids in a body may be bare and larger than a double holds. */
export async function bodyOf(context: Context): Promise<unknown> {
  const text = await context.req.text();
  return parse(text, null, (digits) => (isInteger(digits) && digits.length > 15 ? digits : Number(digits)));
}

/**
 * The microtenant of a call: absent and "0" are Default. "null" asks for all, on lists.
 * @throws TenantRefusal `resource.not.found`
 */
export function microtenantOfCall(context: Context, tenant: Tenant): MicrotenantId {
  const id = context.req.query("microtenantId");
  return id === undefined ? null : microtenantOf(tenant, id);
}

/** @throws TenantRefusal `resource.not.found` */
export function microtenantOf(tenant: Tenant, id: string): MicrotenantId {
  if (id === "0") return null;
  if (!tenant.objects.microtenants.has(id)) throw resourceNotFound(id);
  return id;
}

export const asksForAllMicrotenants = (context: Context): boolean => context.req.query("microtenantId") === "null";

/** One page. Only `page` and `pagesize` in these very spellings count: `pageSize` is ignored, and 20 objects come. */
export function pageOf<Item>(context: Context, items: readonly Item[], print: (item: Item) => unknown) {
  const size = Math.min(positive(context.req.query("pagesize")) ?? 20, 500);
  const page = positive(context.req.query("page")) ?? 1;
  return {
    totalPages: String(Math.max(Math.ceil(items.length / size), 1)),
    totalCount: String(items.length),
    list: items.slice((page - 1) * size, page * size).map(print),
  };
}

function positive(text: string | undefined): number | null {
  const number = Number(text);
  return Number.isInteger(number) && number > 0 ? number : null;
}
