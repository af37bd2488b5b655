import { seeGoverned } from "../services/governed/see-governed.ts";
import { createSailPointBudget, sailPointSlotRules } from "../services/sailpoint/budget.ts";
import { createSailPointClient } from "../services/sailpoint/create-sailpoint-client.ts";
import type { SailPointClient } from "../services/sailpoint/sailpoint-client.ts";
import { createSailPointInbox } from "../services/sailpoint-inbox/create-inbox.ts";
import type { SailPointInbox } from "../services/sailpoint-inbox/inbox.ts";
import { webUrlOf } from "../services/sailpoint-inbox/load-card.ts";
import type { SettlePorts } from "../services/sailpoint-inbox/settle-decision.ts";
import type { ShowPorts } from "../services/sailpoint-inbox/show-message.ts";
import { createMemorySlots } from "../services/zpa/memory-slots.ts";
import { createPostgresSlots } from "../services/zpa/postgres-slots.ts";
import type { Slack } from "../slack/create-slack.ts";
import type { Given } from "./given.ts";
import type { Store } from "./open-store.ts";
import type { Ports } from "./wire-ports.ts";
import type { Reading } from "./wire-reading.ts";
import type { SlackPorts } from "./wire-slack-ports.ts";

interface Wired extends Given, Store {
  readonly slack: Slack;
  readonly reading: Reading;
  readonly slackPorts: SlackPorts;
  readonly ports: Ports;
}

/** All that works SailPoint's queue. */
export interface SailPoint {
  readonly client: SailPointClient;
  readonly work: SettlePorts & ShowPorts;
  readonly inbox: SailPointInbox;
}

/** The SailPoint tenant, with a budget, queues and workers of its own: what becomes of it touches nothing of ours. Null when none is set up. */
export function wireSailPoint({ config, database, ...given }: Wired): SailPoint | null {
  if (config.sailpoint === null) return null;
  const { log, clock, timers, pacing, random, ids, db, jobs, metrics, slack, reading, slackPorts, ports } = given;
  const slots =
    database.kind === "postgres"
      ? createPostgresSlots(database.pool, sailPointSlotRules, "sailpoint_slot")
      : createMemorySlots(pacing, sailPointSlotRules);
  const budget = createSailPointBudget({ slots, timers: pacing, log });
  const client = createSailPointClient({ config: config.sailpoint, clock, timers, random, log, budget });
  const work = {
    ...{ db, jobs, clock, timers, ids, log, metrics },
    sailpoint: client,
    people: reading.people,
    directory: slack.directory,
    admins: ports.admins,
    onSeen: seeGoverned({ jobs, clock, types: config.governedTypes }),
    foretell: reading.foretell,
    pollSeconds: config.sailpoint.pollSeconds,
    webUrl: webUrlOf(config.sailpoint.apiUrl),
    port: slackPorts.sailpoint,
    tell: slackPorts.cards.tell,
  };
  return { client, work, inbox: createSailPointInbox(work) };
}
