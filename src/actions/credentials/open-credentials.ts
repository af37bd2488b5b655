import type { App } from "@slack/bolt";
import type { ModalView } from "@slack/types";
import { z } from "zod";
import { fromUnknown } from "../../errors.ts";
import type { SlackActor } from "../../services/directory/person.ts";
import { clickIn } from "../../slack/click.ts";
import { drawOnce, openWhenDrawn, pushWhenDrawn, viewIn } from "../../slack/in-view.ts";
import type { ListenerDeps } from "../../slack/listener-deps.ts";
import { asking } from "../../slack/slack-failure.ts";
import type { Texts } from "../../texts/texts.ts";
import { CredentialsMemory, type CredentialsPlace, CredentialValue, carried, ListPage } from "../../views/button-value.ts";
import { credentialDetails } from "../../views/credentials/credential-details.ts";
import { credentialsList } from "../../views/credentials/credentials-list.ts";
import { ACTION, CREDENTIALS_MOVE_PATTERN } from "../../views/ids.ts";
import { textsOf } from "../rules/open-rules-list.ts";

const drawn = z.object({ view: z.object({ private_metadata: carried(CredentialsMemory) }) });
const title = (texts: Texts): string => texts.credentials.title;

/** Where somebody stands in the list that they see, or that stands behind what they see. */
export const placeIn = (body: unknown): CredentialsPlace => drawn.parse(body).view.private_metadata.place;

const drawList =
  ({ services: { credentials } }: ListenerDeps, by: SlackActor, place: CredentialsPlace) =>
  async (texts: Texts): Promise<ModalView> =>
    credentialsList(await credentials.list({ by, search: place.words }), place, texts);

/** Opens the list of credentials. ZPA is asked for every microtenant, which may take longer than a trigger lives. */
export const openCredentials = (
  deps: ListenerDeps,
  { by, triggerId, words }: { readonly by: SlackActor; readonly triggerId: string; readonly words: string },
): Promise<void> => openWhenDrawn(deps, { by, triggerId, title }, drawList(deps, by, { words, page: 0 }));

/** Draws an open list anew after a change. It is what stands behind a page: when it is gone, nobody misses it. */
export async function refreshCredentials(
  deps: ListenerDeps,
  { by, listId, place }: { readonly by: SlackActor; readonly listId: string; readonly place: CredentialsPlace },
): Promise<void> {
  try {
    const view = await drawList(deps, by, place)(await textsOf(deps, by));
    await asking("views.update", () => deps.client.views.update({ view_id: listId, view }));
  } catch (thrown) {
    deps.log.info({ err: fromUnknown(thrown), viewId: listId }, "credentials-list.not-refreshed");
  }
}

/** The pages of the list, and from it to one credential. */
export const registerOpenCredentials = (app: App, deps: ListenerDeps): void => {
  app.action(CREDENTIALS_MOVE_PATTERN, async ({ ack, body }) => {
    const { value, by } = clickIn(body, ListPage);
    const place = placeIn(body);
    await ack();
    await drawOnce(deps, { by, view: viewIn(body), title }, drawList(deps, by, { ...place, ...value }));
  });

  app.action(ACTION.credentialOpen, async ({ ack, body }) => {
    const { value, by, triggerId } = clickIn(body, CredentialValue);
    const place = placeIn(body);
    await ack();
    await pushWhenDrawn(deps, { by, triggerId, title: (texts) => texts.credentials.detailsTitle }, async (texts) =>
      credentialDetails(await deps.services.credentials.look({ ...value, by }), place, texts),
    );
  });
};
