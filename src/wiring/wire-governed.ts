import { connectTypes } from "../services/governed/connect-types.ts";
import { planLook, runLook } from "../services/governed/look-for-governed.ts";
import { settleGoverned } from "../services/governed/settle-governed.ts";
import { tellGoverned } from "../services/governed/tell-governed.ts";
import type { SailPointClient } from "../services/sailpoint/sailpoint-client.ts";
import { yesInSlack } from "../services/sailpoint-inbox/yes-in-slack.ts";
import type { Slack } from "../slack/create-slack.ts";
import { createTellGoverned } from "../slack/governed-port.ts";
import type { Given } from "./given.ts";
import type { Store } from "./open-store.ts";
import type { Ports } from "./wire-ports.ts";
import type { Reading } from "./wire-reading.ts";
import type { SlackPorts } from "./wire-slack-ports.ts";
import type { Tenant } from "./wire-tenant.ts";

interface Wired extends Given, Store {
  readonly tenant: Pick<Tenant, "catalog">;
  readonly slack: Pick<Slack, "directory" | "outbound">;
  readonly reading: Pick<Reading, "people">;
  readonly slackPorts: Pick<SlackPorts, "nameOf">;
  readonly ports: Pick<Ports, "onSettled" | "admins">;
  readonly sailpoint: SailPointClient | null;
}

const LOOK_SECONDS = 60;

/** Access that SailPoint governs. Without a tenant, and without a type on the list, nothing of it runs. */
export function wireGoverned(wired: Wired) {
  const { config, db, jobs, clock, ids, log, faultPoint, metrics, sailpoint } = wired;
  const { directory, outbound } = wired.slack;
  const { people } = wired.reading;
  const { onSettled, admins } = wired.ports;
  const types = sailpoint === null ? [] : config.governedTypes;
  return {
    /** To be called once, before anything is received. */
    start: async (): Promise<void> => {
      await connectTypes({ db, jobs, clock }, types);
      if (sailpoint === null || types.length === 0) return;
      const { catalog } = wired.tenant;
      const { nameOf } = wired.slackPorts;
      const ports = { db, jobs, sailpoint, people, directory, catalog, nameOf, types, onSettled, clock, ids, log, faultPoint, metrics };
      const settle = settleGoverned({ ...ports, settings: config, yesInSlack: yesInSlack({ db }) });
      await jobs.work("settle-governed", settle, { concurrency: 2 });
      await jobs.work("tell-governed", tellGoverned({ db, people, admins, clock, log, tell: createTellGoverned({ outbound, directory }) }));
      await jobs.work("look-governed", runLook({ ...ports, lookSeconds: LOOK_SECONDS }));
      await planLook(jobs, clock.now());
    },
  };
}
