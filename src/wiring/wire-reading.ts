import { homeLists } from "../services/access/home-lists.ts";
import { loadOverview } from "../services/access/load-overview.ts";
import { createQueueViews } from "../services/approvals/queue-views.ts";
import { readQueue } from "../services/approvals/read-queue.ts";
import { catalogAge } from "../services/catalog/catalog-age.ts";
import { createPeople } from "../services/directory/people.ts";
import { foretellGoverned } from "../services/governed/foretell-governed.ts";
import { joinQueue } from "../services/sailpoint-inbox/join-queue.ts";
import { webUrlOf } from "../services/sailpoint-inbox/load-card.ts";
import { readSailPointQueue } from "../services/sailpoint-inbox/read-queue.ts";
import type { Slack } from "../slack/create-slack.ts";
import type { Given } from "./given.ts";
import type { Store } from "./open-store.ts";
import type { Tenant } from "./wire-tenant.ts";

export type Reading = ReturnType<typeof wireReading>;

/** Who people are, and what is read to be shown: cards, App Home, the queue. */
export function wireReading({ config, db, clock, tenant, slack }: Given & Store & { readonly tenant: Tenant; readonly slack: Slack }) {
  const { catalog } = tenant;
  const { endWarningMinutes, sailpoint } = config;
  const people = createPeople({ directory: slack.directory, config });
  const foretell = foretellGoverned({ db, clock, catalog, settings: config, types: config.governedTypes });
  const ownQueue = readQueue({ db, people, clock });
  return {
    people,
    overview: loadOverview({ db, catalog, clock, endWarningMinutes }),
    home: homeLists({ db, clock, endWarningMinutes }),
    catalogAge: catalogAge({ catalog, clock, refreshMinutes: config.catalogRefreshMinutes }),
    queue:
      sailpoint === null
        ? ownQueue
        : joinQueue(
            ownQueue,
            readSailPointQueue({ db, clock, foretell, pollSeconds: sailpoint.pollSeconds, webUrl: webUrlOf(sailpoint.apiUrl) }),
          ),
    foretell,
    queueViews: createQueueViews({ db, clock }),
  };
}
