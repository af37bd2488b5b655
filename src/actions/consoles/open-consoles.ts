import type { App } from "@slack/bolt";
import type { ModalView } from "@slack/types";
import { z } from "zod";
import { CONSOLE_FILTERS, CONSOLES_START, type ConsolesPlace } from "../../services/consoles/consoles.ts";
import type { SlackActor } from "../../services/directory/person.ts";
import { clickIn, signedActor } from "../../slack/click.ts";
import type { ListenerDeps } from "../../slack/listener-deps.ts";
import { asking } from "../../slack/slack-failure.ts";
import { ConsolesMemory, carried, ListPage } from "../../views/button-value.ts";
import { CONSOLES_SHOWN, consolesList } from "../../views/consoles/consoles-list.ts";
import { ACTION, BLOCK, CALLBACK, CONSOLES_MOVE_PATTERN } from "../../views/ids.ts";
import { textsOf } from "../rules/open-rules-list.ts";

const drawn = z.object({ view: z.object({ id: z.string(), private_metadata: carried(ConsolesMemory) }) });
const chosen = drawn.extend({ actions: z.tuple([z.object({ selected_option: z.object({ value: z.enum(CONSOLE_FILTERS) }) })]) });
const sent = z.object({
  private_metadata: carried(ConsolesMemory),
  state: z.object({
    values: z.object({ [BLOCK.consolesWords]: z.object({ [ACTION.consolesWords]: z.object({ value: z.string().nullish() }) }) }),
  }),
});

const drawList = async (deps: ListenerDeps, by: SlackActor, place: ConsolesPlace): Promise<ModalView> => {
  const { consoles, catalogAge } = deps.services;
  const [page, texts] = await Promise.all([consoles.find({ by, place, limit: CONSOLES_SHOWN }), textsOf(deps, by)]);
  return consolesList(page, catalogAge(), texts);
};

/** Opens the list of consoles. @throws PortcullisError as `people.trusted` */
export async function openConsoles(
  deps: ListenerDeps,
  { by, triggerId, text }: { readonly by: SlackActor; readonly triggerId: string; readonly text: string },
): Promise<void> {
  const view = await drawList(deps, by, { ...CONSOLES_START, words: text });
  await asking("views.open", () => deps.client.views.open({ trigger_id: triggerId, view }));
}

/** Search, filter and pages of the list. */
export const registerOpenConsoles = (app: App, deps: ListenerDeps): void => {
  const go = async (by: SlackActor, viewId: string, place: ConsolesPlace): Promise<void> => {
    const view = await drawList(deps, by, place);
    await asking("views.update", () => deps.client.views.update({ view_id: viewId, view }));
  };

  app.view(CALLBACK.consoles, async ({ ack, body, view }) => {
    const { private_metadata, state } = sent.parse(view);
    const words = state.values[BLOCK.consolesWords][ACTION.consolesWords].value ?? "";
    const place = { ...private_metadata.place, words, page: 0 };
    await ack({ response_action: "update", view: await drawList(deps, signedActor(body), place) });
  });

  app.action(ACTION.consolesFilter, async ({ ack, body }) => {
    const by = signedActor(body);
    const { view, actions } = chosen.parse(body);
    await ack();
    await go(by, view.id, { ...view.private_metadata.place, filter: actions[0].selected_option.value, page: 0 });
  });

  app.action(CONSOLES_MOVE_PATTERN, async ({ ack, body }) => {
    const { value, by } = clickIn(body, ListPage);
    const { view } = drawn.parse(body);
    await ack();
    await go(by, view.id, { ...view.private_metadata.place, ...value });
  });
};
