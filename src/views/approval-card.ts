import type { ActionsBlockElement, Button, KnownBlock, RichTextBlock } from "@slack/types";
import type { RequestOverview } from "../services/access/overview.ts";
import { requestLabel } from "../services/access/request.ts";
import { commentRequired } from "../services/approvals/comment-required.ts";
import type { Texts } from "../texts/texts.ts";
import { actions, button, context, header, LIMIT, type Message, markup, mentionUser, option, plain, section, sentences } from "./blocks.ts";
import { type DecisionValue, menuValue, type RequestValue } from "./button-value.ts";
import { accessButtons, alarmBlocks, lifeBlocks } from "./card-life.ts";
import { outcomeBlocks } from "./card-outcome.ts";
import { proposalBlocks, talkBlocks } from "./card-talk.ts";
import { timeBlocks } from "./card-times.ts";
import { emergencyFallback, emergencyTitle, emergencyWords, reviewBlocks } from "./emergency/emergency-card.ts";
import { governedFallback, governedTitle, governedWords } from "./governed-card.ts";
import { ACTION, BLOCK } from "./ids.ts";
import { escapeMrkdwn, named } from "./literal.ts";
import { consoleList, foldedBullets, madeTogetherLine, nameList } from "./name-list.ts";
import { nudgeButton } from "./nudge.ts";
import { instant, line, quote, richText, strong, words } from "./rich-text.ts";
import { withdrawButton } from "./withdraw-button.ts";
import { withoutEffectBlocks } from "./without-effect.ts";

/** For whom a card is drawn. `timeZone` and `locale` are null in a channel, which has many readers. */
export interface CardViewer {
  readonly kind: "approver" | "channel" | "reader" | "requester";
  readonly userId?: string;
  readonly timeZone: string | null;
  readonly locale: string | null;
}

/** Lists longer than these are folded: Slack refuses a message of more than about 12,000 characters (bolt-js #2509). */
const CONSOLES_SHOWN = 15;
const ALSO_OPENS_SHOWN = 10;
const HELD_SHOWN = 5;
const REASON_SHOWN = 1000;
const PORTALS_SHOWN = 5;

/**
 * The card of one request, at whatever stage it stands: the effect of an approval while it waits, and what became of it after.
 * Its buttons depend on the viewer's kind alone; whether the person may press them is asked at the click.
 */
export function approvalCard(overview: RequestOverview, viewer: CardViewer, texts: Texts): Message {
  const { request, consoles } = overview;
  const { card } = texts;
  const label = requestLabel(request);
  const state = texts.status[request.status];
  const names = nameList(
    consoles.map((console) => console.name),
    3,
    texts,
  );
  return {
    text: escapeMrkdwn(
      emergencyFallback(overview, names, texts) ??
        governedFallback(overview, names, texts) ??
        card.fallback(label, named(request.requester.name, 80), names, state),
    ),
    blocks: [
      header(emergencyTitle(overview, texts) ?? governedTitle(overview, texts) ?? card.title(label, state)),
      ...alarmBlocks(overview, texts),
      section(markup(emergencyWords(overview, texts) ?? governedWords(overview, texts) ?? asks(overview, texts))),
      ...togetherBlocks(overview, texts),
      richText(line(strong(card.reason)), quote(request.reason, REASON_SHOWN)),
      richText(...opened(overview, texts)),
      ...withoutEffectBlocks(overview.withoutEffect, overview.request.status === "PENDING" ? "would" : "does", texts),
      ...timeBlocks(overview, viewer.timeZone, texts),
      ...talkBlocks(overview, texts),
      ...outcomeBlocks(overview, texts),
      ...lifeBlocks(overview, texts),
      ...proposalBlocks(overview, viewer, label, texts),
      ...reviewBlocks(overview, viewer, texts),
      ...buttons(overview, viewer, texts),
    ],
  };
}

/** What is left of a card in a channel that another organisation can read by now: no names, no details, no buttons. */
export const withheldCard = ({ request }: RequestOverview, { card }: Texts): Message => sentences(card.withheld(requestLabel(request)));

function asks({ request: { requester, beneficiary } }: RequestOverview, { card }: Texts): string {
  const who = mentionUser(requester.userId);
  return requester.userId === beneficiary.userId ? card.asks(who) : card.asksFor(who, mentionUser(beneficiary.userId));
}

/** One line that says what else came of the same submission. */
const togetherBlocks = ({ madeTogether }: RequestOverview, texts: Texts): KnownBlock[] =>
  madeTogether.length === 0 ? [] : [context(plain(madeTogetherLine(madeTogether, texts), LIMIT.context))];

function opened({ request, consoles, alsoOpens, alreadyHolds }: RequestOverview, texts: Texts): RichTextBlock["elements"] {
  const { card } = texts;
  const isAskedFor = request.origin === "REQUEST" || request.origin === "RENEWAL";
  const held = alreadyHolds.map(({ label, consoleNames, window }) => [
    words(`${label}: ${nameList(consoleNames, 3, texts)}${card.holdsUntil}`),
    instant(window.end),
  ]);
  return [
    line(strong(isAskedFor ? card.consoles : texts.form.consoles)),
    consoleList(consoles, CONSOLES_SHOWN, texts),
    ...(alsoOpens.length === 0 ? [] : [line(strong(card.alsoOpens)), consoleList(alsoOpens, ALSO_OPENS_SHOWN, texts)]),
    ...(held.length === 0 ? [] : [line(strong(card.holds)), foldedBullets(held, HELD_SHOWN, texts)]),
  ];
}

