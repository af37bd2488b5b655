import type { App } from "@slack/bolt";
import { choiceIn } from "../../slack/click.ts";
import type { ListenerDeps } from "../../slack/listener-deps.ts";
import { AccessChoice } from "../../views/button-value.ts";
import { ACTION } from "../../views/ids.ts";
import { openChangeForm } from "./change.ts";
import { openDoneForm } from "./done.ts";
import { renewed } from "./renew.ts";

/** The menu beside one's own access, in the App Home and in `/pra mine`. What a menu cannot ask is asked by a form. */
export const registerAccessMenu = (app: App, deps: ListenerDeps): void => {
  app.action(ACTION.accessMenu, async ({ ack, body }) => {
    const { value, by, place, triggerId } = choiceIn(body, AccessChoice);
    switch (value.choice) {
      case "done":
        await ack();
        return openDoneForm(deps, value.requestId, by, triggerId);
      case "change":
        await ack();
        await openChangeForm(deps, value.requestId, by, triggerId);
        return;
      case "renew": {
        const answer = await renewed(deps, value.requestId, by);
        await ack();
        if (place.channelId === null) await deps.publishHome(by.userId);
        else await deps.whisper(place.channelId, by.userId, answer);
      }
    }
  });
};
