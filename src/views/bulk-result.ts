import type { KnownBlock, ModalView, RichTextBlock, RichTextElement } from "@slack/types";
import type { BulkResult, BulkResultRow } from "../services/approvals/bulk.ts";
import type { Texts } from "../texts/texts.ts";
import { LIMIT, type Message, plain, section } from "./blocks.ts";
import { failureWords } from "./error-notice.ts";
import { CALLBACK } from "./ids.ts";
import { modal } from "./modal.ts";
import { nameList } from "./name-list.ts";
import { bullets, line, richText, strong, words } from "./rich-text.ts";

/** A message holds some 12,000 characters, and the sentence of an error is long. */
const CONSOLES_NAMED = 1;

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
    ...listed(bulk.notDone, failed, (row) => outcome(row, result, texts), texts),
    ...listed(bulk.wasDone, done, (row) => outcome(row, result, texts), texts),
  ];
}

function summary({ rows }: BulkResult, { bulk }: Texts): string {
  const done = rows.filter(({ failure }) => failure === null).length;
  return bulk.summary(done, rows.length);
}

function listed(
  title: string,
  rows: readonly BulkResultRow[],
  outcomeOf: (row: BulkResultRow) => readonly RichTextElement[],
  texts: Texts,
): RichTextBlock[] {
  if (rows.length === 0) return [];
  const items = rows.map((row) => [
    strong(row.label),
    words(` · ${nameList(row.consoleNames, CONSOLES_NAMED, texts)}: `),
    ...outcomeOf(row),
  ]);
  return [richText(line(strong(title)), bullets(items))];
}

const outcome = ({ failure }: BulkResultRow, { verdict }: BulkResult, texts: Texts): readonly RichTextElement[] =>
  failure === null ? [words(texts.bulk.done[verdict])] : failureWords(failure, texts);
