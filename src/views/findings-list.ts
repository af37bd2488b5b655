import type { KnownBlock, ModalView } from "@slack/types";
import type { FindingsPage } from "../services/access/reconcile/finding.ts";
import type { Texts } from "../texts/texts.ts";
import { actions, button, context, divider, LIMIT, plain, section } from "./blocks.ts";
import type { FindingsMore } from "./button-value.ts";
import { findingBlocks } from "./finding-card.ts";
import { ACTION, BLOCK, CALLBACK } from "./ids.ts";
import { modal } from "./modal.ts";
import { line, moment, richText, words } from "./rich-text.ts";

/** A modal holds 100 blocks and some thousands of characters; a finding takes four. */
export const FINDINGS_SHOWN = 8;

/** One page of what waits for an administrator. */
export function findingsList({ findings, counts, lastPass, next }: FindingsPage, texts: Texts): ModalView {
  const { findings: say, common } = texts;
  const open = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const more: FindingsMore | null = next === null ? null : { after: next };
  return modal({
    callbackId: CALLBACK.findings,
    title: say.listTitle,
    close: common.close,
    blocks: [
      section(plain(open === 0 ? say.none : say.waiting(open), LIMIT.section)),
      lastPass === null
        ? context(plain(say.noPass, LIMIT.context))
        : richText(line(words(say.lastPass[0]), moment(lastPass.finishedAt), words(say.lastPass[1]))),
      ...findings.flatMap((finding): KnownBlock[] => [
        divider(),
        section(plain(say.titles[finding.kind], LIMIT.section)),
        ...findingBlocks(finding, texts),
      ]),
      ...(more === null
        ? []
        : [
            actions(BLOCK.findingsPages, [
              button({ actionId: ACTION.findingsMore, text: say.nextPage, label: say.nextPageLabel, value: more }),
            ]),
          ]),
    ],
  });
}
