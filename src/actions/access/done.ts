import type { App } from "@slack/bolt";
import { z } from "zod";
import { requestLabel } from "../../services/access/request.ts";
import type { SlackActor } from "../../services/directory/person.ts";
import { clickIn, signedActor } from "../../slack/click.ts";
import type { ListenerDeps } from "../../slack/listener-deps.ts";
import { asking } from "../../slack/slack-failure.ts";
import { textsFor } from "../../texts/texts.ts";
import { doneForm } from "../../views/access-forms.ts";
import { carried, RequestValue } from "../../views/button-value.ts";
import { ACTION, CALLBACK } from "../../views/ids.ts";
import { adoptClicked } from "../adopt-clicked.ts";

const submitted = z.object({ private_metadata: carried(RequestValue) });

/**
 * I'm done: the holder's access ends. It is decided before the click is acknowledged, because Slack does not deliver it twice: who pressed
 * a button that seemed to work must not find the access open.
 */
export const registerDone = (app: App, deps: ListenerDeps): void => {
  app.action(ACTION.done, async ({ ack, body }) => {
    const click = clickIn(body, RequestValue);
    try {
      await deps.services.access.finish({ ...click.value, by: click.by });
      await ack();
    } finally {
      await adoptClicked(deps, click, { request: click.value, reader: "requester" }); // also when refused: that card may be out of date
    }
  });

  app.view(CALLBACK.doneForm, async ({ ack, body, view }) => {
    const { private_metadata: value } = submitted.parse(view);
    await deps.services.access.finish({ ...value, by: signedActor(body) });
    await ack();
  });
};

/** Asks first, where a menu was used. @throws PortcullisError as the end itself would */
export async function openDoneForm(deps: ListenerDeps, requestId: string, by: SlackActor, triggerId: string): Promise<void> {
  const [{ request }, user] = await Promise.all([deps.services.access.lookAt({ requestId, by }), deps.directory.user(by.userId)]);
  const view = doneForm(requestId, requestLabel(request), textsFor(user?.locale ?? null));
  await asking("views.open", () => deps.client.views.open({ trigger_id: triggerId, view }));
}
