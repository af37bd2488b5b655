import type { Checkboxes, InputBlock, ModalView, MultiStaticSelect } from "@slack/types";
import type { RequestOverview } from "../services/access/overview.ts";
import type { CatalogConsole } from "../services/catalog/catalog.ts";
import type { Texts } from "../texts/texts.ts";
import { LIMIT, option, plain, section } from "./blocks.ts";
import { changeDurations, durationOption } from "./durations.ts";
import { ACTION, BLOCK, CALLBACK } from "./ids.ts";
import { input, remarkText } from "./input.ts";
import { named } from "./literal.ts";
import { modal } from "./modal.ts";
import { describe } from "./name-list.ts";
import { noticePage } from "./notice-page.ts";
import type { DecisionFormModel } from "./reject-form.ts";

export interface ChangesFormModel extends DecisionFormModel {
  readonly overview: RequestOverview;
}

/** Slack shows ten checkboxes in one field at most; beyond that a list is opened. */
const CHECKBOXES = 10;

/** What was asked for, to be approved in part; or in more than part, with the requester's consent. */
export function changesForm({ label, memory, overview }: ChangesFormModel, texts: Texts): ModalView {
  const { changes, common } = texts;
  const { requiresComment } = overview.approval.config;
  const needsComment = requiresComment === "ALL" || requiresComment === "APPROVAL";
  return modal({
    callbackId: CALLBACK.changesForm,
    title: changes.title,
    submit: changes.submit,
    close: common.cancel,
    memory,
    blocks: [
      section(plain(changes.intro(label), LIMIT.section)),
      input({ blockId: BLOCK.consoles, label: changes.consoles, hint: changes.consolesHint }, consolesElement(overview.consoles)),
      endInput(overview, texts),
      input(
        { blockId: BLOCK.comment, label: changes.comment, hint: changes.commentHint, ...(needsComment ? {} : { optional: true }) },
        remarkText(ACTION.comment),
      ),
    ],
  });
}

/** In place of the form, when more was proposed than was asked for. */
export const proposedView = ({ changes, common }: Texts): ModalView =>
  noticePage(changes.proposedTitle, [section(plain(changes.proposed, LIMIT.section))], { common });

function consolesElement(consoles: readonly CatalogConsole[]): Checkboxes | MultiStaticSelect {
  const options = consoles.map((console) => option(console.id, named(console.name, LIMIT.option), describe(console, LIMIT.option)));
  return options.length <= CHECKBOXES
    ? { type: "checkboxes", action_id: ACTION.consoles, options, initial_options: options }
    : {
        type: "multi_static_select",
        action_id: ACTION.consoles,
        options: options.slice(0, LIMIT.options),
        initial_options: options.slice(0, LIMIT.options),
      };
}

/** A length, where that is what was asked for; else the instant at which it ends. */
function endInput({ request: { time } }: RequestOverview, texts: Texts): InputBlock {
  const { changes } = texts;
  const { end } = time;
  return end.kind === "after"
    ? input(
        { blockId: BLOCK.duration, label: changes.duration, hint: changes.endHint },
        {
          type: "static_select",
          action_id: ACTION.duration,
          options: changeDurations(end.seconds, texts),
          initial_option: durationOption(end.seconds, texts),
        },
      )
    : input(
        { blockId: BLOCK.end, label: changes.end, hint: changes.endHint },
        { type: "datetimepicker", action_id: ACTION.end, initial_date_time: Math.floor(end.at.getTime() / 1000) },
      );
}
