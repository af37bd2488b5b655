import type { InputBlock, KnownBlock, ModalView } from "@slack/types";
import type { CatalogConsole } from "../services/catalog/catalog.ts";
import type { Window } from "../services/schedule/working-hours.ts";
import type { Texts } from "../texts/texts.ts";
import { LIMIT, markup, option, plain } from "./blocks.ts";
import { catalogAgeBlocks } from "./catalog-age.ts";
import { ACTION, BLOCK, CALLBACK } from "./ids.ts";
import { input, longText } from "./input.ts";
import { zonedSpan } from "./instants.ts";
import { clamp, escapeMrkdwn, named } from "./literal.ts";
import { modal } from "./modal.ts";
import { consoleList, describe } from "./name-list.ts";
import type { Division, FormMemory, Preview, RequestFormModel } from "./request-form-model.ts";
import { timeInputs } from "./request-form-time.ts";
import { bullets, line, richText, strong, words } from "./rich-text.ts";
import { withoutEffectBlocks } from "./without-effect.ts";

const ALSO_OPENS_SHOWN = 10;
/** Slack keeps 3000 characters of metadata; the times and the person take some 500. */
const PROBLEMS_KEPT = 8;
const PROBLEM_LENGTH = 250;

/** The form that asks for access. Every field keeps its ids, so that an update leaves alone what is being typed. */
export function requestForm(model: RequestFormModel, texts: Texts): ModalView {
  const { form, common } = texts;
  const { draft, person, consoles } = model;
  const problems = folded(model.problems, texts);
  const memory: FormMemory = { person, time: draft.time, problems };
  return modal({
    callbackId: CALLBACK.requestForm,
    title: form.title,
    submit: form.submit,
    close: common.cancel,
    memory,
    blocks: [
      ...problemBlocks(problems, texts),
      input(
        { blockId: BLOCK.beneficiary, label: form.beneficiary },
        { type: "users_select", action_id: ACTION.beneficiary, initial_user: draft.beneficiaryUserId ?? person.userId },
      ),
      consolesInput(consoles, texts),
      ...catalogAgeBlocks(model.catalogAge, texts).map((block) => ({ ...block, block_id: BLOCK.catalogAge })),
      ...withoutEffectBlocks(model.withoutEffect, "would", texts).map((block) => ({ ...block, block_id: BLOCK.withoutEffect })),
      ...alsoOpensBlocks(model, texts),
      ...timeInputs(draft.time, person.timeZone, texts),
      ...previewBlocks(model.preview, person.timeZone, texts),
      ...divisionBlocks(model.division, texts),
      input({ blockId: BLOCK.reason, label: form.reason }, longText(ACTION.reason, draft.reason, form.reasonPlaceholder)),
    ],
  });
}

function folded(problems: readonly string[], { common }: Texts): string[] {
  const rest = problems.length - PROBLEMS_KEPT;
  const shown = problems.slice(0, PROBLEMS_KEPT).map((problem) => clamp(problem, PROBLEM_LENGTH));
  return rest > 0 ? [...shown, common.andMore(rest)] : shown;
}

/** A console as a choice: also what the option loader answers, since a chosen option must equal an offered one. */
export const consoleOption = (console: CatalogConsole) =>
  option(console.id, named(console.name, LIMIT.option), describe(console, LIMIT.option));

const consolesInput = (consoles: readonly CatalogConsole[], { form }: Texts): InputBlock =>
  input(
    { blockId: BLOCK.consoles, label: form.consoles, dispatch: true },
    {
      type: "multi_external_select",
      action_id: ACTION.consoles,
      min_query_length: 0,
      placeholder: plain(form.consolesPlaceholder, LIMIT.placeholder),
      ...(consoles.length === 0 ? {} : { initial_options: consoles.slice(0, LIMIT.options).map(consoleOption) }),
    },
  );

const problemBlocks = (problems: readonly string[], { form }: Texts): KnownBlock[] =>
  problems.length === 0
    ? []
    : [
        {
          ...richText(line(strong(form.check)), bullets(problems.map((problem) => [words(named(problem, PROBLEM_LENGTH))]))),
          block_id: BLOCK.problems,
        },
      ];

const alsoOpensBlocks = ({ alsoOpens }: RequestFormModel, texts: Texts): KnownBlock[] =>
  alsoOpens.length === 0
    ? []
    : [{ ...richText(line(words(texts.form.alsoOpens)), consoleList(alsoOpens, ALSO_OPENS_SHOWN, texts)), block_id: BLOCK.alsoOpens }];

function previewBlocks(preview: Preview, personZone: string, texts: Texts): KnownBlock[] {
  const { form, card } = texts;
  switch (preview.kind) {
    case "incomplete":
      return [{ type: "section", block_id: BLOCK.preview, text: plain(form.previewIncomplete, LIMIT.section) }];
    case "refused":
      return [{ type: "section", block_id: BLOCK.preview, text: plain(preview.sentence, LIMIT.section) }];
    case "opens": {
      const lines = preview.openings.map((opening) => `• ${openingLine(opening, preview.timeZone, personZone, texts)}`);
      const { crons } = preview;
      const notes = [
        form.previewIfApprovedNow,
        ...(crons === null ? [] : [card.crons(`\`${crons.startTimeCron}\``, `\`${crons.endTimeCron}\``)]),
      ];
      return [
        { type: "section", block_id: BLOCK.preview, text: markup([`*${form.preview}*`, ...lines].join("\n")) },
        { type: "context", block_id: `${BLOCK.preview}_notes`, elements: notes.map((note) => markup(note)) },
      ];
    }
  }
}

const divisionBlocks = (division: Division, { form }: Texts): KnownBlock[] => {
  const said =
    division.kind === "refused" ? division.sentence : division.kind === "parts" && division.count > 1 ? form.divided(division.count) : null;
  return said === null ? [] : [{ type: "section", block_id: BLOCK.division, text: plain(said, LIMIT.section) }];
};

/** One opening in the zone of its hours, in the person's own and in UTC, each named once. */
function openingLine(opening: Window, timeZone: string, personZone: string, { common, locale }: Texts): string {
  const zones = [...new Set([timeZone, personZone, "UTC"])];
  return zones.map((zone) => common.zone(escapeMrkdwn(zone), zonedSpan(opening, zone, locale))).join("  ·  ");
}
