import type { KnownBlock } from "@slack/types";
import type { ChangeView } from "../services/rules/rules-service.ts";
import type { Texts } from "../texts/texts.ts";
import { actions, button, header, LIMIT, type Message, plain, section } from "./blocks.ts";
import type { ChangePageValue, ChangeValue } from "./button-value.ts";
import { ACTION, BLOCK } from "./ids.ts";
import { escapeMrkdwn, named } from "./literal.ts";
import { line, moment, richText, strong, user, words } from "./rich-text.ts";
import { diffStart, fitsMessage, looser } from "./rules-diff.ts";

type Scoped = Pick<ChangeView, "scope" | "scopeId" | "name">;

/** @example scopeTitle({ scope: "MICROTENANT", scopeId: "77", name: "Plant" }, texts) // "Microtenant Plant" */
export const scopeTitle = ({ scope, scopeId, name }: Scoped, { rules }: Texts): string =>
  scope === "TENANT" || scope === "APPROVAL_TYPE" ? rules.scopes[scope] : `${rules.scopes[scope]} ${named(name ?? scopeId, 80)}`;

/** People by mention; an account of the machine by the name that the ledger has for it. */
export const actorName = (actor: string) => (actor.startsWith("cli:") ? strong(actor) : user(actor));

/**
 * A change of rules that waits for a second administrator, for one of them or for whoever proposed it; or what became of it. One that is
 * too long for a message is opened to be confirmed: nobody says yes to what they have seen in part.
 */
export function changeCard(change: ChangeView, readerId: string, texts: Texts): Message {
  const { rules } = texts;
  const scope = scopeTitle(change, texts);
  const waits = change.status === "WAITING";
  const seen = fitsMessage(change.diff) ? "whole" : "part";
  return {
    text: escapeMrkdwn(waits ? rules.cardFallback(scope) : rules.cardSettled(scope)),
    blocks: [
      header(waits ? (change.proposedBy === readerId ? rules.cardOwn : rules.cardTitle) : rules.title),
      richText(
        line(strong(scope), words(`: ${rules.kinds[change.kind]}`)),
        proposal(change, texts),
        ...diffStart(change.diff, texts),
        ...looser(change.loosens, texts),
      ),
      ...(waits && seen === "part" ? [section(plain(rules.tooLongForCard, LIMIT.section))] : []),
      ...(waits ? [changeButtons({ change, readerId, seen }, texts)] : [richText(settlement(change, texts))]),
    ],
  };
}

export function proposal({ proposedBy, proposedAt }: ChangeView, { rules }: Texts) {
  const [before, between, after] = rules.proposed;
  return line(words(before), actorName(proposedBy), words(between), moment(proposedAt), words(after));
}

export function settlement({ status, proposedBy, settledBy, settledAt, proposedAt }: ChangeView, { rules }: Texts) {
  const at = moment(settledAt ?? proposedAt);
  if (status === "WAITING" || status === "OVERTAKEN" || settledBy === null)
    return line(words(rules.overtaken[0]), at, words(rules.overtaken[1]));
  const [before, between, after] = settledBy === proposedBy ? rules.takenBack : rules.settled[status];
  return line(words(before), actorName(settledBy), words(between), at, words(after));
}

/**
 * Whoever proposed it may take it back; everybody else is asked, and can say yes where they have seen all of it. Whether they may is
 * looked at when they click.
 */
export function changeButtons(
  { change, readerId, seen }: { readonly change: ChangeView; readonly readerId: string; readonly seen: "whole" | "part" },
  texts: Texts,
): KnownBlock {
  const { rules } = texts;
  const value: ChangeValue = { changeId: change.id };
  const scope = named(scopeTitle(change, texts), 30);
  const blockId = `${BLOCK.change}_${change.id}`;
  const first: ChangePageValue = { ...value, page: 0 };
  const open = button({ actionId: ACTION.changeOpen, text: rules.open, label: rules.openLabel(scope), value: first });
  if (change.proposedBy === readerId)
    return actions(blockId, [
      ...(seen === "part" ? [open] : []),
      button({ actionId: ACTION.changeDecline, text: rules.takeBack, label: rules.takeBackLabel(scope), value }),
    ]);
  const confirm = { title: rules.confirmTitle, text: rules.confirmText, yes: rules.confirm, no: rules.keep };
  return actions(blockId, [
    seen === "part"
      ? open
      : button({ actionId: ACTION.changeConfirm, text: rules.confirm, label: rules.confirmLabel(scope), value, style: "primary", confirm }),
    button({ actionId: ACTION.changeDecline, text: rules.decline, label: rules.declineLabel(scope), value, style: "danger" }),
  ]);
}

/** Said once in the thread of the proposer's card. */
export function changeNotice({ status }: ChangeView, { rules }: Texts): Message {
  const sentence = status === "WAITING" ? rules.waits : rules.told[status];
  return { text: escapeMrkdwn(sentence), blocks: [richText(line(words(sentence)))] };
}
