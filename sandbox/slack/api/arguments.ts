import type { HonoRequest } from "hono";

/** The arguments of a Web API call: query, form or JSON body together, and the token if it came as an argument. */
export async function readArguments(
  request: HonoRequest,
): Promise<{ token: string | null; args: Record<string, unknown> } | { error: string }> {
  const args: Record<string, unknown> = { ...request.query() };
  if (request.method === "POST") {
    const type = request.header("content-type")?.split(";")[0]?.trim() ?? "";
    if (type === "application/json") {
      const body = parseObject(await request.text());
      if (!body) return { error: "invalid_json" };
      Object.assign(args, body);
    } else if (type === "application/x-www-form-urlencoded" || type === "multipart/form-data") {
      Object.assign(args, await request.parseBody());
    } else if ((await request.text()) !== "") {
      return { error: "invalid_post_type" };
    }
  }
  const header = /^Bearer (\S+)$/i.exec(request.header("authorization") ?? "")?.[1];
  const { token, ...rest } = args;
  return { token: header ?? (typeof token === "string" && token ? token : null), args: rest };
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch (cause) {
    if (cause instanceof SyntaxError) return null;
    throw cause;
  }
}
