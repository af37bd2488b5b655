import { createServer, request, type Server } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createMovableClock } from "../../../sandbox/clock.ts";
import { startPage } from "../../../sandbox/page/server.ts";

const start = new Date("2026-11-22T10:00:00Z");
const clock = createMovableClock({ now: () => start });
const posted: { url: string; body: string }[] = [];
let simulator: Server;
let page: Awaited<ReturnType<typeof startPage>>;

const asked = (path: string, headers: Record<string, string>, method = "GET") =>
  new Promise<number>((resolve, reject) => {
    const sent = request(new URL(path, page.url), { headers, method }, ({ statusCode }) => resolve(statusCode ?? 0));
    sent.on("error", reject).end(method === "POST" ? "{}" : undefined);
  });

beforeAll(async () => {
  simulator = createServer((incoming, outgoing) => {
    if (incoming.url === "/control/events") {
      outgoing.writeHead(200, { "content-type": "text/event-stream" });
      outgoing.write("data: hello\n\n");
      return;
    }
    let body = "";
    incoming.on("data", (chunk) => {
      body += chunk;
    });
    incoming.on("end", () => {
      if (incoming.method === "POST") posted.push({ url: incoming.url ?? "", body });
      outgoing.end('{"approvals":[],"status":"acked"}');
    });
  });
  await new Promise<void>((resolve) => simulator.listen(0, "127.0.0.1", resolve));
  const address = simulator.address();
  if (typeof address !== "object" || !address) throw new Error("no port");
  const url = `http://127.0.0.1:${address.port}`;
  const scene = { botUserId: "U0", firstChannelId: "C0", cast: [], commands: [], shortcuts: [], clockMovable: true, hasSailPoint: true };
  page = await startPage({ port: 0, slackUrl: url, tenantUrl: url, sailpointUrl: url, clock, scene });
});

afterAll(async () => {
  await page.close();
  simulator.closeAllConnections();
  await new Promise((resolve) => simulator.close(resolve));
});

describe("the page's server", () => {
  it("serves the page with a policy that lets nothing in from elsewhere", async () => {
    const answer = await fetch(page.url);
    expect(answer.status).toBe(200);
    const policy = answer.headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain("unsafe");
  });

  it("serves its TypeScript without the types, and the libraries from node_modules", async () => {
    const script = await (await fetch(`${page.url}browser/app.ts`)).text();
    expect(script).toContain("useLive()");
    expect(script).not.toContain("interface ");
    for (const name of ["preact", "preact-hooks", "htm"]) {
      const answer = await fetch(`${page.url}modules/${name}.mjs`);
      expect(answer.headers.get("content-type")).toContain("javascript");
    }
  });

  it.each(["/browser/../server.ts", "/browser/..%2fserver.ts", "/styles/../../main.css", "/package.json", "/browser/none.ts"])(
    "gives nothing away at %s",
    async (path) => {
      expect(await asked(path, { host: new URL(page.url).host })).toBe(404);
    },
  );

  it("answers no other name, so that a rebound address reaches nothing", async () => {
    expect(await asked("/scene", { host: "attacker.example" })).toBe(421);
    expect(await asked("/slack/control/command", { host: "attacker.example", "content-type": "application/json" }, "POST")).toBe(421);
  });

  it("takes JSON only, which no foreign form can send", async () => {
    expect(await asked("/slack/control/command", { host: new URL(page.url).host, "content-type": "text/plain" }, "POST")).toBe(415);
  });

  it("hands what a person does to the simulators", async () => {
    const answer = await fetch(`${page.url}slack/control/openHome`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: '{"userId":"U1"}',
    });
    expect(await answer.json()).toMatchObject({ status: "acked" });
    expect(posted.at(-1)).toEqual({ url: "/control/openHome", body: '{"userId":"U1"}' });
  });

  it("knows no way to a SailPoint that is not there", async () => {
    const url = `http://127.0.0.1:${new URL(page.url).port}`;
    const scene = { botUserId: "U0", firstChannelId: "C0", cast: [], commands: [], shortcuts: [], clockMovable: true, hasSailPoint: false };
    const without = await startPage({ port: 0, slackUrl: url, tenantUrl: url, sailpointUrl: null, clock, scene });
    try {
      expect((await fetch(`${page.url}sailpoint/control/state`)).status).toBe(200);
      expect((await fetch(`${without.url}sailpoint/control/state`)).status).toBe(404);
    } finally {
      await without.close();
    }
  });

  it("tells open pages of every change", async () => {
    const ended = new AbortController();
    const events = await fetch(`${page.url}events`, { signal: ended.signal });
    const reader = events.body?.pipeThrough(new TextDecoderStream()).getReader();
    if (!reader) throw new Error("no stream");
    let heard = (await reader.read()).value ?? "";
    await fetch(`${page.url}clock`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ to: "2026-11-22T11:00:00Z" }),
    });
    while (!heard.includes("data: clock")) heard += (await reader.read()).value ?? "";
    expect(clock.now()).toEqual(new Date("2026-11-22T11:00:00Z"));
    ended.abort();
  });

  it("does not let the clock run backwards", async () => {
    const answer = await fetch(`${page.url}clock`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ to: "2026-11-22T09:00:00Z" }),
    });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({ error: "The sandbox's clock moves forward only." });
  });
});
