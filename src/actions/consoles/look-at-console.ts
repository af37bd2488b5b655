import type { App } from "@slack/bolt";
import { clickIn } from "../../slack/click.ts";
import { pushWhenDrawn } from "../../slack/in-view.ts";
import type { ListenerDeps } from "../../slack/listener-deps.ts";
import { ConsoleValue } from "../../views/button-value.ts";
import { consoleDetails } from "../../views/consoles/console-details.ts";
import { ACTION } from "../../views/ids.ts";

/** From the list to one console. For administrators ZPA is asked who has access, which may take longer than a trigger lives. */
export const registerLookAtConsole = (app: App, deps: ListenerDeps): void => {
  app.action(ACTION.consoleOpen, async ({ ack, body }) => {
    const { value, by, triggerId } = clickIn(body, ConsoleValue);
    await ack();
    await pushWhenDrawn(deps, { by, triggerId, title: ({ consoles }) => consoles.detailsTitle }, async (texts) =>
      consoleDetails(await deps.services.consoles.look({ ...value, by }), texts),
    );
  });
};
