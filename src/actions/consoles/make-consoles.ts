import type { App } from "@slack/bolt";
import { z } from "zod";
import type { NewConsoles } from "../../services/consoles/consoles.ts";
import type { SlackActor } from "../../services/directory/person.ts";
import { clickIn, signedActor, triggerIn } from "../../slack/click.ts";
import { drawIn, pushWhenDrawn, viewIn, workInView } from "../../slack/in-view.ts";
import type { ListenerDeps } from "../../slack/listener-deps.ts";
import type { Texts } from "../../texts/texts.ts";
import { ConsolesFormMemory, ConsolesReviewMemory, carried, SealValue } from "../../views/button-value.ts";
import { DEFAULT_PLACE, makeConsolesForm } from "../../views/consoles/make-form.ts";
import { madeConsoles, madePage, makeReview } from "../../views/consoles/make-review.ts";
import { ACTION, BLOCK, CALLBACK } from "../../views/ids.ts";
import { textsOf } from "../rules/open-rules-list.ts";

const chosenPlace = z.object({ actions: z.tuple([z.object({ selected_option: z.object({ value: z.string() }) })]) });
/** One field, whatever microtenant is in its action's name. */
const ticked = z
  .record(z.string(), z.object({ selected_options: z.array(z.object({ value: z.string() })).nullish() }))
  .transform((field) => Object.values(field).flatMap(({ selected_options }) => (selected_options ?? []).map(({ value }) => value)));
const written = z.object({
  private_metadata: carried(ConsolesFormMemory),
  state: z.object({
    values: z.object({
      [BLOCK.consoleApplications]: ticked,
      [BLOCK.consolePortals]: ticked,
      [BLOCK.consolePattern]: z.object({ [ACTION.consolePattern]: z.object({ value: z.string().nullish() }) }),
    }),
  }),
});
const reviewed = z.object({ view: z.object({ private_metadata: carried(ConsolesReviewMemory) }) });

/**
 * From the list to the form, from the form to the page that shows what is going to be made, from its button to what was made. Nothing is sent
 * before that button; each step asks anew whether the person may.
 */
export const registerMakeConsoles = (app: App, deps: ListenerDeps): void => {
  const { consoles } = deps.services;
  const title = (texts: Texts) => texts.consoles.formTitle;
  const form = (by: SlackActor, microtenantId: string | null) => async (texts: Texts) =>
    makeConsolesForm(await consoles.room({ by, microtenantId }), texts);

  app.action(ACTION.consolesNew, async ({ ack, body }) => {
    const by = signedActor(body);
    const triggerId = triggerIn(body);
    await ack();
    await pushWhenDrawn(deps, { by, triggerId, title }, form(by, null));
  });

  app.action(ACTION.consolesMicrotenant, async ({ ack, body }) => {
    const by = signedActor(body);
    const [{ selected_option: place }] = chosenPlace.parse(body).actions;
    const { id } = viewIn(body);
    await ack();
    await drawIn(deps, id, await textsOf(deps, by), form(by, place.value === DEFAULT_PLACE ? null : place.value));
  });

  app.view(CALLBACK.consolesForm, async ({ ack, body, view }) => {
    const by = signedActor(body);
    const [plan, texts] = await Promise.all([consoles.plan({ by, wanted: wantedIn(view) }), textsOf(deps, by)]);
    await ack({ response_action: "update", view: makeReview(plan, texts) });
  });

  app.action(ACTION.consolesMake, async ({ ack, body }) => {
    const { value, by } = clickIn(body, SealValue);
    const { private_metadata: wanted } = reviewed.parse(body).view;
    await ack();
    const work = () => consoles.make({ by, wanted, ...value });
    await workInView(deps, { by, view: viewIn(body), title }, { work, page: madePage, message: madeConsoles });
  });

  app.action(ACTION.consolesLookFor, async ({ ack, body }) => {
    const by = signedActor(body);
    const { private_metadata: wanted } = reviewed.parse(body).view;
    const { id } = viewIn(body);
    await ack();
    await drawIn(deps, id, await textsOf(deps, by), async (texts) => madePage(await consoles.lookFor({ by, wanted }), texts));
  });
};

function wantedIn(view: unknown): NewConsoles {
  const { private_metadata: memory, state } = written.parse(view);
  const { values } = state;
  return {
    ...memory,
    applicationIds: values[BLOCK.consoleApplications],
    portalIds: values[BLOCK.consolePortals],
    pattern: values[BLOCK.consolePattern][ACTION.consolePattern].value ?? "",
  };
}
