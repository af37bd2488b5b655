import type { Kysely } from "kysely";
import { PortcullisError } from "../../errors.ts";
import type { Database } from "../../store/schema.ts";
import type { People, SlackActor } from "../directory/person.ts";
import { rightsOn } from "./access-rights.ts";
import type { AccessRights } from "./overview.ts";
import { type AccessRequest, requestNumber } from "./request.ts";
import { readRequest } from "./request-rows.ts";

/**
 * Access that somebody would change or end, with what they are to it: asked when a form opens, and again when it is sent.
 * @throws PortcullisError `not_allowed` for who is neither holder nor decider, `access_not_open`, `request_unknown`, whatever
 *   `people.trusted` refuses
 */
export const lookAtAccess =
  ({ db, people }: { readonly db: Kysely<Database>; readonly people: People }) =>
  async ({
    requestId,
    by,
  }: {
    readonly requestId: string;
    readonly by: SlackActor;
  }): Promise<{ readonly request: AccessRequest; readonly rights: AccessRights }> => {
    const { rights } = await rightsOn({ db, people }, requestId, by);
    if (!rights.isHolder && !rights.isDecider) throw new PortcullisError("not_allowed");
    const request = await readRequest(db, requestId);
    if (!["GRANTING", "GRANTED", "FAILED"].includes(request.status) || request.window === null)
      throw new PortcullisError("access_not_open");
    return { request, rights };
  };

/**
 * The id behind a label that somebody typed.
 * @throws PortcullisError `request_missing` | `request_unknown`
 */
export const findRequest =
  ({ db }: { readonly db: Kysely<Database> }) =>
  async (label: string): Promise<string> => {
    if (label.trim() === "") throw new PortcullisError("request_missing");
    const number = requestNumber(label);
    const row = number === null ? undefined : await db.selectFrom("request").select("id").where("number", "=", number).executeTakeFirst();
    if (row === undefined) throw new PortcullisError("request_unknown");
    return row.id;
  };
