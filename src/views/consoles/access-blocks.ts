import type { KnownBlock, RichTextElement } from "@slack/types";
import type { ForeignAccess, OwnAccess, SegmentAccess } from "../../services/consoles/consoles.ts";
import type { Texts } from "../../texts/texts.ts";
import { context, LIMIT, plain } from "../blocks.ts";
import { named } from "../literal.ts";
import { foldedBullets } from "../name-list.ts";
import { instant, line, moment, richText, strong, words } from "../rich-text.ts";

const ROWS_SHOWN = 20;

/** Who has access by a segment, ours and others', and what is not known of it. */
export function accessBlocks({ ours, foreign, read }: SegmentAccess, texts: Texts): KnownBlock[] {
  const { consoles: say } = texts;
  return [
    richText(
      line(strong(say.access)),
      ...(ours.length === 0
        ? [line(words(say.accessNone))]
        : [
            foldedBullets(
              ours.map((each) => ownLine(each, texts)),
              ROWS_SHOWN,
              texts,
            ),
          ]),
    ),
    richText(line(strong(say.foreign)), ...foreignIntro({ ours, foreign, read }, texts), ...foreignList(foreign, texts)),
    context(plain(say.notKnown, LIMIT.context)),
  ];
}

const foreignList = (foreign: readonly ForeignAccess[], texts: Texts) =>
  foreign.length === 0
    ? []
    : [
        foldedBullets(
          foreign.map((each) => [strong(named(each.emails.join(", "), 150)), ...spanOf(each, texts)]),
          ROWS_SHOWN,
          texts,
        ),
      ];

function foreignIntro({ foreign, read }: SegmentAccess, { consoles: say }: Texts) {
  const none = foreign.length === 0;
  switch (read.from) {
    case "zpa":
      return [line(words(none ? say.foreignNone : say.foreignIntro))];
    case "comparison":
      return [
        line(words(say.foreignThen[0]), moment(read.at), words(say.foreignThen[1])),
        line(words(none ? say.foreignNoneThen : say.foreignIntro)),
      ];
    case "nowhere":
      return [line(words(say.foreignUnknown))];
  }
}

function ownLine(access: OwnAccess, texts: Texts): RichTextElement[] {
  const { consoles: say } = texts;
  const { email, label, standing, isListed } = access;
  const remarks = [
    ...(standing === "OPEN" ? [] : [say.standing[standing]]),
    ...(isListed === false && standing !== "ENDING" ? [say.unlisted] : []),
  ];
  return [
    strong(named(email, 100)),
    words(` · ${label}`),
    ...spanOf({ ...access, isLater: standing === "LATER" }, texts),
    ...remarks.map((remark) => words(` · ${remark}`)),
  ];
}

function spanOf(
  { start, end, workingHours, isLater = false }: Pick<ForeignAccess, "start" | "end" | "workingHours"> & { readonly isLater?: boolean },
  { consoles: say, days }: Texts,
): RichTextElement[] {
  const hours =
    workingHours === null
      ? null
      : `${workingHours.days.map((day) => days[day]).join(", ")} ${workingHours.start}–${workingHours.end} ${workingHours.timeZone}`;
  return [
    ...(isLater ? [words(say.from), instant(start)] : []),
    words(say.until),
    instant(end),
    ...(hours === null ? [] : [words(say.hoursOf(named(hours, 150)))]),
  ];
}
