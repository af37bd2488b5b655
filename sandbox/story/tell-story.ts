import type { StoryStep } from "./play-story.ts";

/** Counts in a line. */
export const counted = (calls: Readonly<Record<string, number>>) =>
  Object.entries(calls)
    .map(([name, count]) => `${name} ${count}`)
    .join(", ") || "none";

/** Names and values below each other. */
export function rows(values: Readonly<Record<string, unknown>>): readonly string[] {
  const width = Math.max(...Object.keys(values).map(({ length }) => length));
  return Object.entries(values).map(([label, value]) => `    ${label.padEnd(width)}  ${String(value)}`);
}

/** A step as a person reads it in a terminal. */
export function sentenceOf(step: StoryStep): string {
  switch (step.step) {
    case "ready":
      return `The bot is connected and knows ${step.consoles} consoles.`;
    case "command":
      return `${step.by} types: ${step.text}`;
    case "form":
      return [`The form "${step.title}" opens, filled in:`, ...rows(step.filled)].join("\n");
    case "submitted":
      return `${step.by} submits it.`;
    case "card":
      return `${step.to} gets a card: ${step.text}`;
    case "approved":
      return `${step.by} clicks Approve.`;
    case "granting":
      return `The card says: ${step.text}`;
    case "granted":
      return `Read back from ZPA, and only then the card says: ${step.text}`;
    case "done":
      return [
        "The privileged approval, as the tenant stores it:",
        JSON.stringify(step.privilegedApproval, null, 2),
        `Calls to ZPA: ${counted(step.calls.zpa)}; sign-ins: ${step.calls.zpaAuth}. Calls to Slack: ${counted(step.calls.slack)}.`,
      ].join("\n");
  }
}
