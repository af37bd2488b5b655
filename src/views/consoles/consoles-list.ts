import type { ActionsBlockElement, KnownBlock, ModalView } from "@slack/types";
import type { CatalogConsole } from "../../services/catalog/catalog.ts";
import { CONSOLE_FILTERS, CONSOLE_WORDS_MAX_LENGTH, type ConsolesPage } from "../../services/consoles/consoles.ts";
import type { CatalogAge } from "../../services/services.ts";
import type { Texts } from "../../texts/texts.ts";
import { actions, button, context, divider, LIMIT, option, plain } from "../blocks.ts";
import type { ConsolesMemory, ConsoleValue } from "../button-value.ts";
import { ACTION, BLOCK, CALLBACK } from "../ids.ts";
import { input } from "../input.ts";
import { named } from "../literal.ts";
import { modal } from "../modal.ts";
import { describe } from "../name-list.ts";
import { pageButtons } from "../page-buttons.ts";
import { line, moment, richText, strong, words } from "../rich-text.ts";
import { portalButtons } from "./portal-buttons.ts";

/** A modal holds 100 blocks; a console takes three. */
export const CONSOLES_SHOWN = 10;

/** One page of the consoles that were found, with what can be done with each. */
export function consolesList(page: ConsolesPage, age: CatalogAge | null, texts: Texts): ModalView {
  const { consoles: say, common } = texts;
  const memory: ConsolesMemory = { place: page.place };
  return modal({
    callbackId: CALLBACK.consoles,
    title: say.title,
    submit: say.search,
    close: common.close,
    memory,
    blocks: [
      input(
        { blockId: BLOCK.consolesWords, label: say.words, optional: true },
        {
          type: "plain_text_input",
          action_id: ACTION.consolesWords,
          max_length: CONSOLE_WORDS_MAX_LENGTH,
          placeholder: plain(say.wordsPlaceholder, LIMIT.placeholder),
          ...(page.place.words === "" ? {} : { initial_value: page.place.words }),
        },
      ),
      ...(page.isAdmin ? [actions(BLOCK.consolesFilter, administratorsControls(page, texts))] : []),
      context(plain(countOf(page, texts), LIMIT.context)),
      ...page.consoles.flatMap((console) => [divider(), ...consoleBlocks(console, page, texts)]),
      ...pagesOf(page, texts),
      ...(age === null ? [] : [richText(line(words(say.readAt[0]), moment(age.readAt), words(say.readAt[1])))]),
    ],
  });
}

function countOf({ place, total, consoles }: ConsolesPage, { consoles: say }: Texts): string {
  const from = place.page * CONSOLES_SHOWN;
  return total === 0 ? say.none : say.found(total, from + 1, from + consoles.length);
}

function administratorsControls({ place }: ConsolesPage, { consoles: say }: Texts): ActionsBlockElement[] {
  const filters = CONSOLE_FILTERS.map((filter) => option(filter, say.filters[filter]));
  const chosen = filters.find(({ value }) => value === place.filter);
  return [
    {
      type: "static_select",
      action_id: ACTION.consolesFilter,
      placeholder: plain(say.filter, LIMIT.placeholder),
      options: filters,
      ...(chosen === undefined ? {} : { initial_option: chosen }),
    },
    button({ actionId: ACTION.consolesNew, text: say.add, label: say.addLabel, value: {} }),
  ];
}

function consoleBlocks(console: CatalogConsole, { isAdmin }: ConsolesPage, { consoles: say }: Texts): KnownBlock[] {
  const value: ConsoleValue = { consoleId: console.id };
  const short = named(console.name, 40);
  return [
    richText(line(strong(named(console.name, 100)), words(` · ${describe(console, 160)}`))),
    actions(`${BLOCK.console}_${console.id}`, [
      button({
        actionId: ACTION.consoleOpen,
        text: isAdmin ? say.whoHasAccess : say.details,
        label: isAdmin ? say.whoHasAccessLabel(short) : say.detailsLabel(short),
        value,
      }),
      ...(console.enabled ? portalButtons(console, 3, say) : []),
    ]),
  ];
}

function pagesOf({ place: { page }, pages }: ConsolesPage, { consoles: words }: Texts): KnownBlock[] {
  const buttons = pageButtons({ actionId: ACTION.consolesMove, page, pages, words });
  return buttons.length === 0 ? [] : [divider(), actions(BLOCK.consolesPages, buttons)];
}
