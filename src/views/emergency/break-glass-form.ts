import type { ModalView } from "@slack/types";
import type { CatalogConsole } from "../../services/catalog/catalog.ts";
import type { BreakGlassForetold } from "../../services/emergency/emergency.ts";
import type { Texts } from "../../texts/texts.ts";
import { LIMIT, markup, plain, section } from "../blocks.ts";
import type { BreakGlassMemory } from "../button-value.ts";
import { durationText } from "../durations.ts";
import { ACTION, BLOCK, CALLBACK } from "../ids.ts";
import { input, longText } from "../input.ts";
import { modal } from "../modal.ts";
import { consoleList } from "../name-list.ts";
import { line, moment, quote, richText, strong, words } from "../rich-text.ts";
import { withoutEffectBlocks } from "../without-effect.ts";
import { consolesInput, durationInput, problemBlocks } from "./emergency-inputs.ts";
import { peopleInRow } from "./emergency-outcome.ts";

export interface BreakGlassFormModel {
  readonly consoles: readonly CatalogConsole[];
  readonly seconds: number;
  readonly mostSeconds: number;
  readonly reason: string;
  readonly problems: readonly string[];
}

const CONSOLES_SHOWN = 17;
const ALSO_OPENS_SHOWN = 10;

/** The first page: for what, how long, why. Sending it does nothing but show the second. */
export const breakGlassForm = (model: BreakGlassFormModel, texts: Texts): ModalView => {
  const { breakGlass } = texts.emergency;
  return modal({
    callbackId: CALLBACK.breakGlassForm,
    title: breakGlass.title,
    submit: breakGlass.submit,
    close: texts.common.cancel,
    blocks: [
      ...problemBlocks(model.problems, texts),
      section(plain(breakGlass.intro(durationText(model.mostSeconds, texts)), LIMIT.section)),
      consolesInput(model.consoles, texts),
      durationInput(breakGlass.duration, model.seconds, model.mostSeconds, texts),
      input({ blockId: BLOCK.reason, label: breakGlass.reason }, longText(ACTION.reason, model.reason, breakGlass.reasonPlaceholder)),
    ],
  });
};

/** The second page says in words what happens. Its button is the second deliberate click. */
export function breakGlassSeen(foretold: BreakGlassForetold, texts: Texts): ModalView {
  const {
    emergency: { breakGlass },
    card,
  } = texts;
  const { consoles, alsoOpens, withoutEffect, until, told, channelId, seconds, reason } = foretold;
  const [endsAt, afterEnd] = breakGlass.until;
  const memory: BreakGlassMemory = { consoleIds: consoles.map(({ id }) => id), seconds, reason };
  return modal({
    callbackId: CALLBACK.breakGlassSeen,
    title: breakGlass.seenTitle,
    submit: breakGlass.seenSubmit,
    close: breakGlass.back,
    memory,
    blocks: [
      section(plain(breakGlass.seen, LIMIT.section)),
      richText(
        line(strong(breakGlass.opens)),
        consoleList(consoles, CONSOLES_SHOWN, texts),
        ...(alsoOpens.length === 0 ? [] : [line(strong(breakGlass.alsoOpens)), consoleList(alsoOpens, ALSO_OPENS_SHOWN, texts)]),
      ),
      ...withoutEffectBlocks(withoutEffect, "would", texts),
      richText(line(words(endsAt), moment(until), words(afterEnd)), line(words(breakGlass.nobodyDecides))),
      richText(told.length === 0 ? line(words(breakGlass.toldNobody)) : line(words(breakGlass.told), ...peopleInRow(told, texts))),
      ...(channelId === null ? [] : [section(markup(`${breakGlass.channel[0]}<#${channelId}>${breakGlass.channel[1]}`))]),
      richText(line(words(breakGlass.reviewFollows)), line(words(breakGlass.session))),
      richText(line(strong(card.reason)), quote(reason, LIMIT.section)),
    ],
  });
}
