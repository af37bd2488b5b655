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

/** What has not said anything for so long hangs. What the command did may be done all the same. */
const SILENCE_MILLISECONDS = 120_000;
/** A pass over a large tenant takes as long as its job may. */
const LONG_SILENCE_MILLISECONDS = 1_800_000;
const LONG: ReadonlySet<string> = new Set(["reconcile"]);

/**
 * Asks the bot on the other end of a Unix socket.
 * @returns its answer, or null when nobody listens there
 * @throws PortcullisError as the command, `control_unreachable`
 */
export async function askBot(
  socketPath: string,
  asked: ControlRequest,
  {
    silenceMilliseconds = LONG.has(asked.command) ? LONG_SILENCE_MILLISECONDS : SILENCE_MILLISECONDS,
  }: { readonly silenceMilliseconds?: number } = {},
): Promise<{ readonly result: unknown } | null> {
  const body = await post(socketPath, JSON.stringify(asked), silenceMilliseconds);
  if (body === null) return null;
  const answer = Answer.parse(JSON.parse(body));
  if (!("error" in answer)) return answer;
  const { code, message, params } = answer.error;
  const known = ERROR_CODES.find((each) => each === code) ?? "unexpected";
  throw new PortcullisError(known, { params }, known === "unexpected" ? { cause: message } : {});
}

const post = (socketPath: string, body: string, timeout: number): Promise<string | null> =>
  new Promise((resolve, reject) => {
    const call = request(
      { socketPath, timeout, path: "/", method: "POST", headers: { "content-type": "application/json" } },
      (response) => {
        text(response).then(resolve, (cause: unknown) => reject(unreachable(cause)));
      },
    );
    call.once("timeout", () => call.destroy(new Error(`no answer in ${timeout / 1000} seconds`)));
    call.once("error", (cause) => ("code" in cause && NOBODY.has(String(cause.code)) ? resolve(null) : reject(unreachable(cause))));
    call.end(body);
  });

const unreachable = (cause: unknown): PortcullisError => new PortcullisError("control_unreachable", {}, { cause });
