import type { ComponentChildren } from "preact";
import type { SailPointState } from "../../../sailpoint/control.ts";
import { html } from "../html.ts";
import { SailPointApprovalCard } from "./approval-card.ts";
import { ArrivalForm } from "./arrival-form.ts";
import { isShown } from "./shown-approval.ts";

/** The simulated SailPoint's approvals, newest first, and how one more arrives. */
export function SailPointPanel({ sailpoint }: { sailpoint: SailPointState }): ComponentChildren {
  const approvals = sailpoint.approvals.filter(isShown).toReversed();
  const pending = approvals.filter(({ status }) => status === "PENDING").length;
  return html`<section class="panel" aria-labelledby="sailpoint-title">
    <h2 id="sailpoint-title">Approvals in SailPoint <span class="count">${pending} pending</span></h2>
    ${approvals.length === 0 && html`<p class="panel-note">None yet.</p>`}
    <${ArrivalForm} sailpoint=${sailpoint} />
    <ul class="stored-list" aria-live="polite">
      ${approvals.map((approval) => html`<${SailPointApprovalCard} key=${approval.id} approval=${approval} sailpoint=${sailpoint} />`)}
    </ul>
  </section>`;
}
