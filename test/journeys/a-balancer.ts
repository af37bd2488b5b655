import { createServer, request as forward } from "node:http";
import { buffer } from "node:stream/consumers";
import { sleepUnlessWoken, systemTimers } from "../../src/timers.ts";
import type { Replica } from "./a-replica.ts";

/** How often a replica is asked whether it is ready; DRAIN_SECONDS is to be longer. */
const PROBE_MILLISECONDS = 100;

type Upstream = Pick<Replica, "url" | "isReady">;

export interface Balancer {
  readonly url: string;
  /** Bodies that came in, the first ones first. */
  readonly bodies: readonly string[];
  close(): Promise<void>;
}

/**
 * A small balancer: sends each request to one of the replicas that say they are ready, in turn. A replica that refuses the connection
 * has taken nothing in, so another is asked; any other failure is a 502, as the request may have had its effect.
 */
export async function startBalancer(replicas: readonly Upstream[]): Promise<Balancer> {
  const ended = new AbortController();
  const bodies: string[] = [];
  let ready: readonly Upstream[] = replicas;
  let turn = 0;
  const probing = (async () => {
    while (!ended.signal.aborted) {
      const answers = await Promise.all(replicas.map((replica) => replica.isReady()));
      ready = replicas.filter((_, place) => answers[place]);
      await sleepUnlessWoken(systemTimers, PROBE_MILLISECONDS, ended.signal);
    }
  })();

  const server = createServer(async (request, response) => {
    const body = await buffer(request);
    bodies.push(body.toString("utf8"));
    turn += 1;
    const inTurn = ready.map((_, place) => ready[(place + turn) % ready.length]).filter((replica) => replica !== undefined);
    for (const { url } of inTurn) {
      const answer = await pass(`${url}${request.url}`, request.method ?? "POST", request.headers, body);
      if (answer === "refused") continue;
      response.writeHead(answer.status, { "content-type": answer.type });
      response.end(answer.body);
      return;
    }
    response.writeHead(503).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`,
    bodies,
    close: async () => {
      ended.abort();
      await probing;
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

type Answer = { readonly status: number; readonly type: string; readonly body: Buffer };

const pass = (url: string, method: string, headers: Record<string, unknown>, body: Buffer): Promise<Answer | "refused"> =>
  new Promise((resolve) => {
    const named = Object.entries(headers).filter(([name]) => !["host", "connection", "transfer-encoding"].includes(name));
    const upstream = forward(url, { method, headers: Object.fromEntries(named) as Record<string, string> }, (response) => {
      buffer(response).then(
        (whole) => resolve({ status: response.statusCode ?? 502, type: response.headers["content-type"] ?? "text/plain", body: whole }),
        () => resolve({ status: 502, type: "text/plain", body: Buffer.from("cut off") }),
      );
    });
    upstream.on("error", (cause) => {
      const isRefused = "code" in cause && cause.code === "ECONNREFUSED";
      resolve(isRefused ? "refused" : { status: 502, type: "text/plain", body: Buffer.from(String(cause)) });
    });
    upstream.end(body);
  });
