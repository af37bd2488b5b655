import type { KnownBlock } from "@slack/types";
import type { GovernedForecast } from "../services/governed/governed.ts";
import type { SailPointCard } from "../services/sailpoint-inbox/inbox.ts";
import { failureSentence } from "../texts/error-sentence.ts";
import type { Texts } from "../texts/texts.ts";
import { context, LIMIT, plain } from "./blocks.ts";
import { hoursText } from "./card-life.ts";
import { timeBlocks } from "./card-times.ts";
import { readersSpan } from "./instants.ts";
import { clamp, named } from "./literal.ts";
import { consoleList, nameList } from "./name-list.ts";
import { line, quote, richText, strong, words } from "./rich-text.ts";
import { withoutEffectBlocks } from "./without-effect.ts";

const CONSOLES_SHOWN = 10;
const ALSO_OPENS_SHOWN = 10;
const REASON_SHOWN = 500;
const WHY_SHOWN = 1000;
const NAME_SHOWN = 80;

/** What approving would open, as on the card of our own; nothing on one of which no access comes. */
export function governedForecastBlocks({ governed, approval }: SailPointCard, texts: Texts): KnownBlock[] {
  if (governed === null) return [];
  const { forecast: say } = texts.governed;
  switch (governed.kind) {
    case "unknown":
      return [richText(line(strong(say.unknown)), line(words(say.later)))];
    case "refused":
      return [richText(line(strong(say.refused)), quote(why(governed, texts), WHY_SHOWN))];
    case "opens": {
      const { requestee } = approval;
      const whom = named(requestee?.name ?? "", NAME_SHOWN);
      const email = named(requestee?.email ?? "", NAME_SHOWN);
      return [
        richText(
          line(strong(say.opens)),
          ...(governed.needsOthers ? [line(words(say.needsOthers))] : []),
          line(words(say.gets(whom, email))),
          ...opened(governed, texts),
        ),
        ...withoutEffectBlocks(governed.withoutEffect, "would", texts),
        ...timesOf(governed, texts),
        context(plain(say.later, LIMIT.context)),
      ];
    }
  }
}

const ROW_NAMES_SHOWN = 3;
const ROW_SHOWN = 700;

/** The same in a row of a list, in literal words; empty where no access comes of it. */
export function governedForecastRow(governed: GovernedForecast | null, texts: Texts): string {
  if (governed?.kind !== "opens") return clamp(governedForecastWords(governed, texts), ROW_SHOWN);
  const { forecast: say } = texts.governed;
  const namesOf = (consoles: Opens["consoles"]) =>
    nameList(
      consoles.map(({ name }) => name),
      ROW_NAMES_SHOWN,
      texts,
    );
  const { consoles, alsoOpens, withoutEffect, needsOthers } = governed;
  return clamp(
    [
      say.opens,
      say.row(namesOf(consoles), alsoOpens.length === 0 ? null : namesOf(alsoOpens), hoursText(governed.time, texts)),
      ...(withoutEffect.length === 0 ? [] : [texts.policy.withoutEffect.would(namesOf(withoutEffect))]),
      ...(needsOthers ? [say.needsOthers] : []),
    ].join(" "),
    ROW_SHOWN,
  );
}

/** When that is, in mrkdwn; null where nothing opens. */
export const governedForecastWindow = (governed: GovernedForecast | null, { card }: Texts): string | null =>
  governed?.kind === "opens" && governed.window !== null ? `*${card.window}:* ${readersSpan(governed.window)}` : null;

/** The same in a sentence, not escaped yet, for notifications and screen readers. */
export function governedForecastWords(governed: GovernedForecast | null, texts: Texts): string {
  if (governed === null) return "";
  const { forecast: say } = texts.governed;
  return governed.kind === "refused" ? `${say.refused} ${why(governed, texts)}` : say[governed.kind];
}

/** Whoever changes what was shown makes the approval void. */
export const voidingNote = (governed: GovernedForecast | null, { governed: { forecast } }: Texts): KnownBlock[] =>
  governed === null ? [] : [context(plain(forecast.voids, LIMIT.context))];

type Opens = Extract<GovernedForecast, { readonly kind: "opens" }>;

function opened({ consoles, alsoOpens, reason, time }: Opens, texts: Texts): Parameters<typeof richText> {
  const { card, governed } = texts;
  return [
    line(strong(card.consoles)),
    consoleList(consoles, CONSOLES_SHOWN, texts),
    ...(alsoOpens.length === 0 ? [] : [line(strong(card.alsoOpens)), consoleList(alsoOpens, ALSO_OPENS_SHOWN, texts)]),
    line(strong(card.reason)),
    quote(reason, REASON_SHOWN),
    line(strong(governed.forecast.hours), words(hoursText(time, texts))),
  ];
}

/** SailPoint tells no zone of whoever asked: without working hours the span stands in UTC beside the reader's own. */
const timesOf = ({ time, ...times }: Opens, texts: Texts): KnownBlock[] =>
  timeBlocks(
    { ...times, request: { status: "PENDING", time, requester: { timeZone: time.workingHours?.timeZone ?? "Etc/UTC" } } },
    null,
    texts,
  );

const why = ({ refusal }: Extract<GovernedForecast, { readonly kind: "refused" }>, texts: Texts): string =>
  failureSentence({ ...refusal, reference: "" }, texts);
