import { assignableGroups } from "../services/approvals/assignable-groups.ts";
import type { Services } from "../services/services.ts";
import type { Slack } from "../slack/create-slack.ts";
import { registerListeners } from "../slack/register-listeners.ts";
import { onceEachEvent } from "../slack/seen-events.ts";
import { createUserGroups } from "../slack/user-groups.ts";
import type { Given } from "./given.ts";
import type { Store } from "./open-store.ts";
import type { Ports } from "./wire-ports.ts";
import type { SlackPorts } from "./wire-slack-ports.ts";

interface Wired extends Given, Store {
  readonly slack: Slack;
  readonly slackPorts: SlackPorts;
  readonly ports: Pick<Ports, "notify">;
  readonly services: Services;
}

/** Registers everything that a person can do. Nothing is received before Slack is started. */
export function listenToSlack({ config, log, clock, timers, db, slack, slackPorts, ports, services }: Wired): void {
  const { trustedPlace, publishHome, queueModal, nameOf } = slackPorts;
  const client = slack.clients.interactive;
  const assignable = assignableGroups({ db, settings: [...config.approvers, ...config.admins] });
  const groupsNamed = createUserGroups({ client, timers });
  slack.app.use(onceEachEvent(db));
  registerListeners(slack.app, {
    services,
    notify: ports.notify,
    client,
    directory: slack.directory,
    trustedPlace,
    publishHome,
    queueModal,
    userGroups: async (approval) => groupsNamed(await assignable(approval)),
    nameOf,
    whisper: slack.outbound.whisper,
    tell: (userId, message) => slack.outbound.post(userId, message),
    forget: slack.forget,
    approvalsChannel: config.slack.approvalsChannel,
    clock,
    log,
  });
}
