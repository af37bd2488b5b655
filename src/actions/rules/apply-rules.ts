import type { App } from "@slack/bolt";
import { z } from "zod";
import { signedActor } from "../../slack/click.ts";
import type { ListenerDeps } from "../../slack/listener-deps.ts";
import { ReviewMemory } from "../../views/button-value.ts";
import { CALLBACK } from "../../views/ids.ts";
import { rulesDone } from "../../views/rules-forms.ts";
import { refreshRulesList, textsOf } from "./open-rules-list.ts";

const reviewed = z.object({ private_metadata: ReviewMemory, root_view_id: z.string() });

/** Apply, or Propose: what was shown is done before the form closes, or the form says why not. */
export const registerApplyRules = (app: App, deps: ListenerDeps): void => {
  app.view(CALLBACK.rulesReview, async ({ ack, body, view }) => {
    const by = signedActor(body);
    const { private_metadata: memory, root_view_id: listId } = reviewed.parse(view);
    const { yaml, revision: expectedRevision, ...scope } = memory;
    const { rules } = deps.services;
    const written = { ...scope, by, expectedRevision, mode: "apply" as const };
    const outcome = yaml === null ? await rules.delete(written) : await rules.put({ ...written, yaml });
    await ack({ response_action: "update", view: rulesDone(outcome, await textsOf(deps, by)) });
    await refreshRulesList(deps, by, listId);
  });
};
