import type { App } from "@slack/bolt";
import { z } from "zod";
import { requestLabel } from "../../services/access/request.ts";
import type { SlackActor } from "../../services/directory/person.ts";
import { clickIn, signedActor } from "../../slack/click.ts";
import type { ListenerDeps } from "../../slack/listener-deps.ts";
import { textsFor } from "../../texts/texts.ts";
import { renewedAnswer } from "../../views/access-answer.ts";
import type { Message } from "../../views/blocks.ts";
import { carried, RequestValue } from "../../views/button-value.ts";
import { ACTION, CALLBACK } from "../../views/ids.ts";

const submitted = z.object({ private_metadata: carried(RequestValue) });

/**
 * Renew: asks for the same access once more, before the click is acknowledged; a second click finds the first one's request. The button
 * also stands on the warning, which is a line of a thread and no card, so that nothing is adopted here: both cards are drawn anew anyway.
 */
export const registerRenew = (app: App, deps: ListenerDeps): void => {
  app.action(ACTION.renew, async ({ ack, body }) => {
    const { value, by, place } = clickIn(body, RequestValue);
    const answer = await renewed(deps, value.requestId, by);
    await ack();
    if (place.channelId !== null) await deps.whisper(place.channelId, by.userId, answer);
  });

  app.view(CALLBACK.renewForm, async ({ ack, body, view }) => {
    const { private_metadata: value } = submitted.parse(view);
    await deps.services.access.renew({ ...value, by: signedActor(body) });
    await ack({ response_action: "clear" });
  });
};

/** Renews, and says by which request. @throws PortcullisError as the submission of any request */
export async function renewed({ services, directory }: ListenerDeps, requestId: string, by: SlackActor): Promise<Message> {
  const renewals = await services.access.renew({ requestId, by });
  const [{ request }, user] = await Promise.all([services.access.overview(requestId), directory.user(by.userId)]);
  return renewedAnswer(requestLabel(request), renewals, textsFor(user?.locale ?? null));
}
