import type { ModalView } from "@slack/types";
import { z } from "zod";
import { fromUnknown } from "../errors.ts";
import type { SlackActor } from "../services/directory/person.ts";
import { type Texts, textsFor } from "../texts/texts.ts";
import type { Message } from "../views/blocks.ts";
import { errorNotice, errorView } from "../views/error-notice.ts";
import { loadingView } from "../views/loading.ts";
import { isFault } from "./faults.ts";
import type { ListenerDeps } from "./listener-deps.ts";
import { asking, isGone, refusalOf } from "./slack-failure.ts";

const inView = z.object({ view: z.object({ id: z.string(), hash: z.string() }) });

/** The modal in which something was clicked, as it stood there. */
export const viewIn = (body: unknown): { readonly id: string; readonly hash: string } => inView.parse(body).view;

type Deps = Pick<ListenerDeps, "client" | "directory" | "tell" | "log">;

const textsOf = async ({ directory }: Deps, { userId }: SlackActor): Promise<Texts> =>
  textsFor((await directory.user(userId))?.locale ?? null);

/**
 * Puts a page that says “one moment” on top, and then what takes longer than a trigger lives in its place, or why there is none.
 * @throws PortcullisError `slack_unreachable` | `slack_refused`, and a fault of the drawing, which is shown before
 */
export async function pushWhenDrawn(
  deps: Deps,
  { by, triggerId, title }: { readonly by: SlackActor; readonly triggerId: string; readonly title: (texts: Texts) => string },
  draw: (texts: Texts) => Promise<ModalView>,
): Promise<void> {
  const texts = await textsOf(deps, by);
  const pushed = await asking("views.push", () =>
    deps.client.views.push({ trigger_id: triggerId, view: loadingView(title(texts), texts) }),
  );
  await drawIn(deps, pushed.view?.id ?? "", texts, draw);
}

/** The same where no modal is open yet. */
export async function openWhenDrawn(
  deps: Deps,
  { by, triggerId, title }: { readonly by: SlackActor; readonly triggerId: string; readonly title: (texts: Texts) => string },
  draw: (texts: Texts) => Promise<ModalView>,
): Promise<void> {
  const texts = await textsOf(deps, by);
  const opened = await asking("views.open", () =>
    deps.client.views.open({ trigger_id: triggerId, view: loadingView(title(texts), texts) }),
  );
  await drawIn(deps, opened.view?.id ?? "", texts, draw);
}

/** Draws a view anew, or shows in its place why that is not to be. One that was closed meanwhile is missed by nobody. */
export async function drawIn(deps: Deps, viewId: string, texts: Texts, draw: (texts: Texts) => Promise<ModalView>): Promise<void> {
  const show = async (view: ModalView): Promise<void> => {
    try {
      await deps.client.views.update({ view_id: viewId, view });
    } catch (cause) {
      if (!isGone(cause)) await asking("views.update", () => Promise.reject(cause));
      deps.log.info({ viewId }, "view.gone");
    }
  };
  const drawn = await draw(texts).catch(async (thrown: unknown) => {
    const error = fromUnknown(thrown);
    await show(errorView(error, null, texts));
    if (isFault(error.code)) throw error;
    deps.log.info({ err: error, code: error.code, viewId }, "view.refused");
    return null;
  });
  if (drawn !== null) await show(drawn);
}

/**
 * Does what a click in a modal asks for, once: the page says first that it is being done, and only for the click that saw it as it stands (by
 * the view's hash), so that a second one does nothing. Then it shows what came of it; where it was closed, a direct message does.
 *
 * @throws PortcullisError `slack_unreachable` | `slack_refused` before anything was done; and a fault of the work, which is shown before
 */
export async function workInView<Done>(
  deps: Deps,
  { by, view, title }: { readonly by: SlackActor; readonly view: ReturnType<typeof viewIn>; readonly title: (texts: Texts) => string },
  { work, page, message }: Work<Done>,
): Promise<void> {
  const texts = await textsOf(deps, by);
  if (!(await isFirst(deps, view, loadingView(title(texts), texts)))) return;
  const where = { by, viewId: view.id };
  const outcome = await work().then(
    (done) => ({ done }),
    (thrown: unknown) => ({ error: fromUnknown(thrown) }),
  );
  if ("done" in outcome) {
    const { done } = outcome;
    return showOrTell(deps, where, { page: page(done, texts), message: message(done, texts) });
  }
  const { error } = outcome;
  await showOrTell(deps, where, { page: errorView(error, null, texts), message: errorNotice(error, null, texts) });
  if (isFault(error.code)) throw error;
  deps.log.info({ err: error, code: error.code, userId: by.userId }, "view.refused");
}

/**
 * Draws something else in the place of a page, for the first click on it alone: what is drawn may be made by drawing it, such as a link.
 * @throws PortcullisError `slack_unreachable` | `slack_refused`, and a fault of the drawing, which is shown before
 */
export async function drawOnce(
  deps: Deps,
  { by, view, title }: { readonly by: SlackActor; readonly view: ReturnType<typeof viewIn>; readonly title: (texts: Texts) => string },
  draw: (texts: Texts) => Promise<ModalView>,
): Promise<void> {
  const texts = await textsOf(deps, by);
  if (await isFirst(deps, view, loadingView(title(texts), texts))) await drawIn(deps, view.id, texts, draw);
}

interface Work<Done> {
  readonly work: () => Promise<Done>;
  readonly page: (done: Done, texts: Texts) => ModalView;
  readonly message: (done: Done, texts: Texts) => Message;
}

async function isFirst({ client, log }: Deps, { id, hash }: ReturnType<typeof viewIn>, working: ModalView): Promise<boolean> {
  try {
    await client.views.update({ view_id: id, hash, view: working });
    return true;
  } catch (cause) {
    if (refusalOf(cause) !== "hash_conflict") await asking("views.update", () => Promise.reject(cause));
    log.info({ viewId: id }, "view.clicked-twice");
    return false;
  }
}

/** What came of a write is told in any case. */
async function showOrTell(
  { client, tell, log }: Deps,
  { by, viewId }: { readonly by: SlackActor; readonly viewId: string },
  { page, message }: { readonly page: ModalView; readonly message: Message },
): Promise<void> {
  try {
    await client.views.update({ view_id: viewId, view: page });
  } catch (cause) {
    log.info({ err: fromUnknown(cause), viewId }, "view.told-directly");
    await tell(by.userId, message);
  }
}
