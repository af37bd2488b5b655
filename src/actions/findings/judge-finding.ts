import type { App } from "@slack/bolt";
import { z } from "zod";
import { clickIn, signedActor } from "../../slack/click.ts";
import type { ListenerDeps } from "../../slack/listener-deps.ts";
import { asking } from "../../slack/slack-failure.ts";
import { carried, FindingFormMemory, FindingValue } from "../../views/button-value.ts";
import { findingForm } from "../../views/finding-form.ts";
import { ACTION, BLOCK, CALLBACK } from "../../views/ids.ts";
import { textsOf } from "../rules/open-rules-list.ts";
import { refreshFindings } from "./open-findings.ts";

const inList = z.object({ view: z.object({ id: z.string() }) });

const submitted = z.object({
  private_metadata: carried(FindingFormMemory),
  state: z.object({
    values: z.object({
      [BLOCK.comment]: z.object({ [ACTION.comment]: z.object({ value: z.string().nullable() }) }),
      [BLOCK.owner]: z.object({ [ACTION.owner]: z.object({ selected_user: z.string().nullish() }) }).optional(),
    }),
  }),
});

/**
 * What an administrator does about a finding, on its message or in the list. Restore and Ignore are written down before the click is
 * acknowledged, Adopt and Revoke ask why first and are before their form closes. Messages follow by a job.
 */
export const registerJudgeFinding = (app: App, deps: ListenerDeps): void => {
  const { findings } = deps.services;
  for (const [actionId, verdict] of [
    [ACTION.findingRestore, "restore"],
    [ACTION.findingIgnore, "ignore"],
  ] as const)
    app.action(actionId, async ({ ack, body }) => {
      const { value, by } = clickIn(body, FindingValue);
      await findings.judge({ ...value, by, verdict, reason: null });
      await ack();
      const list = inList.safeParse(body);
      if (list.success) await refreshFindings(deps, by, list.data.view.id);
    });

  for (const [actionId, verdict] of [
    [ACTION.findingAdopt, "adopt"],
    [ACTION.findingRevoke, "revoke"],
  ] as const)
    app.action(actionId, async ({ ack, body }) => {
      const { value, by, triggerId } = clickIn(body, FindingValue);
      await ack();
      const [finding, texts] = await Promise.all([findings.mayJudge({ ...value, by, verdict }), textsOf(deps, by)]);
      const listId = inList.safeParse(body).data?.view.id ?? null;
      const view = findingForm(finding, { ...value, verdict, listId }, texts);
      const call = { trigger_id: triggerId, view };
      if (listId === null) await asking("views.open", () => deps.client.views.open(call));
      else await asking("views.push", () => deps.client.views.push(call));
    });

  app.view(CALLBACK.findingForm, async ({ ack, body, view }) => {
    const by = signedActor(body);
    const { private_metadata: memory, state } = submitted.parse(view);
    const { listId, ...command } = memory;
    const reason = state.values[BLOCK.comment][ACTION.comment].value;
    const ownerUserId = state.values[BLOCK.owner]?.[ACTION.owner].selected_user ?? null;
    await findings.judge({ ...command, by, reason, ownerUserId });
    await ack();
    if (listId !== null) await refreshFindings(deps, by, listId);
  });
};
