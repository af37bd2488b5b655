import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import { z } from "zod";
import type { Delivery } from "../control.ts";
import { APP } from "../seed.ts";
import { ackBody, type Deliver } from "./outgoing.ts";

/** Connections that an app may have. */
const CONNECTION_LIMIT = 10;
/** Slack pings its sockets; the SDK reconnects after half a minute without one. */
const PING_MILLISECONDS = 10_000;

const CLOSE_PATIENCE_MILLISECONDS = 500;

const Ack = z.object({ envelope_id: z.string(), payload: z.unknown().optional() });

/** Socket Mode: single-use addresses, connections, and envelopes that go to one connection each. */
export interface SocketLink {
  /** Path and query of a fresh address. */
  newTicket(): string;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  deliver: Deliver;
  connected(): number;
  /** Ends connections as Slack does when it refreshes them, or as a network does. */
  disconnect(how: "refresh" | "drop"): void;
  close(): void;
}

export function createSocketLink(options: {
  mode: "socket" | "http" | "either";
  ackLimitMilliseconds: number;
  onChange: () => void;
}): SocketLink {
  const server = new WebSocketServer({ noServer: true });
  const tickets = new Set<string>();
  const connections = new Set<WebSocket>();
  const waiting = new Map<string, (body: unknown) => void>();
  let turn = 0;

  const pinger = setInterval(() => {
    for (const connection of connections) connection.ping();
  }, PING_MILLISECONDS);
  pinger.unref();

  const farewell = (connection: WebSocket, reason: string) => {
    connection.send(JSON.stringify({ type: "disconnect", reason, debug_info: { host: "simulated" } }));
  };

  const accept = (connection: WebSocket) => {
    // A client that breaks the protocol loses its connection, not the simulator.
    connection.on("error", () => connection.terminate());
    const refusal = options.mode === "http" ? "link_disabled" : connections.size >= CONNECTION_LIMIT ? "too_many_websockets" : null;
    if (refusal) {
      farewell(connection, refusal);
      connection.close();
      return;
    }
    connections.add(connection);
    connection.on("message", (data) => {
      const ack = Ack.safeParse(ackBody(data.toString()));
      if (ack.success) waiting.get(ack.data.envelope_id)?.(ack.data.payload);
    });
    connection.on("close", () => {
      connections.delete(connection);
      options.onChange();
    });
    connection.send(
      JSON.stringify({
        type: "hello",
        num_connections: connections.size,
        connection_info: { app_id: APP.id },
        debug_info: { host: "simulated", build_number: 1, approximate_connection_time: 18_060 },
      }),
    );
    options.onChange();
  };

  const awaitAck = (envelopeId: string): Promise<Omit<Delivery, "milliseconds">> =>
    new Promise((resolve) => {
      const end = (delivery: Omit<Delivery, "milliseconds">) => {
        clearTimeout(timer);
        waiting.delete(envelopeId);
        resolve(delivery);
      };
      const timer = setTimeout(() => end({ status: "timeout", httpStatus: null, body: null }), options.ackLimitMilliseconds);
      waiting.set(envelopeId, (body) => end({ status: "acked", httpStatus: null, body: body ?? "" }));
    });

  return {
    newTicket: () => {
      const ticket = randomUUID();
      tickets.add(ticket);
      return `/link/?ticket=${ticket}&app_id=${APP.id}`;
    },
    upgrade: (request, socket, head) => {
      const ticket = new URL(request.url ?? "/", "ws://localhost").searchParams.get("ticket");
      if (!ticket || !tickets.delete(ticket)) {
        socket.end("HTTP/1.1 401 Unauthorized\r\nconnection: close\r\n\r\n");
        return;
      }
      server.handleUpgrade(request, socket, head, accept);
    },
    deliver: async ({ type, payload, retry }) => {
      const open = [...connections].filter((each) => each.readyState === each.OPEN);
      const connection = open[turn++ % Math.max(open.length, 1)];
      if (!connection) return { status: "unreachable", httpStatus: null, milliseconds: 0, body: null };
      const started = performance.now();
      const envelopeId = randomUUID();
      const acked = awaitAck(envelopeId);
      connection.send(
        JSON.stringify({
          type,
          envelope_id: envelopeId,
          payload,
          accepts_response_payload: type !== "events_api",
          ...(retry && { retry_attempt: retry.attempt, retry_reason: retry.reason }),
        }),
      );
      return { ...(await acked), milliseconds: Math.round(performance.now() - started) };
    },
    connected: () => connections.size,
    disconnect: (how) => {
      for (const connection of [...connections]) {
        if (how === "drop") connection.terminate();
        else farewell(connection, "refresh_requested");
      }
    },
    close: () => {
      clearInterval(pinger);
      for (const connection of server.clients) {
        connection.close(1001);
        // A client that does not answer the farewell must not keep the simulator from stopping.
        setTimeout(() => connection.terminate(), CLOSE_PATIENCE_MILLISECONDS).unref();
      }
      server.close();
    },
  };
}
