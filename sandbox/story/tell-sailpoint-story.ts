import type { SailPointStoryStep } from "./play-sailpoint-story.ts";
import { counted, rows } from "./tell-story.ts";

/** A step as a person reads it in a terminal. */
export function sailpointSentenceOf(step: SailPointStoryStep): string {
  switch (step.step) {
    case "ready":
      return `The bot is connected, knows ${step.consoles} consoles, and has looked at SailPoint.`;
    case "born":
      return [`In SailPoint the approval "${step.name}" is born. It carries:`, ...rows(step.attributes)].join("\n");
    case "card":
      return `${step.to} gets a card: ${step.text}`;
    case "approved":
      return `${step.by} clicks Approve.`;
    case "decided":
      return `SailPoint says ${step.status}, with the comment: ${step.comments.join(" | ")}`;
    case "confirmed":
      return `Read back from SailPoint, and only then the card says: ${step.text}`;
    case "granting":
      return `The card of whoever gets the access says: ${step.text}`;
    case "granted":
      return `Read back from ZPA, and only then it says: ${step.text}`;
    case "done":
      return [
        "The privileged approval, as the tenant stores it:",
        JSON.stringify(step.privilegedApproval, null, 2),
        `Calls to SailPoint: ${counted(step.calls.sailpoint)}; sign-ins: ${step.calls.sailpointAuth}.`,
        `Calls to ZPA: ${counted(step.calls.zpa)}; sign-ins: ${step.calls.zpaAuth}. Calls to Slack: ${counted(step.calls.slack)}.`,
      ].join("\n");
  }
}
