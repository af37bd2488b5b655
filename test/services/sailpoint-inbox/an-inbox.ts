import { IDENTITIES } from "../../../sandbox/sailpoint/seed.ts";
import type { SailPointOptions } from "../../../sandbox/sailpoint/server.ts";
import { fromUnknown, PortcullisError } from "../../../src/errors.ts";
import { randomIds } from "../../../src/ids.ts";
import type { JobAttempt, Jobs } from "../../../src/jobs/jobs.ts";
import { noMetrics } from "../../../src/metrics.ts";
import type { SlackActor } from "../../../src/services/directory/person.ts";
import type { SailPointBudget } from "../../../src/services/sailpoint/budget.ts";
import type { SailPointClient } from "../../../src/services/sailpoint/sailpoint-client.ts";
import { createSailPointInbox } from "../../../src/services/sailpoint-inbox/create-inbox.ts";
import type { NewDeed } from "../../../src/services/sailpoint-inbox/inbox.ts";
import { nothingOnSeen, type OnSeen } from "../../../src/services/sailpoint-inbox/inbox-ports.ts";
import type { CardPorts } from "../../../src/services/sailpoint-inbox/load-card.ts";
import type { SailPointMessage } from "../../../src/services/sailpoint-inbox/messages.ts";
import { pollSailPoint, runPoll } from "../../../src/services/sailpoint-inbox/poll-sailpoint.ts";
import { runDecision } from "../../../src/services/sailpoint-inbox/run-decision.ts";
import { showMessage } from "../../../src/services/sailpoint-inbox/show-message.ts";
import { aStore, type Store } from "../../support/a-store.ts";
import { keptLog } from "../../support/silent-log.ts";
import { sailPointTenant } from "../sailpoint/support/sailpoint-tenant.ts";
import { instantTimers } from "../zpa/support/instant-timers.ts";

const TEAM = "T1";

/** Slack users by id: those of SailPoint's identities who have an account, with their emails. */
export const USERS = { ben: "UBEN", chiyo: "UCHI", dora: "UDORA" } as const;

interface Posted {
  readonly key: string;
  readonly userId: string;
  message: SailPointMessage;
  updates: number;
}

interface Options {
  readonly store?: Store;
  readonly tenant?: Partial<SailPointOptions>;
  readonly budget?: SailPointBudget;
  readonly onSeen?: OnSeen;
  readonly foretell?: CardPorts["foretell"];
  readonly totalMilliseconds?: number;
}