function buttons(overview: RequestOverview, viewer: CardViewer, texts: Texts): KnownBlock[] {
  const { request } = overview;
  if (viewer.kind === "reader") return [];
  switch (request.status) {
    case "PENDING":
      return viewer.kind === "requester" ? [requesterButtons(overview, viewer, texts)] : [approverButtons(overview, texts)];
    case "GRANTED": {
      const portals = viewer.kind === "requester" ? portalButtons(overview, texts) : [];
      return [
        ...(portals.length === 0 ? [] : [actions(BLOCK.portals, portals)]),
        ...retryButtons(overview, texts),
        ...accessButtons(overview, viewer, texts),
      ];
    }
    case "FAILED":
      return [...retryButtons(overview, texts), ...accessButtons(overview, viewer, texts)];
    case "GRANTING":
    case "ENDED":
      return accessButtons(overview, viewer, texts);
    case "REJECTED":
    case "CANCELLED":
    case "EXPIRED":
    case "PASSED":
    case "ENDING":
      return [];
  }
}

/** What is needed every day as buttons, the rest behind the dots. */
function approverButtons({ approval, request }: RequestOverview, texts: Texts): KnownBlock {
  const { cardTalk: card } = texts;
  const label = requestLabel(request);
  const value: DecisionValue = { approvalId: approval.id, version: approval.version };
  const ask = button({ actionId: ACTION.ask, text: card.ask, label: card.askLabel(label), value });
  const menu: ActionsBlockElement = {
    type: "overflow",
    action_id: ACTION.cardMenu,
    options: [option(menuValue("changes", value), card.approveWithChanges), option(menuValue("details", value), card.details)],
  };
  const needsComment = commentRequired(approval, "APPROVED");
  return actions(BLOCK.decision, [...decisionButtons({ ...value, needsComment }, label, texts), ask, menu]);
}

/** Whoever waits may have the approvers reminded; only who asked may take the request back. */
function requesterButtons({ approval, request }: RequestOverview, viewer: CardViewer, texts: Texts): KnownBlock {
  const { cardTalk: card } = texts;
  const label = requestLabel(request);
  const value: DecisionValue = { approvalId: approval.id, version: approval.version };
  const details = button({ actionId: ACTION.details, text: card.details, label: card.detailsLabel(label), value });
  const waits = viewer.userId === request.requester.userId || viewer.userId === request.beneficiary.userId;
  return actions(BLOCK.requestActions, [
    ...(waits ? [nudgeButton(request.id, label, texts)] : []),
    ...(viewer.userId === request.requester.userId ? [withdrawButton(request.id, label, texts)] : []),
    details,
  ]);
}

/**
 * Approve, Reject, Reassign for one approval as it stands.
 * @param needsComment whether the rules want a comment with a yes: a form then asks for it
 */
export function decisionButtons(
  { needsComment, ...value }: DecisionValue & { readonly needsComment: boolean },
  label: string,
  { card }: Texts,
): Button[] {
  const approve = needsComment ? ACTION.approveWithComment : ACTION.approve;
  return [
    button({ actionId: approve, text: card.approve, label: card.approveLabel(label), value, style: "primary" }),
    button({ actionId: ACTION.reject, text: card.reject, label: card.rejectLabel(label), value, style: "danger" }),
    button({ actionId: ACTION.reassign, text: card.reassign, label: card.reassignLabel(label), value }),
  ];
}

/** Where a part could not be set up, also of access whose other half stands after a change of its hours. */
function retryButtons({ request, grants }: RequestOverview, { card }: Texts): KnownBlock[] {
  if (!grants.some((grant) => grant.status === "FAILED")) return [];
  const value: RequestValue = { requestId: request.id };
  const label = card.retryLabel(requestLabel(request));
  return [actions(BLOCK.requestActions, [button({ actionId: ACTION.retry, text: card.retry, label, value })])];
}

function portalButtons({ consoles }: RequestOverview, texts: Texts): Button[] {
  const portals = new Map(
    consoles.flatMap((console) => console.portals).flatMap(({ url, name }) => (isLink(url) ? [[url, name] as const] : [])),
  );
  return [...portals].slice(0, PORTALS_SHOWN).map(([url, name], index) => portalButton(url, name, index, texts));
}

/** A button that leads to a portal's page. `index` keeps its action id unique on the surface. */
const portalButton = (url: string, name: string, index: number, { card }: Texts): Button =>
  button({
    actionId: `${ACTION.openPortal}_${index}`,
    text: card.openPortal(named(name, 50)),
    label: card.openPortalLabel(named(name, 40)),
    url,
    ...(index === 0 ? { style: "primary" as const } : {}),
  });

/** Whether Slack takes it as a button's link. */
export const isLink = (url: string | null): url is string => url?.startsWith("https://") === true && url.length <= LIMIT.buttonUrl;
