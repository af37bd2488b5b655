import type { KnownBlock, ModalView } from "@slack/types";
import type { Texts } from "../texts/texts.ts";
import { CALLBACK } from "./ids.ts";
import { modal } from "./modal.ts";

/** A page that only says something: nothing on it can be sent. */
export const noticePage = (title: string, blocks: readonly KnownBlock[], { common }: Pick<Texts, "common">): ModalView =>
  modal({ callbackId: CALLBACK.notice, title, close: common.close, blocks });
