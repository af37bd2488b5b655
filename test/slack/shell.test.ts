import type { App } from "@slack/bolt";
import type { KnownBlock, ModalView } from "@slack/types";
import { describe, expect, it } from "vitest";
import type { SimState } from "../../sandbox/slack/control.ts";
import { signedHeaders } from "../../sandbox/slack/deliveries/sign.ts";
import { CHANNELS, PEOPLE } from "../../sandbox/slack/seed.ts";
import { PortcullisError } from "../../src/errors.ts";
import { enErrors } from "../../src/texts/en-errors.ts";
import { BLOCK } from "../../src/views/ids.ts";
import { type Shell, SIGNING_SECRET, startShell } from "../support/slack-shell.ts";

const ana = PEOPLE.requester.id;
const general = CHANNELS.general.id;
const approvals = CHANNELS.approvals.id;
const NOT_ALLOWED = enErrors.not_allowed(() => "");
const UNEXPECTED = enErrors.unexpected(() => "");

const buttons = (...ids: readonly string[]): KnownBlock[] => [
  {
    type: "actions",
    block_id: "row",
    elements: ids.map((id) => ({ type: "button", action_id: id, text: { type: "plain_text", text: id }, value: "{}" })),
  },
];
const form: ModalView = {
  type: "modal",
  callback_id: "form",
  title: { type: "plain_text", text: "Form" },
  submit: { type: "plain_text", text: "Send" },
  blocks: [
    {
      type: "input",
      block_id: BLOCK.comment,
      label: { type: "plain_text", text: "Why?" },
      element: { type: "plain_text_input", action_id: "comment" },
    },
    ...buttons("press"),
  ],
};
const typed = { [BLOCK.comment]: { comment: { type: "plain_text_input", value: "because" } } };

const refuse = (): never => {
  throw new PortcullisError("not_allowed");
};

/** What one person sees last in a channel, ephemeral messages included. */
const lastSeen = (state: SimState, channel: string) => state.messages.filter((message) => message.channel === channel).at(-1);
const until = async <T>(read: () => Promise<T | undefined>): Promise<T> => {
  for (;;) {
    const found = await read();
    if (found !== undefined) return found;
    await new Promise((resolve) => setImmediate(resolve));
  }
};

const openForm = (app: App): void => {
  app.shortcut("open", async ({ ack, body, client }) => {
    await ack();
    await client.views.open({ trigger_id: body.trigger_id, view: form });
  });
};

const posted = async ({ slack }: Shell, ...ids: readonly string[]) =>
  slack.outbound.post(approvals, { text: "card", blocks: buttons(...ids) });

