import type { ModalView } from "@slack/types";
import type { ReviewToAnswer } from "../../services/emergency/emergency.ts";
import type { Texts } from "../../texts/texts.ts";
import { actions, button, LIMIT, type Message, plain, section } from "../blocks.ts";
import type { ReviewValue } from "../button-value.ts";
import { ACTION, BLOCK, CALLBACK } from "../ids.ts";
import { input, longText } from "../input.ts";
import { escapeMrkdwn } from "../literal.ts";
import { modal } from "../modal.ts";
import { nameList } from "../name-list.ts";
import { noticePage } from "../notice-page.ts";
import { line, quote, richText, strong, words } from "../rich-text.ts";

const NAMES_SHOWN = 10;

/** The form in which somebody gives account of a broken glass. In the way: they wanted to break it again. */
export function reviewForm(
  { review, labels, consoleNames, reason }: ReviewToAnswer,
  { opened }: { readonly opened: "by-button" | "in-the-way" },
  texts: Texts,
): ModalView {
  const { review: wording } = texts.emergency;
  const memory: ReviewValue = { reviewId: review.id };
  const names = labels.join(", ");
  return modal({
    callbackId: CALLBACK.reviewForm,
    title: wording.title,
    submit: wording.submit,
    close: texts.common.cancel,
    memory,
    blocks: [
      ...(opened === "in-the-way" ? [section(plain(wording.due(names), LIMIT.section))] : []),
      section(plain(wording.about(names, nameList(consoleNames, NAMES_SHOWN, texts)), LIMIT.section)),
      richText(line(strong(wording.reason)), quote(reason, LIMIT.section)),
      input({ blockId: BLOCK.happened, label: wording.happened }, longText(ACTION.happened, "")),
      input({ blockId: BLOCK.done, label: wording.done }, longText(ACTION.deeds, "")),
      input({ blockId: BLOCK.follows, label: wording.follows, hint: wording.followsHint }, longText(ACTION.follows, "")),
    ],
  });
}

/** In place of the form, once it was sent. */
export const reviewedView = ({ emergency, common }: Texts): ModalView =>
  noticePage(emergency.review.title, [section(plain(emergency.review.thanks, LIMIT.section))], { common });

/** What whoever broke the glass hears when the access is over, and every day until they answer. */
export function reviewAskMessage({ review, labels, consoleNames }: ReviewToAnswer, texts: Texts): Message {
  const { review: say, card } = texts.emergency;
  const names = labels.join(", ");
  const consoles = nameList(consoleNames, NAMES_SHOWN, texts);
  const sentence = review.asks === 0 ? say.ask(names, consoles) : say.askAgain(names, consoles);
  const value: ReviewValue = { reviewId: review.id };
  return {
    text: escapeMrkdwn(sentence),
    blocks: [
      richText(line(words(sentence))),
      actions(BLOCK.review, [
        button({ actionId: ACTION.review, text: say.answer, label: card.answerLabel(names), value, style: "primary" }),
      ]),
    ],
  };
}
