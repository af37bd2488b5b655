import type { ModalView } from "@slack/types";
import type { QueuePage } from "../services/approvals/queue.ts";
import type { Texts } from "../texts/texts.ts";
import type { QueueMemory } from "./button-value.ts";
import { CALLBACK } from "./ids.ts";
import { modal } from "./modal.ts";
import { queueBlocks } from "./queue-blocks.ts";

/** The answer to `/pra approvals`: what waits for a person, in a modal. Sending it looks for the words, as Enter does. */
export const queueModal = (page: QueuePage, texts: Texts): ModalView => {
  const memory: QueueMemory = { place: page.place };
  const blocks = queueBlocks(page, texts);
  const hasFields = blocks.some(({ type }) => type === "input");
  return {
    ...modal({
      callbackId: CALLBACK.queue,
      title: texts.queue.title,
      close: texts.common.close,
      memory,
      blocks,
      ...(hasFields ? { submit: texts.queue.search } : {}),
    }),
    notify_on_close: true,
  };
};
