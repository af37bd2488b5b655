import type { App } from "@slack/bolt";
import { z } from "zod";
import type { SlackActor } from "../../services/directory/person.ts";
import { signedActor, triggerIn } from "../../slack/click.ts";
import type { ListenerDeps } from "../../slack/listener-deps.ts";
import { showModal } from "../../slack/show-modal.ts";
import { asking } from "../../slack/slack-failure.ts";
import { textsFor } from "../../texts/texts.ts";
import { carried } from "../../views/button-value.ts";
import { ACTION, SAILPOINT_MOVE_PATTERN } from "../../views/ids.ts";
import { SAILPOINT_ROWS, sailpointList } from "../../views/sailpoint-queue.ts";
import { SailPointMove } from "../../views/sailpoint-value.ts";
import { inboxOf } from "./with-inbox.ts";

const inModal = z.object({ container: z.object({ type: z.string() }), view: z.object({ type: z.string() }).optional() });
const moved = z.object({ view: z.object({ id: z.string() }), actions: z.tuple([z.object({ value: carried(SailPointMove) })]) });

/** The list of SailPoint's approvals by itself: opened from a digest or the queue, and its pages. */
export const registerSailPointList = (app: App, deps: ListenerDeps): void => {
  const drawn = async (by: SlackActor, offset: number) => {
    const [queue, user] = await Promise.all([
      inboxOf(deps).queue({ by, words: "", filter: "ALL", limit: SAILPOINT_ROWS, offset }),
      deps.directory.user(by.userId),
    ]);
    return sailpointList(queue, textsFor(user?.locale ?? null));
  };

  app.action(ACTION.sailpointList, async ({ ack, body }) => {
    const by = signedActor(body);
    const triggerId = triggerIn(body);
    const isInModal = inModal.parse(body).view?.type === "modal";
    await ack();
    await showModal(deps.client, { triggerId, isInModal }, await drawn(by, 0));
  });

  app.action(SAILPOINT_MOVE_PATTERN, async ({ ack, body }) => {
    const { view, actions } = moved.parse(body);
    await ack();
    const next = await drawn(signedActor(body), actions[0].value.offset);
    await asking("views.update", () => deps.client.views.update({ view_id: view.id, view: next }));
  });
};
