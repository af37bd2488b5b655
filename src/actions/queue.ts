import type { App } from "@slack/bolt";
import { z } from "zod";
import { PortcullisError } from "../errors.ts";
import { QUEUE_FILTERS, QUEUE_START, QUEUE_WORDS_MAX_LENGTH, type QueuePlace } from "../services/approvals/queue.ts";
import { signedActor } from "../slack/click.ts";
import type { ListenerDeps } from "../slack/listener-deps.ts";
import { carried, QueueMemory, QueueMove, QueueTick } from "../views/button-value.ts";
import { ACTION, CALLBACK, QUEUE_MOVE_PATTERN } from "../views/ids.ts";

const drawnView = z.object({ id: z.string(), type: z.enum(["home", "modal"]), private_metadata: carried(QueueMemory) });
const acted = <T extends z.ZodType>(action: T) => z.object({ view: drawnView, actions: z.tuple([action]) });
const pressed = <T extends z.ZodType>(value: T) => acted(z.object({ value: carried(value) }));

const chosen = acted(z.object({ selected_option: z.object({ value: z.enum(QUEUE_FILTERS) }) }));
const typed = acted(z.object({ value: z.string().nullish() }));
const wordField = z.object({ [ACTION.queueWords]: z.object({ value: z.string().nullish() }) });
const sent = z.object({ view: drawnView.extend({ state: z.object({ values: z.record(z.string(), z.unknown()) }) }) });

/** The queue's own controls, alike in the App Home and in the modal: filter, words, ticks, pages. */
export const registerQueue = (app: App, deps: ListenerDeps): void => {
  const go = async (
    body: unknown,
    { id, type, private_metadata: { place, limit } }: z.infer<typeof drawnView>,
    change: Partial<QueuePlace>,
  ) => {
    const by = signedActor(body);
    const next = { ...place, ticked: false, ...change };
    if (type === "home") await deps.publishHome(by.userId, { limit, place: next });
    else await deps.queueModal.show(by, id, next);
  };

  app.action(ACTION.queueFilter, async ({ ack, body }) => {
    const { view, actions } = understood(chosen, body);
    await ack();
    await go(body, view, { filter: actions[0].selected_option.value, from: null });
  });

  app.action(ACTION.queueWords, async ({ ack, body }) => {
    const { view, actions } = understood(typed, body);
    await ack();
    await go(body, view, { words: wordsIn(actions[0].value), from: null });
  });

  app.action(ACTION.queueShowAll, async ({ ack, body }) => {
    const { view } = understood(acted(z.object({})), body);
    await ack();
    await go(body, view, { ...QUEUE_START, round: view.private_metadata.place.round + 1 });
  });

  app.action(ACTION.queueTick, async ({ ack, body }) => {
    const { view, actions } = understood(pressed(QueueTick), body);
    await ack();
    await go(body, view, { ticked: actions[0].value.ticked, round: view.private_metadata.place.round + 1 });
  });

  app.action(QUEUE_MOVE_PATTERN, async ({ ack, body }) => {
    const { view, actions } = understood(pressed(QueueMove), body);
    await ack();
    await go(body, view, { from: actions[0].value.from });
  });

  /** A tick changes nothing until a button is pressed; Slack reports it all the same. */
  app.action(ACTION.queueSelect, async ({ ack }) => ack());

  app.view(CALLBACK.queue, async ({ ack, body }) => {
    const { view } = understood(sent, body);
    const [field] = Object.values(view.state.values).flatMap((block) => wordField.safeParse(block).data ?? []);
    const words = wordsIn(field?.[ACTION.queueWords].value);
    const next = { ...view.private_metadata.place, words, from: null, ticked: false };
    await ack({ response_action: "update", view: await deps.queueModal.draw(signedActor(body), view.id, next) });
  });

  app.view({ callback_id: CALLBACK.queue, type: "view_closed" }, async ({ ack, body, view }) => {
    await ack();
    await deps.queueModal.close(signedActor(body).userId, view.id);
  });
};

const wordsIn = (value: string | null | undefined): string =>
  (value ?? "").replaceAll("\0", "").toWellFormed().trim().slice(0, QUEUE_WORDS_MAX_LENGTH);

/** @throws PortcullisError `card_stale` for a view that another version of the app drew */
function understood<T extends z.ZodType>(schema: T, body: unknown): z.output<T> {
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw new PortcullisError("card_stale", {}, { cause: parsed.error });
  return parsed.data;
}
