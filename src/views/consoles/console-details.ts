import type { KnownBlock, ModalView, RichTextElement } from "@slack/types";
import type { ConsoleDetails } from "../../services/consoles/consoles.ts";
import type { Texts } from "../../texts/texts.ts";
import { actions, button, context, divider, LIMIT, plain, section } from "../blocks.ts";
import type { ConsoleValue } from "../button-value.ts";
import { ACTION, BLOCK, CALLBACK } from "../ids.ts";
import { named, typed } from "../literal.ts";
import { modal } from "../modal.ts";
import { foldedBullets, nameList } from "../name-list.ts";
import { bullets, line, richText, strong, words } from "../rich-text.ts";
import { accessBlocks } from "./access-blocks.ts";
import { portalButtons } from "./portal-buttons.ts";

const ALONGSIDE_SHOWN = 15;
const PORTALS_SHOWN = 8;

/** All about one console; for administrators also who has access by it, and its switch. */
export function consoleDetails(details: ConsoleDetails, texts: Texts): ModalView {
  const { consoles: say, common } = texts;
  const { console, alongside, admin } = details;
  const portals = console.enabled ? portalButtons(console, PORTALS_SHOWN, say) : [];
  const state = stateOf(details, texts);
  return modal({
    callbackId: CALLBACK.console,
    title: say.detailsTitle,
    close: common.close,
    blocks: [
      richText(line(strong(named(console.name, 150))), bullets(facts(details, texts))),
      ...(console.description === null || console.description.trim() === ""
        ? []
        : [context(plain(typed(console.description, 600), LIMIT.context))]),
      ...(state === null ? [] : [section(plain(state, LIMIT.section))]),
      ...(portals.length === 0 ? [] : [actions(BLOCK.portals, portals)]),
      ...(alongside.length === 0
        ? []
        : [
            richText(
              line(strong(say.alongside)),
              foldedBullets(
                alongside.map(({ name }) => [words(named(name, 100))]),
                ALONGSIDE_SHOWN,
                texts,
              ),
            ),
          ]),
      ...(admin === null ? [] : [divider(), ...accessBlocks(admin.access, texts), divider(), switchButton(details, texts)]),
    ],
  });
}

function facts({ console }: ConsoleDetails, texts: Texts): RichTextElement[][] {
  const { consoles: say } = texts;
  const { segmentName, segmentGroupName, microtenantName, protocol, domain, portals } = console;
  const target = [protocol, domain].filter((part) => part !== null && part !== "").join(" · ");
  const fact = (label: string, value: string): RichTextElement[] => [strong(`${label}: `), words(value)];
  return [
    ...(target === "" ? [] : [fact(say.target, named(target, 200))]),
    ...(segmentName === domain ? [] : [fact(say.segment, named(segmentName, 150))]), // ZPA often names it by its host
    ...(segmentGroupName === null ? [] : [fact(say.group, named(segmentGroupName, 150))]),
    fact(say.microtenant, named(microtenantName, 150)),
    portals.length === 0
      ? [words(say.noPortal)]
      : fact(
          say.portals,
          nameList(
            portals.map(({ name }) => name),
            10,
            texts,
          ),
        ),
  ];
}

function stateOf({ console, admin }: ConsoleDetails, { consoles: say }: Texts): string | null {
  if (admin === null) return console.enabled ? null : say.off;
  if (admin.isEnabled === null) return say.unread;
  if (console.enabled) return admin.isEnabled ? null : say.offJustNow;
  return admin.isEnabled ? say.offElsewhere : say.off;
}

function switchButton({ console, admin }: ConsoleDetails, { consoles: say }: Texts): KnownBlock {
  const value: ConsoleValue = { consoleId: console.id };
  const short = named(console.name, 40);
  const isOn = admin?.isEnabled ?? console.enabled;
  return actions(`${BLOCK.console}_${console.id}`, [
    isOn
      ? button({ actionId: ACTION.consoleDisable, text: say.switchOff, label: say.switchOffLabel(short), value, style: "danger" })
      : button({ actionId: ACTION.consoleEnable, text: say.switchOn, label: say.switchOnLabel(short), value, style: "primary" }),
  ]);
}
