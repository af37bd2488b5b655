import type { App } from "@slack/bolt";
import { clickIn, signedActor, triggerIn } from "../slack/click.ts";
import type { ListenerDeps } from "../slack/listener-deps.ts";
import { HomeMoreValue } from "../views/button-value.ts";
import { ACTION } from "../views/ids.ts";
import { openRequestForm } from "./request-form/open-request-form.ts";

/** The App Home: drawn when it is opened, and its own buttons. */
export const registerHome = (app: App, deps: ListenerDeps): void => {
  app.event("app_home_opened", async ({ event }) => {
    if (event.tab === "home") await deps.publishHome(event.user);
  });

  app.action(ACTION.homeRefresh, async ({ ack, body }) => {
    const { userId } = signedActor(body);
    await ack();
    await deps.publishHome(userId);
  });

  app.action(ACTION.homeMore, async ({ ack, body }) => {
    const { value, by } = clickIn(body, HomeMoreValue);
    await ack();
    await deps.publishHome(by.userId, { limit: value.limit });
  });

  app.action(ACTION.homeRequest, async ({ ack, body }) => {
    const by = signedActor(body);
    const triggerId = triggerIn(body);
    await ack();
    await openRequestForm(deps, { by, triggerId, text: "" });
  });
};
