import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";
import { until } from "../../sandbox/story/until.ts";

const main = join(import.meta.dirname, "../../src/main.ts");

/** A bot as it runs in production: `src/main.ts` in a process of its own, stopped by SIGTERM. */
export interface Replica {
  readonly url: string;
  /** Where it answers `/healthz`, `/readyz` and `/metrics`. */
  readonly healthUrl: string;
  /** What a balancer asks before it sends anything. */
  isReady(): Promise<boolean>;
  /** Resolves when it is ready. */
  start(): Promise<void>;
  /** Sends SIGTERM. @returns its exit status */
  stop(): Promise<number | null>;
  kill(): void;
}

export async function aReplica(settings: Readonly<Record<string, string>>): Promise<Replica> {
  const [port, healthPort] = [await freePort(), await freePort()];
  const { PATH = "", NODE_COMPILE_CACHE = "" } = process.env;
  const env = { PATH, NODE_COMPILE_CACHE, ...settings, PORT: String(port), HEALTH_PORT: String(healthPort), LOG_LEVEL: "error" };
  let child: ChildProcess | null = null;
  const healthUrl = `http://127.0.0.1:${healthPort}`;
  const isReady = (): Promise<boolean> =>
    fetch(`${healthUrl}/readyz`).then(
      ({ status }) => status === 200,
      () => false,
    );
  return {
    url: `http://127.0.0.1:${port}`,
    healthUrl,
    isReady,
    start: async () => {
      child = spawn(process.execPath, [main], { env, stdio: "ignore" });
      await until("a replica that is ready", isReady);
    },
    stop: async () => {
      if (child === null) throw new Error("It was not started.");
      const exited = once(child, "exit");
      child.kill("SIGTERM");
      const [status] = await exited;
      return status;
    },
    kill: () => void child?.kill("SIGKILL"),
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (typeof address !== "object" || address === null) throw new Error("No port was free.");
  return address.port;
}
