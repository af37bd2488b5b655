import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { z } from "zod";
import { launchSimulators } from "../sandbox/launch-simulators.ts";
import { type EmbeddedServer, startEmbeddedPostgres } from "../sandbox/start-postgres.ts";
import { seedGrants } from "./drain/seed-grants.ts";
import { startReplicas } from "./faults/replicas.ts";

/** ZPA: ten writes in ten seconds. */
const WRITES = 10;
const WINDOW_SECONDS = 10;

interface Run {
  readonly replicas: number;
  readonly ratio: number;
  readonly rateLimited: number;
  readonly seconds: number;
  readonly floorSeconds: number;
}

/**
 * Seconds from the first write to ZPA until the last of many approved grants is proven, against the least that ZPA's limits allow: ten
 * writes at once, and ten more every ten seconds. On PostgreSQL, with one replica and with two, which share the budget.
 */
export async function bench({
  json,
  grants = 300,
}: {
  readonly json: boolean;
  readonly grants?: number;
}): Promise<Record<string, unknown>> {
  if (!(grants > WRITES))
    throw new Error(`--grants takes a number above ${WRITES}: so many are allowed at once, and there is nothing to wait for.`);
  const postgres = await startEmbeddedPostgres();
  const runs: Run[] = [];
  try {
    for (const replicas of [1, 2]) {
      const run = await drain(postgres, replicas, grants);
      runs.push(run);
      if (json) console.log(JSON.stringify(run));
      else console.log(`${replicas} replica(s): ${run.seconds} s for ${grants} grants, floor ${run.floorSeconds} s`);
    }
  } finally {
    await postgres.stop();
  }
  return { bench: "drain", grants, runs: runs.map(({ replicas, ratio, rateLimited }) => ({ replicas, ratio, rateLimited })) };
}

async function drain(postgres: EmbeddedServer, count: number, grants: number): Promise<Run> {
  const folder = await mkdtemp(join(tmpdir(), "portcullis-drain-"));
  const simulators = await launchSimulators({ slackMode: "socket", dataFolder: folder, bot: "by-hand" });
  const { control } = simulators.tenant;
  const databaseUrl = await postgres.newDatabase();
  await seedGrants(databaseUrl, simulators, grants);
  await control.resetCalls({});
  const replicas = await startReplicas(count, {
    PATH: process.env.PATH,
    ...simulators.settings,
    DATABASE_URL: databaseUrl,
    LOG_LEVEL: "error",
  });
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const began = await when(async () => ((await control.state()).calls.POST ?? 0) > 0);
    const ended = await when(async () => {
      const { rows } = await client.query("select count(*)::int as granted from access_grant where status = 'GRANTED'");
      return z.object({ granted: z.number() }).parse(rows[0]).granted === grants;
    });
    const { approvals, rateLimited } = await control.state();
    if (approvals.length !== grants) throw new Error(`${approvals.length} privileged approvals stand for ${grants} grants`);
    const seconds = (ended - began) / 1000;
    const floorSeconds = (Math.ceil(grants / WRITES) - 1) * WINDOW_SECONDS;
    return { replicas: count, ratio: rounded(seconds / floorSeconds), rateLimited, seconds: rounded(seconds), floorSeconds };
  } finally {
    await client.end();
    await replicas.close();
    await simulators.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The instant, on a clock that only goes forward, at which it was first seen to be so. */
async function when(isSo: () => Promise<boolean>): Promise<number> {
  while (!(await isSo())) await pause(100);
  return performance.now();
}

const rounded = (value: number): number => Math.round(value * 100) / 100;
