import type { KnownBlock, RichTextBlock, RichTextElement } from "@slack/types";
import type { RequestOverview } from "../services/access/overview.ts";
import type { Proposal, TermsChange } from "../services/approvals/approval.ts";
import { freeComments } from "../services/approvals/free-comments.ts";
import type { Terms } from "../services/policy/terms.ts";
import type { Texts } from "../texts/texts.ts";
import { actions, button } from "./blocks.ts";
import type { ProposalValue } from "./button-value.ts";
import { durationText } from "./durations.ts";
import { ACTION, BLOCK } from "./ids.ts";
import { nameList } from "./name-list.ts";
import { instant, line, moment, quote, richText, strong, user, words } from "./rich-text.ts";

type Part = RichTextBlock["elements"][number];

/** The last of what was said, each shortened to a line or two; all of it is in the details. */
const COMMENTS_SHOWN = 3;
const COMMENT_SHOWN = 160;
const CHANGES_SHOWN = 2;
const NAMES_SHOWN = 4;
const PROPOSAL_COMMENT_SHOWN = 300;

/** What an approver changed of what was asked for, and the latest of what was said. */
export function talkBlocks({ approval }: RequestOverview, texts: Texts): KnownBlock[] {
  const { changes } = approval;
  const comments = freeComments(approval); // the others stand on the card with what they came with
  const earlier = comments.length - COMMENTS_SHOWN;
  const said = comments
    .slice(-COMMENTS_SHOWN)
    .flatMap(({ by, at, text }) => [line(user(by.userId), words(", "), moment(at), words(":")), quote(text, COMMENT_SHOWN)]);
  const parts = [
    ...changes.slice(-CHANGES_SHOWN).flatMap((change) => changeLines(change, texts)),
    ...(said.length === 0
      ? []
      : [line(strong(texts.cardTalk.comments(comments.length)), words(earlier > 0 ? texts.cardTalk.latest : "")), ...said]),
  ];
  return parts.length === 0 ? [] : [richText(...parts)];
}

/** Who changed it, and from what to what. */
export function changeLines({ by, at, before, after }: TermsChange, texts: Texts): Part[] {
  const [start, between, end] = texts.cardTalk.changed;
  return [line(words(start), user(by.userId), words(between), moment(at), words(end)), ...differenceLines(before, after, texts)];
}

/** The proposal that waits for the requester: what it is, and, on their own card, the buttons to answer it. */
export function proposalBlocks(
  { approval: { id, proposal, requesterUserId }, request }: RequestOverview,
  viewer: { readonly kind: "approver" | "channel" | "reader" | "requester" },
  label: string,
  texts: Texts,
): KnownBlock[] {
  if (proposal === null || request.status !== "PENDING") return [];
  const { cardTalk: card } = texts;
  if (viewer.kind !== "requester") {
    const [before, between, after] = card.waitsForConsent;
    const head = line(words(before), user(requesterUserId), words(between), user(proposal.by.userId), words(after));
    return [richText(head, ...differenceLines(proposal.before, proposal.after, texts))];
  }
  const value: ProposalValue = { approvalId: id, proposalId: proposal.id };
  return [
    richText(...proposedLines(proposal, texts)),
    actions(BLOCK.proposal, [
      button({ actionId: ACTION.acceptProposal, text: card.accept, label: card.acceptLabel(label), value, style: "primary" }),
      button({ actionId: ACTION.declineProposal, text: card.decline, label: card.declineLabel(label), value }),
    ]),
  ];
}

/** What an approver would approve, told to whoever may agree. */
export function proposedLines({ by, before, after, comment }: Proposal, texts: Texts): Part[] {
  return [
    line(user(by.userId), words(texts.cardTalk.proposed)),
    ...differenceLines(before, after, texts),
    ...(comment === null ? [] : [quote(comment, PROPOSAL_COMMENT_SHOWN)]),
  ];
}

/** From what to what, as far as it differs. */
function differenceLines(before: Terms, after: Terms, texts: Texts): Part[] {
  const { cardTalk: card } = texts;
  const kept = new Set(after.consoles.map(({ id }) => id));
  const dropped = before.consoles.filter(({ id }) => !kept.has(id)).map(({ name }) => name);
  const ends = { before: endOf(before, texts), after: endOf(after, texts) };
  const isEndChanged = JSON.stringify(ends.before) !== JSON.stringify(ends.after);
  const [instead, end] = card.insteadOf;
  return [
    ...(dropped.length === 0 ? [] : [line(words(card.dropped(nameList(dropped, NAMES_SHOWN, texts))))]),
    ...(isEndChanged ? [line(words(kindOfEnd(after, texts)), ends.after, words(instead), ends.before, words(end))] : []),
  ];
}

const kindOfEnd = ({ time: { end } }: Terms, { cardTalk }: Texts): string => (end.kind === "at" ? cardTalk.until : cardTalk.lasting);

const endOf = ({ time: { end } }: Terms, texts: Texts): RichTextElement =>
  end.kind === "at" ? instant(end.at) : words(durationText(end.seconds, texts));
