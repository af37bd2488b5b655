import type { KnownBlock, ModalView } from "@slack/types";
import type { ChangeView } from "../services/rules/rules-service.ts";
import type { Texts } from "../texts/texts.ts";
import { actions, button, context, LIMIT, plain } from "./blocks.ts";
import type { ChangePageValue } from "./button-value.ts";
import { ACTION, BLOCK, CALLBACK } from "./ids.ts";
import { modal } from "./modal.ts";
import { line, richText, strong, words } from "./rich-text.ts";
import { changeButtons, proposal, scopeTitle, settlement } from "./rules-change-card.ts";
import { diffBlocks, diffParts, looser } from "./rules-diff.ts";

/** Some 10,000 characters of a comparison. */
const PARTS_A_PAGE = 4;

const pagesOf = ({ diff }: ChangeView): number => Math.max(1, Math.ceil(diffParts(diff).length / PARTS_A_PAGE));

/**
 * One change whole, page by page; whoever has come to the last one may decide on it there.
 * @param page from 0; beyond the last one it is the last one
 */
export function changeModal(
  { change, page, readerId }: { readonly change: ChangeView; readonly page: number; readonly readerId: string },
  texts: Texts,
): ModalView {
  const { rules, common } = texts;
  const pages = pagesOf(change);
  const shown = Math.min(page, pages - 1);
  const isLast = shown === pages - 1;
  return modal({
    callbackId: CALLBACK.rulesChange,
    title: rules.changeTitle,
    close: common.close,
    blocks: [
      richText(
        line(strong(scopeTitle(change, texts)), words(`: ${rules.kinds[change.kind]}`)),
        proposal(change, texts),
        ...looser(change.loosens, texts),
      ),
      ...diffBlocks(diffParts(change.diff).slice(shown * PARTS_A_PAGE, (shown + 1) * PARTS_A_PAGE)),
      ...(pages === 1 ? [] : [context(plain(rules.page(shown + 1, pages), LIMIT.context)), turning(change, shown, pages, texts)]),
      ...(isLast ? [verdict(change, readerId, texts)] : []),
    ],
  });
}

const verdict = (change: ChangeView, readerId: string, texts: Texts): KnownBlock =>
  change.status === "WAITING" ? changeButtons({ change, readerId, seen: "whole" }, texts) : richText(settlement(change, texts));

function turning({ id: changeId }: ChangeView, page: number, pages: number, { rules }: Texts): KnownBlock {
  const to = (actionId: string, text: string, next: number) => {
    const value: ChangePageValue = { changeId, page: next };
    return button({ actionId, text, label: text, value });
  };
  return actions(BLOCK.changePages, [
    ...(page > 0 ? [to(ACTION.changePagePrevious, rules.previousPage, page - 1)] : []),
    ...(page < pages - 1 ? [to(ACTION.changePageNext, rules.nextPage, page + 1)] : []),
  ]);
}
