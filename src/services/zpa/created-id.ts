import { z } from "zod";
import { PortcullisError } from "../../errors.ts";
import type { Done } from "../http-client/call.ts";
import { wireId } from "./wire.ts";

const created = z.object({ id: wireId });

/**
 * The id of what a POST made. ZPA said 201: an answer without a usable id leaves an object that nobody knows, so it counts as an unknown
 * effect. Some of the vendor's examples answer with a list of one.
 *
 * @throws PortcullisError `zpa_timeout`
 */
export function createdId({ body }: Done, path: string): string {
  const { success, data, error } = created.safeParse(Array.isArray(body) && body.length === 1 ? body[0] : body);
  if (!success) throw new PortcullisError("zpa_timeout", { params: { method: "POST", path } }, { cause: error });
  return data.id;
}

/** The same of a POST that made `count` objects at once. @throws PortcullisError `zpa_timeout` */
export function createdIds({ body }: Done, path: string, count: number): readonly { readonly id: string }[] {
  const { success, data, error } = z.array(created).length(count).safeParse(body);
  if (!success) throw new PortcullisError("zpa_timeout", { params: { method: "POST", path } }, { cause: error });
  return data;
}
