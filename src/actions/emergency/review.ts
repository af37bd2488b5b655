import type { App } from "@slack/bolt";
import { z } from "zod";
import { clickIn, signedActor } from "../../slack/click.ts";
import type { ListenerDeps } from "../../slack/listener-deps.ts";
import { asking } from "../../slack/slack-failure.ts";
import { textsFor } from "../../texts/texts.ts";
import { carried, ReviewValue } from "../../views/button-value.ts";
import { reviewedView, reviewForm } from "../../views/emergency/review-form.ts";
import { ACTION, BLOCK, CALLBACK } from "../../views/ids.ts";

const text = z.object({ value: z.string().nullish() });
const submitted = z.object({
  private_metadata: carried(ReviewValue),
  state: z.object({
    values: z.object({
      [BLOCK.happened]: z.object({ [ACTION.happened]: text }),
      [BLOCK.done]: z.object({ [ACTION.deeds]: text }),
      [BLOCK.follows]: z.object({ [ACTION.follows]: text }),
    }),
  }),
});

/** The review of a broken glass: its form, from the message or the card, and its answers. */
export const registerReview = (app: App, deps: ListenerDeps): void => {
  const { emergency } = deps.services;
  const textsOf = async (userId: string) => textsFor((await deps.directory.user(userId))?.locale ?? null);

  app.action(ACTION.review, async ({ ack, body }) => {
    const { value, by, triggerId } = clickIn(body, ReviewValue);
    await ack();
    const [due, texts] = await Promise.all([emergency.readReview({ ...value, by }), textsOf(by.userId)]);
    const view = reviewForm(due, { opened: "by-button" }, texts);
    await asking("views.open", () => deps.client.views.open({ trigger_id: triggerId, view }));
  });

  app.view({ callback_id: CALLBACK.reviewForm, type: "view_submission" }, async ({ ack, body, view }) => {
    const { private_metadata: memory, state } = submitted.parse(view);
    const { values } = state;
    const by = signedActor(body);
    const answer = {
      happened: values[BLOCK.happened][ACTION.happened].value ?? "",
      done: values[BLOCK.done][ACTION.deeds].value ?? "",
      follows: values[BLOCK.follows][ACTION.follows].value ?? "",
    };
    await emergency.answerReview({ ...memory, by, answer });
    await ack({ response_action: "update", view: reviewedView(await textsOf(by.userId)) });
  });
};
