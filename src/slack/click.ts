import { z } from "zod";
import { PortcullisError } from "../errors.ts";
import type { SlackActor } from "../services/directory/person.ts";
import { carried } from "../views/button-value.ts";
import { actorIn, whereIn } from "./where.ts";

/** A press of a button: what the button carried, who pressed it, and where. */
export interface Click<T> {
  readonly value: T;
  readonly by: SlackActor;
  readonly place: { readonly channelId: string | null; readonly messageTs: string | null };
  /** Ephemeral messages cannot be brought up to date. */
  readonly isEphemeral: boolean;
  readonly isInModal: boolean;
  readonly triggerId: string;
}

const pressed = z.object({
  trigger_id: z.string(),
  actions: z.tuple([z.object({ value: z.string() })]),
  container: z.object({ is_ephemeral: z.boolean().optional() }),
});

/**
 * Reads a button press. Who pressed it comes from Slack's signed payload alone; the button only says what it stands for.
 * @throws PortcullisError `card_stale` when the button is not one of this version
 */
export const clickIn = <T extends z.ZodType>(body: unknown, schema: T): Click<z.output<T>> => {
  const parsed = pressed.safeParse(body);
  const value = carried(schema).safeParse(parsed.data?.actions[0].value);
  if (!parsed.success || !value.success) throw new PortcullisError("card_stale", {}, { cause: parsed.error ?? value.error });
  const where = whereIn(body);
  return {
    value: value.data,
    by: signedActor(body),
    place: where.kind === "message" ? { channelId: where.channelId, messageTs: where.messageTs } : { channelId: null, messageTs: null },
    isEphemeral: parsed.data.container.is_ephemeral === true,
    isInModal: where.kind === "modal",
    triggerId: parsed.data.trigger_id,
  };
};

const chosen = z.object({
  trigger_id: z.string(),
  actions: z.tuple([z.object({ selected_option: z.object({ value: z.string() }) })]),
});

/**
 * Reads a choice from a card's menu, like a press of a button.
 * @throws PortcullisError `card_stale` when the choice is not one of this version
 */
export const choiceIn = <T extends z.ZodType>(body: unknown, schema: T): Click<z.output<T>> => {
  const parsed = chosen.safeParse(body);
  const value = schema.safeParse(parsed.data?.actions[0].selected_option.value);
  if (!parsed.success || !value.success) throw new PortcullisError("card_stale", {}, { cause: parsed.error ?? value.error });
  const where = whereIn(body);
  return {
    value: value.data,
    by: signedActor(body),
    place: where.kind === "message" ? { channelId: where.channelId, messageTs: where.messageTs } : { channelId: null, messageTs: null },
    isEphemeral: false,
    isInModal: where.kind === "modal",
    triggerId: parsed.data.trigger_id,
  };
};

/** Who acted. @throws PortcullisError `person_unknown` when the payload names nobody */
export const signedActor = (body: unknown): SlackActor => {
  const actor = actorIn(body);
  if (actor === null) throw new PortcullisError("person_unknown");
  return actor;
};

/** The trigger with which a modal can be opened, for three seconds. @throws PortcullisError `card_stale` when there is none */
export const triggerIn = (body: unknown): string => {
  const parsed = z.object({ trigger_id: z.string() }).safeParse(body);
  if (!parsed.success) throw new PortcullisError("card_stale", {}, { cause: parsed.error });
  return parsed.data.trigger_id;
};
