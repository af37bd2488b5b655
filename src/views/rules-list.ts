import type { KnownBlock, ModalView } from "@slack/types";
import type { ChangeView, RulesOverview, RulesView } from "../services/rules/rules-service.ts";
import type { Texts } from "../texts/texts.ts";
import { actions, button, context, divider, header, LIMIT, plain, section } from "./blocks.ts";
import type { RulesScopeValue } from "./button-value.ts";
import { ACTION, BLOCK, CALLBACK } from "./ids.ts";
import { named } from "./literal.ts";
import { modal } from "./modal.ts";
import { line, moment, richText, strong, words } from "./rich-text.ts";
import { actorName, changeButtons, proposal, scopeTitle } from "./rules-change-card.ts";
import { looser } from "./rules-diff.ts";

/** A modal holds 100 blocks: three for each scope, three for each change that waits, which come first. */
const WAITING_SHOWN = 5;
const SCOPES_SHOWN = 20;

/** All rules by scope for an administrator, and the changes that wait for a second one. @param readerId who looks */
export function rulesList({ rules, waiting }: RulesOverview, readerId: string, texts: Texts): ModalView {
  const { rules: say, common } = texts;
  return modal({
    callbackId: CALLBACK.rulesList,
    title: say.title,
    close: common.close,
    blocks: [
      section(plain(say.intro, LIMIT.section)),
      actions(BLOCK.rulesActions, [button({ actionId: ACTION.rulesNew, text: say.add, label: say.addLabel, style: "primary" })]),
      ...(waiting.length === 0 ? [] : [header(say.waitingTitle)]),
      ...waiting.slice(0, WAITING_SHOWN).flatMap((change) => waitingBlocks(change, readerId, texts)),
      ...beyond(waiting.length - WAITING_SHOWN, say.moreWaiting),
      divider(),
      ...(rules.length === 0 ? [context(plain(say.none, LIMIT.context))] : []),
      ...rules.slice(0, SCOPES_SHOWN).flatMap((each) => scopeBlocks(each, texts)),
      ...beyond(rules.length - SCOPES_SHOWN, say.more),
    ],
  });
}

const beyond = (rest: number, sentence: (n: number) => string): KnownBlock[] =>
  rest > 0 ? [context(plain(sentence(rest), LIMIT.context))] : [];

/** Five comparisons would not fit into a modal: each is opened, and confirmed where it was seen. */
const waitingBlocks = (change: ChangeView, readerId: string, texts: Texts): KnownBlock[] => [
  richText(
    line(strong(scopeTitle(change, texts)), words(`: ${texts.rules.kinds[change.kind]}`)),
    proposal(change, texts),
    ...looser(change.loosens, texts),
  ),
  changeButtons({ change, readerId, seen: "part" }, texts),
];

function scopeBlocks(view: RulesView, texts: Texts): KnownBlock[] {
  const { rules: say } = texts;
  const value: RulesScopeValue = { scope: view.scope, scopeId: view.scopeId };
  const title = scopeTitle(view, texts);
  const short = named(title, 30);
  return [
    richText(
      line(strong(title)),
      line(words(say.revision(view.revision)), actorName(view.changedBy), words(say.at), moment(view.changedAt), words(".")),
    ),
    actions(`${BLOCK.rulesActions}_${view.scope}_${view.scopeId}`, [
      button({ actionId: ACTION.rulesEdit, text: say.edit, label: say.editLabel(short), value }),
      button({ actionId: ACTION.rulesDelete, text: say.remove, label: say.removeLabel(short), value, style: "danger" }),
    ]),
  ];
}
