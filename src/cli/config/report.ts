import type { Loosening } from "../../services/policy/loosens.ts";
import type { ScopeKey } from "../../services/policy/rules.ts";
import { diffText } from "../../services/rules/line-diff.ts";
import { textsFor } from "../../texts/texts.ts";
import type { ChangeAnswer, OutcomeAnswer } from "./answers.ts";

const { rules: words } = textsFor("en");

const titleOf = ({ scope, scopeId, name }: ScopeKey & { readonly name: string | null }): string =>
  [words.scopes[scope], scopeId, name === null ? "" : `(${name})`].filter((part) => part !== "").join(" ");

const loosened = (loosens: readonly Loosening[]): readonly string[] =>
  loosens.length === 0 ? [] : [words.looser, ...loosens.map((code) => `  ${words.loosens[code]}`)];

/** What would change, before anybody is asked. */
export function planText(outcomes: readonly OutcomeAnswer[]): string {
  const parts = outcomes
    .filter(({ kind }) => kind !== "none")
    .map((outcome) =>
      [
        `${titleOf(outcome)}: ${words.kinds[outcome.kind].toLowerCase()}`,
        diffText(outcome.diff),
        ...(outcome.loosens.length === 0 ? [] : [...loosened(outcome.loosens), words.needsSecond]),
        "",
      ].join("\n"),
    );
  return parts.length === 0 ? `${words.noChange}\n` : `${parts.join("\n")}\n`;
}

/** What was done, one line a scope. */
export const resultText = (outcomes: readonly OutcomeAnswer[]): string =>
  outcomes.map((outcome) => `${titleOf(outcome)}: ${doneText(outcome)}\n`).join("");

function doneText({ result, kind, revision, changeId }: OutcomeAnswer): string {
  switch (result) {
    case "planned":
    case "unchanged":
      return "unchanged";
    case "applied":
      return kind === "remove" ? "deleted" : `in force, revision ${revision}`;
    case "waiting":
      return `waits for a second administrator in Slack (${changeId})`;
  }
}

export function changeText(change: ChangeAnswer): string {
  const { id, status, proposedBy, proposedAt, settledBy, settledAt } = change;
  return [
    `${id}  ${status}`,
    `${titleOf(change)}: ${words.kinds[change.kind].toLowerCase()}, proposed by ${proposedBy} at ${proposedAt}`,
    ...(settledAt === null ? [] : [`settled by ${settledBy ?? "another change"} at ${settledAt}`]),
    diffText(change.diff),
    ...loosened(change.loosens),
    "",
  ].join("\n");
}
