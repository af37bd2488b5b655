import type { RichTextBlock } from "@slack/types";
import type { RequestOverview } from "../services/access/overview.ts";
import { requestLabel } from "../services/access/request.ts";
import type { GovernedBy } from "../services/policy/rules.ts";
import type { Texts } from "../texts/texts.ts";
import { mentionUser } from "./blocks.ts";
import { named } from "./literal.ts";
import { line, moment, user, words } from "./rich-text.ts";

const DECIDERS_SHOWN = 5;
const NAME_SHOWN = 80;

type Part = RichTextBlock["elements"][number];

/** What heads a card of access that SailPoint approved; null for every other card. */
export const governedTitle = ({ request }: RequestOverview, { governed, status }: Texts): string | null =>
  request.origin === "SAILPOINT" ? governed.card.title(requestLabel(request), status[request.status]) : null;

/** The same for notifications and screen readers, not escaped yet. */
export const governedFallback = ({ request }: RequestOverview, consoles: string, { governed, status }: Texts): string | null =>
  request.origin === "SAILPOINT"
    ? governed.card.fallback(requestLabel(request), named(request.beneficiary.name, NAME_SHOWN), consoles, status[request.status])
    : null;

/** Who gets it, in mrkdwn. */
export const governedWords = ({ request: { origin, beneficiary } }: RequestOverview, { governed }: Texts): string | null =>
  origin === "SAILPOINT" ? governed.card.gets(mentionUser(beneficiary.userId)) : null;

/** Who decided there, by which approval, and who asked; null for a request that was decided on here. */
export function governedOutcome({ request, approval }: RequestOverview, texts: Texts): readonly Part[] | null {
  if (request.origin !== "SAILPOINT") return null;
  const { card } = texts.governed;
  const by = approval.rules.governedBy;
  if (by === undefined) return [line(words(texts.governed.noSeats))];
  const shown = by.deciders.slice(0, DECIDERS_SHOWN);
  const rest = by.deciders.length - shown.length;
  return [
    ...shown.map((decider) => {
      const [before, after] = card.at;
      const at = decider.at === null ? [words(after)] : [words(before), moment(decider.at), words(after)];
      return line(words(card.approvedBy(personName(decider))), ...at);
    }),
    ...(rest > 0 ? [line(words(texts.common.andMore(rest)))] : []),
    ...(by.deciderUserIds.length === 0
      ? []
      : [
          line(
            words(card.inSlack),
            ...by.deciderUserIds.slice(0, DECIDERS_SHOWN).flatMap((id, place) => [...(place === 0 ? [] : [words(", ")]), user(id)]),
          ),
        ]),
    ...(by.requester === null ? [] : [line(words(card.askedBy(personName(by.requester))))]),
    line(words(card.source(approvalName(by, texts), named(by.approvalId, NAME_SHOWN)))),
  ];
}

/** People of SailPoint's need not be in Slack: they stand there by name, and nobody is mentioned. */
export const governedDeciders = ({ deciders }: GovernedBy, { common }: Texts): string => {
  const rest = deciders.length - DECIDERS_SHOWN;
  const shown = deciders.slice(0, DECIDERS_SHOWN).map(personName).join(", ");
  return rest > 0 ? `${shown} ${common.andMore(rest)}` : shown;
};

export const approvalName = ({ approvalName: name }: Pick<GovernedBy, "approvalName">, { governed }: Texts): string =>
  name === null ? governed.card.unnamed : named(name, NAME_SHOWN);

const personName = ({ id, name, email }: NonNullable<GovernedBy["requester"]>): string => named(name ?? email ?? id, NAME_SHOWN);
