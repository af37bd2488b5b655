import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";
import type { z } from "zod";
import { badRequest, type SailPointRefusal } from "./refusal.ts";
import type { StoredIdentity } from "./tenant.ts";

/** The caller is whose token came. */
export interface ApiEnvironment {
  Bindings: HttpBindings;
  Variables: { caller: StoredIdentity; clientId: string };
}

export type ApiContext = Context<ApiEnvironment>;

export const refusal = (context: Context, { status, body, headers }: SailPointRefusal): Response =>
  context.newResponse(JSON.stringify(body), status, { ...headers, "content-type": "application/json" });

/** The body as its schema wants it; an empty one is an empty object. @throws SailPointRefusal 400 */
export async function bodyOf<Value>(context: Context, schema: z.ZodType<Value>): Promise<Value> {
  const text = await context.req.text();
  const { success, data, error } = schema.safeParse(jsonOf(text));
  if (!success)
    throw badRequest(`The request body is not valid: ${error.issues[0]?.path.join(".") ?? ""} ${error.issues[0]?.message ?? ""}`);
  return data;
}

function jsonOf(text: string): unknown {
  if (text.trim() === "") return {};
  try {
    return JSON.parse(text);
  } catch {
    throw badRequest("The request body is not JSON");
  }
}

/** @throws SailPointRefusal 400 */
export function queryOf<Value>(context: Context, schema: z.ZodType<Value>): Value {
  const { success, data, error } = schema.safeParse(context.req.query());
  if (!success) throw badRequest(`The query is not valid: ${error.issues[0]?.path.join(".") ?? ""}`);
  return data;
}
