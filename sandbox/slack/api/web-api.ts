import type { HttpBindings } from "@hono/node-server";
import { type Context, Hono } from "hono";
import { app as appMethods } from "./app.ts";
import { readArguments } from "./arguments.ts";
import { chat } from "./chat.ts";
import { conversations } from "./conversations.ts";
import { type Faults, rateLimited, troubled } from "./faults.ts";
import { type ApiContext, ApiRefusal, type Method, needScope } from "./method.ts";
import { users } from "./users.ts";
import { views } from "./views.ts";

const METHODS: ReadonlyMap<string, Method> = new Map(Object.entries({ ...appMethods, ...chat, ...conversations, ...users, ...views }));

/** Refusals that a well-made app meets in ordinary life: races, people who left. Any other is a mistake in the app and is listed. */
const ORDINARY = new Set([
  "expired_trigger_id",
  "exchanged_trigger_id",
  "hash_conflict",
  "not_found",
  "message_not_found",
  "user_not_found",
  "users_not_found",
  "user_disabled",
  "cannot_dm_bot",
  "channel_not_found",
  "not_in_channel",
  "user_not_in_channel",
  "no_such_subteam",
]);

export interface WebApiOptions {
  readonly context: ApiContext;
  readonly botToken: string;
  readonly appToken: string;
  readonly faults: Faults;
  readonly enforceRateLimits: boolean;
  /** Resolves when the server closes: calls without an answer end then. */
  readonly closed: Promise<void>;
}

type Call = Context<{ Bindings: HttpBindings }>;

/** `/api/<method>`: token, scope, arguments, effect, and Slack's way to answer. */
export function webApi(options: WebApiOptions): Hono<{ Bindings: HttpBindings }> {
  const { context, faults } = options;
  const { calls, changes, refusals } = context.workspace;
  const channels = new Map<string, number>();

  const answer = async (c: Call, name: string): Promise<Response> => {
    const input = await readArguments(c.req);
    if ("error" in input) return c.json({ ok: false, error: input.error });
    const found = METHODS.get(name);
    if (!found) throw new ApiRefusal("unknown_method");
    const scopes = authorized(found, input.token, options);
    c.header("x-oauth-scopes", scopes.join(","));
    c.header("x-accepted-oauth-scopes", found.scopes.join(","));
    needScope(scopes, found.scopes);
    if (options.enforceRateLimits && name === "chat.postMessage" && tooSoon(channels, String(input.args.channel), context)) {
      return rateLimited(c, 1);
    }
    return c.json({ ok: true, ...found.call(input.args, context) });
  };

  return new Hono<{ Bindings: HttpBindings }>().on(["GET", "POST"], "/:method", async (c) => {
    const name = c.req.param("method");
    calls.set(name, (calls.get(name) ?? 0) + 1);
    changes.emit("changed");
    const fault = faults.take(name);
    if (fault && fault.when !== "after-effect") return troubled(c, fault, options.closed);
    try {
      const response = await answer(c, name);
      return fault ? await troubled(c, fault, options.closed) : response;
    } catch (cause) {
      if (!(cause instanceof ApiRefusal)) throw cause;
      const { code, messages, fields } = cause;
      if (!ORDINARY.has(code) && name !== "blocks.validate") {
        refusals.push({ method: name, error: code, detail: messages.join("; ") || JSON.stringify(fields) });
      }
      changes.emit("changed");
      return c.json({
        ok: false,
        error: code,
        ...(messages.length > 0 && { errors: messages, response_metadata: { messages } }),
        ...fields,
      });
    }
  });
}

/** The scopes of the token that was given. */
function authorized(method: Method, token: string | null, { botToken, appToken, context }: WebApiOptions): readonly string[] {
  if (token === null) throw new ApiRefusal("not_authed");
  if (token !== botToken && token !== appToken) throw new ApiRefusal("invalid_auth");
  if ((method.token === "bot") !== (token === botToken)) throw new ApiRefusal("not_allowed_token_type");
  return token === botToken ? context.scopes : ["connections:write"];
}

/** One message a second and channel (docs.slack.dev/apis/web-api/rate-limits, "special" tier). */
function tooSoon(channels: Map<string, number>, channel: string, { workspace }: ApiContext): boolean {
  const now = workspace.clock.now().getTime();
  if (now - (channels.get(channel) ?? Number.NEGATIVE_INFINITY) < 1000) return true;
  channels.set(channel, now);
  return false;
}
