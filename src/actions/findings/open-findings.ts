import type { App } from "@slack/bolt";
import type { ModalView } from "@slack/types";
import { z } from "zod";
import { fromUnknown } from "../../errors.ts";
import type { SlackActor } from "../../services/directory/person.ts";
import { clickIn, signedActor, triggerIn } from "../../slack/click.ts";
import type { ListenerDeps } from "../../slack/listener-deps.ts";
import { asking } from "../../slack/slack-failure.ts";
import { FindingsMore } from "../../views/button-value.ts";
import { FINDINGS_SHOWN, findingsList } from "../../views/findings-list.ts";
import { ACTION } from "../../views/ids.ts";
import { textsOf } from "../rules/open-rules-list.ts";

const inList = z.object({ view: z.object({ id: z.string() }) });

const drawList = async (deps: ListenerDeps, by: SlackActor, after: string | null): Promise<ModalView> => {
  const [page, texts] = await Promise.all([deps.services.findings.list({ by, after, limit: FINDINGS_SHOWN }), textsOf(deps, by)]);
  return findingsList(page, texts);
};

/** Opens the list of findings. @throws PortcullisError as `findings.list` */
export async function openFindings(deps: ListenerDeps, by: SlackActor, triggerId: string): Promise<void> {
  const view = await drawList(deps, by, null);
  await asking("views.open", () => deps.client.views.open({ trigger_id: triggerId, view }));
}

/** Draws an open list anew after a verdict. When it is gone, nobody misses it. */
export async function refreshFindings(deps: ListenerDeps, by: SlackActor, viewId: string): Promise<void> {
  try {
    const view = await drawList(deps, by, null);
    await asking("views.update", () => deps.client.views.update({ view_id: viewId, view }));
  } catch (thrown) {
    deps.log.info({ err: fromUnknown(thrown), viewId }, "findings.not-refreshed");
  }
}

/** From the message that stands for many to the list, and through its pages. */
export const registerOpenFindings = (app: App, deps: ListenerDeps): void => {
  app.action(ACTION.findingsOpen, async ({ ack, body }) => {
    const by = signedActor(body);
    await ack();
    await openFindings(deps, by, triggerIn(body));
  });

  app.action(ACTION.findingsMore, async ({ ack, body }) => {
    const { value, by } = clickIn(body, FindingsMore);
    const list = inList.parse(body);
    await ack();
    const view = await drawList(deps, by, value.after);
    await asking("views.update", () => deps.client.views.update({ view_id: list.view.id, view }));
  });
};
