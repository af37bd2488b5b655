import { createHash } from "node:crypto";
import type { Kysely, Transaction } from "kysely";
import type { Clock } from "../../clock.ts";
import { PortcullisError } from "../../errors.ts";
import type { Ids } from "../../ids.ts";
import type { Database } from "../../store/schema.ts";
import { type OpenPorts, openFor } from "../approvals/open-for-request.ts";
import { appendToLedger } from "../audit/ledger.ts";
import type { Catalog, CatalogConsole } from "../catalog/catalog.ts";
import type { People, Person } from "../directory/person.ts";
import { trustedAt } from "../directory/trusted-at.ts";
import { checkAsk } from "../policy/ask.ts";
import { routeFor } from "../policy/route.ts";
import { checkRequestedTime } from "../schedule/requested-time.ts";
import type { SubmitRequest } from "../services.ts";
import { type AccessRequest, requestLabel } from "./request.ts";
import { requestFromRow } from "./request-rows.ts";

export interface SubmitPorts extends OpenPorts {
  readonly db: Kysely<Database>;
  readonly catalog: Catalog;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly rules: { readonly approvers: readonly string[]; readonly selfApproval: boolean; readonly maxConsolesPerRequest: number };
}

/**
 * Takes a request in: checks people, consoles, time and policy, and opens its approval in one transaction.
 * The same submission delivered twice (same `submissionKey`, same content) makes one request, and answers it again.
 *
 * @throws PortcullisError with `field` where a form can show it; nothing is written then
 */
export const submitRequest =
  (ports: SubmitPorts) =>
  async (command: SubmitRequest): Promise<AccessRequest> => {
    const now = ports.clock.now();
    const reason = checkAsk({ consoleIds: command.consoleIds, reason: command.reason }, ports.rules);
    checkRequestedTime(command.time, now);
    const consoles = [...new Set(command.consoleIds)].map((id) => askable(ports.catalog, id));
    const requester = await ports.people.trusted(command.by);
    const beneficiary = await beneficiaryOf(ports.people, command, requester);
    const open = await openFor(ports, { requester, beneficiary, route: routeFor(ports.rules) }, now);

    const submissionKey = keyOf(command);
    return ports.db.transaction().execute(async (trx) => {
      const row = await trx
        .insertInto("request")
        .values({
          id: ports.ids.uuid(),
          requester: JSON.stringify(requester),
          beneficiary: JSON.stringify(beneficiary),
          requester_user_id: requester.userId,
          beneficiary_user_id: beneficiary.userId,
          consoles: JSON.stringify(consoles),
          requested_time: JSON.stringify(command.time),
          reason,
          status: "PENDING",
          submission_key: submissionKey,
          created_at: now,
        })
        .onConflict((conflict) => conflict.column("submission_key").doNothing())
        .returningAll()
        .executeTakeFirst();
      if (row === undefined) return earlierSubmission(trx, submissionKey);
      const request = requestFromRow(row);
      await appendToLedger(trx, now, [
        {
          kind: "request.created",
          requestId: request.id,
          actor: requester.userId,
          subject: requestLabel(request),
          before: null,
          after: { beneficiary: beneficiary.userId, consoles: consoles.map(({ id, name }) => ({ id, name })), time: command.time, reason },
        },
      ]);
      await open(trx, request.id);
      await ports.jobs.enqueue(trx, "project-request", { requestId: request.id });
      return request;
    });
  };

/** A form that is sent again with something else in it, because Slack did not hear the first answer, is another request. */
const keyOf = ({ submissionKey, beneficiaryUserId, consoleIds, time, reason }: SubmitRequest): string =>
  `${submissionKey}:${createHash("sha256")
    .update(JSON.stringify([beneficiaryUserId, consoleIds, time, reason]))
    .digest("hex")}`;

function askable(catalog: Catalog, consoleId: string): CatalogConsole {
  const console = catalog.byId(consoleId);
  if (console === null) {
    if (catalog.size() === 0) throw new PortcullisError("catalog_empty", { field: "consoles" });
    throw new PortcullisError("console_unknown", { field: "consoles", params: { console: consoleId } });
  }
  if (!console.enabled) throw new PortcullisError("console_disabled", { field: "consoles", params: { console: console.name } });
  if (!console.privilegedApprovalsEnabled)
    throw new PortcullisError("microtenant_approvals_disabled", {
      field: "consoles",
      params: { console: console.name, microtenant: console.microtenantName },
    });
  return console;
}

async function beneficiaryOf(people: People, { by, beneficiaryUserId: userId }: SubmitRequest, requester: Person): Promise<Person> {
  if (userId === null || userId === requester.userId) return requester;
  return trustedAt("beneficiary", people, { teamId: by.teamId, userId });
}

const earlierSubmission = async (trx: Transaction<Database>, submissionKey: string): Promise<AccessRequest> =>
  requestFromRow(await trx.selectFrom("request").selectAll().where("submission_key", "=", submissionKey).executeTakeFirstOrThrow());
