import { settleRequest } from "../services/access/settle-request.ts";
import { decideApproval } from "../services/approvals/decide-approval.ts";
import { recordRemark } from "../services/approvals/record-remark.ts";
import { namedForBreakGlass } from "../services/emergency/named-for-break-glass.ts";
import { createNotify } from "../services/notify/create-notify.ts";
import { holderOf } from "../services/policy/route.ts";
import { placesIn } from "../services/rules/places.ts";
import type { Slack } from "../slack/create-slack.ts";
import type { Given } from "./given.ts";
import type { Store } from "./open-store.ts";
import type { Reading } from "./wire-reading.ts";
import type { SlackPorts } from "./wire-slack-ports.ts";
import type { Tenant } from "./wire-tenant.ts";

export type Ports = ReturnType<typeof wirePorts>;

interface Wired extends Given, Store {
  readonly tenant: Tenant;
  readonly slack: Slack;
  readonly reading: Reading;
  readonly slackPorts: SlackPorts;
}

/** What services, listeners, workers and `pra` have in common: the ports of each room, and the few use-cases that others call. */
export function wirePorts({ config, log, clock, ids, timers, faultPoint, metrics, db, jobs, ...wired }: Wired) {
  const { zpa, catalog } = wired.tenant;
  const { directory } = wired.slack;
  const { people, overview } = wired.reading;
  const { groupMembers } = directory;
  const { approvalsChannel } = config.slack;
  const { breakGlass, zpaUserByEmail } = config;
  const admins = config.admins.map(holderOf);
  const settings = { approvers: config.approvers, selfApproval: config.selfApproval, maxConsolesPerRequest: config.maxConsolesPerRequest };
  const notify = createNotify({
    db,
    jobs,
    port: wired.slackPorts.cards,
    loadOverview: overview,
    groupMembers,
    approvalsChannel,
    admins,
    clock,
    ids,
    log,
    faultPoint,
  });
  const named = namedForBreakGlass({ db, people, directory, breakGlass, zpaUserByEmail });
  const provision = {
    db,
    jobs,
    zpa,
    people,
    namedForBreakGlass: named,
    overnightHours: config.overnightHours,
    clock,
    ids,
    log,
    faultPoint,
    metrics,
    timers,
  };
  const onSettled = settleRequest({ jobs, ids, log, overnightHours: config.overnightHours });
  const deciding = { db, jobs, people, clock, ids, log, faultPoint, onSettled, admins, metrics };
  return {
    admins,
    notify,
    named,
    provision,
    onSettled,
    deciding,
    decide: decideApproval(deciding),
    record: recordRemark(deciding),
    rules: { db, jobs, people, admins, clock, ids, settings, places: placesIn(catalog) },
    reconcile: { ...provision, catalog, cleanExpired: config.cleanExpired },
    emergency: { db, jobs, people, catalog, clock, ids, onSettled, settings: { ...config, approvalsChannel } },
  };
}
