import type { App } from "@slack/bolt";
import { clickIn } from "../slack/click.ts";
import type { ListenerDeps } from "../slack/listener-deps.ts";
import { textsFor } from "../texts/texts.ts";
import { RequestValue } from "../views/button-value.ts";
import { ACTION } from "../views/ids.ts";
import { nudgeAnswer } from "../views/nudge.ts";
import { adoptClicked } from "./adopt-clicked.ts";

/**
 * Remind approvers: the requester or the beneficiary has those called whose turn it is, and hears when they can do so again. The call is
 * written down before the click is acknowledged: Slack does not deliver it twice.
 */
export const registerNudge = (app: App, deps: ListenerDeps): void => {
  app.action(ACTION.nudge, async ({ ack, body }) => {
    const click = clickIn(body, RequestValue);
    const { channelId } = click.place;
    try {
      const nudged = await deps.services.access.nudge({ ...click.value, by: click.by });
      await ack();
      const user = await deps.directory.user(click.by.userId);
      if (channelId !== null) await deps.whisper(channelId, click.by.userId, nudgeAnswer(nudged, textsFor(user?.locale ?? null)));
    } finally {
      await adoptClicked(deps, click, { request: click.value, reader: "requester" }); // also when refused: that card may be out of date
    }
  });
};
