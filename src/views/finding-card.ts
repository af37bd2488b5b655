import type { KnownBlock, RichTextElement } from "@slack/types";
import { ERROR_CODES } from "../errors.ts";
import type { FindingTerms, FindingView, PassSummary, Verdict } from "../services/access/reconcile/finding.ts";
import { errorSentence, failureSentence } from "../texts/error-sentence.ts";
import type { Texts } from "../texts/texts.ts";
import { actions, button, header, type Message } from "./blocks.ts";
import type { FindingValue } from "./button-value.ts";
import { ACTION, BLOCK } from "./ids.ts";
import { clamp, escapeMrkdwn, named } from "./literal.ts";
import { bullets, instant, line, moment, quote, richText, strong, words } from "./rich-text.ts";
import { actorName } from "./rules-change-card.ts";

const NAMES_SHOWN = 10;
const REASON_SHOWN = 1000;

type Parts = Parameters<typeof richText>;

/** A finding, and what an administrator can do about it; or what became of it. */
export function findingCard(finding: FindingView, texts: Texts): Message {
  const { findings: say } = texts;
  const title = say.titles[finding.kind];
  return {
    text: clamp(escapeMrkdwn(say.cardFallback(title, aboutOf(finding, texts))), 1000),
    blocks: [header(title), ...findingBlocks(finding, texts)],
  };
}

/** The same without its title, for a list. */
export function findingBlocks(finding: FindingView, texts: Texts): KnownBlock[] {
  const buttons = findingButtons(finding, texts);
  return [richText(...facts(finding, texts), ...stateParts(finding, texts)), ...(buttons === null ? [] : [buttons])];
}

/** In a few words. @example "ana@example.com on db-prod" */
export function aboutOf({ kind, body, segmentNames }: FindingView, { findings: say }: Texts): string {
  const terms = body.seen ?? body.intended;
  if (terms === null || kind === "MANY" || kind === "LIST") return named(body.microtenantName, 80);
  return say.about(named(terms.emailIds.join(", "), 120), named(segmentsIn(terms, segmentNames), 200));
}

function facts(finding: FindingView, texts: Texts): Parts {
  const { findings: say } = texts;
  const { kind, body, label } = finding;
  const place = named(body.microtenantName, 80);
  if (kind === "MANY") return manyParts(finding, place, texts);
  if (kind === "LIST") return [line(words(say.list(body.counts.absent ?? 0, body.counts.grants ?? 0, place)))];
  const terms = body.seen ?? body.intended;
  const isAgainOurs = kind === "FOREIGN" && finding.grantId !== null;
  return [
    line(words(isAgainOurs ? say.wasOurs : say.what[kind])),
    bullets([
      ...(label === null ? [] : [[strong(`${say.of}: `), words(label)]]),
      ...(terms === null ? [] : termLines(terms, finding, texts)),
      [strong(`${say.microtenant}: `), words(place)],
      ...(finding.zpaId === null ? [] : [[strong(`${say.id}: `), words(named(finding.zpaId, 40))]]),
    ]),
    ...differenceParts(finding, texts),
  ];
}

function termLines(terms: FindingTerms, { segmentNames }: FindingView, { findings: say, days }: Texts): RichTextElement[][] {
  return [
    [strong(`${say.who}: `), words(named(terms.emailIds.join(", "), 300))],
    [strong(`${say.segments}: `), words(named(segmentsIn(terms, segmentNames), 600))],
    [strong(`${say.window}: `), instant(terms.start), words(" – "), instant(terms.end)],
    [strong(`${say.hours}: `), words(hoursIn(terms, days, say.noHours))],
  ];
}

/** What was approved, and what stands. */
function differenceParts({ kind, body, segmentNames }: FindingView, { findings: say, days }: Texts): Parts {
  const { seen, intended } = body;
  if (kind !== "CHANGED" || seen === null || intended === null) return [];
  const value = (field: string, terms: FindingTerms): RichTextElement => {
    if (field === "startTime") return instant(terms.start);
    if (field === "endTime") return instant(terms.end);
    if (field === "emailIds") return words(named(terms.emailIds.join(", "), 200));
    if (field === "applications") return words(named(segmentsIn(terms, segmentNames), 300));
    if (field === "startTimeCron" || field === "endTimeCron") return words(named(terms.workingHours?.[field] ?? "", 80));
    return words(hoursIn(terms, days, say.noHours));
  };
  // Zone, days and hours are parts of one thing that a person reads at once.
  const names = body.fields.map((field) => (["timeZone", "days", "hours"].includes(field) ? "workingHours" : field));
  const shown = [...new Set(names)].filter((field) => !(field.endsWith("Cron") && names.includes("workingHours")));
  const [before, between] = say.difference;
  return [
    line(strong(say.differs)),
    bullets(
      shown.map((field) => [
        strong(`${say.fields[field] ?? field}: `),
        words(before),
        value(field, intended),
        words(between),
        value(field, seen),
      ]),
    ),
  ];
}

function manyParts({ body, status }: FindingView, place: string, { findings: say }: Texts): Parts {
  const counts = Object.entries(body.counts).filter(([, count]) => count > 0);
  const sum = counts.reduce((total, [, count]) => total + count, 0);
  if (status !== "OPEN") return [line(words(say.manyNone(place)))];
  return [line(words(say.many(sum, place))), bullets(counts.map(([kind, count]) => [words(`${count} ${say.manyOf[kind] ?? kind}`)]))];
}

