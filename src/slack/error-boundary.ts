import { MultipleListenerError, UnknownError } from "@slack/bolt";
import type { WebClient } from "@slack/web-api";
import { fromUnknown, type PortcullisError } from "../errors.ts";
import type { Ids } from "../ids.ts";
import type { Log } from "../log.ts";
import type { SlackDirectory } from "../services/directory/person.ts";
import { errorSentence } from "../texts/error-sentence.ts";
import { type Texts, textsFor } from "../texts/texts.ts";
import { errorNotice, errorView } from "../views/error-notice.ts";
import { BLOCK } from "../views/ids.ts";
import type { FirstAck } from "./deliveries.ts";
import { isFault } from "./faults.ts";
import type { Outbound } from "./outbound.ts";
import { respondAt } from "./respond.ts";
import { asking } from "./slack-failure.ts";
import { actorIn, type Where, whereIn } from "./where.ts";

interface BoundaryPorts {
  readonly interactive: WebClient;
  readonly outbound: Outbound;
  readonly directory: Pick<SlackDirectory, "user">;
  readonly ids: Ids;
  readonly log: Log;
}

interface Failure {
  readonly error: PortcullisError;
  readonly reference: string | null;
  readonly texts: Texts;
  readonly userId: string | null;
}

/**
 * The one place where what a listener throws becomes what a person reads: at the field, above the form, beside the button, under
 * the command; and by direct message where that place is gone.
 */
export const createFailureShower =
  (ports: BoundaryPorts) =>
  async (body: unknown, thrown: unknown, ack: FirstAck | null): Promise<void> => {
    const error = fromUnknown(unwrapped(thrown));
    const where = whereIn(body);
    const userId = actorIn(body)?.userId ?? null;
    const fault = isFault(error.code);
    const reference = fault ? ports.ids.reference() : null;
    ports.log[fault ? "error" : "info"]({ err: error, code: error.code, reference, userId, where: where.kind }, "listener.failed");
    await show(ports, where, { error, reference, userId, texts: textsFor(await localeOf(ports, userId)) }, ack);
  };

const show = async (ports: BoundaryPorts, where: Where, failure: Failure, ack: FirstAck | null): Promise<void> => {
  const message = errorNotice(failure.error, failure.reference, failure.texts);
  switch (where.kind) {
    case "command":
      if (ack) return ack({ response_type: "ephemeral", ...message });
      return orDirectly(ports, failure, () => respondAt(where.responseUrl, message));
    case "submission":
      if (ack) return ack(submissionAnswer(failure, where.inputBlockIds));
      return directly(ports, failure);
    case "message": {
      if (ack) await ack();
      const { channelId, threadTs } = where;
      const { userId } = failure;
      if (userId === null) return;
      return orDirectly(ports, failure, () => ports.outbound.whisper(channelId, userId, message, threadTs === null ? {} : { threadTs }));
    }
    case "modal":
    case "elsewhere": {
      if (ack) await ack();
      const view = errorView(failure.error, failure.reference, failure.texts);
      const call = { trigger_id: where.triggerId, view };
      return orDirectly(ports, failure, async () => {
        if (where.kind === "modal") await asking("views.push", () => ports.interactive.views.push(call));
        else await asking("views.open", () => ports.interactive.views.open(call));
      });
    }
    case "options":
      if (ack) await ack({ options: [] });
      return;
    case "nowhere":
      if (ack) await ack();
  }
};

/** At its field when the form has it; else a page above the form, so that nothing typed is lost. */
const submissionAnswer = ({ error, reference, texts }: Failure, inputBlockIds: readonly string[]) => {
  const { field } = error.details;
  const blockId = field === undefined ? undefined : BLOCK[field];
  return blockId !== undefined && inputBlockIds.includes(blockId)
    ? { response_action: "errors", errors: { [blockId]: errorSentence(error, texts) } }
    : { response_action: "push", view: errorView(error, reference, texts) };
};

const orDirectly = async (ports: BoundaryPorts, failure: Failure, show: () => Promise<void>): Promise<void> => {
  try {
    await show();
  } catch (cause) {
    ports.log.warn({ err: fromUnknown(cause), userId: failure.userId }, "listener.failure-shown-directly");
    await directly(ports, failure);
  }
};

const directly = async ({ outbound }: BoundaryPorts, { error, reference, texts, userId }: Failure): Promise<void> => {
  if (userId !== null) await outbound.post(userId, errorNotice(error, reference, texts));
};

/** Speaks English to a person whose language Slack does not tell just now: the sentence matters more than its language. */
const localeOf = async ({ directory, log }: BoundaryPorts, userId: string | null): Promise<string | null> => {
  if (userId === null) return null;
  try {
    return (await directory.user(userId))?.locale ?? null;
  } catch (cause) {
    log.warn({ err: fromUnknown(cause), userId }, "listener.locale-unknown");
    return null;
  }
};

/** Bolt wraps what is not an error of its own kind, and bundles what several listeners threw. */
const unwrapped = (thrown: unknown): unknown => {
  if (thrown instanceof UnknownError) return unwrapped(thrown.original);
  if (thrown instanceof MultipleListenerError) return unwrapped(thrown.originals[0]);
  return thrown;
};
