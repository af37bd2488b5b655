import type { InputBlock, KnownBlock, ModalView } from "@slack/types";
import type { GovernedForecast } from "../services/governed/governed.ts";
import type { Texts } from "../texts/texts.ts";
import { LIMIT, plain, section } from "./blocks.ts";
import { ACTION, BLOCK, CALLBACK } from "./ids.ts";
import { input, remarkText } from "./input.ts";
import { modal } from "./modal.ts";
import { noticePage } from "./notice-page.ts";
import { governedForecastWords } from "./sailpoint-forecast.ts";
import type { SailPointFormMemory } from "./sailpoint-value.ts";

const ATTRIBUTE_LENGTH = 200;

export interface SailPointFormModel {
  readonly memory: SailPointFormMemory;
  /** What it is about: the name of one, or how many. */
  readonly about: string;
  /** SailPoint, or the kind of form, wants a comment. */
  readonly needsComment: boolean;
  /** What approving it would open; null where no access comes of it, and for several. */
  readonly governed: GovernedForecast | null;
}

/** Asks what a decision on approvals of SailPoint's needs: a comment, a person, an attribute. */
export function sailpointForm({ memory, about, needsComment, governed }: SailPointFormModel, texts: Texts): ModalView {
  const { sailpoint: say, common } = texts;
  const { kind } = memory;
  const comment = input(
    { blockId: BLOCK.comment, label: say.commentField, hint: say.commentHint, ...(needsComment ? {} : { optional: true as const }) },
    remarkText(ACTION.comment),
  );
  return modal({
    callbackId: CALLBACK.sailpointForm,
    title: say.titles[kind],
    submit: say.titles[kind],
    close: common.cancel,
    memory,
    blocks: [section(plain(say.intros[kind](about), LIMIT.section)), ...warnings(kind, governed, texts), ...fields(kind, texts), comment],
  });
}

function warnings(kind: SailPointFormMemory["kind"], governed: GovernedForecast | null, texts: Texts): KnownBlock[] {
  if (governed === null) return [];
  if (kind === "attributes") return [section(plain(texts.governed.forecast.voids, LIMIT.section))];
  return kind === "approve" ? [section(plain(governedForecastWords(governed, texts), LIMIT.section))] : [];
}

function fields(kind: SailPointFormMemory["kind"], { sailpoint: say }: Texts): InputBlock[] {
  if (kind === "reassign")
    return [input({ blockId: BLOCK.assignee, label: say.assignee }, { type: "users_select", action_id: ACTION.assignee })];
  if (kind !== "attributes") return [];
  return [
    input(
      { blockId: BLOCK.attributeName, label: say.attributeName },
      { type: "plain_text_input", action_id: ACTION.attributeName, max_length: ATTRIBUTE_LENGTH },
    ),
    input(
      { blockId: BLOCK.attributeValue, label: say.attributeValue, optional: true },
      { type: "plain_text_input", action_id: ACTION.attributeValue, max_length: ATTRIBUTE_LENGTH },
    ),
  ];
}

/** What stands where the form was once it is on record. */
export const sailpointRecorded = (count: number, { sailpoint: say, common }: Texts): ModalView =>
  noticePage(say.recordedTitle, [section(plain(say.recorded(count), LIMIT.section))], { common });
