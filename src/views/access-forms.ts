import type { KnownBlock, ModalView } from "@slack/types";
import type { PersonItem, PersonOutcome } from "../services/access/overview.ts";
import type { AccessRequest } from "../services/access/request.ts";
import type { Texts } from "../texts/texts.ts";
import { context, LIMIT, plain, section } from "./blocks.ts";
import type { PersonValue, RequestValue } from "./button-value.ts";
import { failureWords } from "./error-notice.ts";
import { ACTION, BLOCK, CALLBACK } from "./ids.ts";
import { input, longText } from "./input.ts";
import { modal } from "./modal.ts";
import { foldedBullets, nameList } from "./name-list.ts";
import { noticePage } from "./notice-page.ts";
import { line, richText, strong, user, words } from "./rich-text.ts";

const NAMES_SHOWN = 5;
/** Of a person's items; the rest is counted. */
const FAILURE_SHOWN = 220;
const ITEMS_SHOWN = 40;

/** Asks whether a person means it, where no button can. */
export const doneForm = (requestId: string, label: string, { life, common }: Texts): ModalView =>
  modal({
    callbackId: CALLBACK.doneForm,
    title: life.doneForm.title,
    submit: life.doneForm.submit,
    close: common.cancel,
    memory: { requestId } satisfies RequestValue,
    blocks: [section(plain(life.doneText(label), LIMIT.section))],
  });

/** In place of the form that changes access, when its holder wants it for longer. */
export const renewForm = (requestId: string, label: string, { life: { form }, common }: Texts): ModalView =>
  modal({
    callbackId: CALLBACK.renewForm,
    title: form.renewTitle,
    submit: form.renewSubmit,
    close: common.cancel,
    memory: { requestId } satisfies RequestValue,
    blocks: [section(plain(form.renewIntro(label), LIMIT.section))],
  });

/** Asks why, before access is taken away. */
export const revokeForm = ({ id, consoles }: AccessRequest, label: string, texts: Texts): ModalView => {
  const { life, common } = texts;
  const names = nameList(
    consoles.map(({ name }) => name),
    NAMES_SHOWN,
    texts,
  );
  return modal({
    callbackId: CALLBACK.revokeForm,
    title: life.revokeForm.title,
    submit: life.revokeForm.submit,
    close: common.cancel,
    memory: { requestId: id } satisfies RequestValue,
    blocks: [
      section(plain(life.revokeForm.intro(label, names), LIMIT.section)),
      context(plain(life.sessionUnknown, LIMIT.context)),
      input({ blockId: BLOCK.reason, label: life.revokeForm.reason, hint: life.revokeForm.reasonHint }, longText(ACTION.reason, "")),
    ],
  });
};

/** Everything that a person would lose, and why. Nothing to send where there is nothing. */
export function revokePersonForm(userId: string, items: readonly PersonItem[], reason: string, texts: Texts): ModalView {
  const { life, common } = texts;
  const [before, after] = items.length === 0 ? life.personForm.nothing : life.personForm.intro;
  const head = line(words(before), user(userId), words(after));
  if (items.length === 0) return noticePage(life.personForm.title, [richText(head)], texts);
  const listed = items.map((item) => [...itemWords(item, texts), words(`: ${life.does[item.does]}`)]);
  return modal({
    callbackId: CALLBACK.revokePersonForm,
    title: life.personForm.title,
    submit: life.personForm.submit,
    close: common.cancel,
    memory: { userId } satisfies PersonValue,
    blocks: [
      richText(head, foldedBullets(listed, ITEMS_SHOWN, texts)),
      context(plain(life.sessionUnknown, LIMIT.context)),
      input({ blockId: BLOCK.reason, label: life.revokeForm.reason, hint: life.revokeForm.reasonHint }, longText(ACTION.reason, reason)),
    ],
  });
}

/** What became of each. */
export function personResultView(userId: string, outcomes: readonly PersonOutcome[], texts: Texts): ModalView {
  const { life } = texts;
  const [before, after] = life.personForm.result;
  const listed = outcomes.map((item) => [
    ...itemWords(item, texts),
    words(`: ${life.outcomes[item.outcome]} `),
    ...(item.failure === null
      ? []
      : [...failureWords(item.failure, FAILURE_SHOWN, texts), words(` ${texts.common.reference(item.failure.reference)}`)]),
  ]);
  const blocks: KnownBlock[] = [
    richText(line(words(before), user(userId), words(after)), foldedBullets(listed, ITEMS_SHOWN, texts)),
    context(plain(life.sessionUnknown, LIMIT.context)),
  ];
  return noticePage(life.personForm.doneTitle, blocks, texts);
}

const itemWords = ({ label, consoleNames }: PersonItem, texts: Texts) => [strong(label), words(` ${nameList(consoleNames, 3, texts)}`)];
