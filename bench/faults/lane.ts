import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { z } from "zod";
import { launchSimulators, type Simulators } from "../../sandbox/launch-simulators.ts";
import { PEOPLE, TEAM } from "../../sandbox/slack/seed.ts";
import { buttonNamed, textOf } from "../../sandbox/story/read-blocks.ts";
import { AMEND_FAULT_POINTS, END_FAULT_POINTS, FAULT_POINTS } from "../../src/fault-points.ts";
import { type Replicas, type Stopped, startReplicas } from "./replicas.ts";

export const FAULTS = ["kill -9", "ZPA time-out after effect", "ZPA 500", "database connection cut"] as const;
export type Fault = (typeof FAULTS)[number];

const STEPS = { create: FAULT_POINTS, amend: AMEND_FAULT_POINTS, end: END_FAULT_POINTS } as const;
export type Step = keyof typeof STEPS;

export interface Round {
  readonly database: string;
  readonly step: Step;
  readonly point: string;
  readonly fault: Fault;
  readonly verdict: "as intended" | "lost" | "duplicate" | "wrong state" | "wrong cards";
  readonly detail: string;
  readonly seconds: number;
}

export interface LaneOptions {
  readonly name: string;
  /** Null: PGlite in a folder of its own. */
  readonly databaseUrl: string | null;
  readonly replicas: number;
  readonly steps: readonly Step[];
  readonly faults: readonly Fault[];
  readonly onRound: (round: Round) => void;
}

const ana = { teamId: TEAM.id, userId: PEOPLE.requester.id };
const ben = { teamId: TEAM.id, userId: PEOPLE.approver.id };
const MINUTE = 60_000;
const PATIENCE_MILLISECONDS = 75_000;

const Seen = z.object({
  status: z.string(),
  end: z.string().nullable(),
  isSettled: z.boolean(),
  grants: z.array(z.object({ status: z.string(), zpaId: z.string().nullable(), end: z.string(), isChanging: z.boolean() })),
});

/** What should be true of a request when a round is over. */
interface Wanted {
  readonly requestId: string;
  readonly reason: string;
  readonly status: "GRANTED" | "ENDED";
  readonly end: Date;
}

interface Lane {
  readonly simulators: Simulators;
  readonly replicas: Replicas;
  readonly databaseUrl: string | null;
  /** Privileged approvals that should stand in the tenant. */
  readonly standing: Map<string, Wanted>;
}

/** Every point of the steps under every fault, one round after the other, on one database with its own simulators. */
export async function runLane(options: LaneOptions): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "portcullis-faults-"));
  const simulators = await launchSimulators({ slackMode: "socket", dataFolder: folder, bot: "by-hand" });
  const env = {
    PATH: process.env.PATH,
    ...simulators.settings,
    ...(options.databaseUrl === null ? {} : { DATABASE_URL: options.databaseUrl }),
    ZPA_TIMEOUT_SECONDS: "1",
    LOG_LEVEL: process.env.LOG_LEVEL ?? "error",
  };
  const replicas = await startReplicas(options.replicas, env);
  const lane: Lane = { simulators, replicas, databaseUrl: options.databaseUrl, standing: new Map() };
  try {
    for (const step of options.steps) {
      for (const fault of options.faults) {
        for (const point of STEPS[step]) {
          const began = performance.now();
          const judged = await playRound(lane, step, point, fault);
          const seconds = Math.round((performance.now() - began) / 100) / 10;
          options.onRound({ database: options.name, step, point, fault, seconds, ...judged });
        }
      }
    }
  } finally {
    await replicas.close();
    await simulators.close();
    await rm(folder, { recursive: true, force: true });
  }
}

let requests = 0;

async function playRound(lane: Lane, step: Step, point: string, fault: Fault): Promise<Pick<Round, "verdict" | "detail">> {
  const { replicas, simulators } = lane;
  await replicas.allRun();
  const number = ++requests;
  const reason = `BENCH-${number}-${step}`;
  // On even minutes, and changed to odd ones: each end is of one round.
  const end = inMinutes(600 + 2 * number);
  const later = new Date(end.getTime() + MINUTE);
  const asked = z
    .object({ requestId: z.string() })
    .parse(await replicas.ask({ do: "ask", by: ana, console: "db-prod", reason, end: end.toISOString() }));
  const created: Wanted = { ...asked, reason, status: "GRANTED", end };
  const wanted = { create: created, amend: { ...created, end: later }, end: { ...created, status: "ENDED" } as const }[step];
  if (step !== "create") {
    await clickApprove(lane, reason);
    await settled(lane, created);
  }
  const reached = replicas.stopAt(point);
  const acted = act(lane, step, asked.requestId, reason, later).catch((thrown: unknown) => String(thrown));
  const stopped = await reached;
  await strike(lane, stopped, fault);
  await acted;
  const problem = await settled(lane, wanted);
  await simulators.tenant.control.clearFaults({});
  await replicas.allRun();
  return judge(lane, wanted, problem);
}

async function act(lane: Lane, step: Step, requestId: string, reason: string, later: Date): Promise<void> {
  if (step === "create") await clickApprove(lane, reason);
  else if (step === "amend") await lane.replicas.order({ do: "change", by: ben, requestId, end: later.toISOString() });
  else await lane.replicas.order({ do: "finish", by: ana, requestId });
}

