import { type Kysely, sql } from "kysely";
import { z } from "zod";
import { PortcullisError } from "../../errors.ts";
import type { Database } from "../../store/schema.ts";
import { endAccess } from "./end-access.ts";
import { notEnded } from "./grant.ts";
import { readGrants } from "./grant-rows.ts";
import { findRequest } from "./look-at-access.ts";
import type { PersonItem, PersonOutcome } from "./overview.ts";
import { type AccessRequest, type Ending, type Failure, type RequestStatus, requestLabel } from "./request.ts";
import { readRequest, requestFromRow } from "./request-rows.ts";
import { previewRevokePerson, type RevokePersonPorts, revokePerson } from "./revoke-person.ts";

/** Access as whoever operates Portcullis lists it. */
export interface OperatedAccess {
  readonly label: string;
  readonly status: RequestStatus;
  readonly beneficiary: { readonly userId: string; readonly name: string; readonly email: string };
  readonly consoles: readonly string[];
  readonly start: Date | null;
  readonly end: Date | null;
  readonly ending: Ending | null;
  /** Why it could not be ended yet: it may still be open. */
  readonly notEnded: Failure | null;
}

/** Whose access, or which: a Slack id or an email, and a label such as `PRA-1042`. */
export interface OperatedScope {
  readonly person: string | null;
  readonly request: string | null;
}

/** More is a query for the database. */
const LISTED = 1000;

/** What `pra access` does, as an account of the machine: whoever runs it has the database or the bot's own socket. */
export interface AccessOperations {
  /** What stands, is on its way, or is ending; of one request whatever it is. @throws PortcullisError `request_unknown` */
  list(scope: OperatedScope): Promise<readonly OperatedAccess[]>;
  /** What {@link revoke} would do. @throws PortcullisError `request_unknown` | `invalid_input` */
  preview(scope: OperatedScope): Promise<readonly PersonItem[]>;
  /** @throws PortcullisError `comment_required`, `request_unknown`, `access_not_open`, `invalid_input` unless one of the two is named */
  revoke(command: OperatedScope & { readonly reason: string; readonly osUser: string }): Promise<readonly PersonOutcome[]>;
  /** Ends access for a holder who is done. @throws PortcullisError `request_unknown` | `access_not_open` */
  end(command: { readonly request: string; readonly osUser: string }): Promise<readonly PersonOutcome[]>;
}

export function operateAccess(ports: RevokePersonPorts): AccessOperations {
  const { db } = ports;
  const find = findRequest({ db });
  const ofPerson = revokePerson(ports);
  const endOne = async (label: string, ending: Pick<Ending, "cause" | "by" | "reason">): Promise<readonly PersonOutcome[]> => {
    const requestId = await find(label);
    const at = ports.clock.now();
    const ended = await db.transaction().execute((trx) => endAccess(trx, ports.jobs, requestId, { ...ending, at }));
    await ports.faultPoint("end.wanted");
    return [{ ...itemOf(ended), outcome: ended.status === "ENDED" ? "ENDED" : "ENDING", failure: null }];
  };
  return {
    list: async ({ person, request }) => {
      const userIds = person === null ? null : await userIdsOf(db, person);
      const requests = request === null ? await openRequests(db, userIds) : [await readRequest(db, await find(request))];
      return Promise.all(requests.map((each) => listed(db, each)));
    },
    preview: async (scope) => {
      const { userIds, label } = await chosen(db, scope);
      if (label !== null) return [itemOf(await readRequest(db, await find(label)))];
      const preview = previewRevokePerson(ports);
      return (await Promise.all(userIds.map((userId) => preview({ userId, by: { osUser: "" } })))).flat();
    },
    revoke: async ({ reason: typed, osUser, ...scope }) => {
      const reason = typed.trim();
      if (reason === "") throw new PortcullisError("comment_required", { field: "reason" });
      const { userIds, label } = await chosen(db, scope);
      if (label !== null) return endOne(label, { cause: "REVOKED", by: `cli:${osUser}`, reason });
      const outcomes = [];
      for (const userId of userIds) outcomes.push(...(await ofPerson({ userId, reason, by: { osUser } })));
      return outcomes;
    },
    end: ({ request, osUser }) => endOne(request, { cause: "DONE", by: `cli:${osUser}`, reason: null }),
  };
}

const itemOf = (request: AccessRequest): PersonItem => ({
  requestId: request.id,
  label: requestLabel(request),
  consoleNames: request.consoles.map(({ name }) => name),
  does: "END",
});

async function chosen(
  db: Kysely<Database>,
  { person, request }: OperatedScope,
): Promise<{ readonly userIds: readonly string[]; readonly label: string | null }> {
  if ((person === null) === (request === null))
    throw new PortcullisError("invalid_input", { params: { problem: "name either a person or a request" } });
  return person === null ? { userIds: [], label: request } : { userIds: await userIdsOf(db, person), label: null };
}

/** A Slack id stands for itself; an email for every account that has asked or was asked for under it. */
async function userIdsOf(db: Kysely<Database>, person: string): Promise<readonly string[]> {
  if (!person.includes("@")) return [person];
  const email = person.trim().toLowerCase();
  const rows = await db
    .selectFrom("request")
    .select(["beneficiary", "requester"])
    .where((where) =>
      where.or([
        where(sql<string>`beneficiary ->> 'email'`, "=", email),
        where(sql<string>`requester ->> 'email'`, "=", email),
        where(sql<string>`lower(beneficiary ->> 'zpaUser')`, "=", email),
      ]),
    )
    .execute();
  const people = rows.flatMap(({ beneficiary, requester }) => [personIn.parse(beneficiary), personIn.parse(requester)]);
  return [...new Set(people.filter((each) => each.email === email || each.zpaUser.toLowerCase() === email).map(({ userId }) => userId))];
}

const personIn = z.object({ userId: z.string(), email: z.string(), zpaUser: z.string() });

async function openRequests(db: Kysely<Database>, userIds: readonly string[] | null): Promise<readonly AccessRequest[]> {
  const rows = await db
    .selectFrom("request")
    .selectAll()
    .where((where) =>
      where.or([
        where("status", "in", ["GRANTING", "GRANTED", "ENDING"]),
        where.and([
          where("status", "=", "FAILED"),
          where.exists(
            where
              .selectFrom("access_grant")
              .select("access_grant.id")
              .whereRef("access_grant.request_id", "=", "request.id")
              .where("access_grant.status", "in", ["PLANNED", "GRANTED", "ENDING"]),
          ),
        ]),
      ]),
    )
    .$if(userIds !== null, (query) => query.where(sql<boolean>`beneficiary_user_id = any(${sql.val(userIds)}::text[])`))
    .orderBy("number", "desc")
    .limit(LISTED)
    .execute();
  return rows.map(requestFromRow);
}

async function listed(db: Kysely<Database>, request: AccessRequest): Promise<OperatedAccess> {
  const { userId, name, email } = request.beneficiary;
  return {
    label: requestLabel(request),
    status: request.status,
    beneficiary: { userId, name, email },
    consoles: request.consoles.map((console) => console.name),
    start: request.window?.start ?? null,
    end: request.window?.end ?? null,
    ending: request.ending,
    notEnded: notEnded(await readGrants(db, request.id)),
  };
}
