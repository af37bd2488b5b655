import type { ModalView } from "@slack/types";
import type { SwitchedConsole, SwitchPlan } from "../../services/consoles/consoles.ts";
import type { Texts } from "../../texts/texts.ts";
import { actions, button, divider, LIMIT, type Message, plain, section, sentences } from "../blocks.ts";
import type { SwitchValue } from "../button-value.ts";
import { ACTION, BLOCK, CALLBACK } from "../ids.ts";
import { named } from "../literal.ts";
import { modal } from "../modal.ts";
import { noticePage } from "../notice-page.ts";
import { accessBlocks } from "./access-blocks.ts";

/** What switching a console means and for whom, before the click that does it. */
export function switchForm({ console, to, access, seal }: SwitchPlan, texts: Texts): ModalView {
  const { consoles: say, common } = texts;
  const name = named(console.name, 100);
  const value: SwitchValue = { consoleId: console.id, to, seal };
  return modal({
    callbackId: CALLBACK.consoleSwitch,
    title: say.switchTitle[to],
    close: common.cancel,
    blocks: [
      section(plain(say.switchIntro[to](name), LIMIT.section)),
      ...(to === "disabled" ? [section(plain(say.switchKeeps, LIMIT.section)), divider(), ...accessBlocks(access, texts), divider()] : []),
      actions(`${BLOCK.console}_${console.id}`, [
        button({
          actionId: ACTION.consoleSwitch,
          text: say.switchYes[to],
          label: say.switchYesLabel[to](named(console.name, 40)),
          value,
          style: to === "disabled" ? "danger" : "primary",
        }),
      ]),
    ],
  });
}

/** What became of it, as ZPA says. */
export const switchedConsole = (switched: SwitchedConsole, { consoles: say }: Texts): Message =>
  sentences(...(switched.kind === "switched" ? switchedSentences(switched, say) : lostSentences(switched, say)), say.soon);

/** The same as a page. */
export const switchedPage = (switched: SwitchedConsole, texts: Texts): ModalView =>
  noticePage(texts.consoles.detailsTitle, switchedConsole(switched, texts).blocks, texts);

function switchedSentences(
  { read, asIntended, isRecordedWhole }: Extract<SwitchedConsole, { kind: "switched" }>,
  say: Texts["consoles"],
): string[] {
  return [
    say.switched[read.enabled ? "enabled" : "disabled"](named(read.name, 100)),
    ...(asIntended ? [] : [say.differs]),
    ...(isRecordedWhole ? [] : [say.notRecorded]),
  ];
}

function lostSentences({ read, name, to }: Extract<SwitchedConsole, { kind: "unknown" }>, say: Texts["consoles"]): string[] {
  const short = named(name, 100);
  if (read === null) return [say.switchUnknown(short), say.switchUnread];
  const state = read.enabled ? "enabled" : "disabled";
  return [say.switchUnknown(short), say.stands[state](short), ...(state === to ? [] : [say.mayStillCome])];
}
