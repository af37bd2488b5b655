import { createHash } from "node:crypto";
import type { Kysely } from "kysely";
import type { Clock } from "../../clock.ts";
import { PortcullisError } from "../../errors.ts";
import type { Ids } from "../../ids.ts";
import type { Metrics } from "../../metrics.ts";
import type { Database } from "../../store/schema.ts";
import { type OpenPorts, openFor } from "../approvals/open-for-request.ts";
import { appendToLedger } from "../audit/ledger.ts";
import type { Catalog, CatalogConsole } from "../catalog/catalog.ts";
import type { NameOf } from "../directory/names.ts";
import type { People, Person } from "../directory/person.ts";
import { trustedAt } from "../directory/trusted-at.ts";
import { checkAsk } from "../policy/ask.ts";
import { routeFor } from "../policy/route.ts";
import { checkRequestedTime, requestedLength } from "../schedule/requested-time.ts";
import type { SubmitRequest } from "../services.ts";
import { checkParts } from "./check-parts.ts";
import { divideRequest } from "./divide-request.ts";
import { earlierSubmission, insertRequest } from "./insert-request.ts";
import { type AccessRequest, requestLabel } from "./request.ts";

export interface SubmitPorts extends OpenPorts {
  readonly db: Kysely<Database>;
  readonly catalog: Catalog;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly nameOf: NameOf;
  readonly metrics?: Metrics;
  /** What the settings say; the rules that administrators wrote are read from the store. */
  readonly rules: { readonly approvers: readonly string[]; readonly selfApproval: boolean; readonly maxConsolesPerRequest: number };
}

/**
 * Takes a request in: checks people, consoles, time and policy, and opens its approval in one transaction. Consoles that fall under
 * different rules become requests of their own, one batch, with an approval each: all of them or none.
 *
 * The same submission delivered twice (same `submissionKey`, same content) makes its requests once, and answers them again, also when
 * the rules have changed in between. Rules that change while a request is taken in count for the next one: which counted is on record.
 *
 * @returns the requests that were made, in the order in which their consoles were asked for
 * @throws PortcullisError with `field` where a form can show it; nothing is written then
 */
export const submitRequest = (ports: SubmitPorts) => {
  const divide = divideRequest(ports);
  return async (command: SubmitRequest): Promise<readonly AccessRequest[]> => {
    const now = ports.clock.now();
    const reason = checkAsk({ consoleIds: command.consoleIds, reason: command.reason }, ports.rules);
    checkRequestedTime(command.time, now);
    const consoles = [...new Set(command.consoleIds)].map((id) => askable(ports.catalog, id));
    const requester = await ports.people.trusted(command.by);
    const beneficiary = await beneficiaryOf(ports.people, command, requester);
    const parts = await divide(consoles);
    await checkParts(ports, parts, {
      requesterUserId: requester.userId,
      beneficiaryUserId: beneficiary.userId,
      reason,
      windowMilliseconds: requestedLength(command.time, now),
    });
    const openings = await Promise.all(
      parts.map(async ({ rules, source, consoles: part }) => ({
        consoles: part,
        open: await openFor(ports, { requester, beneficiary, route: routeFor(ports.rules, rules, source) }, now),
      })),
    );

    const submissionKey = keyOf(command);
    const batch = openings.length > 1 ? { id: ports.ids.uuid(), size: openings.length } : null;
    const { requests, isNew } = await ports.db.transaction().execute(async (trx) => {
      const requests: AccessRequest[] = [];
      for (const [place, { consoles: part, open }] of openings.entries()) {
        const request = await insertRequest(
          trx,
          {
            id: ports.ids.uuid(),
            requester,
            beneficiary,
            consoles: part,
            time: command.time,
            reason,
            origin: command.renewsId === undefined ? "REQUEST" : "RENEWAL",
            renewsId: command.renewsId ?? null,
            submissionKey,
            place,
            batch,
          },
          now,
        );
        if (request === null) return { requests: await earlierSubmission(trx, submissionKey), isNew: false };
        requests.push(request);
        await appendToLedger(trx, now, [
          {
            kind: "request.created",
            requestId: request.id,
            actor: requester.userId,
            subject: requestLabel(request),
            before: null,
            after: {
              beneficiary: beneficiary.userId,
              consoles: part.map(({ id, name }) => ({ id, name })),
              time: command.time,
              reason,
              batch: request.batch,
              ...(command.renewsId === undefined ? {} : { renewsId: command.renewsId }),
            },
          },
        ]);
        await open(trx, request.id);
        await ports.jobs.enqueue(trx, "project-request", { requestId: request.id });
      }
      if (command.renewsId !== undefined) await ports.jobs.enqueue(trx, "project-request", { requestId: command.renewsId });
      return { requests, isNew: true };
    });
    if (isNew) for (const _ of requests) ports.metrics?.request("submitted");
    return requests;
  };
};

/**
 * A form that is sent again with something else in it, because Slack did not hear the first answer, is another request. A renewal is
 * named by what it renews alone: it is asked for with a click, and its time depends on when that comes.
 */
const keyOf = ({ submissionKey, beneficiaryUserId, consoleIds, time, reason, renewsId }: SubmitRequest): string =>
  renewsId !== undefined
    ? submissionKey
    : `${submissionKey}:${createHash("sha256")
        .update(JSON.stringify([beneficiaryUserId, consoleIds, time, reason]))
        .digest("hex")}`;

/** @throws PortcullisError why nobody can ask for this console now, at its field */
export function askable(catalog: Catalog, consoleId: string): CatalogConsole {
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
