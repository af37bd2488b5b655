import type { KnownBlock, ModalView } from "@slack/types";
import type { MadeCover } from "../../services/coverage/coverage-service.ts";
import type { Texts } from "../../texts/texts.ts";
import { actions, button, type Message, sentences } from "../blocks.ts";
import type { CoverOfferValue, ListPage } from "../button-value.ts";
import { ACTION, BLOCK, CALLBACK } from "../ids.ts";
import { named } from "../literal.ts";
import { modal } from "../modal.ts";

/** What became of the rule, as ZPA says. */
export const coveredMessage = (made: MadeCover, texts: Texts): Message =>
  sentences(...(made.kind === "made" ? madeSentences(made, texts) : lostSentences(made, texts)));

/** The same as a page; after a lost answer the rule can be looked at again. */
export const coveredPage = (made: MadeCover, memory: ListPage, texts: Texts): ModalView =>
  modal({
    callbackId: CALLBACK.policyCovered,
    title: texts.policy.coveredTitle,
    close: texts.common.close,
    memory,
    blocks: [
      ...coveredMessage(made, texts).blocks,
      ...(made.kind === "unknown" && made.stands !== "counts" ? [lookAgain(made, texts)] : []),
    ],
  });

function madeSentences(
  { read, asIntended, isRecordedWhole }: Extract<MadeCover, { kind: "made" }>,
  { policy: say, coverage: words }: Texts,
): string[] {
  const { rule, coverage } = read;
  const place = rule.order === null ? [] : [say.madeAt(rule.order)];
  return [
    [say.made(named(rule.name, 200)), ...place].join(" "),
    `${say.is(named(coverage.name, 100), words.status[coverage.status])}${words.reason(coverage.reason)}`,
    asIntended ? say.asOffered : say.differs,
    ...(isRecordedWhole ? [] : [say.notRecorded]),
  ];
}

const lostSentences = ({ name, stands }: Extract<MadeCover, { kind: "unknown" }>, { policy: say }: Texts): string[] => [
  say.lost(named(name, 100)),
  say.stands[stands](named(name, 100)),
];

function lookAgain({ segmentId, name }: Extract<MadeCover, { kind: "unknown" }>, { policy: say }: Texts): KnownBlock {
  const value: CoverOfferValue = { segmentId };
  return actions(`${BLOCK.policySegment}_${segmentId}`, [
    button({ actionId: ACTION.policyOffer, text: say.lookAgain, label: say.lookAgainLabel(named(name, 35)), value }),
  ]);
}
