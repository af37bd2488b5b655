import type { ModalView, RichTextElement } from "@slack/types";
import type { OfferedCover } from "../../services/coverage/coverage-service.ts";
import type { Texts } from "../../texts/texts.ts";
import { actions, button, LIMIT, plain, section } from "../blocks.ts";
import type { CoverValue, ListPage } from "../button-value.ts";
import { ACTION, BLOCK, CALLBACK } from "../ids.ts";
import { named, typed } from "../literal.ts";
import { modal } from "../modal.ts";
import { bullets, line, richText, strong, words } from "../rich-text.ts";

const REASON_SHOWN = 600;

/** Exactly which rule is going to be made and where it is going to stand, before the click that makes it. */
export function coverOffer({ proposal, microtenantName, seal }: OfferedCover, memory: ListPage, texts: Texts): ModalView {
  const { policy: say, common } = texts;
  const { segment, standingRuleId } = proposal;
  const value: CoverValue = { segmentId: segment.id, seal };
  const does = standingRuleId === null ? "make" : "move";
  return modal({
    callbackId: CALLBACK.policyOffer,
    title: say.offerTitle,
    close: common.cancel,
    memory,
    blocks: [
      richText(line(...fact(say.segment, named(segment.name, 150))), line(...standingFact(say.now, proposal.current, texts))),
      richText(
        line(words(does === "make" ? say.offerIntro : say.standing)),
        bullets([...ruleFacts(proposal, texts), ...placeFacts(proposal, microtenantName, texts)]),
      ),
      richText(line(...standingFact(say.afterwards, proposal.afterwards, texts))),
      section(plain([effectOf(proposal, texts), say.earlier].filter((sentence) => sentence !== null).join(" "), LIMIT.section)),
      actions(`${BLOCK.policySegment}_${segment.id}`, [
        button({
          actionId: ACTION.policyCover,
          text: say.cover[does],
          label: say.coverLabel[does](named(segment.name, 35)),
          value,
          style: "primary",
        }),
      ]),
    ],
  });
}

type Proposal = OfferedCover["proposal"];

const fact = (label: string, value: string): RichTextElement[] => [strong(`${label}: `), words(value)];

function ruleFacts({ segment, draft }: Proposal, { policy: say }: Texts): RichTextElement[][] {
  const conditions = draft.conditions.flatMap(({ operands }) =>
    operands.map(({ objectType, rhs }) => {
      if (objectType === "APP" && rhs === segment.id) return say.whereSegment(named(segment.name, 100));
      return objectType === "CLIENT_TYPE" ? say.whereClient(rhs) : `${objectType} ${rhs}`;
    }),
  );
  return [fact(say.name, named(draft.name, 200)), fact(say.action, say.asks), fact(say.where, typed(conditions.join(` ${say.and} `), 500))];
}

function placeFacts({ order, before, behind }: Proposal, microtenantName: string | null, { policy: say }: Texts): RichTextElement[][] {
  const place = [
    say.order(order),
    behind === null ? say.first : say.behind(named(behind.name, 100)),
    before === null ? say.last : say.before(named(before.name, 100)),
  ];
  return [fact(say.place, place.join(", ")), ...(microtenantName === null ? [] : [fact(say.microtenantName, named(microtenantName, 100))])];
}

const standingFact = (label: string, { status, reason }: Proposal["current"], { coverage }: Texts): RichTextElement[] =>
  fact(label, `${coverage.status[status]}. ${typed(coverage.reason(reason), REASON_SHOWN)}`);

/** What it means for people, where that follows from the rules. */
function effectOf({ current: { status, reason } }: Proposal, { policy: say }: Texts): string | null {
  if (status === "uncovered") return say.effect.uncovered;
  if (reason.code !== "shadowed_by") return null;
  return reason.action === "DENY" ? say.effect.shadowed.DENY : say.effect.shadowed.ALLOW;
}
