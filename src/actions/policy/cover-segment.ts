import type { App } from "@slack/bolt";
import { z } from "zod";
import { clickIn } from "../../slack/click.ts";
import { drawOnce, pushWhenDrawn, viewIn, workInView } from "../../slack/in-view.ts";
import type { ListenerDeps } from "../../slack/listener-deps.ts";
import type { Texts } from "../../texts/texts.ts";
import { CoverOfferValue, CoverValue, carried, ListPage } from "../../views/button-value.ts";
import { ACTION, CALLBACK } from "../../views/ids.ts";
import { coverOffer } from "../../views/policy/cover-offer.ts";
import { coveredMessage, coveredPage } from "../../views/policy/covered.ts";
import { redrawPolicy } from "./open-policy.ts";

const inStack = z.object({
  view: z.object({ root_view_id: z.string(), callback_id: z.string(), private_metadata: carried(ListPage) }),
});

/**
 * From a segment to the rule that it lacks, and from that page's button to what stands then. Nothing is sent before that button; each step
 * asks anew whether the person may.
 */
export const registerCoverSegment = (app: App, deps: ListenerDeps): void => {
  const { coverage } = deps.services;
  const title = (texts: Texts): string => texts.policy.offerTitle;

  app.action(ACTION.policyOffer, async ({ ack, body }) => {
    const { value, by, triggerId } = clickIn(body, CoverOfferValue);
    const { callback_id: from, private_metadata: memory } = inStack.parse(body).view;
    await ack();
    const draw = async (texts: Texts) => coverOffer(await coverage.offer({ ...value, by }), memory, texts);
    // From the list a page is put on top; after an answer that was lost the rule is shown in the place of that.
    if (from === CALLBACK.policy) await pushWhenDrawn(deps, { by, triggerId, title }, draw);
    else await drawOnce(deps, { by, view: viewIn(body), title }, draw);
  });

  app.action(ACTION.policyCover, async ({ ack, body }) => {
    const { value, by } = clickIn(body, CoverValue);
    const { root_view_id: listId, private_metadata: memory } = inStack.parse(body).view;
    const view = viewIn(body);
    await ack();
    await workInView(
      deps,
      { by, view, title },
      {
        work: () => coverage.cover({ ...value, by }),
        page: (made, texts) => coveredPage(made, memory, texts),
        message: coveredMessage,
      },
    );
    if (listId !== view.id) await redrawPolicy(deps, by, { viewId: listId, page: memory.page });
  });
};
