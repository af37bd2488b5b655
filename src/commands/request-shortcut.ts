import type { App } from "@slack/bolt";
import { openRequestForm } from "../actions/request-form/open-request-form.ts";
import { signedActor } from "../slack/click.ts";
import type { ListenerDeps } from "../slack/listener-deps.ts";
import { CALLBACK } from "../views/ids.ts";

/** The global shortcut "Request access". */
export const registerRequestShortcut = (app: App, deps: ListenerDeps): void => {
  app.shortcut(CALLBACK.requestShortcut, async ({ ack, body }) => {
    const by = signedActor(body);
    await ack();
    await openRequestForm(deps, { by, triggerId: body.trigger_id, text: "" });
  });
};
