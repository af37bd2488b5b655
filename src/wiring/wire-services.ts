import { answerProposal } from "../services/access/answer-proposal.ts";
import { approveWithChanges } from "../services/access/approve-with-changes.ts";
import { changeAccess } from "../services/access/change-access.ts";
import { divideRequest } from "../services/access/divide-request.ts";
import { finishAccess } from "../services/access/finish-access.ts";
import { findRequest, lookAtAccess } from "../services/access/look-at-access.ts";
import { createFindingsService } from "../services/access/reconcile/findings-service.ts";
import { renewAccess } from "../services/access/renew-access.ts";
import { retryRequest } from "../services/access/retry-request.ts";
import { revokeAccess } from "../services/access/revoke-access.ts";
import { previewRevokePerson, revokePerson } from "../services/access/revoke-person.ts";
import { submitRequest } from "../services/access/submit-request.ts";
import { withdrawRequest } from "../services/access/withdraw-request.ts";
import { recordApproveClick } from "../services/approvals/approve-click.ts";
import { mayDecide } from "../services/approvals/decide-approval.ts";
import { explainApprovalTo } from "../services/approvals/explain-approval.ts";
import { movableSeats } from "../services/approvals/movable-seats.ts";
import { nudgeApprovers } from "../services/approvals/nudge-approvers.ts";
import { previewBulk, withdrawableRequests } from "../services/approvals/preview-bulk.ts";
import { mayRemark } from "../services/approvals/record-remark.ts";
import { submitBulk } from "../services/approvals/submit-bulk.ts";
import { sweepSoon } from "../services/approvals/sweep-leavers.ts";
import { createConsolesService } from "../services/consoles/create-consoles-service.ts";
import { createCoverageService } from "../services/coverage/create-coverage-service.ts";
import { createCredentialsService } from "../services/credentials/create-credentials-service.ts";
import { createEmergency } from "../services/emergency/create-emergency.ts";
import { hearMessage } from "../services/notify/hear-message.ts";
import { createRulesService } from "../services/rules/create-rules-service.ts";
import type { Services } from "../services/services.ts";
import type { Given } from "./given.ts";
import type { Store } from "./open-store.ts";
import type { Credentials } from "./wire-credentials.ts";
import type { Ports } from "./wire-ports.ts";
import type { Reading } from "./wire-reading.ts";
import type { SailPoint } from "./wire-sailpoint.ts";
import type { SlackPorts } from "./wire-slack-ports.ts";
import type { Tenant } from "./wire-tenant.ts";

interface Wired extends Given, Store {
  readonly tenant: Pick<Tenant, "catalog" | "zpa" | "consoleTurns">;
  readonly reading: Reading;
  readonly slackPorts: Pick<SlackPorts, "nameOf">;
  readonly ports: Ports;
  readonly credentials: Pick<Credentials, "ports">;
  readonly sailpoint: Pick<SailPoint, "inbox"> | null;
}

/** The use-cases, as listeners call them. */
export function wireServices(wired: Wired): Services {
  const { people, catalogAge } = wired.reading;
  return {
    people,
    catalog: wired.tenant.catalog,
    catalogAge,
    rules: createRulesService(wired.ports.rules),
    findings: createFindingsService(wired.ports.reconcile),
    credentials: createCredentialsService(wired.credentials.ports),
    consoles: createConsolesService({ ...wired, ...wired.tenant, people }),
    coverage: createCoverageService({ ...wired, ...wired.tenant, people }),
    access: accessServices(wired),
    emergency: createEmergency(wired.ports.emergency),
    sailpoint: wired.sailpoint?.inbox ?? null,
    approvals: approvalServices(wired),
  };
}

function accessServices({ config, db, jobs, clock, ids, metrics, tenant, reading, slackPorts, ports }: Wired): Services["access"] {
  const { catalog } = tenant;
  const { people, overview, home } = reading;
  const { nameOf } = slackPorts;
  const { admins, onSettled, provision, deciding, decide, rules } = ports;
  const submit = submitRequest({ db, jobs, people, catalog, clock, ids, nameOf, rules: rules.settings, admins, onSettled, metrics });
  return {
    submit,
    divide: divideRequest({ db, catalog }),
    retry: retryRequest(provision),
    withdraw: withdrawRequest({ db, decide }),
    finish: finishAccess(provision),
    revoke: revokeAccess(provision),
    change: changeAccess({ ...provision, overnightHours: config.overnightHours }),
    renew: renewAccess({ db, people, catalog, clock, submit }),
    lookAt: lookAtAccess({ db, people }),
    find: findRequest({ db }),
    previewRevokePerson: previewRevokePerson({ db, people }),
    revokePerson: revokePerson(deciding),
    nudge: nudgeApprovers({ db, decide }),
    overview,
    home,
  };
}

function approvalServices({ db, jobs, clock, ids, faultPoint, reading, ports }: Wired): Services["approvals"] {
  const { people, queue } = reading;
  const { admins, deciding, decide, record } = ports;
  const rehearse = mayDecide(deciding);
  const movable = movableSeats(deciding);
  return {
    recordApproveClick: recordApproveClick({ jobs, faultPoint }),
    approve: ({ approvalId, version, by, comment }) => decide(approvalId, { kind: "approve", version, by, comment }),
    reject: ({ approvalId, version, by, comment }) => decide(approvalId, { kind: "reject", version, by, comment }),
    explain: explainApprovalTo({ db, people, membersOf: people.membersOf, clock, admins }),
    reassign: ({ approvalId, ...command }) => decide(approvalId, { kind: "reassign", ...command }),
    mayReassign: ({ approvalId, version, by }) => movable(approvalId, version, by),
    approveWithChanges: approveWithChanges({ ...deciding, ids }),
    answerProposal: answerProposal(deciding),
    mayRemark: mayRemark(deciding),
    remark: record,
    hear: hearMessage({ db, jobs }),
    sweepSoon: sweepSoon({ jobs }),
    mayDecide: ({ approvalId, version, by }) => rehearse(approvalId, version, by),
    queue,
    bulk: {
      preview: previewBulk({ db }),
      submit: submitBulk({ db, jobs, people, clock, ids, faultPoint }),
      withdrawable: withdrawableRequests({ db }),
    },
  };
}
