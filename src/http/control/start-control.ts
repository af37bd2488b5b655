import { once } from "node:events";
import { chmodSync, mkdirSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { fromUnknown, PortcullisError } from "../../errors.ts";
import type { Ids } from "../../ids.ts";
import type { Log } from "../../log.ts";
import { errorSentence } from "../../texts/error-sentence.ts";
import { textsFor } from "../../texts/texts.ts";
import { doneWithin, systemTimers, type Timers } from "../../timers.ts";
import { ControlRequest, type ControlServices, runControl } from "./control-commands.ts";
import { controlFolder, controlSocket } from "./socket-path.ts";

export interface Control {
  /** Takes no command any more and lets those that run answer, for a moment: whoever only keeps a connection open keeps nothing waiting. */
  close(): Promise<void>;
}

interface ControlPorts {
  /** DATA_DIR. The caller owns it. */
  readonly folder: string;
  readonly services: ControlServices;
  readonly ids: Ids;
  readonly log: Log;
  readonly timers?: Timers;
}

/** The same for a bot: without a socket it works all the same, and `pra` says that it cannot ask it. */
export async function startControlOf(ports: ControlPorts): Promise<Control | null> {
  try {
    return await startControl(ports);
  } catch (thrown) {
    ports.log.warn({ err: fromUnknown(thrown), folder: ports.folder }, "control.not-listening");
    return null;
  }
}

const LONGEST_BODY = 4_000_000;
const GRACE_MILLISECONDS = 2_000;

/**
 * Answers `pra` while the bot has the embedded database: a Unix socket that only this process's account (and root) can open, over which
 * commands come, never SQL. Each is one POST of `{command, osUser, payload}`, answered with `{result}` or `{error:{code,message,params}}`.
 *
 * @throws PortcullisError `control_path_too_long`, and what the file system says
 */
export async function startControl({ folder, services, ids, log, timers = systemTimers }: ControlPorts): Promise<Control> {
  const path = controlSocket(folder, process.cwd());
  const inside = controlFolder(folder);
  mkdirSync(inside, { recursive: true, mode: 0o700 });
  chmodSync(inside, 0o700);
  // Whoever owns the folder is the only one who listens here: a socket that is there is one of a process that was killed.
  rmSync(path, { force: true });
  const server = createServer((request, response) => void answer(request, response, { services, ids, log }));
  server.listen(path);
  await once(server, "listening");
  chmodSync(path, 0o600);
  return {
    close: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeIdleConnections();
      // One over which no request has come yet is not idle to Node.
      if (!(await doneWithin(timers, GRACE_MILLISECONDS, closed))) server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { services, ids, log }: Pick<ControlPorts, "services" | "ids" | "log">,
): Promise<void> {
  const reply = (status: number, body: object): void => {
    const text = JSON.stringify(body);
    response.writeHead(status, { "content-type": "application/json", "content-length": Buffer.byteLength(text), connection: "close" });
    response.end(text);
  };
  try {
    const asked = ControlRequest.safeParse(JSON.parse(await bodyOf(request)));
    if (!asked.success) throw new PortcullisError("invalid_input", {}, { cause: asked.error });
    const result = await runControl(services, asked.data);
    log.info({ command: asked.data.command, osUser: asked.data.osUser }, "control.answered");
    reply(200, { result: result ?? null });
  } catch (thrown) {
    const error = thrown instanceof SyntaxError ? new PortcullisError("invalid_input", {}, { cause: thrown }) : fromUnknown(thrown);
    const reference = error.code === "unexpected" ? ids.reference() : null;
    log[reference === null ? "info" : "error"]({ err: error, code: error.code, reference }, "control.refused");
    const message = errorSentence(error, textsFor("en"));
    reply(400, {
      error: { code: error.code, message: reference === null ? message : `${message} (${reference})`, params: error.details.params ?? {} },
    });
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length > LONGEST_BODY) throw new PortcullisError("text_too_long", { params: { limit: LONGEST_BODY } });
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString("utf8");
}
