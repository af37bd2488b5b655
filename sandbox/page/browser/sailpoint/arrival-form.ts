import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { SailPointState } from "../../../sailpoint/control.ts";
import { sailpointControl } from "../control.ts";
import { html } from "../html.ts";
import { useWorkspace } from "../workspace.ts";
import { type Arrival, approvalOf, weekdayChoices } from "./arrival.ts";
import { useByHand } from "./by-hand.ts";
import { Choice, Typed } from "./labelled.ts";

const kinds = [
  { value: "pra", label: "Privileged Remote Access" },
  { value: "plain", label: "Something else" },
] as const;
const names: Readonly<Record<Arrival["kind"], string>> = { pra: "PRA access to db-prod", plain: "Role: ledger reader" };
const lengths = [1, 7, 14, 90].map((days) => ({ value: String(days), label: days === 1 ? "1 day" : `${days} days` }));

/** The first who holds no administration, and the first but one: whoever asks, and whoever decides. */
function firstArrival({ identities }: SailPointState): Arrival {
  const [asks, decides] = identities.filter(({ level }) => level === "USER");
  return {
    kind: "pra",
    name: names.pra,
    requesteeId: asks?.id ?? "",
    approverId: decides?.id ?? "",
    consoles: "db-prod",
    reason: "OPS-123",
    days: 14,
    weekdays: weekdayChoices[0].value,
    from: "09:00",
    to: "17:00",
    timeZone: "Europe/Berlin",
  };
}

/** Lets an approval be born in SailPoint, as a workflow or an access request there would. */
export function ArrivalForm({ sailpoint }: { sailpoint: SailPointState }): ComponentChildren {
  const { slack } = useWorkspace();
  const byHand = useByHand();
  const [arrival, setArrival] = useState(() => firstArrival(sailpoint));
  const change = (changed: Partial<Arrival>) => setArrival((before) => ({ ...before, ...changed }));
  const people = sailpoint.identities.map(({ id, name }) => ({ value: id, label: name }));
  const groups = sailpoint.groups.map(({ id, name }) => ({ value: id, label: `${name} (group)` }));
  const zones = [...new Set([arrival.timeZone, ...slack.users.map(({ timeZone }) => timeZone)])].map((zone) => ({
    value: zone,
    label: zone,
  }));
  const send = (event: Event) => {
    event.preventDefault();
    void byHand(() => sailpointControl.createApprovals({ approvals: [approvalOf(arrival)] }));
  };
  return html`<details class="by-hand">
    <summary>Let a new approval arrive</summary>
    <form class="by-hand-form" aria-label="A new approval in SailPoint" onSubmit=${send}>
      <${Choice} label="About" value=${arrival.kind} options=${kinds} onChoose=${(kind: Arrival["kind"]) => change({ kind, name: names[kind] })} />
      <${Typed} label="Name" value=${arrival.name} onType=${(name: string) => change({ name })} />
      <div class="by-hand-pair">
        <${Choice} label="For" value=${arrival.requesteeId} options=${people} onChoose=${(requesteeId: string) => change({ requesteeId })} />
        <${Choice} label="Who decides" value=${arrival.approverId} options=${[...people, ...groups]} onChoose=${(approverId: string) => change({ approverId })} />
      </div>
      ${
        arrival.kind === "pra" &&
        html`<${Typed} label="Consoles" value=${arrival.consoles} onType=${(consoles: string) => change({ consoles })} />
          <${Typed} label="Reason" value=${arrival.reason} onType=${(reason: string) => change({ reason })} />
          <div class="by-hand-pair">
            <${Choice} label="For how long" value=${String(arrival.days)} options=${lengths} onChoose=${(days: string) => change({ days: Number(days) })} />
            <${Choice} label="Days" value=${arrival.weekdays} options=${weekdayChoices} onChoose=${(weekdays: string) => change({ weekdays })} />
            <${Typed} label="From" type="time" value=${arrival.from} onType=${(from: string) => change({ from })} />
            <${Typed} label="To" type="time" value=${arrival.to} onType=${(to: string) => change({ to })} />
          </div>
          <${Choice} label="Time zone" value=${arrival.timeZone} options=${zones} onChoose=${(timeZone: string) => change({ timeZone })} />`
      }
      <button type="submit" class="button button-small">Let it arrive</button>
    </form>
  </details>`;
}
