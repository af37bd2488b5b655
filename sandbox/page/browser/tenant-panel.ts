import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { TenantState } from "../../zpa/control.ts";
import { tenantControl } from "./control.ts";
import { html } from "./html.ts";
import { useWorkspace } from "./workspace.ts";

interface StoredApproval {
  readonly id: string;
  readonly emailIds?: readonly string[];
  readonly startTime?: string | number;
  readonly endTime?: string | number;
  readonly status?: string;
  readonly applications?: readonly { readonly id: string; readonly name?: string }[];
  readonly workingHours?: {
    readonly days?: readonly string[];
    readonly startTime?: string;
    readonly endTime?: string;
    readonly startTimeCron?: string;
    readonly endTimeCron?: string;
    readonly timeZone?: string;
  };
}

const told = (epochSeconds: string | number | undefined, timeZone: string) =>
  epochSeconds === undefined
    ? "–"
    : new Intl.DateTimeFormat("en-GB", {
        timeZone,
        weekday: "short",
        day: "numeric",
        month: "short",
        year: "numeric",
        hour: "2-digit",
        minute: "2-digit",
      }).format(new Date(Number(epochSeconds) * 1000));

/** Whether the tenant lets the person in by this very approval now; null until it has answered. */
function useIsOpen({ id, emailIds, applications }: StoredApproval, stateKey: string): boolean | null {
  const [isOpen, setOpen] = useState<boolean | null>(null);
  const email = emailIds?.[0];
  const segmentId = applications?.[0]?.id;
  useEffect(() => {
    if (!email || !segmentId) return;
    let isCurrent = true;
    tenantControl.access({ email, segmentId }).then(
      ({ approvalIds }) => isCurrent && setOpen(approvalIds.includes(id)),
      () => isCurrent && setOpen(null),
    );
    return () => {
      isCurrent = false;
    };
  }, [id, email, segmentId, stateKey]);
  return isOpen;
}

/** What an administrator of ZPA does in its own portal, behind the bot's back. */
function useByHand(): (act: () => Promise<unknown>) => void {
  const { say } = useWorkspace();
  return (act) => void act().catch(() => say("The tenant would not have it."));
}

function StoredApprovalCard({
  approval,
  tenant,
  stateKey,
}: {
  approval: StoredApproval;
  tenant: TenantState;
  stateKey: string;
}): ComponentChildren {
  const { reader } = useWorkspace();
  const byHand = useByHand();
  const isOpen = useIsOpen(approval, `${stateKey} ${JSON.stringify(approval)}`);
  const hours = approval.workingHours;
  const nameOf = (id: string) => tenant.applications.find((application) => String(application.id) === id)?.name;
  const segments = (approval.applications ?? []).map(({ id, name }) => String(name ?? nameOf(String(id)) ?? id));
  const row = (label: string, value: ComponentChildren) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`;
  return html`<li class="stored" data-approval=${approval.id}>
    <header>
      <span class="stored-id">#${approval.id}</span>
      <span class=${`status status-${(approval.status ?? "").toLowerCase()}`}>${approval.status}</span>
      ${isOpen !== null && html`<span class=${`door ${isOpen ? "door-open" : "door-closed"}`}>${isOpen ? "● open now" : "○ closed now"}</span>`}
    </header>
    <p class="stored-email">${(approval.emailIds ?? []).join(", ")}</p>
    <dl>
      ${row("Segments", segments.join(", "))}
      ${row("From", html`${told(approval.startTime, "UTC")} UTC`)}
      ${row("Until", html`${told(approval.endTime, "UTC")} UTC<span class="stored-local">${told(approval.endTime, reader.timeZone)} in ${reader.timeZone}</span>`)}
      ${hours && row("Hours", `${hours.startTime}–${hours.endTime} ${hours.timeZone}, ${(hours.days ?? []).join(" ")}`)}
      ${hours && row("Start cron", html`<code>${hours.startTimeCron}</code>`)}
      ${hours && row("End cron", html`<code>${hours.endTimeCron}</code>`)}
    </dl>
    <div class="stored-buttons" role="group" aria-label=${`By hand in ZPA, #${approval.id}`}>
      <button type="button" class="button button-small" onClick=${() => byHand(() => tenantControl.changeApproval({ id: approval.id, endTime: Number(approval.endTime) + 3600 }))}>1 h longer</button>
      <button type="button" class="button button-small" onClick=${() => byHand(() => tenantControl.changeApproval({ id: approval.id, endTime: Number(approval.endTime) - 3600 }))}>1 h shorter</button>
      <button type="button" class="button button-small" onClick=${() => byHand(() => tenantControl.deleteApproval({ id: approval.id }))}>Delete</button>
    </div>
    <details><summary>As the tenant stores it</summary><pre>${JSON.stringify(approval, null, 2)}</pre></details>
  </li>`;
}

const hasId = (approval: Record<string, unknown>): approval is Record<string, unknown> & StoredApproval => typeof approval.id === "string";

/** The simulated tenant's privileged approvals, newest first. */
export function TenantPanel({ tenant, stateKey }: { tenant: TenantState; stateKey: string }): ComponentChildren {
  const byHand = useByHand();
  const approvals = tenant.approvals.filter(hasId).toReversed();
  return html`<section class="panel" aria-labelledby="tenant-title">
    <h2 id="tenant-title">Privileged approvals in ZPA <span class="count">${approvals.length}</span></h2>
    ${approvals.length === 0 && html`<p class="panel-note">None. The door is shut.</p>`}
    <button type="button" class="button button-small" onClick=${() => byHand(() => tenantControl.addApproval({ email: "contractor@harbour.example", minutes: 480 }))}>Add one by hand</button>
    <ul class="stored-list" aria-live="polite">
      ${approvals.map((approval) => html`<${StoredApprovalCard} key=${approval.id} approval=${approval} tenant=${tenant} stateKey=${stateKey} />`)}
    </ul>
  </section>`;
}
