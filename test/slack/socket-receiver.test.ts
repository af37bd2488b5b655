import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { App } from "@slack/bolt";
import { afterEach, describe, expect, it } from "vitest";
import { type WebSocket, WebSocketServer } from "ws";
import { createSocketReceiver } from "../../src/slack/socket-receiver.ts";
import { systemTimers, type Timers } from "../../src/timers.ts";
import { keptLog } from "../support/silent-log.ts";

/**
 * Contract: clicks are received as long as one connection stands; a connection that Slack closes, or that cannot be opened, is
 * opened anew for as long as it takes, without ending the process; and a time without any connection is reported once.
 */
const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

/** The Socket Mode side of Slack: hands out addresses, greets, and does what the test says. */
const startServer = async () => {
  const sockets = new Set<WebSocket>();
  let refusals = 0;
  let asked = 0;
  const server = createServer((_, response) => {
    asked += 1;
    if (refusals > 0) {
      refusals -= 1;
      response.writeHead(500).end();
      return;
    }
    const { port } = server.address() as AddressInfo;
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ ok: true, url: `ws://127.0.0.1:${port}/link` }));
  });
  const wss = new WebSocketServer({ server });
  wss.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.send(JSON.stringify({ type: "hello", num_connections: sockets.size }));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  open.push(async () => {
    for (const socket of sockets) socket.terminate();
    wss.close();
    server.closeAllConnections();
    server.close();
  });
  return {
    sockets,
    apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`,
    refuseNext: (times: number) => {
      refusals = times;
    },
    asked: () => asked,
  };
};

const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
};

/** Real time, except that no back-off waits. */
const impatient: Timers = {
  ...systemTimers,
  sleep: (milliseconds, signal) => systemTimers.sleep(Math.min(milliseconds, 5), signal),
};

const receive = (
  apiUrl: string,
  {
    timers = systemTimers,
    lostAfter = 60_000,
    isOurs = async () => true,
    report = () => {},
  }: { timers?: Timers; lostAfter?: number; isOurs?: () => Promise<boolean>; report?: () => void } = {},
) => {
  const { log } = keptLog();
  const receiver = createSocketReceiver({
    appToken: "xapp-test",
    apiUrl,
    timers,
    log,
    lost: { afterMilliseconds: lostAfter, isOurs, report },
  });
  const heard: unknown[] = [];
  const app = new App({ receiver, authorize: async () => ({ botToken: "xoxb-test" }), convoStore: false });
  app.command("/pra", async ({ ack, body }) => {
    heard.push(body.text);
    await ack();
  });
  open.push(() => receiver.stop());
  return { receiver, heard };
};

const envelope = (text: string) =>
  JSON.stringify({
    type: "slash_commands",
    envelope_id: `envelope-${text}`,
    accepts_response_payload: true,
    payload: { command: "/pra", text, team_id: "T1", user_id: "U1", channel_id: "C1", response_url: "http://127.0.0.1:9/" },
  });

describe("receiving by socket", () => {
  it("keeps two connections and acknowledges on the one that delivered", async () => {
    const server = await startServer();
    const { receiver, heard } = receive(server.apiUrl);
    await receiver.start();
    await until(() => receiver.health().connected === 2);
    for (const [index, socket] of [...server.sockets].entries()) {
      const acked = once(socket, "message");
      socket.send(envelope(`word ${index}`));
      const [data] = await acked;
      expect(JSON.parse(String(data))).toMatchObject({ envelope_id: `envelope-word ${index}` });
    }
    expect(heard).toEqual(["word 0", "word 1"]);
    expect(receiver.health()).toEqual({ expected: 2, connected: 2, downMilliseconds: 0 });
  });

  it("opens a connection anew, at once, when Slack recycles it or it breaks", async () => {
    const server = await startServer();
    const { receiver } = receive(server.apiUrl);
    await receiver.start();
    await until(() => receiver.health().connected === 2);
    const [first, second] = [...server.sockets];
    first?.send(JSON.stringify({ type: "disconnect", reason: "refresh_requested" }));
    await until(() => server.asked() === 3 && receiver.health().connected === 2 && server.sockets.size === 2);
    second?.terminate();
    await until(() => server.asked() === 4 && receiver.health().connected === 2 && server.sockets.size === 2);
  });

  it("goes on trying while Slack refuses to hand out a connection", async () => {
    const server = await startServer();
    const { receiver, heard } = receive(server.apiUrl, { timers: impatient });
    await receiver.start();
    await until(() => receiver.health().connected === 2);
    server.refuseNext(6);
    for (const socket of server.sockets) socket.terminate();
    await until(() => server.asked() >= 10 && receiver.health().connected === 2 && server.sockets.size === 2);
    const [socket] = server.sockets;
    const acked = once(socket as WebSocket, "message");
    socket?.send(envelope("after the outage"));
    await acked;
    expect(heard).toEqual(["after the outage"]);
  });

  it("reports once that no connection has stood for too long", async () => {
    const server = await startServer();
    let reports = 0;
    const { receiver } = receive(server.apiUrl, {
      timers: impatient,
      lostAfter: 20,
      report: () => {
        reports += 1;
      },
    });
    await receiver.start();
    await until(() => receiver.health().connected === 2);
    server.refuseNext(Number.POSITIVE_INFINITY);
    for (const socket of server.sockets) socket.terminate();
    await until(() => reports > 0);
    expect(receiver.health().connected).toBe(0);
    expect(receiver.health().downMilliseconds).toBeGreaterThanOrEqual(20);
    expect(reports).toBe(1);
  });

  it("goes on trying when no connection can be opened at first", async () => {
    const server = await startServer();
    server.refuseNext(2);
    const { receiver } = receive(server.apiUrl, { timers: impatient });
    await receiver.start();
    await until(() => receiver.health().connected === 2);
  });

  it("goes on trying, and reports nothing, for as long as it is Slack that does not answer", async () => {
    const server = await startServer();
    let asked = 0;
    let reports = 0;
    const { receiver } = receive(server.apiUrl, {
      timers: impatient,
      lostAfter: 20,
      isOurs: async () => {
        asked += 1;
        return false;
      },
      report: () => {
        reports += 1;
      },
    });
    server.refuseNext(Number.POSITIVE_INFINITY);
    await receiver.start();
    await until(() => asked > 1);
    server.refuseNext(0);
    await until(() => receiver.health().connected === 2);
    expect(reports).toBe(0);
  });
});
