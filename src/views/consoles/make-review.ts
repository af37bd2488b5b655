import type { KnownBlock, ModalView, RichTextElement } from "@slack/types";
import type { ConsolesPlan, MadeConsoles } from "../../services/consoles/consoles.ts";
import type { PraConsole } from "../../services/zpa/consoles/console.ts";
import type { Texts } from "../../texts/texts.ts";
import { actions, button, LIMIT, type Message, plain, section } from "../blocks.ts";
import type { SealValue } from "../button-value.ts";
import { ACTION, BLOCK, CALLBACK } from "../ids.ts";
import { escapeMrkdwn, named } from "../literal.ts";
import { modal } from "../modal.ts";
import { foldedBullets, nameList } from "../name-list.ts";
import { line, richText, strong, words } from "../rich-text.ts";
import { targetName } from "./make-form.ts";

const ROWS_SHOWN = 50;
/** A message holds 12,000 characters. */
const READ_SHOWN = 40;

/** Exactly what is going to be made, before the click that makes it. */
export function makeReview({ wanted, microtenantName, consoles, portals, seal }: ConsolesPlan, texts: Texts): ModalView {
  const { consoles: say, common } = texts;
  const value: SealValue = { seal };
  const rows = consoles.map(({ name, application }): RichTextElement[] => [
    strong(named(name, 100)),
    words(`${say.reviewFor}${targetName(application)}`),
  ]);
  const shownBy = nameList(
    portals.map(({ name }) => name),
    10,
    texts,
  );
  return modal({
    callbackId: CALLBACK.consolesReview,
    title: say.reviewTitle,
    close: common.cancel,
    memory: wanted,
    blocks: [
      richText(line(words(say.reviewIntro(consoles.length, named(microtenantName, 80)))), foldedBullets(rows, ROWS_SHOWN, texts)),
      section(plain(say.reviewPortals(shownBy), LIMIT.section)),
      section(plain(say.reviewAfter(consoles.length), LIMIT.section)),
      actions(BLOCK.consolesMake, [
        button({
          actionId: ACTION.consolesMake,
          text: say.make(consoles.length),
          label: say.makeLabel(consoles.length),
          value,
          style: "primary",
        }),
      ]),
    ],
  });
}

/** What became of it, as ZPA says. */
export function madeConsoles(made: MadeConsoles, texts: Texts): Message {
  const { consoles: say } = texts;
  if (made.kind === "unknown") return lostConsoles(made, texts);
  const notes = [...(made.asIntended ? [] : [say.differs]), ...(made.isRecordedWhole ? [] : [say.notRecorded]), say.soon];
  return {
    text: escapeMrkdwn(say.made(made.read.length)),
    blocks: [
      richText(line(words(say.made(made.read.length))), readList(made.read, texts)),
      ...notes.map((note) => section(plain(note, LIMIT.section))),
    ],
  };
}

/** The same as a page; after a lost answer it can be looked at again. */
export const madePage = (made: MadeConsoles, texts: Texts): ModalView =>
  modal({
    callbackId: CALLBACK.consolesReview,
    title: texts.consoles.madeTitle,
    close: texts.common.close,
    blocks: [...madeConsoles(made, texts).blocks, ...(made.kind === "unknown" && made.notFound.length > 0 ? [lookAgain(texts)] : [])],
    ...(made.kind === "unknown" ? { memory: made.wanted } : {}),
  });

function lostConsoles({ found, notFound }: Extract<MadeConsoles, { kind: "unknown" }>, texts: Texts): Message {
  const { consoles: say } = texts;
  const missing = notFound.map((name): RichTextElement[] => [words(named(name, 60))]);
  return {
    text: escapeMrkdwn(say.lost),
    blocks: [
      section(plain(say.lost, LIMIT.section)),
      ...(found.length === 0
        ? [section(plain(say.lostNone, LIMIT.section))]
        : [richText(line(words(say.lostFound)), readList(found, texts))]),
      ...(notFound.length === 0
        ? [section(plain(say.lostAll, LIMIT.section))]
        : [
            richText(line(words(say.lostNotFound(notFound.length))), foldedBullets(missing, READ_SHOWN, texts)),
            section(plain(say.lostBefore, LIMIT.section)),
          ]),
    ],
  };
}

const lookAgain = ({ consoles: say }: Texts): KnownBlock =>
  actions(BLOCK.consolesMake, [button({ actionId: ACTION.consolesLookFor, text: say.lookAgain, label: say.lookAgainLabel, value: {} })]);

const readList = (read: readonly PraConsole[], texts: Texts) =>
  foldedBullets(
    read.map((console): RichTextElement[] => [strong(named(console.name, 60)), words(` · ${readLine(console, texts)}`)]),
    READ_SHOWN,
    texts,
  );

function readLine({ domain, protocol, enabled, portals }: PraConsole, texts: Texts): string {
  const shownBy = nameList(
    portals.map(({ id, name }) => name ?? id),
    5,
    texts,
  );
  const state = texts.consoles.readLine[enabled ? "enabled" : "disabled"];
  return named([domain, protocol, shownBy, state].filter((part) => part !== null && part !== "").join(" · "), 120);
}
