import type { Button, ModalView } from "@slack/types";
import type { Nudged } from "../services/services.ts";
import type { Texts } from "../texts/texts.ts";
import { button, type Message } from "./blocks.ts";
import type { RequestValue } from "./button-value.ts";
import { ACTION } from "./ids.ts";
import { readersMoment } from "./instants.ts";
import { noticePage } from "./notice-page.ts";
import { line, moment, richText, words } from "./rich-text.ts";

/** Has the approvers reminded. */
export function nudgeButton(requestId: string, label: string, { nudge }: Texts): Button {
  const value: RequestValue = { requestId };
  return button({ actionId: ACTION.nudge, text: nudge.button, label: nudge.label(label), value });
}

/** What the person who pressed it reads: that it is done, or when it will be, and when they can do so again. */
export function nudgeAnswer({ heardAt, nextAt }: Nudged, { nudge }: Texts): Message {
  const [before, after] = nudge.again;
  const [quiet, quietAfter] = nudge.later;
  const said = heardAt === null ? nudge.done : `${quiet}${readersMoment(heardAt)}${quietAfter}`;
  const shown = heardAt === null ? [words(nudge.done)] : [words(quiet), moment(heardAt), words(quietAfter)];
  return {
    text: `${said} ${before}${readersMoment(nextAt)}${after}`,
    blocks: [richText(line(...shown, words(` ${before}`), moment(nextAt), words(after)))],
  };
}

/** The same for a person who pressed it in a list, where no message can be answered. */
export const nudgeView = (nudged: Nudged, texts: Texts): ModalView =>
  noticePage(texts.nudge.title, nudgeAnswer(nudged, texts).blocks, texts);
