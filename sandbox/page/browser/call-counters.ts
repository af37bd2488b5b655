import type { ComponentChildren } from "preact";
import type { SailPointState } from "../../sailpoint/control.ts";
import type { SimState } from "../../slack/control.ts";
import type { TenantState } from "../../zpa/control.ts";
import { html } from "./html.ts";

const Counts = ({ title, calls }: { title: string; calls: Readonly<Record<string, number>> }): ComponentChildren => {
  const named = Object.entries(calls).filter(([, count]) => count > 0);
  return html`<div class="counts">
    <h3>${title}</h3>
    ${named.length === 0 ? html`<p class="panel-note">No calls</p>` : html`<dl>${named.map(([name, count]) => html`<div><dt>${name}</dt><dd>${count}</dd></div>`)}</dl>`}
  </div>`;
};

/** The calls of the API, and what was asked for beside them. */
const withSignIns = ({ calls, authCalls, rateLimited }: Pick<TenantState, "calls" | "authCalls" | "rateLimited">) => ({
  ...calls,
  "sign-in": authCalls,
  "told to wait": rateLimited,
});

/** How often the bot has called, and what the real services would have refused. */
export function CallCounters({
  slack,
  tenant,
  sailpoint,
}: {
  slack: SimState;
  tenant: TenantState;
  sailpoint: SailPointState | null;
}): ComponentChildren {
  return html`<section class="panel" aria-labelledby="calls-title">
    <h2 id="calls-title">Calls by the bot</h2>
    ${
      slack.refusals.length > 0 &&
      html`<div class="refusals" role="alert"><strong>Slack would refuse</strong>
        <ul>${slack.refusals.slice(-5).map(({ method, error, detail }) => html`<li><code>${method}</code> ${error}: ${detail}</li>`)}</ul>
      </div>`
    }
    <div class="counts-pair">
      <div class="counts-tenants">
        <${Counts} title="ZPA" calls=${withSignIns(tenant)} />
        ${sailpoint && html`<${Counts} title="SailPoint" calls=${withSignIns(sailpoint)} />`}
      </div>
      <${Counts} title="Slack" calls=${slack.calls} />
    </div>
  </section>`;
}