async function strike({ simulators, databaseUrl }: Lane, stopped: Stopped, fault: Fault): Promise<void> {
  const { control } = simulators.tenant;
  switch (fault) {
    case "kill -9":
      return stopped.kill();
    case "ZPA time-out after effect":
      for (const method of ["POST", "PUT", "DELETE", "GET"])
        await control.fault({ method, pathContains: "/approval", kind: "timeout-after-effect", times: 1 });
      break;
    case "ZPA 500":
      for (const method of ["POST", "PUT", "DELETE", "GET"])
        await control.fault({ method, pathContains: "/approval", kind: "500", times: 2 });
      break;
    case "database connection cut":
      if (databaseUrl === null) stopped.cut();
      else await cutConnections(databaseUrl);
      break;
  }
  stopped.goOn();
}

/** As an administrator of the database, or a failover, would. */
async function cutConnections(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: "bench" });
  await client.connect();
  await client.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and application_name <> 'bench'",
  );
  await client.end();
}

async function clickApprove({ simulators }: Lane, reason: string): Promise<void> {
  const { control } = simulators.slack;
  const { card, button } = await until(async () => {
    const { channels, messages } = await control.state();
    const bens = new Set(channels.filter(({ kind, members }) => kind === "im" && members.includes(ben.userId)).map(({ id }) => id));
    const card = messages.find(({ channel, blocks }) => bens.has(channel) && textOf(blocks).includes(reason));
    const button = card && buttonNamed(card.blocks, "Approve");
    return card && button ? { card, button } : null;
  }, `Ben's card of ${reason}`);
  const { value, action_id: actionId = "" } = button.element;
  const element = { type: "button", ...(value === undefined ? {} : { value }) };
  await control.messageAction({ userId: ben.userId, channelId: card.channel, ts: card.ts, blockId: button.blockId, actionId, element });
}

/** Waits until the request and its cards are as they should be. @returns what is not, when patience is over */
async function settled(lane: Lane, wanted: Wanted): Promise<string | null> {
  const deadline = performance.now() + PATIENCE_MILLISECONDS;
  for (;;) {
    const inState = await stateProblem(lane, wanted);
    if (inState === null && wanted.status === "ENDED") lane.standing.delete(wanted.requestId);
    else if (inState === null) lane.standing.set(wanted.requestId, wanted);
    const problem = inState ?? (await cardProblem(lane, wanted));
    if (problem === null) return null;
    if (performance.now() > deadline) return problem;
    await pause(150);
  }
}

async function stateProblem({ replicas }: Lane, { requestId, status, end }: Wanted): Promise<string | null> {
  const seen = Seen.parse(await replicas.ask({ do: "look", requestId }));
  const isRight =
    seen.status === status &&
    seen.isSettled &&
    seen.end === end.toISOString() &&
    seen.grants.every((grant) => grant.status === status && !grant.isChanging && near(new Date(grant.end), end));
  return isRight ? null : `state ${JSON.stringify(seen)}`;
}

/** Every card that was posted says where the request stands, and until when. */
async function cardProblem({ simulators }: Lane, { reason, status, end }: Wanted): Promise<string | null> {
  const { messages } = await simulators.slack.control.state();
  const cards = messages.filter(({ blocks, threadTs }) => threadTs === null && textOf(blocks).includes(reason));
  const label = status === "GRANTED" ? /\bGranted\b/ : /\bEnded\b/;
  const stale = cards.filter(
    ({ blocks }) => !label.test(textOf(blocks)) || !JSON.stringify(blocks).includes(String(Math.floor(end.getTime() / 1000))),
  );
  return cards.length > 0 && stale.length === 0 ? null : `${stale.length} of ${cards.length} cards are stale`;
}

async function judge({ simulators, standing }: Lane, wanted: Wanted, problem: string | null): Promise<Pick<Round, "verdict" | "detail">> {
  const { approvals } = await simulators.tenant.control.state();
  const ends = approvals.map(({ endTime }) => new Date(Number(endTime) * 1000));
  const ofThis = ends.filter((end) => near(end, wanted.end)).length;
  const expected = wanted.status === "GRANTED" ? 1 : 0;
  const detail = problem ?? "";
  if (ofThis < expected) return { verdict: "lost", detail };
  if (ofThis > expected || approvals.length > standing.size)
    return { verdict: "duplicate", detail: `${detail} ${approvals.length} for ${standing.size}` };
  if (approvals.length < standing.size) return { verdict: "lost", detail: `${approvals.length} for ${standing.size}` };
  if (problem === null) return { verdict: "as intended", detail };
  return { verdict: problem.startsWith("state") ? "wrong state" : "wrong cards", detail };
}

/** Grants of one person that would be the same to ZPA are a few seconds apart. */
const near = (a: Date, b: Date): boolean => Math.abs(a.getTime() - b.getTime()) < 30_000;

const start = Date.now();
const inMinutes = (count: number): Date => new Date(Math.floor(start / 1000) * 1000 + count * MINUTE);

async function until<Sight>(look: () => Promise<Sight | null>, what: string): Promise<Sight> {
  const deadline = performance.now() + PATIENCE_MILLISECONDS;
  while (performance.now() < deadline) {
    const sight = await look();
    if (sight !== null) return sight;
    await pause(100);
  }
  throw new Error(`waited in vain for ${what}`);
}
