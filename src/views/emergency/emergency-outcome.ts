import type { RichTextBlock, RichTextElement } from "@slack/types";
import type { RequestOverview } from "../../services/access/overview.ts";
import { isGroupId } from "../../services/policy/route.ts";
import type { Texts } from "../../texts/texts.ts";
import { line, moment, user, userGroup, words } from "../rich-text.ts";

const SKIPPED_SHOWN = 15;

type Part = RichTextBlock["elements"][number];

/** Who gave, or took, the access, and past whom; null for a request that approvers decide on. */
export function emergencyOutcome({ request, approval }: RequestOverview, texts: Texts): readonly Part[] | null {
  const { origin } = request;
  if (origin !== "ON_CALL" && origin !== "BREAK_GLASS") return null;
  const { card } = texts.emergency;
  const [before, between, after] = origin === "ON_CALL" ? card.given : card.broken;
  const skipped = approval.rules.skipped ?? [];
  return [
    line(words(before), user(request.requester.userId), words(between), moment(approval.completedAt ?? request.createdAt), words(after)),
    ...(skipped.length === 0 ? [] : [line(words(card.skipped), ...peopleInRow(skipped, texts))]),
  ];
}

/** People and user groups, by Slack's ids, between commas; of many the first. */
export function peopleInRow(ids: readonly string[], { common }: Texts): readonly RichTextElement[] {
  const rest = ids.length - SKIPPED_SHOWN;
  const shown = ids.slice(0, SKIPPED_SHOWN).flatMap((id, place) => {
    const element = isGroupId(id) ? userGroup(id) : user(id);
    return place === 0 ? [element] : [words(", "), element];
  });
  return rest > 0 ? [...shown, words(` ${common.andMore(rest)}`)] : shown;
}
