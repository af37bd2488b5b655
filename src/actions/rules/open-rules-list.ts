import type { ModalView } from "@slack/types";
import { fromUnknown } from "../../errors.ts";
import type { SlackActor } from "../../services/directory/person.ts";
import type { ListenerDeps } from "../../slack/listener-deps.ts";
import { asking } from "../../slack/slack-failure.ts";
import { type Texts, textsFor } from "../../texts/texts.ts";
import { rulesList } from "../../views/rules-list.ts";

export const textsOf = async ({ directory }: Pick<ListenerDeps, "directory">, { userId }: SlackActor): Promise<Texts> =>
  textsFor((await directory.user(userId))?.locale ?? null);

const drawList = async (deps: ListenerDeps, by: SlackActor): Promise<ModalView> => {
  const [overview, texts] = await Promise.all([deps.services.rules.list({ by }), textsOf(deps, by)]);
  return rulesList(overview, by.userId, texts);
};

/** Opens the list of rules. @throws PortcullisError as `rules.list` */
export async function openRulesList(deps: ListenerDeps, by: SlackActor, triggerId: string): Promise<void> {
  const view = await drawList(deps, by);
  await asking("views.open", () => deps.client.views.open({ trigger_id: triggerId, view }));
}

/** Draws an open list anew after a change. It is what stands behind a form: when it is gone, nobody misses it. */
export async function refreshRulesList(deps: ListenerDeps, by: SlackActor, viewId: string): Promise<void> {
  try {
    const view = await drawList(deps, by);
    await asking("views.update", () => deps.client.views.update({ view_id: viewId, view }));
  } catch (thrown) {
    deps.log.info({ err: fromUnknown(thrown), viewId }, "rules-list.not-refreshed");
  }
}
