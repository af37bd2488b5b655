import { request } from "node:http";
import { text } from "node:stream/consumers";
import { z } from "zod";
import { ERROR_CODES, PortcullisError } from "../../errors.ts";
import type { ControlRequest } from "../../http/control/control-commands.ts";

const Answer = z.union([
  z.object({ result: z.unknown() }),
  z.object({ error: z.object({ code: z.string(), message: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) }) }),
]);

/** Nobody listens: no socket, or one that a killed process left behind. */
const NOBODY = new Set(["ENOENT", "ECONNREFUSED", "ENOTSOCK"]);

/**
 * Asks the bot on the other end of a Unix socket.
 * @returns its answer, or null when nobody listens there
 * @throws PortcullisError as the command, `control_unreachable`
 */
export async function askBot(socketPath: string, asked: ControlRequest): Promise<{ readonly result: unknown } | null> {
  const body = await post(socketPath, JSON.stringify(asked));
  if (body === null) return null;
  const answer = Answer.parse(JSON.parse(body));
  if (!("error" in answer)) return answer;
  const { code, message, params } = answer.error;
  const known = ERROR_CODES.find((each) => each === code) ?? "unexpected";
  throw new PortcullisError(known, { params }, known === "unexpected" ? { cause: message } : {});
}

const post = (socketPath: string, body: string): Promise<string | null> =>
  new Promise((resolve, reject) => {
    const call = request({ socketPath, path: "/", method: "POST", headers: { "content-type": "application/json" } }, (response) => {
      text(response).then(resolve, (cause: unknown) => reject(unreachable(cause)));
    });
    call.once("error", (cause) => ("code" in cause && NOBODY.has(String(cause.code)) ? resolve(null) : reject(unreachable(cause))));
    call.end(body);
  });

const unreachable = (cause: unknown): PortcullisError => new PortcullisError("control_unreachable", {}, { cause });
