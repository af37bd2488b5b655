import { serve } from "@hono/node-server";
import { type Context, Hono } from "hono";
import { streamSSE } from "hono/streaming";
import type { MovableClock } from "../clock.ts";
import { contentSecurityPolicy, pageAsset } from "./browser-modules.ts";
import { followSimulators } from "./changes.ts";
import type { Scene } from "./scene.ts";

export interface PageOptions {
  /** 0 takes a free one. */
  readonly port: number;
  readonly slackUrl: string;
  readonly tenantUrl: string;
  /** Null: there is no SailPoint tenant. */
  readonly sailpointUrl: string | null;
  readonly clock: MovableClock;
  readonly scene: Scene;
}

const proxied = (base: string) => async (context: Context) => {
  const answer = await fetch(new URL(`/control/${context.req.param("verb")}`, base), {
    method: context.req.method,
    ...(context.req.method === "POST" ? { headers: { "content-type": "application/json" }, body: await context.req.text() } : {}),
  });
  return new Response(await answer.text(), { status: answer.status, headers: { "content-type": "application/json" } });
};

/**
 * The sandbox page at one loopback address: its files, the simulators' control sides under one origin, and the clock.
 * Only requests that name this server in `Host` are answered, and only JSON is taken, so that no website open in the same
 * browser can play a person of the sandbox.
 */
export async function startPage({
  port,
  slackUrl,
  tenantUrl,
  sailpointUrl,
  clock,
  scene,
}: PageOptions): Promise<{ url: string; close(): Promise<void> }> {
  const changes = followSimulators({ slackUrl, tenantUrl, sailpointUrl });
  let ownHosts: readonly string[] = [];
  const app = new Hono();

  app.use(async (context, next) => {
    if (!ownHosts.includes(context.req.header("host") ?? "")) return context.text("This address is not the sandbox's.", 421);
    if (context.req.method === "POST" && !context.req.header("content-type")?.startsWith("application/json")) {
      return context.text("JSON only.", 415);
    }
    await next();
    context.header("content-security-policy", contentSecurityPolicy);
    context.header("x-content-type-options", "nosniff");
    context.header("referrer-policy", "no-referrer");
    context.header("cache-control", "no-store");
  });

  app.get("/scene", (context) => context.json(scene));
  clock.onMove(() => changes.publish("clock"));
  app.get("/clock", (context) => context.json({ offsetMilliseconds: clock.offsetMilliseconds() }));
  app.post("/clock", async (context) => {
    const { to } = (await context.req.json()) as { to?: unknown };
    const instant = new Date(typeof to === "string" ? to : Number.NaN);
    if (!scene.clockMovable) return context.json({ error: "The bot was started by hand: it lives on the machine's clock." }, 409);
    try {
      await clock.moveTo(instant);
    } catch (error) {
      if (error instanceof RangeError) return context.json({ error: error.message }, 400);
      throw error;
    }
    return context.json({ offsetMilliseconds: clock.offsetMilliseconds() });
  });
  app.get("/events", (context) =>
    streamSSE(context, async (stream) => {
      const gone = new AbortController();
      stream.onAbort(() => gone.abort());
      await stream.writeSSE({ data: "connected" });
      await changes.follow(gone.signal, (change) => stream.writeSSE({ data: change }));
    }),
  );
  for (const [name, base] of [
    ["slack", slackUrl],
    ["tenant", tenantUrl],
    ["sailpoint", sailpointUrl],
  ] as const) {
    if (base === null) continue;
    app.get(`/${name}/control/:verb{state}`, proxied(base));
    app.post(`/${name}/control/:verb{[a-zA-Z]+}`, proxied(base));
  }
  app.get("*", async (context) => {
    const asset = await pageAsset(context.req.path);
    return asset ? context.body(asset.body, 200, { "content-type": asset.type }) : context.text("Not found.", 404);
  });

  const server = await new Promise<ReturnType<typeof serve>>((resolve, reject) => {
    const starting = serve({ fetch: app.fetch, port, hostname: "127.0.0.1" }, ({ port: taken }) => {
      ownHosts = [`127.0.0.1:${taken}`, `localhost:${taken}`];
      resolve(starting);
    });
    starting.once("error", reject);
  });
  return {
    url: `http://${ownHosts[0]}/`,
    close: () => {
      changes.close();
      return new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        if ("closeAllConnections" in server) server.closeAllConnections();
      });
    },
  };
}
