import type { App } from "@slack/bolt";
import type { SlackActor } from "../../services/directory/person.ts";
import { clickIn, signedActor } from "../../slack/click.ts";
import { drawIn, drawOnce, openWhenDrawn, viewIn } from "../../slack/in-view.ts";
import type { ListenerDeps } from "../../slack/listener-deps.ts";
import type { Texts } from "../../texts/texts.ts";
import { ListPage } from "../../views/button-value.ts";
import { ACTION, POLICY_MOVE_PATTERN } from "../../views/ids.ts";
import { COVERAGE_SHOWN, coverageList } from "../../views/policy/coverage-list.ts";
import { textsOf } from "../rules/open-rules-list.ts";

const title = (texts: Texts): string => texts.policy.title;
const limit = COVERAGE_SHOWN;

/** Opens the list of segments that access rules leave out. ZPA is read, which takes longer than a trigger lives. */
export const openPolicy = (deps: ListenerDeps, { by, triggerId }: { readonly by: SlackActor; readonly triggerId: string }): Promise<void> =>
  openWhenDrawn(deps, { by, triggerId, title }, async (texts) => coverageList(await deps.services.coverage.read({ by, limit }), texts));

/** The list as it was last read, in a view that is open. */
export const redrawPolicy = async (deps: ListenerDeps, by: SlackActor, at: { readonly viewId: string; readonly page: number }) =>
  drawIn(deps, at.viewId, await textsOf(deps, by), async (texts) =>
    coverageList(await deps.services.coverage.page({ by, page: at.page, limit }), texts),
  );

/** Pages of the list, and reading it anew. */
export const registerOpenPolicy = (app: App, deps: ListenerDeps): void => {
  app.action(POLICY_MOVE_PATTERN, async ({ ack, body }) => {
    const { value, by } = clickIn(body, ListPage);
    const { id: viewId } = viewIn(body);
    await ack();
    await redrawPolicy(deps, by, { viewId, ...value });
  });

  app.action(ACTION.policyRead, async ({ ack, body }) => {
    const by = signedActor(body);
    const view = viewIn(body);
    await ack();
    await drawOnce(deps, { by, view, title }, async (texts) => coverageList(await deps.services.coverage.read({ by, limit }), texts));
  });
};
