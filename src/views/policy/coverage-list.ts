import type { KnownBlock, ModalView, RichTextElement } from "@slack/types";
import type { CoverageStatus } from "../../services/coverage/coverage.ts";
import type { CoveragePage, CoverageRow } from "../../services/coverage/coverage-service.ts";
import type { Texts } from "../../texts/texts.ts";
import { actions, button, divider, LIMIT, plain, section } from "../blocks.ts";
import type { CoverOfferValue, ListPage } from "../button-value.ts";
import { ACTION, BLOCK, CALLBACK } from "../ids.ts";
import { named, typed } from "../literal.ts";
import { modal } from "../modal.ts";
import { nameList } from "../name-list.ts";
import { pageButtons } from "../page-buttons.ts";
import { bullets, line, moment, richText, strong, words } from "../rich-text.ts";

/** A modal holds 100 blocks; a segment takes three. */
export const COVERAGE_SHOWN = 10;

const CONSOLES_SHOWN = 5;
const REASON_SHOWN = 600;
const IN_ORDER: readonly CoverageStatus[] = ["covered", "uncovered", "shadowed", "unknown"];

/** The segments that can be asked for and on which approvals do not certainly count, why, and the way to the rule that helps. */
export function coverageList(page: CoveragePage, texts: Texts): ModalView {
  const { policy: say, common } = texts;
  const memory: ListPage = { page: page.page };
  return modal({
    callbackId: CALLBACK.policy,
    title: say.title,
    close: common.close,
    memory,
    blocks: [
      richText(line(words(say.intro)), bullets(IN_ORDER.map((status) => [words(say.counts[status](page.counts[status]))]))),
      section(plain(lead(page, texts), LIMIT.section)),
      ...page.rows.flatMap((row) => [divider(), ...rowBlocks(row, texts)]),
      divider(),
      ...(page.readAt === null ? [] : [richText(line(words(say.readAt[0]), moment(page.readAt), words(say.readAt[1])))]),
      actions(BLOCK.policyPages, [
        ...pageButtons({ actionId: ACTION.policyMove, page: page.page, pages: page.pages, words: say }),
        button({ actionId: ACTION.policyRead, text: say.read, label: say.readLabel, value: {} }),
      ]),
    ],
  });
}

function lead({ total, page, rows, counts }: CoveragePage, { policy: say }: Texts): string {
  if (total === 0) return counts.covered === 0 ? say.nothing : say.allCovered;
  const before = page * COVERAGE_SHOWN;
  return say.shown(total, before + 1, before + rows.length);
}

function rowBlocks(row: CoverageRow, texts: Texts): KnownBlock[] {
  const { policy: say, coverage } = texts;
  const { id, name, microtenantName, status, reason, consoleNames, canBeCovered } = row;
  const value: CoverOfferValue = { segmentId: id };
  const head: RichTextElement[] = [
    strong(named(name, 100)),
    words(say.status(coverage.status[status])),
    ...(microtenantName === null ? [] : [words(say.microtenant(named(microtenantName, 60)))]),
  ];
  return [
    richText(
      line(...head),
      line(words(typed(coverage.reason(reason), REASON_SHOWN))),
      line(words(`${say.consoles}${nameList(consoleNames, CONSOLES_SHOWN, texts)}`)),
      ...(canBeCovered ? [] : [line(words(noOfferSentence(reason, texts)))]),
    ),
    ...(canBeCovered
      ? [
          actions(`${BLOCK.policySegment}_${id}`, [
            button({ actionId: ACTION.policyOffer, text: say.offer, label: say.offerLabel(named(name, 25)), value }),
          ]),
        ]
      : []),
  ];
}

function noOfferSentence({ code }: CoverageRow["reason"], { policy: say }: Texts): string {
  if (code === "approval_for_some") return say.noOfferForSome;
  return code === "microtenants_differ" ? say.noOfferInSeveral : say.noOffer;
}
