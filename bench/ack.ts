import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { sql } from "kysely";
import { Pool } from "undici";
import { z } from "zod";
import { launchSimulators, type Simulators } from "../sandbox/launch-simulators.ts";
import { signedHeaders } from "../sandbox/slack/deliveries/sign.ts";
import { PEOPLE, TEAM } from "../sandbox/slack/seed.ts";
import { buttonNamed } from "../sandbox/story/read-blocks.ts";
import { until } from "../sandbox/story/until.ts";
import { createLog } from "../src/log.ts";
import { openDatabase } from "../src/store/open-database.ts";

const CLICKS_PER_ROUND = 100;
const CONCURRENT = 50;
const ROUNDS = 5;
const CONTENT_TYPE = "application/x-www-form-urlencoded";

const decision = z.object({ approvalId: z.string(), version: z.number() });

interface Contestant {
  readonly child: ChildProcess;
  readonly pool: Pool;
}

/**
 * Milliseconds from a signed click on Approve to its ack over HTTP: the bot on PGlite, which writes the click to disk first, against a
 * bare Bolt app that only acks. Every click is on a pending approval of its own and carries its real version. The work
 * behind the first clicks of a round runs beside its later ones; the bot is suspended while the bare app is measured, so that this
 * work slows nobody but the bot, and is then given a moment to finish it. Medians of the rounds; one more before them warms both up.
 */
export async function bench(_options: { readonly json: boolean }): Promise<Record<string, unknown>> {
  const dataFolder = await mkdtemp(join(tmpdir(), "portcullis-bench-"));
  const simulators = await launchSimulators({ slackMode: "http", dataFolder, bot: "by-hand" });
  const children: ChildProcess[] = [];
  const start = async (script: string): Promise<Contestant> => {
    const port = await freePort();
    const env = { PATH: process.env.PATH, ...simulators.settings, PORT: String(port), LOG_LEVEL: "error" };
    const child = fork(join(import.meta.dirname, "ack", script), { execArgv: [], env });
    children.push(child);
    await once(child, "message");
    return { child, pool: new Pool(`http://127.0.0.1:${port}`, { connections: CONCURRENT }) };
  };
  try {
    const asked = await start("bot.ts");
    const { template, pending } = await pendingApprovals(simulators, asked.child, CLICKS_PER_ROUND * (ROUNDS + 1));
    asked.child.kill("SIGKILL"); // nothing it said is lost by that
    await once(asked.child, "exit");
    await asked.pool.close();
    const clicks = await onKnownCards(dataFolder, template, pending);
    const bare = await start("bare.ts");
    const bot = await start("bot.ts");
    const rounds: { bare: number[]; bot: number[] }[] = [];
    for (let i = 0; i <= ROUNDS; i++) {
      const bodies = clicks.slice(i * CLICKS_PER_ROUND, (i + 1) * CLICKS_PER_ROUND);
      bot.child.kill("SIGSTOP");
      const ofBare = await ackMilliseconds(bare, bodies, simulators);
      bot.child.kill("SIGCONT");
      bot.child.send("settle");
      await once(bot.child, "message");
      rounds.push({ bare: ofBare, bot: await ackMilliseconds(bot, bodies, simulators) });
    }
    await Promise.all([bare.pool.close(), bot.pool.close()]);
    return verdict(rounds.slice(1));
  } finally {
    for (const child of children) child.kill("SIGKILL");
    await simulators.close();
    await rm(dataFolder, { recursive: true, force: true });
  }
}

function verdict(rounds: readonly { readonly bare: readonly number[]; readonly bot: readonly number[] }[]): Record<string, unknown> {
  const of = (who: "bare" | "bot", rank: number): number => median(rounds.map((round) => percentile(round[who], rank)));
  const [bareP50, bareP99, botP50, botP99] = [of("bare", 50), of("bare", 99), of("bot", 50), of("bot", 99)];
  return {
    bench: "ack",
    p50Ratio: rounded(botP50 / bareP50),
    p99Ratio: rounded(botP99 / bareP99),
    maxMs: rounded(Math.max(...rounds.flatMap(({ bot }) => bot))),
    botP50Ms: rounded(botP50),
    botP99Ms: rounded(botP99),
    bareP50Ms: rounded(bareP50),
    bareP99Ms: rounded(bareP99),
    clicks: rounds.length * CLICKS_PER_ROUND,
    concurrent: CONCURRENT,
  };
}

interface Template {
  /** The body of a click on a real card, as the simulator sends it. */
  readonly payload: string;
  readonly approvalId: string;
  readonly channel: string;
  readonly ts: string;
}

