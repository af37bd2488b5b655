import type { KnownBlock, RichTextElement } from "@slack/types";
import type { SailPointApproval, SailPointIdentity } from "../services/sailpoint/approval.ts";
import { needsReauthentication } from "../services/sailpoint-inbox/decide.ts";
import type { SailPointCard } from "../services/sailpoint-inbox/inbox.ts";
import { errorSentence } from "../texts/error-sentence.ts";
import type { Texts } from "../texts/texts.ts";
import { actions, button, context, header, LIMIT, type Message, plain } from "./blocks.ts";
import { ACTION, BLOCK } from "./ids.ts";
import { clamp, escapeMrkdwn, named } from "./literal.ts";
import { foldedBullets } from "./name-list.ts";
import { instant, line, moment, quote, richText, strong, user, words } from "./rich-text.ts";
import { governedForecastBlocks, governedForecastWords, voidingNote } from "./sailpoint-forecast.ts";
import type { SailPointValue } from "./sailpoint-value.ts";

const LISTED = 10;
/** Beside what approving opens: Slack refuses a message of more than about 12,000 characters. */
const LISTED_BESIDE = 4;
const DESCRIPTION_SHOWN = 1000;
const TITLE_SHOWN = 90;
export const FALLBACK_SHOWN = 1000;

type Parts = Parameters<typeof richText>;

/** The card of an approval of SailPoint's for one person: said to be SailPoint's, with the look and the buttons of our own. */
export function sailpointCard(card: SailPointCard, texts: Texts): Message {
  const { approval } = card;
  const { sailpoint: say } = texts;
  const state = say.status[approval.status];
  const fallback = say.fallback(titleOf(approval, texts), nameOf(approval.requester), state);
  return {
    text: clamp(escapeMrkdwn([fallback, governedForecastWords(card.governed, texts)].join(" ").trim()), FALLBACK_SHOWN),
    blocks: [
      header(say.title(titleOf(approval, texts), state)),
      richText(...facts(card, texts)),
      ...governedForecastBlocks(card, texts),
      ...outcomeBlocks(card, texts),
      context(plain(say.from, LIMIT.context)),
      ...buttons(card, texts),
    ],
  };
}

export const titleOf = ({ name, id }: SailPointApproval, { sailpoint }: Texts): string =>
  named(name ?? `${sailpoint.nameless} ${id}`, TITLE_SHOWN);

export const nameOf = (identity: SailPointIdentity | null): string => named(identity?.name ?? identity?.email ?? identity?.id ?? "", 80);

/** What of the attributes is said as access is not listed beside it. */
function shownAttributes({ approval, governed }: SailPointCard): readonly (readonly [string, unknown])[] {
  const said = governed?.kind === "opens" ? governed.attributeNames : [];
  return Object.entries(approval.additionalAttributes ?? {}).filter(([name]) => !said.includes(name));
}

function facts(card: SailPointCard, texts: Texts): Parts {
  const { approval } = card;
  const { sailpoint: say } = texts;
  const { requester, requestee, targets, additionalAttributes, description, type, assignedTo, dueAt, status } = approval;
  const rows: RichTextElement[][] = [
    [strong(`${say.requester}: `), words(nameOf(requester))],
    ...(requestee !== null && requestee.id !== requester?.id ? [[strong(`${say.requestee}: `), words(nameOf(requestee))]] : []),
    ...(type === null ? [] : [[strong(`${say.kind}: `), words(named(type, 80))]]),
    ...(status === "PENDING" && (assignedTo ?? []).length > 0
      ? [[strong(`${say.waitsFor}: `), words(named((assignedTo ?? []).map(nameOf).join(", "), 300))]]
      : []),
    ...(dueAt === null || status !== "PENDING" ? [] : [[strong(`${say.due}: `), instant(dueAt)]]),
  ];
  const attributes = shownAttributes(card);
  const listed = card.governed?.kind === "opens" ? LISTED_BESIDE : LISTED;
  return [
    foldedBullets(rows, rows.length, texts),
    ...(description === null || description.trim() === "" ? [] : [line(strong(say.description)), quote(description, DESCRIPTION_SHOWN)]),
    ...(targets === null || targets.length === 0
      ? []
      : [
          line(strong(say.targets)),
          foldedBullets(
            targets.map((target) => [
              words(named([target.name ?? target.id, target.type, target.requestType].filter((part) => part !== null).join(" · "), 150)),
            ]),
            listed,
            texts,
          ),
        ]),
    ...(attributes.length === 0
      ? []
      : [
          line(strong(say.attributes)),
          foldedBullets(
            attributes.map(([name, value]) => [
              strong(`${named(name, 60)}: `),
              words(named(typeof value === "string" ? value : JSON.stringify(value), 200)),
            ]),
            listed,
            texts,
          ),
        ]),
    ...(additionalAttributes === null ? [line(words(say.attributesUnreadable))] : []),
  ];
}

