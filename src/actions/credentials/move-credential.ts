import type { App } from "@slack/bolt";
import { z } from "zod";
import { choiceIn, clickIn } from "../../slack/click.ts";
import { drawOnce, viewIn, workInView } from "../../slack/in-view.ts";
import type { ListenerDeps } from "../../slack/listener-deps.ts";
import type { Texts } from "../../texts/texts.ts";
import { CredentialMemory, CredentialMoveValue, CredentialUsesMemory, carried, MicrotenantChoice } from "../../views/button-value.ts";
import { movedCredential, movedPage, moveForm } from "../../views/credentials/move-form.ts";
import { ACTION } from "../../views/ids.ts";
import { refreshCredentials } from "./open-credentials.ts";

const shown = z.object({ view: z.object({ private_metadata: carried(CredentialMemory) }) });
const previewed = z.object({ view: z.object({ root_view_id: z.string(), private_metadata: carried(CredentialUsesMemory) }) });
const title = (texts: Texts): string => texts.credentials.moveTitle;

/** From a credential to the page that says what moving it means, and from its button to where it stands then. */
export const registerMoveCredential = (app: App, deps: ListenerDeps): void => {
  const { credentials } = deps.services;

  app.action(ACTION.credentialTo, async ({ ack, body }) => {
    const { value: to, by } = choiceIn(body, MicrotenantChoice);
    const memory = shown.parse(body).view.private_metadata;
    await ack();
    await drawOnce(deps, { by, view: viewIn(body), title }, async (texts) =>
      moveForm(await credentials.previewMove({ ...memory.credential, by, to }), memory, texts),
    );
  });

  app.action(ACTION.credentialMove, async ({ ack, body }) => {
    const { value, by } = clickIn(body, CredentialMoveValue);
    const { root_view_id: listId, private_metadata: memory } = previewed.parse(body).view;
    await ack();
    const work = () => credentials.move({ ...value, by, shownUses: memory.shownUses });
    await workInView(deps, { by, view: viewIn(body), title }, { work, page: movedPage, message: movedCredential });
    await refreshCredentials(deps, { by, listId, place: memory.place });
  });
};
