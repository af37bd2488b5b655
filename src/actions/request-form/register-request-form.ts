import type { App } from "@slack/bolt";
import { signedActor } from "../../slack/click.ts";
import { ACTION, CALLBACK } from "../../views/ids.ts";
import { createLatestChange } from "../latest-change.ts";
import { changeForm } from "./change-form.ts";
import { consoleOptions } from "./console-options.ts";
import { OptionQuery } from "./form-payload.ts";
import type { RequestFormDeps } from "./request-form-deps.ts";
import { submitForm } from "./submit-form.ts";
import { zoneOptions } from "./zone-options.ts";

/** Fields on which the rest of the form depends: what opens as well, which fields there are, and the preview. */
const WATCHED_FIELDS = [
  ACTION.consoles,
  ACTION.when,
  ACTION.duration,
  ACTION.start,
  ACTION.end,
  ACTION.days,
  ACTION.hoursStart,
  ACTION.hoursEnd,
  ACTION.timeZone,
  ACTION.period,
  ACTION.until,
  ACTION.notBefore,
];

/** The request form once it is open: its choices, its changes, and its sending. */
export function registerRequestForm(app: App, deps: RequestFormDeps): void {
  const latest = createLatestChange();

  app.options(new RegExp(`^(?:${ACTION.consoles}|${ACTION.grantConsoles})$`), async ({ ack, body }) => {
    await ack({ options: consoleOptions(body.value, deps.services.catalog) });
  });

  app.options(ACTION.timeZone, async ({ ack, body }) => {
    const { value, view } = OptionQuery.parse(body);
    await ack({ options: zoneOptions(value, view.private_metadata.person.timeZone, deps.clock.now()) });
  });

  app.action(new RegExp(`^(?:${WATCHED_FIELDS.join("|")})$`), async ({ ack, body }) => {
    await ack();
    await changeForm(deps, latest, body);
  });

  app.view({ callback_id: CALLBACK.requestForm, type: "view_submission" }, async ({ ack, body }) => {
    await ack(await submitForm(deps, body, signedActor(body)));
  });
}
