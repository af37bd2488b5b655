import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { createMovableClock } from "../../../sandbox/clock.ts";
import { startPage } from "../../../sandbox/page/server.ts";
import { APP, CHANNELS, PEOPLE } from "../../../sandbox/slack/seed.ts";
import { type SimulatedSlack, startSlack } from "../../../sandbox/slack/server.ts";
import { startTenant } from "../../../sandbox/zpa/server.ts";
import { systemClock } from "../../../src/clock.ts";
import { galleryMessage, galleryModal } from "./gallery-blocks.ts";

export const galleryInstant = Date.UTC(2027, 0, 15, 8, 30) / 1000;
const botToken = "xoxb-gallery";

interface Payload {
  readonly type: string;
  readonly value?: string;
  readonly view?: { readonly state: { readonly values: Record<string, Record<string, Record<string, unknown>>> } };
  readonly actions?: readonly Record<string, unknown>[];
}

export interface Gallery {
  readonly url: string;
  readonly slack: SimulatedSlack;
  /** What people did, as the bot heard it. */
  readonly heard: Payload[];
  close(): Promise<void>;
}

/** A page before a bot that shows every block and input there is, and remembers what it is told. */
export async function openGallery(): Promise<Gallery> {
  const heard: Payload[] = [];
  const tenant = await startTenant({ port: 0, host: "127.0.0.1", seed: {} });
  const slack = await startSlack({ port: 0, mode: "http", signingSecret: "gallery-signing-secret", botToken, appToken: "xapp-gallery" });
  const call = async (method: string, body: unknown) => {
    const answer = await fetch(`${slack.apiUrl}${method}`, {
      method: "POST",
      headers: { authorization: `Bearer ${botToken}`, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    const result = (await answer.json()) as { ok: boolean };
    if (!result.ok) throw new Error(`${method}: ${JSON.stringify(result)}`);
  };

  const bot = new Hono();
  bot.post("/", async (context) => {
    const form = new URLSearchParams(await context.req.text());
    if (form.has("command")) {
      void call("views.open", { trigger_id: form.get("trigger_id"), view: galleryModal(galleryInstant) });
      return context.body(null, 200);
    }
    const payload = JSON.parse(form.get("payload") ?? "{}") as Payload;
    heard.push(payload);
    if (payload.type === "block_suggestion") {
      const names = ["db-prod", "db-staging", "web-prod", "scada-panel"].filter((name) => name.includes(payload.value ?? ""));
      return context.json({ options: names.map((name) => ({ text: { type: "plain_text", text: name }, value: name })) });
    }
    if (payload.type === "view_submission" && payload.view?.state.values.line?.a?.value !== "fine") {
      return context.json({ response_action: "errors", errors: { line: "Say fine, please." } });
    }
    return context.body(null, 200);
  });
  const { port, stop } = await new Promise<{ port: number; stop: () => void }>((resolve) => {
    const server = serve({ fetch: bot.fetch, port: 0, hostname: "127.0.0.1" }, (address) =>
      resolve({ port: address.port, stop: () => server.close() }),
    );
  });
  slack.deliverTo(`http://127.0.0.1:${port}/`);

  await call("chat.postMessage", { channel: PEOPLE.requester.id, text: "gallery", blocks: galleryMessage(galleryInstant) });
  const page = await startPage({
    port: 0,
    slackUrl: slack.url,
    tenantUrl: tenant.url,
    sailpointUrl: null,
    clock: createMovableClock(systemClock),
    scene: {
      botUserId: APP.botUserId,
      firstChannelId: CHANNELS.general.id,
      cast: [
        { userId: PEOPLE.requester.id, role: "asks for access" },
        { userId: PEOPLE.approver.id, role: "approver" },
      ],
      commands: [{ command: "/pra", description: "Ask for access", usageHint: "[request …]" }],
      shortcuts: [],
      clockMovable: true,
      hasSailPoint: false,
    },
  });
  return {
    url: page.url,
    slack,
    heard,
    close: async () => {
      await page.close();
      stop();
      await Promise.all([slack.close(), tenant.close()]);
    },
  };
}
