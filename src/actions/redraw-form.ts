import type { ModalView } from "@slack/types";
import { refusalOf, slackFailure } from "../slack/slack-failure.ts";
import type { LatestChange } from "./latest-change.ts";
import type { RequestFormDeps } from "./request-form/request-form-deps.ts";

/** What Slack says of a form that was closed or sent in the meantime. */
const GONE = new Set(["not_found", "view_not_found"]);

type RedrawDeps = Pick<RequestFormDeps, "client" | "log">;

/** A view as Slack sent it with the change. */
export interface ChangedView {
  readonly viewId: string;
  readonly hash: string;
  readonly actionTs: string;
}

/**
 * Shows an open form anew after a change in it. An update carries the hash of the view that was changed. Where another update came first,
 * this one goes out without a hash, unless a later change is known, whose own update shows more than this one.
 *
 * @throws PortcullisError `slack_unreachable` | `slack_refused`
 */
export async function redrawForm(
  deps: RedrawDeps,
  latest: LatestChange,
  { viewId, hash, actionTs }: ChangedView,
  form: ModalView,
): Promise<void> {
  try {
    await deps.client.views.update({ view_id: viewId, hash, view: form });
  } catch (cause) {
    const refusal = refusalOf(cause);
    if (refusal !== "hash_conflict") return ended(deps, cause);
    if (latest.isOvertaken(viewId, actionTs)) return deps.log.debug({ viewId }, "form.change-overtaken");
    await deps.client.views.update({ view_id: viewId, view: form }).catch((again: unknown) => ended(deps, again));
  }
}

/** A form that is no longer open needs no update; any other refusal is one. */
function ended({ log }: RedrawDeps, cause: unknown): void {
  if (!GONE.has(refusalOf(cause) ?? "")) throw slackFailure("views.update", cause);
  log.debug({ reason: refusalOf(cause) }, "form.closed-before-update");
}
