import type { KnownBlock } from "@slack/types";
import { CHANNELS, TEAM } from "../../sandbox/slack/seed.ts";
import { systemClock } from "../../src/clock.ts";
import type { RequestRow } from "../../src/services/access/overview.ts";
import type { QueuePlace } from "../../src/services/approvals/queue.ts";
import type { QueueViews } from "../../src/services/approvals/queue-views.ts";
import { createPeople } from "../../src/services/directory/people.ts";
import type { ClickedCard } from "../../src/services/notify/adopt-card.ts";
import { createHolderNames } from "../../src/slack/holder-names.ts";
import { createPublishHome } from "../../src/slack/publish-home.ts";
import { createQueueModal } from "../../src/slack/queue-modal.ts";
import { registerListeners } from "../../src/slack/register-listeners.ts";
import { createTrustedPlace } from "../../src/slack/trusted-place.ts";
import { systemTimers } from "../../src/timers.ts";
import { createFakeServices } from "./fake-services.ts";
import { keptLog } from "./silent-log.ts";
import { type Shell, startShell } from "./slack-shell.ts";

export interface Listening extends Shell, ReturnType<typeof createFakeServices> {
  readonly adopted: ClickedCard[];
  /** Puts a message with these blocks into the approvals channel, or into a person's direct messages. */
  post(blocks: readonly KnownBlock[], to?: string): Promise<{ channelId: string; ts: string }>;
}

/** All listeners of the bot, in the simulated workspace, over services that only take note. */
export const startListening = async (mode: "http" | "socket" = "http"): Promise<Listening> => {
  const fake = createFakeServices();
  const adopted: ClickedCard[] = [];
  const queueViews = rememberedQueueViews();
  const shell = await startShell({
    mode,
    register: (app, { clients, directory, outbound, forget }) => {
      const client = clients.interactive;
      const { queue } = fake.services.approvals;
      const config = { allowedEmailDomains: ["harbour.example"], zpaUserByEmail: new Map<string, string>(), admins: [] };
      registerListeners(app, {
        services: { ...fake.services, people: createPeople({ directory, config }) },
        notify: { adoptCard: async (card) => void adopted.push(card) },
        client,
        directory,
        trustedPlace: createTrustedPlace({ client, timers: systemTimers }),
        publishHome: createPublishHome({
          client,
          directory,
          home: fake.services.access.home,
          queue,
          queueViews,
          catalogAge: fake.services.catalogAge,
          clock: systemClock,
        }),
        queueModal: createQueueModal({ client, directory, queue, queueViews }),
        userGroups: async () => fake.state.userGroups,
        nameOf: createHolderNames({ client, directory, timers: systemTimers }),
        whisper: outbound.whisper,
        tell: (userId, message) => outbound.post(userId, message),
        forget,
        approvalsChannel: CHANNELS.approvals.id,
        clock: systemClock,
        log: keptLog().log,
      });
    },
  });
  return {
    ...shell,
    ...fake,
    adopted,
    post: (blocks, to = CHANNELS.approvals.id) => shell.slack.outbound.post(to, { text: "card", blocks }),
  };
};

/** Where people left their queues, for as long as the test lasts. */
const rememberedQueueViews = (): QueueViews => {
  const homes = new Map<string, QueuePlace>();
  const modals = new Map<string, { viewId: string; place: QueuePlace }>();
  return {
    keep: async (userId, surface, place) => {
      if (surface.kind === "home") homes.set(userId, place);
      else modals.set(userId, { viewId: surface.viewId, place });
    },
    home: async (userId) => homes.get(userId) ?? null,
    modal: async (userId) => modals.get(userId) ?? null,
    forgetModal: async (userId) => void modals.delete(userId),
  };
};

export const actor = (userId: string, teamId: string = TEAM.id) => ({ teamId, userId });

export const aRow = (over: Partial<RequestRow>): RequestRow => ({
  requestId: "r1",
  approvalId: "a1",
  approvalVersion: 3,
  label: "PRA-1042",
  status: "PENDING",
  beneficiaryUserId: "U1",
  requesterUserId: "U1",
  consoleNames: ["db-prod"],
  reason: "OPS-123",
  window: null,
  nextOpening: null,
  portalUrl: null,
  canRenew: false,
  createdAt: new Date("2026-11-22T00:00:00Z"),
  ...over,
});

/** Asks again until there is an answer. */
export const until = async <T>(read: () => Promise<T | undefined | null>): Promise<T> => {
  for (;;) {
    const found = await read();
    if (found !== undefined && found !== null) return found;
    await new Promise((resolve) => setImmediate(resolve));
  }
};
