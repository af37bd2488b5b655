import type { App } from "@slack/bolt";
import { clickIn } from "../slack/click.ts";
import type { ListenerDeps } from "../slack/listener-deps.ts";
import { showModal } from "../slack/show-modal.ts";
import { textsFor } from "../texts/texts.ts";
import { RequestValue } from "../views/button-value.ts";
import { ACTION } from "../views/ids.ts";
import { nudgeAnswer, nudgeView } from "../views/nudge.ts";
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
      const texts = textsFor(user?.locale ?? null);
      // A list may stand where the bot cannot write: in a channel that it is not in, or in the App Home.
      if (channelId === null || click.isEphemeral) await showModal(deps.client, click, nudgeView(nudged, texts));
      else await deps.whisper(channelId, click.by.userId, nudgeAnswer(nudged, texts));
    } finally {
      await adoptClicked(deps, click, { request: click.value, reader: "requester" }); // also when refused: that card may be out of date
    }
  });
};
