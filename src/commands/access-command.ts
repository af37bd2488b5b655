import { openRevokePerson } from "../actions/access/revoke.ts";
import { PortcullisError } from "../errors.ts";
import type { AccessRequest } from "../services/access/request.ts";
import type { SlackActor } from "../services/directory/person.ts";
import type { ListenerDeps } from "../slack/listener-deps.ts";
import { type Texts, textsFor } from "../texts/texts.ts";
import { changedAnswer, doneAnswer, revokedAnswer } from "../views/access-answer.ts";
import type { Message } from "../views/blocks.ts";
import { readAccessText, readEnd } from "./access-text.ts";
import type { PraCommand } from "./parse-command.ts";

export type AccessCommand = Extract<PraCommand, { readonly kind: "done" | "revoke" | "extend" | "shorten" }>;

interface Typed {
  readonly by: SlackActor;
  readonly triggerId: string;
}

/**
 * Ends or changes access by a typed command, before it is acknowledged: Slack does not deliver it twice. Everything of a person is asked
 * about first, in a form.
 *
 * @returns the answer; null when a form was opened
 * @throws PortcullisError `request_missing`, `request_unknown`, `command_not_understood`, `time_not_understood`, and what the use-case refuses
 */
export async function runAccessCommand(
  deps: ListenerDeps,
  { kind, text }: AccessCommand,
  { by, triggerId }: Typed,
): Promise<Message | null> {
  const { access } = deps.services;
  const { userId, label, rest, reason } = readAccessText(text);
  if (kind === "revoke" && userId !== null) {
    understood(rest);
    await openRevokePerson(deps, { userId, reason, by, triggerId });
    return null;
  }
  if (kind === "done" || kind === "revoke") understood(rest);
  const requestId = await access.find(label);
  switch (kind) {
    case "done":
      return answered(deps, by, doneAnswer, await access.finish({ requestId, by }));
    case "revoke":
      return answered(deps, by, revokedAnswer, await access.revoke({ requestId, by, reason }));
    case "extend":
    case "shorten": {
      const [{ timeZone }, { request }] = await Promise.all([deps.services.people.trusted(by), access.lookAt({ requestId, by })]);
      if (request.window === null) throw new PortcullisError("access_not_open");
      const typedIn = { now: deps.clock.now(), timeZone };
      const end = readEnd(rest, { end: request.window.end, direction: kind === "extend" ? 1 : -1 }, typedIn);
      const isAsTyped = kind === "extend" ? end > request.window.end : end < request.window.end;
      if (!isAsTyped) throw new PortcullisError("end_not_as_typed");
      return answered(deps, by, changedAnswer, await access.change({ requestId, by, end, reason: reason === "" ? null : reason }));
    }
  }
}

/** Words that mean nothing here are never passed over: what they were to say could matter. */
function understood(rest: string): void {
  if (rest !== "") throw new PortcullisError("command_not_understood", { params: { text: rest } });
}

async function answered(
  { directory }: ListenerDeps,
  by: SlackActor,
  answer: (request: AccessRequest, texts: Texts) => Message,
  request: AccessRequest,
): Promise<Message> {
  const user = await directory.user(by.userId);
  return answer(request, textsFor(user?.locale ?? null));
}
