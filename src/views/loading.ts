import type { ModalView } from "@slack/types";
import type { Texts } from "../texts/texts.ts";
import { LIMIT, plain, section } from "./blocks.ts";
import { CALLBACK } from "./ids.ts";
import { modal } from "./modal.ts";

/** What a person sees at once, while the trigger still holds and the rest is fetched. It has the title of what follows. */
export const loadingView = (title: string, texts: Texts): ModalView =>
  modal({
    callbackId: CALLBACK.loading,
    title,
    close: texts.common.cancel,
    blocks: [section(plain(texts.common.loading, LIMIT.section))],
  });
