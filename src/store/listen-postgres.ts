import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import type { Log } from "../log.ts";
import type { OpenDatabase } from "./database.ts";

const reconnectMilliseconds = 2_000;

/** Hears NOTIFY on a connection of its own (a pooled one would be handed to others) and comes back when that is lost. */
export const listenPostgres =
  (url: string, log: Log): OpenDatabase["listen"] =>
  async (channel, onNotification, onReconnect) => {
    const stop = new AbortController();
    let current: pg.Client | undefined;

    const connect = async (): Promise<void> => {
      const client = new pg.Client({ connectionString: url, keepAlive: true, application_name: "portcullis-listen" });
      client.on("notification", ({ payload }) => onNotification(payload ?? ""));
      client.on("error", (err) => log.warn({ err }, "store.listener_lost"));
      try {
        await client.connect();
        await client.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
      } catch (cause) {
        await client.end();
        throw cause;
      }
      current = client;
      client.once("end", () => void reconnect());
      onReconnect();
    };

    const reconnect = async (): Promise<void> => {
      while (!stop.signal.aborted) {
        try {
          await sleep(reconnectMilliseconds, undefined, { signal: stop.signal });
          return await connect();
        } catch (err) {
          if (!stop.signal.aborted) log.warn({ err }, "store.listener_not_back");
        }
      }
    };

    await connect();
    return {
      async close(): Promise<void> {
        stop.abort();
        await current?.end();
      },
    };
  };
