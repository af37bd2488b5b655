import { z } from "zod";
import type { Triggers } from "../people/triggers.ts";
import type { Workspace } from "../workspace.ts";

/** Slack's way to say no: `{"ok": false, "error": …}` with HTTP 200. */
export class ApiRefusal extends Error {
  readonly code: string;
  readonly messages: readonly string[];
  /** Further fields of the answer. */
  readonly fields: Readonly<Record<string, unknown>>;

  constructor(code: string, messages: readonly string[] = [], fields: Readonly<Record<string, unknown>> = {}) {
    super(messages.length > 0 ? `${code}: ${messages.join("; ")}` : code);
    this.name = "ApiRefusal";
    this.code = code;
    this.messages = messages;
    this.fields = fields;
  }
}

export function refuse(code: string, messages: readonly string[] = []): never {
  throw new ApiRefusal(code, messages);
}

/** What a method needs to know beside its arguments. */
export interface ApiContext {
  readonly workspace: Workspace;
  readonly triggers: Triggers;
  readonly scopes: readonly string[];
  readonly url: string;
  /** A fresh single-use address for a Socket Mode connection. */
  socketUrl(): string;
}

export type Answer = Record<string, unknown>;

/** A Web API method: whose token it takes, which scopes it wants (any one of them is enough), its arguments, its effect. */
export interface Method {
  readonly token: "bot" | "app";
  readonly scopes: readonly string[];
  readonly call: (args: Record<string, unknown>, context: ApiContext) => Answer;
}

/** Declares a method. Arguments that do not fit answer `invalid_arguments` with one message for each, as Slack does. */
export function method<Args extends z.ZodType>(
  description: { token?: "bot" | "app"; scopes?: readonly string[]; args: Args },
  run: (args: z.output<Args>, context: ApiContext) => Answer,
): Method {
  return {
    token: description.token ?? "bot",
    scopes: description.scopes ?? [],
    call: (args, context) => {
      const parsed = description.args.safeParse(args);
      if (parsed.success) return run(parsed.data, context);
      return refuse(
        "invalid_arguments",
        parsed.error.issues.map((issue) => `[ERROR] ${issue.message} [json-pointer:/${issue.path.join("/")}]`),
      );
    },
  };
}

/** Refuses with `missing_scope` unless the token has one of the scopes. */
export function needScope(provided: readonly string[], oneOf: readonly string[]): void {
  if (oneOf.length === 0 || oneOf.some((scope) => provided.includes(scope))) return;
  throw new ApiRefusal("missing_scope", [], { needed: oneOf.join(","), provided: provided.join(",") });
}

/** A flag as forms and JSON carry it. */
export const flag = z.union([z.boolean(), z.enum(["true", "false", "1", "0"]).transform((word) => word === "true" || word === "1")]);

/** A structure, given as such in a JSON body or as text in a form. */
export const structure = z.unknown().transform((value, context) => {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value) as unknown;
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    context.addIssue({ code: "custom", message: "is not valid JSON" });
    return z.NEVER;
  }
});

const PAGE_LIMIT = 1000;

/** Arguments of a list that is answered page by page. */
export const paging = { cursor: z.string().optional(), limit: z.coerce.number().int().min(1).max(PAGE_LIMIT).optional() };

/** One page of a list; the cursor is opaque to the caller. */
export function page<T>(items: readonly T[], { cursor, limit = 100 }: { cursor?: string | undefined; limit?: number | undefined }) {
  const start = cursor
    ? Number.parseInt(
        Buffer.from(cursor, "base64")
          .toString("utf8")
          .replace(/^next:/, ""),
        10,
      )
    : 0;
  if (Number.isNaN(start) || start < 0) refuse("invalid_cursor");
  const end = start + limit;
  const next = end < items.length ? Buffer.from(`next:${end}`).toString("base64") : "";
  return { items: items.slice(start, end), response_metadata: { next_cursor: next } };
}