/** Has the bot make requests, and takes down one click on the first card that it posts. */
async function pendingApprovals({ slack, settings }: Simulators, bot: ChildProcess, count: number) {
  bot.send({ requests: count + 1, by: { teamId: TEAM.id, userId: PEOPLE.requester.id }, console: "db-prod" });
  const answer = once(bot, "message");
  const { card, button } = await until("a card with an Approve button", async () => {
    const { channels, messages } = await slack.control.state();
    const bens = new Set(channels.filter(({ kind, members }) => kind === "im" && members.includes(PEOPLE.approver.id)).map(({ id }) => id));
    const card = messages.find(({ channel, blocks }) => bens.has(channel) && buttonNamed(blocks, "Approve"));
    const button = card && buttonNamed(card.blocks, "Approve");
    return card && button ? { card, button } : null;
  });
  const tap = createServer();
  tap.listen(Number(settings.PORT), "127.0.0.1");
  // The bot's own messages are delivered here, too: the click is the one that carries a payload.
  const tapped = new Promise<string>((resolve, reject) => {
    tap.on("request", (request, response) => {
      text(request).then((body) => {
        response.end();
        const payload = new URLSearchParams(body).get("payload");
        if (payload !== null) resolve(payload);
      }, reject);
    });
  });
  await slack.control.messageAction({
    userId: PEOPLE.approver.id,
    channelId: card.channel,
    ts: card.ts,
    blockId: button.blockId,
    actionId: button.element.action_id ?? "",
    element: { type: "button", value: button.element.value },
  });
  tap.close();
  const clicked = decision.parse(JSON.parse(button.element.value ?? ""));
  const template: Template = {
    payload: await tapped,
    approvalId: clicked.approvalId,
    channel: card.channel,
    ts: card.ts,
  };
  const made = z.array(decision).parse((await answer)[0]);
  const pending = made.filter(({ approvalId, version }) => approvalId !== clicked.approvalId && version === clicked.version);
  return { template, pending: pending.map(({ approvalId }) => approvalId) };
}

/**
 * The same click on every other pending approval, each on a card that the bot knows. Slack takes one new card a second and channel,
 * so the cards are noted as posted instead, and what would still post them is dropped.
 */
async function onKnownCards(folder: string, template: Template, pending: readonly string[]): Promise<string[]> {
  const database = await openDatabase({ url: null, folder, log: createLog("error") });
  const seconds = Math.trunc(Number(template.ts));
  const cards = pending.map((approvalId, i) => ({ approvalId, ts: `${seconds}.${String(i).padStart(6, "0")}` }));
  for (const { approvalId, ts } of cards)
    await sql`
      insert into card (id, request_id, audience, channel_id, ts, created_at)
      select gen_random_uuid(), request_id, ${`approver:${PEOPLE.approver.id}`}, ${template.channel}, ${ts}, now()
      from approval where id = ${approvalId}
      on conflict (request_id, audience) do update set channel_id = excluded.channel_id, ts = excluded.ts`.execute(database.db);
  await sql`delete from pgboss.job where name in ('project-request', 'publish-home', 'inbox') and state < 'completed'`.execute(database.db);
  await database.close();
  return cards.map(({ approvalId, ts }) => {
    const payload = template.payload.replaceAll(template.approvalId, approvalId).replaceAll(template.ts, ts);
    return new URLSearchParams({ payload }).toString();
  });
}

/** Sends the clicks, {@link CONCURRENT} at a time. @throws Error when one is not acknowledged */
async function ackMilliseconds({ pool }: Contestant, bodies: readonly string[], { settings }: Simulators): Promise<number[]> {
  const signingSecret = settings.SLACK_SIGNING_SECRET ?? "";
  const epochSeconds = Math.floor(Date.now() / 1_000);
  const requests = bodies.map((body) => ({
    body,
    headers: { "content-type": CONTENT_TYPE, ...signedHeaders({ signingSecret, epochSeconds, body }) },
  }));
  const taken: number[] = [];
  const send = async (): Promise<void> => {
    for (let request = requests.pop(); request; request = requests.pop()) {
      const begin = performance.now();
      const response = await pool.request({ method: "POST", path: "/slack/events", ...request });
      await response.body.dump();
      taken.push(performance.now() - begin);
      if (response.statusCode !== 200) throw new Error(`a click was answered with ${response.statusCode}`);
    }
  };
  await Promise.all(Array.from({ length: CONCURRENT }, send));
  return taken;
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

const percentile = (values: readonly number[], rank: number): number =>
  values.toSorted((a, b) => a - b)[Math.ceil((rank / 100) * values.length) - 1] ?? Number.NaN;
const median = (values: readonly number[]): number => percentile(values, 50);
const rounded = (value: number): number => Math.round(value * 100) / 100;
