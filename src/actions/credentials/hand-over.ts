import type { App } from "@slack/bolt";
import { z } from "zod";
import { clickIn, signedActor } from "../../slack/click.ts";
import { drawOnce, viewIn } from "../../slack/in-view.ts";
import type { ListenerDeps } from "../../slack/listener-deps.ts";
import { CredentialValue, carried, HandoverMemory } from "../../views/button-value.ts";
import { codeConfirmed, handOverForm } from "../../views/credentials/hand-over.ts";
import { ACTION, BLOCK, CALLBACK } from "../../views/ids.ts";
import { textsOf } from "../rules/open-rules-list.ts";

const submitted = z.object({
  private_metadata: carried(HandoverMemory),
  state: z.object({
    values: z.object({ [BLOCK.credentialCode]: z.object({ [ACTION.credentialCode]: z.object({ value: z.string().nullish() }) }) }),
  }),
});

/** From a credential to the one-time link for its new secret; and the code that the page shows, which its person types in Slack. */
export const registerHandOver = (app: App, deps: ListenerDeps): void => {
  const { credentials } = deps.services;

  app.action(ACTION.credentialRotate, async ({ ack, body }) => {
    const { value, by } = clickIn(body, CredentialValue);
    await ack();
    const title = { by, view: viewIn(body), title: (texts: Parameters<typeof handOverForm>[1]) => texts.credentials.offerTitle.rotate };
    await drawOnce(deps, title, async (texts) => handOverForm(await credentials.offer({ ...value, by, kind: "rotate" }), texts));
  });

  /** The button opens the page by itself; Slack reports the click all the same. */
  app.action(ACTION.credentialPage, async ({ ack }) => ack());

  app.view(CALLBACK.credentialOffer, async ({ ack, body, view }) => {
    const by = signedActor(body);
    const { private_metadata: memory, state } = submitted.parse(view);
    const code = state.values[BLOCK.credentialCode][ACTION.credentialCode].value ?? "";
    const [handover, texts] = await Promise.all([credentials.confirm({ ...memory, by, code }), textsOf(deps, by)]);
    await ack({ response_action: "update", view: codeConfirmed(handover, texts) });
  });
};
