import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { SailPointState } from "../../../sailpoint/control.ts";
import { sailpointControl } from "../control.ts";
import { html } from "../html.ts";
import { useByHand } from "./by-hand.ts";
import { Choice, Typed } from "./labelled.ts";
import { attributesOf, decidersOf, type ShownApproval } from "./shown-approval.ts";

const row = (label: string, value: ComponentChildren) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`;
const listed = (people: readonly { readonly name: string }[]) => people.map(({ name }) => name).join(", ");

/** A decision that is made elsewhere than in Slack: the bot hears of it at its next look. */
function DecideByHand({ approval, sailpoint }: { approval: ShownApproval; sailpoint: SailPointState }): ComponentChildren {
  const byHand = useByHand();
  const deciders = decidersOf(approval, sailpoint);
  const [chosen, setChosen] = useState<string | null>(null);
  const [comment, setComment] = useState("");
  const by = (deciders.find(({ id }) => id === chosen) ?? deciders[0])?.id ?? "";
  const name = approval.name[0]?.value ?? approval.id;
  const said = comment.trim() === "" ? {} : { comment: comment.trim() };
  const decide = (verdict: "APPROVED" | "REJECTED") => byHand(() => sailpointControl.decide({ id: approval.id, by, verdict, ...said }));
  return html`<details class="by-hand">
    <summary>Decide it in SailPoint</summary>
    <div class="by-hand-form" role="group" aria-label=${`By hand in SailPoint, ${name}`}>
      <${Choice} label="As" value=${by} options=${deciders.map(({ id, label }) => ({ value: id, label }))} onChoose=${setChosen} />
      <${Typed} label="Comment" isOptional value=${comment} onType=${setComment} />
      <div class="stored-buttons">
        <button type="button" class="button button-small" onClick=${() => decide("APPROVED")}>Approve</button>
        <button type="button" class="button button-small" onClick=${() => decide("REJECTED")}>Reject</button>
        <button type="button" class="button button-small" onClick=${() => byHand(() => sailpointControl.cancel({ id: approval.id, by, ...said }))}>Cancel it</button>
      </div>
    </div>
  </details>`;
}

/** One approval, as SailPoint has it now. */
export function SailPointApprovalCard({ approval, sailpoint }: { approval: ShownApproval; sailpoint: SailPointState }): ComponentChildren {
  const { id, status, type, requestee, assignedTo, approvedBy, rejectedBy, comments, reassignmentHistory } = approval;
  const isPending = status === "PENDING";
  const attributes = attributesOf(approval);
  return html`<li class="stored" data-sailpoint-approval=${id}>
    <header>
      <span class="stored-id">${approval.name[0]?.value}</span>
      <span class=${`status status-${status.toLowerCase()}`}>${status}</span>
    </header>
    <p class="stored-email">for ${requestee.name}</p>
    <dl>
      ${row("Type", type)}
      ${isPending && row("Waits for", listed(assignedTo))}
      ${approvedBy.length > 0 && row("Approved", `by ${listed(approvedBy)}`)}
      ${rejectedBy.length > 0 && row("Rejected", `by ${listed(rejectedBy)}`)}
      ${reassignmentHistory.length > 0 && row("Handed on", reassignmentHistory.map((move) => `by ${move.reassigner.name} to ${move.reassignedTo.name}`).join("; "))}
    </dl>
    ${attributes.length > 0 && html`<dl class="stored-attributes" aria-label="Attributes">${attributes.map(([name, value]) => row(name, value))}</dl>`}
    ${
      comments.length > 0 &&
      html`<ul class="stored-comments" aria-label="Comments">
        ${comments.map(({ commentId, author, comment }) => html`<li key=${commentId}><strong>${author.name}</strong> ${comment}</li>`)}
      </ul>`
    }
    ${isPending && html`<${DecideByHand} approval=${approval} sailpoint=${sailpoint} />`}
    <details><summary>As SailPoint answers it</summary><pre>${JSON.stringify(approval, null, 2)}</pre></details>
  </li>`;
}
