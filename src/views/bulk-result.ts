import type { KnownBlock, ModalView, RichTextBlock, RichTextElement } from "@slack/types";
import type { BulkResult, BulkResultRow } from "../services/approvals/bulk.ts";
import type { Texts } from "../texts/texts.ts";
import { LIMIT, type Message, plain, section } from "./blocks.ts";
import { failureWords } from "./error-notice.ts";
import { CALLBACK } from "./ids.ts";
import { modal } from "./modal.ts";
import { nameList } from "./name-list.ts";
import { bullets, line, richText, strong, words } from "./rich-text.ts";

/** A message holds some 12,000 characters, for as many as fifty items. */
const CONSOLES_NAMED = 1;
/** The sentence of an error is long: those that are the same are said once, and all of them together get this much. */
const SENTENCE_SHOWN = 220;
const SENTENCES_SHOWN = 5000;

/** Shown from the submission on, until each item has its result. */
export const bulkWorkingView = (count: number, { bulk, common }: Texts): ModalView =>
  modal({
    callbackId: CALLBACK.bulkResult,
    title: bulk.workingTitle,
    close: common.close,
    blocks: [section(plain(bulk.working(count), LIMIT.section))],
  });

/** What became of each item: first what was not done, and why. */
export const bulkResultView = (result: BulkResult, texts: Texts): ModalView =>
  modal({
    callbackId: CALLBACK.bulkResult,
    title: texts.bulk.resultTitle,
    close: texts.common.close,
    blocks: resultBlocks(result, texts),
  });

/** The same as a message, for a person who has closed the modal. */
export const bulkResultMessage = (result: BulkResult, texts: Texts): Message => ({
  text: `${texts.bulk.titles[result.verdict]}: ${summary(result, texts)}`,
  blocks: resultBlocks(result, texts),
});

function resultBlocks(result: BulkResult, texts: Texts): KnownBlock[] {
  const { bulk } = texts;
  const failed = result.rows.filter(({ failure }) => failure !== null);
  const done = result.rows.filter(({ failure }) => failure === null);
  return [
    section(plain(`${bulk.titles[result.verdict]}. ${summary(result, texts)}`, LIMIT.section)),
    ...listed(bulk.notDone, reasons(failed, texts), texts),
    ...listed(
      bulk.wasDone,
      done.map((row) => ({ rows: [row], words: [words(bulk.done[result.verdict])] })),
      texts,
    ),
  ];
}

function summary({ rows }: BulkResult, { bulk }: Texts): string {
  const done = rows.filter(({ failure }) => failure === null).length;
  return bulk.summary(done, rows.length);
}

/** What is said of several items at once. */
interface Outcome {
  readonly rows: readonly BulkResultRow[];
  readonly words: readonly RichTextElement[];
}

/** The items that were not done, by the reason for it, in the order in which each reason first came up. */
function reasons(failed: readonly BulkResultRow[], texts: Texts): readonly Outcome[] {
  const grouped = (limit: number): readonly Outcome[] => {
    const said = new Map<string, Outcome>();
    for (const row of failed) {
      if (row.failure === null) continue;
      const sentence = failureWords(row.failure, limit, texts);
      const key = JSON.stringify(sentence);
      said.set(key, { rows: [...(said.get(key)?.rows ?? []), row], words: sentence });
    }
    return [...said.values()];
  };
  const atLength = grouped(SENTENCE_SHOWN);
  const room = Math.floor(SENTENCES_SHOWN / Math.max(atLength.length, 1));
  return room >= SENTENCE_SHOWN ? atLength : grouped(room);
}

function listed(title: string, outcomes: readonly Outcome[], texts: Texts): RichTextBlock[] {
  if (outcomes.length === 0) return [];
  const items = outcomes.map(({ rows, words: sentence }) => [
    ...rows.flatMap((row, place) => [...(place === 0 ? [] : [words(", ")]), ...itemWords(row, texts)]),
    words(": "),
    ...sentence,
  ]);
  return [richText(line(strong(title)), bullets(items))];
}

const itemWords = ({ label, consoleNames, failure }: BulkResultRow, texts: Texts): readonly RichTextElement[] => {
  const reference = failure === null || failure.reference === "" ? "" : ` (${texts.common.reference(failure.reference)})`;
  return [strong(label), words(` · ${nameList(consoleNames, CONSOLES_NAMED, texts)}${reference}`)];
};
