import type { App } from "@slack/bolt";
import { z } from "zod";
import { fromUnknown, PortcullisError } from "../../errors.ts";
import type { SlackActor } from "../../services/directory/person.ts";
import { SCOPES, type ScopeKey } from "../../services/policy/rules.ts";
import { clickIn, signedActor, triggerIn } from "../../slack/click.ts";
import type { ListenerDeps } from "../../slack/listener-deps.ts";
import { asking } from "../../slack/slack-failure.ts";
import { LIMIT } from "../../views/blocks.ts";
import { carried, RulesFormMemory, RulesScopeValue } from "../../views/button-value.ts";
import { ACTION, BLOCK, CALLBACK } from "../../views/ids.ts";
import { chooseScopeForm, editRulesForm, RULES_LETTERS, reviewForm, scopeOption } from "../../views/rules-forms.ts";
import { textsOf } from "./open-rules-list.ts";

const chosen = z.object({
  state: z.object({
    values: z.object({
      [BLOCK.rulesScope]: z.object({ [ACTION.rulesScope]: z.object({ selected_option: z.object({ value: z.string() }).nullish() }) }),
    }),
  }),
});
const written = z.object({
  private_metadata: carried(RulesFormMemory),
  state: z.object({ values: z.object({ [BLOCK.rules]: z.object({ [ACTION.rulesText]: z.object({ value: z.string().nullish() }) }) }) }),
});

/** From the list to the page that shows what would change: which scope, its YAML, or that it goes. Nothing is changed here. */
export const registerEditRules = (app: App, deps: ListenerDeps): void => {
  const { rules } = deps.services;
  const push = async (triggerId: string, view: Parameters<typeof deps.client.views.push>[0]["view"]) =>
    asking("views.push", () => deps.client.views.push({ trigger_id: triggerId, view }));

  app.action(ACTION.rulesNew, async ({ ack, body }) => {
    const by = signedActor(body);
    await ack();
    await push(triggerIn(body), chooseScopeForm(await textsOf(deps, by)));
  });

  app.options(ACTION.rulesScope, async ({ ack, body }) => {
    const texts = await textsOf(deps, signedActor(body));
    await ack({ options: rules.findScopes(body.value, LIMIT.options).map((scope) => scopeOption(scope, texts)) });
  });

  app.view(CALLBACK.rulesScope, async ({ ack, body, view }) => {
    const by = signedActor(body);
    const value = chosen.parse(view).state.values[BLOCK.rulesScope][ACTION.rulesScope].selected_option?.value ?? "";
    await ack({ response_action: "update", view: await editForm(deps, by, scopeChosen(value)) });
  });

  app.action(ACTION.rulesEdit, async ({ ack, body }) => {
    const { value, by, triggerId } = clickIn(body, RulesScopeValue);
    await ack();
    await push(triggerId, await editForm(deps, by, value));
  });

  app.view(CALLBACK.rulesEdit, async ({ ack, body, view }) => {
    const by = signedActor(body);
    const { private_metadata: memory, state } = written.parse(view);
    const yaml = state.values[BLOCK.rules][ACTION.rulesText].value ?? "";
    if (yaml.length > RULES_LETTERS)
      throw new PortcullisError("rules_too_long_for_slack", { field: "rules", params: { limit: RULES_LETTERS } });
    const { revision: expectedRevision, ...scope } = memory;
    const [outcome, { hasSecondAdmin }, texts] = await Promise.all([
      rules.put({ ...scope, by, yaml, expectedRevision, mode: "plan" }),
      rules.list({ by }),
      textsOf(deps, by),
    ]);
    await ack({ response_action: "update", view: reviewForm({ outcome, yaml, hasSecondAdmin }, texts) });
  });

  app.action(ACTION.rulesDelete, async ({ ack, body }) => {
    const { value, by, triggerId } = clickIn(body, RulesScopeValue);
    await ack();
    const [outcome, { hasSecondAdmin }, texts] = await Promise.all([
      rules.delete({ ...value, by, expectedRevision: null, mode: "plan" }),
      rules.list({ by }),
      textsOf(deps, by),
    ]);
    await push(triggerId, reviewForm({ outcome, yaml: null, hasSecondAdmin }, texts));
  });
};

/** The form with what stands there, or, for a scope without rules, with the defaults: nothing. */
async function editForm(deps: ListenerDeps, by: SlackActor, key: ScopeKey) {
  const [found, texts] = await Promise.all([rulesToEdit(deps, by, key), textsOf(deps, by)]);
  return editRulesForm(found, texts);
}

async function rulesToEdit({ services: { rules } }: ListenerDeps, by: SlackActor, key: ScopeKey) {
  try {
    const view = await rules.get({ ...key, by });
    return { scope: view, yaml: view.yaml, revision: view.revision };
  } catch (thrown) {
    if (fromUnknown(thrown).code !== "rules_unknown") throw thrown;
    const name = rules.findScopes(key.scopeId, LIMIT.options).find(({ scopeId }) => scopeId === key.scopeId)?.name ?? null;
    return { scope: { ...key, name }, yaml: "{}\n", revision: 0 };
  }
}

/** @throws PortcullisError `scope_invalid` */
function scopeChosen(value: string): ScopeKey {
  const [scope, scopeId = ""] = value.split(":");
  const parsed = z.enum(SCOPES).safeParse(scope);
  if (!parsed.success) throw new PortcullisError("scope_invalid", { field: "rulesScope" }, { cause: parsed.error });
  return { scope: parsed.data, scopeId };
}