/** The inbox over a real store and a real client of a simulated tenant; Slack and the queue of jobs are in memory. */
export async function anInbox({
  store: given,
  tenant,
  budget,
  onSeen = nothingOnSeen,
  foretell = async () => null,
  totalMilliseconds,
}: Options = {}) {
  const store = given ?? (await aStore());
  const at = await sailPointTenant({
    ...(tenant === undefined ? {} : { tenant }),
    ...(budget === undefined ? {} : { budget }),
    ...(totalMilliseconds === undefined ? {} : { totalMilliseconds }),
  });
  const emails = new Map<string, string>([
    [USERS.ben, IDENTITIES.approver.email],
    [USERS.chiyo, IDENTITIES.otherApprover.email],
    [USERS.dora, IDENTITIES.admin.email],
  ]);
  const posts: Posted[] = [];
  const told: { readonly userId: string; readonly code: string }[] = [];
  const slack = { isAway: false };
  const clock = { at: new Date("2026-11-24T09:00:00Z"), now: () => clock.at };
  const replicas = { count: 0 };

  const replica = (sailpoint: Pick<SailPointClient, "approvals" | "ownerId"> = at.sailpoint) => {
    replicas.count += 1;
    const waiting: { readonly queue: string; readonly payload: object; readonly startAfter: Date | null }[] = [];
    const add = (queue: string, payload: object, startAfter: Date | undefined) =>
      void waiting.push({ queue, payload, startAfter: startAfter ?? null });
    const jobs: Pick<Jobs, "enqueue" | "enqueueNow"> = {
      enqueue: async (_trx, queue, payload, options) => add(queue, payload, options?.startAfter),
      enqueueNow: async (queue, payload, options) => add(queue, payload, options?.startAfter),
    };
    const { log, lines } = keptLog();
    const away = () => {
      if (slack.isAway) throw new PortcullisError("slack_unreachable", { params: { method: "chat.postMessage" } });
    };
    const ports = {
      ...{ db: store.db, jobs, sailpoint, onSeen, clock, log, ids: randomIds, metrics: noMetrics, timers: instantTimers() },
      people: {
        trusted: async ({ userId }: SlackActor) => {
          const email = emails.get(userId);
          if (email === undefined) throw new PortcullisError("person_unknown");
          return { teamId: TEAM, userId, name: userId, email, zpaUser: email, timeZone: "Etc/UTC", locale: "en-US" };
        },
        membersOf: async () => [],
        isAdmin: async (userId: string) => userId === USERS.dora,
      },
      directory: {
        teamId: async () => TEAM,
        userIdsByEmail: async (email: string) => [...emails].filter(([, each]) => each === email).map(([userId]) => userId),
      },
      admins: [{ kind: "person", userId: USERS.dora } as const],
      pollSeconds: 60,
      foretell,
      webUrl: "https://harbour.identitynow.com/ui/d/approvals",
      port: {
        digest: async (_userId: string, message: SailPointMessage) => JSON.stringify(message),
        post: async (userId: string, message: SailPointMessage, key: string) => {
          away();
          posts.push({ key, userId, message, updates: 0 });
          return { channelId: `D${userId}`, ts: `${posts.length}` };
        },
        findPosted: async ({ channelId }: { readonly channelId: string }, key: string) => {
          const found = posts.findIndex((post) => post.key === key);
          return found < 0 ? null : { channelId, ts: `${found + 1}` };
        },
        update: async ({ ts }: { readonly ts: string }, _userId: string, message: SailPointMessage) => {
          away();
          const post = posts[Number(ts) - 1];
          if (post === undefined) throw new PortcullisError("slack_refused", { params: { reason: "message_not_found" } });
          post.message = message;
          post.updates += 1;
        },
      },
      tell: async ({ userId }: SlackActor, _place: object, error: PortcullisError) => {
        away();
        told.push({ userId, code: error.code });
      },
    };
    const decide = runDecision(ports);
    const show = showMessage(ports);
    const attempt = (retryCount: number): JobAttempt => ({
      jobId: "job",
      retryCount,
      isLast: retryCount >= 5,
      signal: new AbortController().signal,
    });
    const run = async (queue: string, payload: object): Promise<void> => {
      if (queue === "decide-in-sailpoint") {
        const decisionId = Reflect.get(payload, "decisionId");
        for (let retry = 0; ; retry += 1) {
          try {
            return await decide({ decisionId }, attempt(retry));
          } catch (thrown) {
            fromUnknown(thrown);
            if (retry >= 5) throw thrown;
          }
        }
      }
      if (queue === "show-sailpoint") await show({ messageId: Reflect.get(payload, "messageId") });
    };
    /** Runs all that is enqueued, and what comes of it, each in its turn; waiting costs the clock. */
    const drain = async (): Promise<void> => {
      for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) {
        if (job.queue === "poll-sailpoint") continue;
        if (job.startAfter !== null && job.startAfter > clock.at) clock.at = job.startAfter;
        await run(job.queue, job.payload);
      }
    };
    const inbox = createSailPointInbox(ports);
    return {
      ports,
      inbox,
      lines,
      waiting,
      drain,
      decide,
      show,
      poll: async () => {
        const outcome = await pollSailPoint(ports);
        await drain();
        return outcome;
      },
      pollAsJob: runPoll(ports),
      /** A click, and what comes of it. */
      click: async (userId: string, sailpointId: string, deed: NewDeed = { kind: "approve", comment: null }, version = 1) => {
        await inbox.record({
          items: [{ sailpointId, version }],
          deed,
          by: { teamId: TEAM, userId },
          place: { channelId: null, messageTs: null },
        });
      },
    };
  };

  const first = replica();
  return {
    ...first,
    replica,
    /** An approval that is born in SailPoint and seen here. @returns its id */
    shown: async (input: Parameters<typeof at.born>[0] = {}): Promise<string> => {
      const id = await at.born(input);
      await first.poll();
      return id;
    },
    statusOf: async (id: string) => (await at.stored(id)).status,
    commentsOf: async (id: string) => ((await at.stored(id)).comments as { readonly comment: string }[]).map(({ comment }) => comment),
    at,
    db: store.db,
    clock,
    emails,
    posts,
    told,
    slack,
    /** Messages of one person, as they stand. */
    of: (userId: string) => posts.filter((post) => post.userId === userId).map(({ message }) => message),
    cards: (userId: string) => posts.flatMap((post) => (post.userId === userId && post.message.kind === "card" ? [post.message.card] : [])),
    states: async () =>
      (await store.db.selectFrom("sailpoint_decision").select(["by_user_id", "state"]).orderBy("created_at").orderBy("id").execute()).map(
        ({ by_user_id: userId, state }) => ({ userId, state }),
      ),
    ledger: async () => (await store.db.selectFrom("ledger_event").select("kind").orderBy("id").execute()).map(({ kind }) => kind),
    /** How often SailPoint carried a decision out: its own comments that name one. */
    decided: async (id: string) =>
      ((await at.stored(id)).comments as { readonly comment: string }[]).filter(({ comment }) => comment.includes("decided in Slack by"))
        .length,
    close: async () => {
      await at[Symbol.asyncDispose]();
      if (given === undefined) await store.close();
    },
  };
}

export type Inbox = Awaited<ReturnType<typeof anInbox>>;
