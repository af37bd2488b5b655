import { type HttpBindings, serve } from "@hono/node-server";
import type { Env, Hono } from "hono";

export interface Served {
  readonly url: string;
  /** Cuts every connection, also the ones that a fault left without an answer. */
  close(): Promise<void>;
}

/** Listens. @param port 0 takes a free one @throws what the operating system says */
export async function serveSimulator<Environment extends Env & { Bindings: HttpBindings }>(
  app: Hono<Environment>,
  { port, host }: { readonly port: number; readonly host: "127.0.0.1" },
): Promise<Served> {
  const started = Promise.withResolvers<number>();
  const server = serve({ fetch: app.fetch, port, hostname: host }, (address) => started.resolve(address.port));
  server.once("error", started.reject);
  return {
    url: `http://${host}:${await started.promise}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        if ("closeAllConnections" in server) server.closeAllConnections();
      }),
  };
}
