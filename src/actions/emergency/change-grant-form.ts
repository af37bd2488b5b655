import { z } from "zod";
import type { SlackActor } from "../../services/directory/person.ts";
import type { ListenerDeps } from "../../slack/listener-deps.ts";
import { textsFor } from "../../texts/texts.ts";
import { grantForm } from "../../views/emergency/grant-form.ts";
import type { LatestChange } from "../latest-change.ts";
import { redrawForm } from "../redraw-form.ts";
import { withoutEffectOf } from "../without-effect-of.ts";
import { EmergencySubmission } from "./emergency-draft.ts";

const changed = z.object({
  view: z.looseObject({ hash: z.string() }),
  actions: z.tuple([z.object({ action_ts: z.string() })]),
});

/**
 * Draws the form of whoever is on call anew after other consoles were chosen: with the warning of those that an approval would not open.
 *
 * @throws PortcullisError `nobody_on_call` | `on_call_only` | `slack_unreachable` | `slack_refused`
 */
export async function changeGrantForm(deps: ListenerDeps, latest: LatestChange, by: SlackActor, body: unknown): Promise<void> {
  const { view, actions } = changed.parse(body);
  const [{ action_ts: actionTs }] = actions;
  const { viewId, consoleIds, ...given } = EmergencySubmission.parse(view);
  latest.note(viewId, actionTs);
  const { person, mostSeconds } = await deps.services.emergency.onCall(by);
  const consoles = consoleIds.flatMap((id) => deps.services.catalog.byId(id) ?? []);
  const withoutEffect = await withoutEffectOf(deps, consoles);
  const form = grantForm({ ...given, consoles, withoutEffect, mostSeconds, problems: [] }, textsFor(person.locale));
  await redrawForm(deps, latest, { viewId, hash: view.hash, actionTs }, form);
}
