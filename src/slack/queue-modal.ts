import type { ModalView } from "@slack/types";
import type { WebClient } from "@slack/web-api";
import type { QueuePlace } from "../services/approvals/queue.ts";
import type { QueueViews } from "../services/approvals/queue-views.ts";
import type { SlackActor, SlackDirectory } from "../services/directory/person.ts";
import type { Services } from "../services/services.ts";
import { textsFor } from "../texts/texts.ts";
import { QUEUE_ROWS } from "../views/queue-blocks.ts";
import { queueModal } from "../views/queue-modal.ts";
import { isGone, slackFailure } from "./slack-failure.ts";

/** The queue in a modal: drawn where the person goes, and drawn anew when something in it changes elsewhere. */
export interface QueueModal {
  /** The view at that place, to be shown in this modal: from now on it is kept current. */
  draw(by: SlackActor, viewId: string, place: QueuePlace): Promise<ModalView>;
  /** Draws and shows it. A modal that was closed meanwhile is let go. @throws PortcullisError `slack_unreachable` | `slack_refused` */
  show(by: SlackActor, viewId: string, place: QueuePlace): Promise<void>;
  /** Shows what stands now where the person has the queue open; else nothing. */
  refresh(userId: string): Promise<void>;
  /** The person closed it. */
  close(userId: string, viewId: string): Promise<void>;
}

export const createQueueModal = ({
  client,
  directory,
  queue,
  queueViews,
}: {
  readonly client: WebClient;
  readonly directory: Pick<SlackDirectory, "user" | "teamId">;
  readonly queue: Services["approvals"]["queue"];
  readonly queueViews: QueueViews;
}): QueueModal => {
  const drawn = async (by: SlackActor, place: QueuePlace): Promise<ModalView> => {
    const [user, page] = await Promise.all([directory.user(by.userId), queue({ by, place, limit: QUEUE_ROWS.modal })]);
    return queueModal(page, textsFor(user?.locale ?? null));
  };
  const update = async (userId: string, viewId: string, view: ModalView): Promise<void> => {
    try {
      await client.views.update({ view_id: viewId, view });
    } catch (cause) {
      if (!isGone(cause)) throw slackFailure("views.update", cause);
      await queueViews.forgetModal(userId, viewId);
    }
  };
  const draw: QueueModal["draw"] = async (by, viewId, place) => {
    await queueViews.keep(by.userId, { kind: "modal", viewId }, place);
    return drawn(by, place);
  };
  return {
    draw,
    close: (userId, viewId) => queueViews.forgetModal(userId, viewId),
    show: async (by, viewId, place) => update(by.userId, viewId, await draw(by, viewId, place)),
    refresh: async (userId) => {
      const open = await queueViews.modal(userId);
      if (open === null) return;
      const [user, teamId] = await Promise.all([directory.user(userId), directory.teamId()]);
      await update(userId, open.viewId, await drawn({ teamId: user?.teamId ?? teamId, userId }, open.place));
    },
  };
};