/** What is being done, what became of it, and why something did not. */
function stateParts({ kind, status, wanted, failure, settledBy, settledAt, reason, owner }: FindingView, texts: Texts): Parts {
  const { findings: say } = texts;
  const said: Parts = [];
  if (wanted !== null) said.push(line(words(say.wanted[wanted.verdict][0]), actorName(wanted.by), words(say.wanted[wanted.verdict][1])));
  if (failure !== null) {
    said.push(line(strong(say.failed)));
    said.push(quote(`${failureSentence(failure, texts)}\n${texts.common.reference(failure.reference)}`, REASON_SHOWN));
  }
  if (status === "OPEN" || settledAt === null) return said;
  if (status === "GONE" || settledBy === null) {
    if (kind !== "MANY") said.push(line(words(say.goneAround[0]), moment(settledAt), words(say.goneAround[1])));
    return said;
  }
  const [before, between, after] =
    kind === "LIST" && status === "RESTORED"
      ? say.listChecked
      : status === "ADOPTED" && kind === "FOREIGN"
        ? say.known
        : say.settled[status];
  said.push(line(words(before), actorName(settledBy), words(between), moment(settledAt), words(after)));
  if (status === "REVOKED" && kind !== "FOREIGN") said.push(line(words(say.revoking)));
  if (owner !== null) said.push(line(words(say.answers[0]), actorName(owner), words(say.answers[1])));
  if (reason !== null) said.push(line(strong(say.reason)), quote(reason, REASON_SHOWN));
  return said;
}

const ACTIONS: Readonly<Record<Verdict, string>> = {
  adopt: ACTION.findingAdopt,
  restore: ACTION.findingRestore,
  ignore: ACTION.findingIgnore,
  revoke: ACTION.findingRevoke,
};

/** Whether the person may is looked at when they click. */
function findingButtons(finding: FindingView, texts: Texts): KnownBlock | null {
  const { findings: say } = texts;
  const blockId = `${BLOCK.finding}_${finding.id}`;
  if (finding.kind === "MANY")
    return finding.status === "OPEN"
      ? actions(blockId, [button({ actionId: ACTION.findingsOpen, text: say.open, label: say.openLabel, value: {} })])
      : null;
  if (finding.verdicts.length === 0) return null;
  const value: FindingValue = { findingId: finding.id, version: finding.version };
  const about = aboutOf(finding, texts);
  return actions(
    blockId,
    finding.verdicts.map((verdict) => {
      const common = { actionId: ACTIONS[verdict], text: say.verdicts[verdict], label: say.verdictLabel(verdict, about), value };
      const go = { yes: say.yes, no: say.no };
      if (finding.kind === "LIST" && verdict === "restore")
        return button({ ...common, text: say.checkEach, label: say.checkEachLabel(about), style: "primary" });
      if (verdict === "restore")
        return button({ ...common, style: "primary", confirm: { title: say.restoreTitle, text: say.restoreText, ...go } });
      if (verdict === "revoke")
        return button({ ...common, style: "danger", confirm: { title: say.revokeTitle, text: say.revokeText, ...go } });
      return button(common);
    }),
  );
}

function segmentsIn({ segmentIds }: FindingTerms, names: Readonly<Record<string, string>>): string {
  const shown = segmentIds.slice(0, NAMES_SHOWN).map((id) => names[id] ?? id);
  const rest = segmentIds.length - shown.length;
  return `${shown.join(", ")}${rest > 0 ? `, +${rest}` : ""}`;
}

function hoursIn({ workingHours }: FindingTerms, days: Texts["days"], always: string): string {
  if (workingHours === null) return always;
  const { days: on, start, end, timeZone } = workingHours;
  return named(`${on.map((day) => days[day]).join(", ")} ${start}–${end} ${timeZone}`, 200);
}

/** The answer to `/pra reconcile`. */
export const passStarted = ({ findings: say }: Texts): Message => ({
  text: escapeMrkdwn(say.started),
  blocks: [richText(line(words(say.started)))],
});

const MICROTENANTS_SHOWN = 40;

/** What a pass came to, for whoever asked for it. */
export function passMessage({ microtenants }: PassSummary, texts: Texts): Message {
  const { findings: say } = texts;
  const lines = microtenants.slice(0, MICROTENANTS_SHOWN).map((result): RichTextElement[] => {
    const known = ERROR_CODES.find((code) => code === result.problem);
    const problem = known === undefined ? say.titles.LIST : errorSentence({ code: known, details: {} }, texts);
    const removed = result.removed + result.cleaned > 0 ? ` ${say.passRemoved(result.removed, result.cleaned)}` : "";
    const told =
      known === undefined ? `${say.passLine(result)}${removed}${result.problem === null ? "" : ` ${problem}`}` : say.passProblem(problem);
    return [strong(`${named(result.microtenantName, 60)}: `), words(clamp(told, 250))];
  });
  const rest = microtenants.length - lines.length;
  return {
    text: escapeMrkdwn(say.passTitle),
    blocks: [header(say.passTitle), richText(bullets([...lines, ...(rest > 0 ? [[words(texts.common.andMore(rest))]] : [])]))],
  };
}
