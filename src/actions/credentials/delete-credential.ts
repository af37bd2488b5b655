import type { App } from "@slack/bolt";
import { z } from "zod";
import { clickIn } from "../../slack/click.ts";
import { drawOnce, viewIn, workInView } from "../../slack/in-view.ts";
import type { ListenerDeps } from "../../slack/listener-deps.ts";
import type { Texts } from "../../texts/texts.ts";
import { CredentialMemory, CredentialUsesMemory, CredentialValue, carried } from "../../views/button-value.ts";
import { deletedCredential, deletedPage, deleteForm } from "../../views/credentials/delete-form.ts";
import { ACTION } from "../../views/ids.ts";
import { refreshCredentials } from "./open-credentials.ts";

const shown = z.object({ view: z.object({ private_metadata: carried(CredentialMemory) }) });
const previewed = z.object({ view: z.object({ root_view_id: z.string(), private_metadata: carried(CredentialUsesMemory) }) });
const title = (texts: Texts): string => texts.credentials.deleteTitle;

/** From a credential to the page that shows which rules use it, and from its button to what came of it. */
export const registerDeleteCredential = (app: App, deps: ListenerDeps): void => {
  const { credentials } = deps.services;

  app.action(ACTION.credentialDelete, async ({ ack, body }) => {
    const { value, by } = clickIn(body, CredentialValue);
    const memory = shown.parse(body).view.private_metadata;
    await ack();
    await drawOnce(deps, { by, view: viewIn(body), title }, async (texts) =>
      deleteForm(await credentials.previewRemove({ ...value, by }), memory, texts),
    );
  });

  app.action(ACTION.credentialDeleteNow, async ({ ack, body }) => {
    const { value, by } = clickIn(body, CredentialValue);
    const { root_view_id: listId, private_metadata: memory } = previewed.parse(body).view;
    await ack();
    const work = () => credentials.remove({ ...value, by, shownUses: memory.shownUses });
    await workInView(deps, { by, view: viewIn(body), title }, { work, page: deletedPage, message: deletedCredential });
    await refreshCredentials(deps, { by, listId, place: memory.place });
  });
};
