import type { InputBlock, KnownBlock } from "@slack/types";
import type { CatalogConsole } from "../../services/catalog/catalog.ts";
import type { Texts } from "../../texts/texts.ts";
import { LIMIT, plain } from "../blocks.ts";
import { durationOption } from "../durations.ts";
import { ACTION, BLOCK } from "../ids.ts";
import { input } from "../input.ts";
import { clamp, named } from "../literal.ts";
import { consoleOption } from "../request-form.ts";
import { bullets, line, richText, strong, words } from "../rich-text.ts";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
/** Offered up to what is allowed; that itself always is. */
const OFFERED_SECONDS = [
  15 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  4 * HOUR,
  8 * HOUR,
  12 * HOUR,
  24 * HOUR,
  48 * HOUR,
  72 * HOUR,
  168 * HOUR,
];

const PROBLEM_LENGTH = 250;
const PROBLEMS_SHOWN = 8;

/** What was typed and could not be filled in, or why it was not done. */
export const problemBlocks = (problems: readonly string[], { form }: Texts): KnownBlock[] =>
  problems.length === 0
    ? []
    : [
        {
          ...richText(
            line(strong(form.check)),
            bullets(problems.slice(0, PROBLEMS_SHOWN).map((problem) => [words(named(clamp(problem, PROBLEM_LENGTH), PROBLEM_LENGTH))])),
          ),
          block_id: BLOCK.problems,
        },
      ];

/** @param actionId `grantConsoles` has each change sent at once */
export const consolesInput = (
  consoles: readonly CatalogConsole[],
  { form }: Texts,
  actionId: typeof ACTION.consoles | typeof ACTION.grantConsoles = ACTION.consoles,
): InputBlock =>
  input(
    { blockId: BLOCK.consoles, label: form.consoles, ...(actionId === ACTION.grantConsoles ? { dispatch: true } : {}) },
    {
      type: "multi_external_select",
      action_id: actionId,
      min_query_length: 0,
      placeholder: plain(form.consolesPlaceholder, LIMIT.placeholder),
      ...(consoles.length === 0 ? {} : { initial_options: consoles.slice(0, LIMIT.options).map(consoleOption) }),
    },
  );

/**
 * @param chosenSeconds null where none is chosen yet
 * @param mostSeconds what the setting allows; what was typed stands in the list all the same, and is refused at its field
 */
export function durationInput(label: string, chosenSeconds: number | null, mostSeconds: number, texts: Texts): InputBlock {
  const offered = [
    ...OFFERED_SECONDS.filter((seconds) => seconds <= mostSeconds),
    mostSeconds,
    ...(chosenSeconds === null ? [] : [chosenSeconds]),
  ];
  return input(
    { blockId: BLOCK.duration, label },
    {
      type: "static_select",
      action_id: ACTION.duration,
      options: [...new Set(offered)].sort((a, b) => a - b).map((seconds) => durationOption(seconds, texts)),
      ...(chosenSeconds === null ? {} : { initial_option: durationOption(chosenSeconds, texts) }),
    },
  );
}