describe.each(["http", "socket"] as const)("the Slack shell over %s", (mode) => {
  it("answers a failed command to the person who typed it alone", async () => {
    const { workspace } = await startShell({ mode, register: (app) => app.command("/pra", refuse) });
    const delivery = await workspace.control.command({ userId: ana, channelId: general, command: "/pra", text: "" });
    expect(delivery.status).toBe("acked");
    expect(lastSeen(await workspace.control.state(), general)).toMatchObject({ text: NOT_ALLOWED, onlyFor: ana });
  });

  it("answers a command that failed after its ack at the response address, also where the bot is no member", async () => {
    const { workspace } = await startShell({
      mode,
      register: (app) =>
        app.command("/pra", async ({ ack }) => {
          await ack();
          refuse();
        }),
    });
    await workspace.control.command({ userId: ana, channelId: general, command: "/pra", text: "" });
    const seen = await until(async () => lastSeen(await workspace.control.state(), general));
    expect(seen).toMatchObject({ text: NOT_ALLOWED, onlyFor: ana });
  });

  it("answers a failed click beside the button, to the person who clicked alone", async () => {
    const shell = await startShell({ mode, register: (app) => app.action("press", refuse) });
    const { ts } = await posted(shell, "press");
    const delivery = await shell.workspace.control.messageAction({
      userId: ana,
      channelId: approvals,
      ts,
      blockId: "row",
      actionId: "press",
    });
    expect(delivery.status).toBe("acked");
    const seen = await until(async () => {
      const last = lastSeen(await shell.workspace.control.state(), approvals);
      return last?.onlyFor === null ? undefined : last;
    });
    expect(seen).toMatchObject({ text: NOT_ALLOWED, onlyFor: ana });
  });

  it("says that the card is out of date when a button is one of another version", async () => {
    const shell = await startShell({ mode, register: () => undefined });
    const { ts } = await posted(shell, "button_of_long_ago");
    const delivery = await shell.workspace.control.messageAction({
      userId: ana,
      channelId: approvals,
      ts,
      blockId: "row",
      actionId: "button_of_long_ago",
    });
    expect(delivery.status).toBe("acked");
    const seen = await until(async () => {
      const last = lastSeen(await shell.workspace.control.state(), approvals);
      return last?.onlyFor === null ? undefined : last;
    });
    expect(seen.text).toBe(enErrors.card_stale(() => ""));
  });

  it("shows a failed submission at its field", async () => {
    const { workspace } = await startShell({
      mode,
      register: (app) => {
        openForm(app);
        app.view("form", () => {
          throw new PortcullisError("comment_required", { field: "comment" });
        });
      },
    });
    await workspace.control.shortcut({ userId: ana, callbackId: "open" });
    await until(async () => (await workspace.control.state()).views[ana]?.[0]);
    const delivery = await workspace.control.submit({ userId: ana, values: typed });
    expect(delivery.errors).toEqual({ [BLOCK.comment]: enErrors.comment_required(() => "") });
  });

  it("shows a failed submission without a field above the form, which stays", async () => {
    const { workspace } = await startShell({
      mode,
      register: (app) => {
        openForm(app);
        app.view("form", refuse);
      },
    });
    await workspace.control.shortcut({ userId: ana, callbackId: "open" });
    await until(async () => (await workspace.control.state()).views[ana]?.[0]);
    await workspace.control.submit({ userId: ana, values: typed });
    const { views, refusals } = await workspace.control.state();
    expect(views[ana]).toHaveLength(2);
    expect(JSON.stringify(views[ana]?.[1]?.view)).toContain(NOT_ALLOWED);
    expect(refusals).toEqual([]);
  });

  it("pushes a page over a form in which a click failed", async () => {
    const { workspace } = await startShell({
      mode,
      register: (app) => {
        openForm(app);
        app.action("press", refuse);
      },
    });
    await workspace.control.shortcut({ userId: ana, callbackId: "open" });
    await until(async () => (await workspace.control.state()).views[ana]?.[0]);
    await workspace.control.viewAction({ userId: ana, surface: "modal", blockId: "row", actionId: "press" });
    const top = await until(async () => (await workspace.control.state()).views[ana]?.[1]);
    expect(JSON.stringify(top.view)).toContain(NOT_ALLOWED);
  });

  it("opens a page for a shortcut that failed", async () => {
    const { workspace } = await startShell({ mode, register: (app) => app.shortcut("open", refuse) });
    await workspace.control.shortcut({ userId: ana, callbackId: "open" });
    const top = await until(async () => (await workspace.control.state()).views[ana]?.[0]);
    expect(JSON.stringify(top.view)).toContain(NOT_ALLOWED);
  });

  it("gives a fault of ours a reference that is also in the log, and speaks the person's language", async () => {
    const shell = await startShell({
      mode,
      register: (app) =>
        app.command("/pra", () => {
          throw new Error("a defect with a secret inside");
        }),
    });
    const { control } = shell.workspace;
    await control.command({ userId: PEOPLE.admin.id, channelId: general, command: "/pra", text: "" });
    const seen = lastSeen(await control.state(), general);
    expect(JSON.stringify(seen)).toContain("REF1");
    expect(JSON.stringify(seen)).not.toContain("secret inside");
    expect(seen?.text).not.toBe(UNEXPECTED);
    expect(shell.lines).toContainEqual(expect.objectContaining({ msg: "listener.failed", reference: "REF1", code: "unexpected" }));
  });

  it("waits for running listeners when it stops, at most until the deadline", async () => {
    let finish = (): void => undefined;
    let started = (): void => undefined;
    const running = new Promise<void>((resolve) => (started = resolve));
    const shell = await startShell({
      mode,
      register: (app) =>
        app.command("/pra", async ({ ack }) => {
          await ack();
          started();
          await new Promise<void>((resolve) => (finish = resolve));
        }),
    });
    await shell.workspace.control.command({ userId: ana, channelId: general, command: "/pra", text: "" });
    await running;
    expect(shell.slack.health()).toMatchObject({ ok: true, runningListeners: 1 });
    expect(await shell.slack.stop(30)).toBe(false);
    const stopped = shell.slack.stop(10_000);
    finish();
    expect(await stopped).toBe(true);
    expect(shell.slack.health().ok).toBe(false);
  });
});

describe("the Slack shell over HTTP", () => {
  const body = new URLSearchParams({
    command: "/pra",
    user_id: ana,
    team_id: PEOPLE.requester.teamId,
    channel_id: general,
    response_url: "http://127.0.0.1:9/none",
    trigger_id: "1.2.3",
  }).toString();
  const send = (address: string, headers: Record<string, string>, sent = body) =>
    fetch(address, { method: "POST", headers: { "content-type": "application/x-www-form-urlencoded", ...headers }, body: sent });
  const now = (): number => Math.floor(Date.now() / 1_000);
  const signed = (epochSeconds: number, signingSecret = SIGNING_SECRET) => signedHeaders({ signingSecret, epochSeconds, body });

  it("lets forged, unsigned, replayed, old and future-dated requests reach nothing", async () => {
    let heard = 0;
    const { address } = await startShell({
      mode: "http",
      register: (app) =>
        app.command("/pra", async ({ ack }) => {
          heard += 1;
          await ack();
        }),
    });
    const genuine = signed(now());
    expect((await send(address, genuine)).status).toBe(200);
    expect(heard).toBe(1);
    const refused = await Promise.all([
      send(address, genuine),
      send(address, {}),
      send(address, signed(now(), "another-secret")),
      send(address, signed(now() + 120)),
      send(address, signed(now() - 600)),
      send(address, signed(now() - 1), `${body}&text=more`),
    ]);
    expect(refused.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401, 401]);
    expect(heard).toBe(1);
  });

  it("answers what is not Slack's with 404, what is too large with 413, what is not readable with 400", async () => {
    const { address } = await startShell({ mode: "http", register: () => undefined });
    expect((await fetch(address)).status).toBe(404);
    expect((await fetch(address.replace("events", "other"), { method: "POST" })).status).toBe(404);
    expect((await send(address, {}, "x".repeat(1_100_000))).status).toBe(413);
    const garbage = "payload=%7Bnot-json";
    const headers = signedHeaders({ signingSecret: SIGNING_SECRET, epochSeconds: now(), body: garbage });
    expect((await send(address, headers, garbage)).status).toBe(400);
  });
});
