import { Hono } from "hono";
import { streamSSE } from "hono/streaming";
import { z } from "zod";
import type { SlackControl } from "./control.ts";
import type { Workspace } from "./workspace.ts";

const element = z.record(z.string(), z.unknown());
const values = z.record(z.string(), element);
const id = z.string().min(1);
const place = { userId: id, blockId: id, actionId: id };

const user = z.object({
  id,
  teamId: id,
  name: z.string(),
  realName: z.string(),
  email: z.string().nullable(),
  emailConfirmed: z.boolean(),
  timeZone: z.string(),
  locale: z.string(),
  isBot: z.boolean(),
  isRestricted: z.boolean(),
  isDeleted: z.boolean(),
  isStranger: z.boolean(),
});
const group = z.object({ id, handle: z.string(), name: z.string(), users: z.array(id), isDisabled: z.boolean() });
const channel = z.object({
  id,
  kind: z.enum(["channel", "private", "im"]),
  name: z.string(),
  members: z.array(id),
  isExternallyShared: z.boolean(),
});

type Perform = (control: SlackControl, input: unknown) => Promise<unknown>;

const verb =
  <Input>(schema: z.ZodType<Input>, of: (control: SlackControl) => (input: Input) => Promise<unknown>): Perform =>
  (control, input) =>
    of(control)(schema.parse(input));

const VERBS: Readonly<Record<Exclude<keyof SlackControl, "state">, Perform>> = {
  command: verb(z.object({ userId: id, channelId: id, command: z.string().startsWith("/"), text: z.string() }), (c) => c.command),
  shortcut: verb(z.object({ userId: id, callbackId: id }), (c) => c.shortcut),
  openHome: verb(z.object({ userId: id }), (c) => c.openHome),
  say: verb(
    z.object({
      userId: id,
      channelId: id,
      threadTs: id.optional(),
      text: z.string(),
      isBroadcast: z.boolean().optional(),
      fileNames: z.array(id).optional(),
    }),
    (c) => c.say,
  ),
  edit: verb(z.object({ userId: id, channelId: id, ts: id, text: z.string().min(1) }), (c) => c.edit),
  unsay: verb(z.object({ userId: id, channelId: id, ts: id }), (c) => c.unsay),
  messageAction: verb(z.object({ ...place, channelId: id, ts: id, element: element.optional() }), (c) => c.messageAction),
  viewAction: verb(
    z.object({ ...place, surface: z.enum(["modal", "home"]), element: element.optional(), values: values.optional() }),
    (c) => c.viewAction,
  ),
  options: verb(
    z.object({ ...place, surface: z.enum(["modal", "home", "message"]), channelId: id.optional(), ts: id.optional(), value: z.string() }),
    (c) => c.options,
  ),
  submit: verb(z.object({ userId: id, values }), (c) => c.submit),
  close: verb(z.object({ userId: id }), (c) => c.close),
  fault: verb(
    z.object({
      method: id,
      kind: z.enum(["429", "500", "timeout", "reset"]),
      times: z.number().int().positive(),
      retryAfterSeconds: z.number().positive().optional(),
      when: z.enum(["before-effect", "after-effect"]).optional(),
    }),
    (c) => c.fault,
  ),
  clearFaults: verb(z.strictObject({}), (c) => c.clearFaults),
  disconnect: verb(z.object({ how: z.enum(["refresh", "drop"]) }), (c) => c.disconnect),
  seed: verb(
    z.object({ users: z.array(user).optional(), userGroups: z.array(group).optional(), channels: z.array(channel).optional() }),
    (c) => c.seed,
  ),
  resetCalls: verb(z.strictObject({}), (c) => c.resetCalls),
};

/** `/control/<verb>`: what people do, as JSON. Only JSON bodies are taken, so that no web page can post here from elsewhere. */
export function controlRoutes(control: SlackControl, workspace: Workspace): Hono {
  const routes = new Hono().get("/state", async (c) => c.json(await control.state())).get("/events", (c) => follow(c, workspace));
  for (const [name, perform] of Object.entries(VERBS)) {
    routes.post(`/${name}`, async (c) => {
      if (c.req.header("content-type") !== "application/json") return c.json({ error: "The body must be application/json." }, 415);
      try {
        return c.json((await perform(control, await c.req.json())) ?? null);
      } catch (cause) {
        if (!(cause instanceof Error)) throw cause;
        return c.json({ error: cause instanceof z.ZodError ? z.prettifyError(cause) : cause.message }, 400);
      }
    });
  }
  return routes;
}

/** Server-sent events: one line whenever anything has changed; changes in the same breath are told once. */
const follow = (c: Parameters<typeof streamSSE>[0], { changes }: Workspace) =>
  streamSSE(c, async (stream) => {
    let wake = () => {};
    let pending = true;
    const tell = () => {
      pending = true;
      wake();
    };
    changes.on("changed", tell);
    stream.onAbort(tell);
    while (!stream.aborted && !stream.closed) {
      if (pending) {
        pending = false;
        await stream.writeSSE({ event: "changed", data: "{}" });
      } else {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
    changes.off("changed", tell);
  });
