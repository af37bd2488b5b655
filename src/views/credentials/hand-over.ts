import type { ModalView } from "@slack/types";
import type { HandoverOffer } from "../../services/credentials/credentials-service.ts";
import type { Handover } from "../../services/credentials/handover.ts";
import type { Texts } from "../../texts/texts.ts";
import { actions, button, LIMIT, plain, section } from "../blocks.ts";
import type { HandoverMemory } from "../button-value.ts";
import { ACTION, BLOCK, CALLBACK } from "../ids.ts";
import { input } from "../input.ts";
import { named } from "../literal.ts";
import { modal } from "../modal.ts";
import { noticePage } from "../notice-page.ts";
import { line, moment, richText, strong, words } from "../rich-text.ts";
import { typeName } from "./credential-lines.ts";

/** Six digits, and room for the space in between. */
const CODE_MAX_LENGTH = 12;

/** The one-time link, for the person alone who looks at the modal, and the field for the code that the page shows. */
export function handOverForm({ handoverId, kind, url, expiresAt, fields }: HandoverOffer, texts: Texts): ModalView {
  const { credentials: say, common } = texts;
  const memory: HandoverMemory = { handoverId };
  const about = [typeName(fields.type, texts), fields.userName].filter((part) => part !== null && part !== "");
  return modal({
    callbackId: CALLBACK.credentialOffer,
    title: say.offerTitle[kind],
    submit: say.confirm,
    close: common.cancel,
    memory,
    blocks: [
      richText(line(strong(named(fields.name, 150)), words(` · ${named(about.join(" · "), 200)}`)), line(words(say.offerIntro[kind])), {
        type: "rich_text_list",
        style: "ordered",
        elements: say.offerSteps.map((step) => line(words(step))),
      }),
      actions(BLOCK.credentialPage, [
        button({
          actionId: ACTION.credentialPage,
          text: say.openPage,
          label: say.openPageLabel(named(fields.name, 20)),
          url,
          style: "primary",
        }),
      ]),
      richText(line(words(say.offerLasts[0]), moment(expiresAt), words(say.offerLasts[1]))),
      input(
        { blockId: BLOCK.credentialCode, label: say.code, hint: say.codeHint },
        { type: "plain_text_input", action_id: ACTION.credentialCode, max_length: CODE_MAX_LENGTH },
      ),
    ],
  });
}

/** After the code: the secret is asked for in the browser now. */
export const codeConfirmed = ({ fields }: Handover, { credentials: say, common }: Texts): ModalView =>
  noticePage(
    say.confirmedTitle,
    [section(plain(say.confirmed(named(fields.name, 150)), LIMIT.section)), section(plain(say.confirmedNext, LIMIT.section))],
    { common },
  );
