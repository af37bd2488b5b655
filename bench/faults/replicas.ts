import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";

const Reached = z.object({ reached: z.string() });
const Answer = z.object({ answers: z.number(), answer: z.unknown(), refused: z.string().optional() });

const ANSWER_MILLISECONDS = 60_000;
const ASK_MILLISECONDS = 120_000;

/** Bots that share a database. Whichever dies is started again, as a supervisor would. */
export interface Replicas {
  /** Has all of them stop at the point once; resolves with the one that came there first. The others are disarmed. */
  stopAt(point: string): Promise<Stopped>;
  /** Sends an order to one that runs. Rejects when it died over it, refused, or has not answered within a minute. */
  order(order: object): Promise<unknown>;
  /** The same, again until one has answered. Rejects with the last failure when none has within two minutes. */
  ask(order: object): Promise<unknown>;
  allRun(): Promise<void>;
  close(): Promise<void>;
}

export interface Stopped {
  goOn(): void;
  kill(): void;
  cut(): void;
}

export async function startReplicas(count: number, env: NodeJS.ProcessEnv): Promise<Replicas> {
  let closing = false;
  let orders = 0;
  const bots: (ChildProcess | null)[] = Array.from({ length: count }, () => null);
  const starting = new Map<number, Promise<void>>();

  const start = async (index: number): Promise<void> => {
    const bot = fork(join(import.meta.dirname, "bot.ts"), { execArgv: [], env, stdio: ["ignore", "inherit", "inherit", "ipc"] });
    bot.setMaxListeners(0);
    const ended = once(bot, "exit");
    void ended.then(() => {
      bots[index] = null;
      if (!closing) begin(index);
    });
    const first = await Promise.race([once(bot, "message"), ended.then(() => null)]);
    if (first !== null) bots[index] = bot;
  };
  const begin = (index: number): void => {
    starting.set(index, start(index));
  };
  const allRun = async (): Promise<void> => {
    while (bots.includes(null)) {
      await Promise.all(starting.values());
      await pause(20);
    }
  };
  const running = async (): Promise<ChildProcess> => {
    for (;;) {
      const bot = bots.find((each) => each?.connected);
      if (bot) return bot;
      await pause(20);
    }
  };
  const order = async (what: object): Promise<unknown> => {
    const bot = await running();
    const id = ++orders;
    const answered = new Promise<unknown>((resolve, reject) => {
      const hear = (message: unknown): void => {
        const { data } = Answer.safeParse(message);
        if (data?.answers !== id) return;
        bot.off("message", hear);
        if (data.refused === undefined) resolve(data.answer);
        else reject(new Error(data.refused));
      };
      bot.on("message", hear);
      bot.once("exit", () => reject(new Error("the bot died")));
    });
    bot.send({ ...what, id });
    const tooLate = new AbortController();
    const late = pause(ANSWER_MILLISECONDS, null, { signal: tooLate.signal }).then(() => {
      throw new Error(`no answer within ${ANSWER_MILLISECONDS / 1000} s to ${JSON.stringify(what)}`);
    });
    return Promise.race([answered, late]).finally(() => tooLate.abort());
  };

  for (let index = 0; index < count; index++) begin(index);
  await allRun();
  return {
    allRun,
    order,
    ask: async (what) => {
      const deadline = performance.now() + ASK_MILLISECONDS;
      for (;;) {
        try {
          return await order(what);
        } catch (cause) {
          if (performance.now() > deadline) throw new Error(`in vain for ${ASK_MILLISECONDS / 1000} s`, { cause });
          await pause(100);
        }
      }
    },
    stopAt: (point) =>
      new Promise((resolve, reject) => {
        const armed = bots.flatMap((bot) => (bot === null ? [] : [bot]));
        const patience = setTimeout(() => reject(new Error(`nobody came to ${point} within 60 s`)), 60_000);
        for (const bot of armed) {
          const hear = (message: unknown): void => {
            if (!Reached.safeParse(message).success) return;
            bot.off("message", hear);
            clearTimeout(patience);
            for (const other of armed) if (other !== bot && other.connected) other.send({ do: "arm", point: null });
            const tell = (what: string): void => void (bot.connected && bot.send({ do: what }));
            resolve({ goOn: () => tell("go"), kill: () => void bot.kill("SIGKILL"), cut: () => tell("cut") });
          };
          bot.on("message", hear);
          bot.send({ do: "arm", point });
        }
      }),
    close: async () => {
      closing = true;
      const ends = bots.flatMap((bot) => (bot === null ? [] : [once(bot, "exit")]));
      for (const bot of bots) bot?.kill("SIGKILL");
      await Promise.all(ends);
    },
  };
}
