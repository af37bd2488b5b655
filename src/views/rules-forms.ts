import type { KnownBlock, ModalView, PlainTextOption } from "@slack/types";
import type { ScopeKey } from "../services/policy/rules.ts";
import type { ChangeOutcome } from "../services/rules/rules-service.ts";
import type { Texts } from "../texts/texts.ts";
import { LIMIT, option, plain, section } from "./blocks.ts";
import { type RulesFormMemory, reviewMemory } from "./button-value.ts";
import { ACTION, BLOCK, CALLBACK } from "./ids.ts";
import { input } from "./input.ts";
import { modal } from "./modal.ts";
import { noticePage } from "./notice-page.ts";
import { code, line, richText, strong, words } from "./rich-text.ts";
import { scopeTitle } from "./rules-change-card.ts";
import { diffBlocks, diffParts, looser } from "./rules-diff.ts";

/** Characters of rules that the forms carry. Slack takes 3000 in an input, and as many in all that a view remembers, the scope included. */
export const RULES_LETTERS = 2_500;

/** Of a comparison: some 20,000 characters. */
const REVIEW_PARTS = 8;

type NamedScope = ScopeKey & { readonly name: string | null };

/** Asks for which scope rules are to be written. */
export const chooseScopeForm = ({ rules, common }: Texts): ModalView =>
  modal({
    callbackId: CALLBACK.rulesScope,
    title: rules.chooseTitle,
    submit: rules.next,
    close: common.cancel,
    blocks: [
      input(
        { blockId: BLOCK.rulesScope, label: rules.choose, hint: rules.chooseHint },
        {
          type: "external_select",
          action_id: ACTION.rulesScope,
          min_query_length: 0,
          placeholder: plain(rules.choosePlaceholder, LIMIT.placeholder),
        },
      ),
    ],
  });

/** One scope to choose; its id stands below, because names repeat. */
export const scopeOption = (scope: NamedScope, texts: Texts): PlainTextOption =>
  option(`${scope.scope}:${scope.scopeId}`, scopeTitle(scope, texts), scope.scopeId === "" ? null : scope.scopeId);

/** The rules of a scope as YAML, to be written over. */
export function editRulesForm(
  { scope, yaml, revision }: { readonly scope: NamedScope; readonly yaml: string; readonly revision: number },
  texts: Texts,
): ModalView {
  const { rules, common } = texts;
  const memory: RulesFormMemory = { scope: scope.scope, scopeId: scope.scopeId, revision };
  const title = richText(line(strong(scopeTitle(scope, texts))));
  const frame = { callbackId: CALLBACK.rulesEdit, title: rules.editTitle, memory };
  if (yaml.length > RULES_LETTERS)
    return modal({ ...frame, close: common.close, blocks: [title, richText(line(words(rules.tooLong)), line(code("pra config")))] });
  return modal({
    ...frame,
    submit: rules.review,
    close: common.cancel,
    blocks: [
      title,
      input(
        { blockId: BLOCK.rules, label: rules.yaml, hint: rules.yamlHint(RULES_LETTERS) },
        { type: "plain_text_input", action_id: ACTION.rulesText, multiline: true, max_length: RULES_LETTERS, initial_value: yaml },
      ),
    ],
  });
}

/** What a change comes to, before it is made; one that cannot be shown whole is not made here. @param yaml null takes the rules away */
export function reviewForm(
  { outcome, yaml, hasSecondAdmin }: { readonly outcome: ChangeOutcome; readonly yaml: string | null; readonly hasSecondAdmin: boolean },
  texts: Texts,
): ModalView {
  const { rules, common } = texts;
  const loosens = outcome.loosens.length > 0;
  const parts = diffParts(outcome.diff);
  const title = line(strong(scopeTitle(outcome, texts)), words(`: ${rules.kinds[outcome.kind]}`));
  const frame = { callbackId: CALLBACK.rulesReview, title: rules.reviewTitle };
  if (parts.length > REVIEW_PARTS)
    return modal({
      ...frame,
      close: common.close,
      blocks: [richText(title, line(words(rules.tooLongToReview)), line(code("pra config")))],
    });
  const blocks: KnownBlock[] = [
    richText(title),
    ...diffBlocks(parts),
    ...(loosens ? [richText(...looser(outcome.loosens, texts))] : []),
    ...(outcome.kind === "none" ? [] : [section(plain(loosens ? rules.needsSecond : rules.tightens, LIMIT.section))]),
    ...(loosens && !hasSecondAdmin ? [section(plain(rules.nobodyElse, LIMIT.section))] : []),
  ];
  return {
    ...modal({
      ...frame,
      close: outcome.kind === "none" ? common.close : common.cancel,
      blocks,
      ...(outcome.kind === "none" ? {} : { submit: loosens ? rules.propose : rules.apply }),
    }),
    private_metadata: reviewMemory({ scope: outcome.scope, scopeId: outcome.scopeId, revision: outcome.baseRevision, yaml }),
  };
}

/** What became of it. */
export const rulesDone = ({ result }: Pick<ChangeOutcome, "result">, { rules, common }: Texts): ModalView =>
  noticePage(
    rules.title,
    [section(plain(result === "waiting" ? rules.waits : result === "applied" ? rules.applied : rules.noChange, LIMIT.section))],
    { common },
  );
