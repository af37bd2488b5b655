import type { ComponentChildren } from "preact";
import type { SailPointState } from "../../../sailpoint/control.ts";
import { html } from "../html.ts";
import { ChangeByHand, DecideByHand } from "./decide-by-hand.ts";
import { attributesOf, nameOf, type ShownApproval } from "./shown-approval.ts";

const row = (label: string, value: ComponentChildren) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`;
const listed = (people: readonly { readonly name: string }[]) => people.map(({ name }) => name).join(", ");

const told = ({ reassignedFrom, reassignedTo, reassigner }: ShownApproval["reassignmentHistory"][number]) =>
  `${reassignedFrom === null ? "" : `from ${reassignedFrom.name} `}to ${reassignedTo.name}, by ${reassigner.name}`;

/** One approval, as SailPoint has it now. */
export function SailPointApprovalCard({ approval, sailpoint }: { approval: ShownApproval; sailpoint: SailPointState }): ComponentChildren {
  const { id, status, type, requestee, assignedTo, approvedBy, rejectedBy, comments, reassignmentHistory } = approval;
  const isPending = status === "PENDING";
  const attributes = attributesOf(approval);
  return html`<li class="stored" data-sailpoint-approval=${id}>
    <header>
      <span class="stored-id">${nameOf(approval)}</span>
      <span class=${`status status-${status.toLowerCase()}`}>${status}</span>
    </header>
    <p class="stored-email">for ${requestee.name}</p>
    <dl>
      ${row("Type", type)}
      ${isPending && row("Waits for", listed(assignedTo))}
      ${approvedBy.length > 0 && row("Approved", `by ${listed(approvedBy)}`)}
      ${rejectedBy.length > 0 && row("Rejected", `by ${listed(rejectedBy)}`)}
      ${reassignmentHistory.length > 0 && row("Handed on", reassignmentHistory.map(told).join("; "))}
    </dl>
    ${attributes.length > 0 && html`<dl class="stored-attributes" aria-label="Attributes">${attributes.map(([name, value]) => row(name, value))}</dl>`}
    ${
      comments.length > 0 &&
      html`<ul class="stored-comments" aria-label="Comments">
        ${comments.map(({ commentId, author, comment }) => html`<li key=${commentId}><strong>${author.name}</strong> ${comment}</li>`)}
      </ul>`
    }
    ${isPending && html`<${DecideByHand} approval=${approval} sailpoint=${sailpoint} />`}
    ${isPending && attributes.length > 0 && html`<${ChangeByHand} approval=${approval} />`}
    <details><summary>As SailPoint answers it</summary><pre>${JSON.stringify(approval, null, 2)}</pre></details>
  </li>`;
}
