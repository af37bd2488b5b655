import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { SailPointState } from "../../../sailpoint/control.ts";
import { sailpointControl } from "../control.ts";
import { html } from "../html.ts";
import { useByHand } from "./by-hand.ts";
import { Choice, Typed } from "./labelled.ts";
import { attributesOf, decidersOf, nameOf, type ShownApproval } from "./shown-approval.ts";

/** A decision that is made elsewhere than in Slack: the bot hears of it at its next look. */
export function DecideByHand({ approval, sailpoint }: { approval: ShownApproval; sailpoint: SailPointState }): ComponentChildren {
  const byHand = useByHand();
  const deciders = decidersOf(approval, sailpoint);
  const [chosen, setChosen] = useState<string | null>(null);
  const [comment, setComment] = useState("");
  const by = (deciders.find(({ id }) => id === chosen) ?? deciders[0])?.id ?? "";
  const said = comment.trim() === "" ? {} : { comment: comment.trim() };
  const decide = (verdict: "APPROVED" | "REJECTED") => byHand(() => sailpointControl.decide({ id: approval.id, by, verdict, ...said }));
  return html`<details class="by-hand">
    <summary>Decide it in SailPoint</summary>
    <div class="by-hand-form" role="group" aria-label=${`By hand in SailPoint, ${nameOf(approval)}`}>
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

/** Another value under an approver's eyes. */
export function ChangeByHand({ approval }: { approval: ShownApproval }): ComponentChildren {
  const byHand = useByHand();
  const attributes = attributesOf(approval);
  const [chosen, setChosen] = useState<string | null>(null);
  const [typed, setTyped] = useState<string | null>(null);
  const [name, value] = attributes.find(([known]) => known === chosen) ?? attributes[0] ?? ["", ""];
  const set = (event: Event) => {
    event.preventDefault();
    void byHand(() => sailpointControl.setAttributes({ id: approval.id, attributes: { [name]: typed ?? value } }));
  };
  return html`<details class="by-hand">
    <summary>Change an attribute</summary>
    <form class="by-hand-form" onSubmit=${set} aria-label=${`Attributes in SailPoint, ${nameOf(approval)}`}>
      <${Choice} label="Attribute" value=${name} options=${attributes.map(([known]) => ({ value: known, label: known }))}
        onChoose=${(next: string) => {
          setChosen(next);
          setTyped(null);
        }} />
      <${Typed} label="Value" value=${typed ?? value} onType=${setTyped} />
      <button type="submit" class="button button-small">Set it</button>
    </form>
  </details>`;
}
