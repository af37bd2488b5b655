import { PortcullisError } from "../../../src/errors.ts";
import { noFault } from "../../../src/fault-points.ts";
import { randomIds } from "../../../src/ids.ts";
import type { Jobs } from "../../../src/jobs/jobs.ts";
import type { RequestOverview } from "../../../src/services/access/overview.ts";
import { holderKey } from "../../../src/services/approvals/seats.ts";
import { audienceKey } from "../../../src/services/notify/audiences.ts";
import { createNotify } from "../../../src/services/notify/create-notify.ts";
import type { Audience, NotifyPort, PostedCard } from "../../../src/services/notify/notify-port.ts";
import { openDatabase } from "../../../src/store/open-database.ts";
import { systemTimers } from "../../../src/timers.ts";
import { newMigratedFolder } from "../../support/data-folder.ts";
import { keptLog } from "../../support/silent-log.ts";
import { ana, approvalOf, overviewOf, requestOf } from "../../views/models.ts";

/** What a card shows in these tests: enough to tell one state from another. */
export const face = ({ request, approval }: RequestOverview): string => `${request.status} v${approval.version}`;

/** A Slack of messages alone, which the test can make refuse. */
export const aSlack = () => {
  const messages = new Map<string, { readonly audience: string; shows: string }>();
  const said: string[] = [];
  const calls: string[] = [];
  const refusing = new Map<string, PortcullisError>();
  const withheld = new Set<string>();
  const keys = new Map<string, PostedCard>();
  const unreachable = new PortcullisError("slack_unreachable");
  let posts = 0;
  let answersLost = false;

  const answer = (call: string): void => {
    const refusal = refusing.get(call);
    if (refusal) throw refusal;
    calls.push(call);
  };
  const shows = (audience: Audience, overview: RequestOverview): string =>
    withheld.has(audienceKey(audience)) ? "withheld" : face(overview);
  const port: NotifyPort = {
    digest: async (audience, overview) => `${audienceKey(audience)} ${shows(audience, overview)}`,
    isWithheld: async (audience) => withheld.has(audienceKey(audience)),
    post: async (audience, overview, key) => {
      answer(`post ${audienceKey(audience)}`);
      const card = { channelId: "channelId" in audience ? audience.channelId : `D-${audience.userId}`, ts: `${++posts}.0` };
      messages.set(`${card.channelId} ${card.ts}`, { audience: audienceKey(audience), shows: face(overview) });
      keys.set(key, card);
      if (answersLost) throw unreachable;
      return card;
    },
    findPosted: async ({ channelId }, key) => {
      answer(`find ${channelId}`);
      return keys.get(key) ?? null;
    },
    update: async ({ channelId, ts }, audience, overview) => {
      answer(`update ${audienceKey(audience)}`);
      const message = messages.get(`${channelId} ${ts}`);
      if (!message) throw new PortcullisError("slack_refused", { params: { method: "chat.update", reason: "message_not_found" } });
      message.shows = shows(audience, overview);
    },
    say: async ({ channelId }, _audience, step) => {
      answer(`say ${step.notice}`);
      said.push(`${channelId} ${step.notice}`);
    },
    call: async ({ channelId }, _audience, { kind, mentions }) => {
      answer(`call ${kind}`);
      said.push(`${channelId} ${kind} ${mentions.map(holderKey).join(" ")}`);
    },
    publishHome: async () => {},
    tell: async () => {},
  };
  return {
    port,
    messages,
    said,
    calls,
    withheld,
    refuse: (call: string, error = unreachable) => refusing.set(call, error),
    allow: () => refusing.clear(),
    loseAnswers: (lost: boolean) => {
      answersLost = lost;
    },
    shown: () => [...messages.values()].map(({ audience, shows }) => `${audience}: ${shows}`).sort(),
  };
};

/** Requests whose state the test sets, a real PGlite store for the cards, and as many workers as the test wants. */
export const aProjection = async () => {
  const { folder, remove } = await newMigratedFolder();
  const { log, lines } = keptLog();
  const database = await openDatabase({ url: null, folder, log });
  const { db } = database;
  const overviews = new Map<string, RequestOverview>();
  const enqueued: { readonly queue: string; readonly payload: unknown }[] = [];
  const jobs: Jobs = {
    enqueue: async (_trx, queue, payload) => void enqueued.push({ queue, payload }),
    enqueueNow: async (queue, payload) => void enqueued.push({ queue, payload }),
    work: async () => {},
    stop: async () => {},
  };
  const clock = { at: new Date("2026-03-16T08:00:00Z") };
  const groups = new Map<string, readonly string[]>();
  const unreadable = new Set<string>();
  const overviewNow = async (requestId: string): Promise<RequestOverview> => {
    const found = overviews.get(requestId);
    if (!found) throw new PortcullisError("request_unknown");
    return found;
  };

  const worker = (
    port: NotifyPort,
    approvalsChannel: string | null = null,
    timers = systemTimers,
    enqueueNow = jobs.enqueueNow,
    store = db,
  ) =>
    createNotify({
      db: store,
      jobs: { ...jobs, enqueueNow },
      port,
      loadOverview: overviewNow,
      groupMembers: async (groupId) => {
        if (unreadable.has(groupId)) throw new PortcullisError("slack_unreachable");
        return groups.get(groupId) ?? [];
      },
      timers,
      approvalsChannel,
      admins: [{ kind: "group", groupId: "SADMINS" }],
      clock: { now: () => clock.at },
      ids: randomIds,
      log,
      faultPoint: noFault,
    });

  /** A request by Ana that Ben decides, unless said otherwise. */
  const ask = async (over: Partial<RequestOverview> = {}): Promise<string> => {
    const id = randomIds.uuid();
    const approvalId = randomIds.uuid();
    const request = { ...requestOf(), ...over.request, id };
    const approval = { ...approvalOf(), ...over.approval, id: approvalId, requestId: id };
    await db
      .insertInto("request")
      .values({
        id,
        requester: JSON.stringify(ana),
        beneficiary: JSON.stringify(ana),
        requester_user_id: ana.userId,
        beneficiary_user_id: ana.userId,
        consoles: "[]",
        requested_time: "{}",
        reason: "",
        status: "PENDING",
        submission_key: id,
        created_at: new Date(),
      })
      .execute();
    await db
      .insertInto("approval")
      .values({
        id: approvalId,
        request_id: id,
        status: "PENDING",
        version: 1,
        body: "{}",
        requester_user_id: ana.userId,
        beneficiary_user_id: ana.userId,
        holder_keys: [],
        created_at: new Date(),
      })
      .execute();
    overviews.set(id, overviewOf({ ...over, request, approval }));
    return id;
  };

  const change = (
    requestId: string,
    next: { request?: Partial<RequestOverview["request"]>; approval?: Partial<RequestOverview["approval"]> },
  ) => {
    const before = overviews.get(requestId) ?? overviewOf();
    overviews.set(requestId, {
      ...before,
      request: { ...before.request, ...next.request },
      approval: { ...before.approval, version: before.approval.version + 1, ...next.approval },
    });
  };

  return {
    db,
    lines,
    clock,
    enqueued,
    groups,
    unreadable,
    worker,
    ask,
    change,
    overview: overviewNow,
    close: async () => {
      await database.close();
      await remove();
    },
  };
};