/** What is under way, what became of decisions made here, and who decided in SailPoint. */
function outcomeBlocks({ approval, decisions, isAsked }: SailPointCard, texts: Texts): KnownBlock[] {
  const { sailpoint: say } = texts;
  const lines: Parts = [];
  for (const { deed, by, state, settledAt, failure } of decisions) {
    if (settledAt === null) lines.push(line(words(say.underWay[deed.kind][0]), user(by.userId), words(say.underWay[deed.kind][1])));
    else if (state === "CONFIRMED") {
      const [before, between, after] = say.confirmed[deed.kind];
      lines.push(line(words(before), user(by.userId), words(between), moment(settledAt), words(after)));
    } else if (state === "ELSEWHERE") lines.push(line(words(say.elsewhere[0]), user(by.userId), words(say.elsewhere[1])));
    else if (failure !== null)
      lines.push(
        line(
          words(say.refused[0]),
          user(by.userId),
          words(`${say.refused[1]}${errorSentence({ code: failure.code, details: { params: failure.params } }, texts)}`),
        ),
      );
  }
  const isOurs = decisions.some(({ state, deed }) => state === "CONFIRMED" && (deed.kind === "approve" || deed.kind === "reject"));
  if (!isOurs) {
    const { approved, rejected } = say.decidedBy;
    const deciders = (list: SailPointApproval["approvedBy"], [before, after]: readonly [string, string]) =>
      (list ?? []).slice(0, LISTED).map(({ identity }) => line(words(`${before}${nameOf(identity)}${after}`)));
    lines.push(...deciders(approval.approvedBy, approved), ...deciders(approval.rejectedBy, rejected));
  }
  if (approval.status === "PENDING" && !isAsked) lines.push(line(words(say.notAsked)));
  if (approval.status === "PENDING" && needsReauthentication(approval)) lines.push(line(words(say.reauthentication)));
  return lines.length === 0 ? [] : [richText(...lines)];
}

function buttons({ approval, version, isAsked, url, decisions, governed }: SailPointCard, texts: Texts): KnownBlock[] {
  const isUnderWay = decisions.some(({ settledAt }) => settledAt === null);
  if (approval.status !== "PENDING" || !isAsked || isUnderWay) return [];
  const { sailpoint: say } = texts;
  const name = titleOf(approval, texts);
  const value: SailPointValue = { sailpointId: approval.id, version };
  return [
    ...voidingNote(governed, texts),
    actions(BLOCK.sailpointDecision, [
      ...sailpointButtons(approval, version, url, texts),
      button({ actionId: ACTION.sailpointComment, text: say.comment, label: say.commentLabel(name), value }),
      button({ actionId: ACTION.sailpointAttributes, text: say.changeAttributes, label: say.changeAttributesLabel(name), value }),
    ]),
  ];
}

/** Approve, Reject, Reassign; a link instead of the first two where SailPoint wants a new sign-in. */
export function sailpointButtons(approval: SailPointApproval, version: number, url: string | null, texts: Texts) {
  const { sailpoint: say } = texts;
  const name = titleOf(approval, texts);
  const value: SailPointValue = { sailpointId: approval.id, version };
  const needsComment = approval.requiresComment === "ALL" || approval.requiresComment === "APPROVAL";
  const decide = [
    button({
      actionId: needsComment ? ACTION.sailpointApproveWithComment : ACTION.sailpointApprove,
      text: needsComment ? say.approveWithComment : say.approve,
      label: say.approveLabel(name),
      value,
      style: "primary",
    }),
    button({ actionId: ACTION.sailpointReject, text: say.reject, label: say.rejectLabel(name), value, style: "danger" }),
  ];
  const link = url === null ? [] : [button({ actionId: ACTION.sailpointOpen, text: say.open, label: say.openLabel, url })];
  return [
    ...(needsReauthentication(approval) ? link : decide),
    button({ actionId: ACTION.sailpointReassign, text: say.reassign, label: say.reassignLabel(name), value }),
  ];
}
