import type { App } from "@slack/bolt";
import type { ModalView } from "@slack/types";
import { z } from "zod";
import type { SlackActor } from "../../services/directory/person.ts";
import { clickIn } from "../../slack/click.ts";
import type { ListenerDeps } from "../../slack/listener-deps.ts";
import { asking } from "../../slack/slack-failure.ts";
import { ChangePageValue } from "../../views/button-value.ts";
import { ACTION, CHANGE_PAGE_PATTERN } from "../../views/ids.ts";
import { changeModal } from "../../views/rules-change-view.ts";
import { textsOf } from "./open-rules-list.ts";

const inView = z.object({ view: z.object({ id: z.string() }) });

/** Shows a change whole, over the list or from its card, and turns its pages. */
export const registerOpenChange = (app: App, deps: ListenerDeps): void => {
  const { views } = deps.client;

  app.action(ACTION.changeOpen, async ({ ack, body }) => {
    const { value, by, triggerId } = clickIn(body, ChangePageValue);
    await ack();
    const call = { trigger_id: triggerId, view: await drawChange(deps, by, value) };
    if (inView.safeParse(body).success) await asking("views.push", () => views.push(call));
    else await asking("views.open", () => views.open(call));
  });

  app.action(CHANGE_PAGE_PATTERN, async ({ ack, body }) => {
    const { value, by } = clickIn(body, ChangePageValue);
    await ack();
    const call = { view_id: inView.parse(body).view.id, view: await drawChange(deps, by, value) };
    await asking("views.update", () => views.update(call));
  });
};

async function drawChange(deps: ListenerDeps, by: SlackActor, { changeId, page }: ChangePageValue): Promise<ModalView> {
  const [change, texts] = await Promise.all([deps.services.rules.getChange({ changeId, by }), textsOf(deps, by)]);
  return changeModal({ change, page, readerId: by.userId }, texts);
}
