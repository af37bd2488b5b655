import type { App } from "@slack/bolt";
import { z } from "zod";
import { PortcullisError } from "../../errors.ts";
import { requestLabel } from "../../services/access/request.ts";
import type { SlackActor } from "../../services/directory/person.ts";
import { clickIn, signedActor } from "../../slack/click.ts";
import type { ListenerDeps } from "../../slack/listener-deps.ts";
import { asking } from "../../slack/slack-failure.ts";
import { textsFor } from "../../texts/texts.ts";
import { personResultView, revokeForm, revokePersonForm } from "../../views/access-forms.ts";
import { carried, PersonValue, RequestValue } from "../../views/button-value.ts";
import { ACTION, BLOCK, CALLBACK } from "../../views/ids.ts";
import { adoptClicked } from "../adopt-clicked.ts";

const state = z.object({
  values: z.object({ [BLOCK.reason]: z.object({ [ACTION.reason]: z.object({ value: z.string().nullish() }) }) }),
});
const ofRequest = z.object({ private_metadata: carried(RequestValue), state });
const ofPerson = z.object({ private_metadata: carried(PersonValue), state });
const reasonIn = ({ values }: z.infer<typeof state>): string => values[BLOCK.reason][ACTION.reason].value ?? "";

/** Revoke: asks why, and ends the access before the form closes, so that what is wrong shows at its field. */
export const registerRevoke = (app: App, deps: ListenerDeps): void => {
  app.action(ACTION.revokeAccess, async ({ ack, body }) => {
    const click = clickIn(body, RequestValue);
    await ack();
    try {
      const [{ request, rights }, user] = await Promise.all([
        deps.services.access.lookAt({ ...click.value, by: click.by }),
        deps.directory.user(click.by.userId),
      ]);
      if (!rights.isDecider) throw new PortcullisError("not_allowed");
      const view = revokeForm(request, requestLabel(request), textsFor(user?.locale ?? null));
      await asking("views.open", () => deps.client.views.open({ trigger_id: click.triggerId, view }));
    } finally {
      await adoptClicked(deps, click, { request: click.value, reader: "approver" }); // also when refused: that card may be out of date
    }
  });

  app.view(CALLBACK.revokeForm, async ({ ack, body, view }) => {
    const { private_metadata: value, state: sent } = ofRequest.parse(view);
    await deps.services.access.revoke({ ...value, by: signedActor(body), reason: reasonIn(sent) });
    await ack();
  });

  app.view(CALLBACK.revokePersonForm, async ({ ack, body, view }) => {
    const {
      private_metadata: { userId },
      state: sent,
    } = ofPerson.parse(view);
    const by = signedActor(body);
    const outcomes = await deps.services.access.revokePerson({ userId, by, reason: reasonIn(sent) });
    const user = await deps.directory.user(by.userId);
    await ack({ response_action: "update", view: personResultView(userId, outcomes, textsFor(user?.locale ?? null)) });
  });
};

/** Shows all that a person would lose, and asks. @throws PortcullisError `admins_only` */
export async function openRevokePerson(
  deps: ListenerDeps,
  {
    userId,
    reason,
    by,
    triggerId,
  }: { readonly userId: string; readonly reason: string; readonly by: SlackActor; readonly triggerId: string },
): Promise<void> {
  const [items, user] = await Promise.all([deps.services.access.previewRevokePerson({ userId, by }), deps.directory.user(by.userId)]);
  const view = revokePersonForm(userId, items, reason, textsFor(user?.locale ?? null));
  await asking("views.open", () => deps.client.views.open({ trigger_id: triggerId, view }));
}
