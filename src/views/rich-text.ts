import type { RichTextBlock, RichTextElement, RichTextList, RichTextPreformatted, RichTextQuote, RichTextSection } from "@slack/types";
import { utcMinute } from "./instants.ts";
import { typed } from "./literal.ts";

const SLACK_USER = /^[UW][A-Z0-9]+$/u;

/** Rich text is literal by construction: a text element is never parsed for markup, so what people typed is safe in it. */
export const richText = (...elements: RichTextBlock["elements"]): RichTextBlock => ({ type: "rich_text", elements });
export const line = (...elements: readonly RichTextElement[]): RichTextSection => ({ type: "rich_text_section", elements: [...elements] });
export const bullets = (items: readonly (readonly RichTextElement[])[]): RichTextList => ({
  type: "rich_text_list",
  style: "bullet",
  elements: items.map((each) => line(...each)),
});
export const quote = (text: string, limit: number): RichTextQuote => ({
  type: "rich_text_quote",
  elements: [{ type: "text", text: typed(text, limit) }],
});

/** Lines that keep their spaces, such as YAML. */
export const preformatted = (text: string): RichTextPreformatted => ({
  type: "rich_text_preformatted",
  elements: [{ type: "text", text }],
});

/** Our own words; keeps the spaces at either end, which join it to its neighbours. */
export const words = (text: string): RichTextElement => ({ type: "text", text });
export const strong = (text: string): RichTextElement => ({ type: "text", text, style: { bold: true } });
export const code = (text: string): RichTextElement => ({ type: "text", text, style: { code: true } });
/** A person of Slack by a mention; an account of the machine, or Portcullis itself, in words. */
export const user = (userId: string): RichTextElement => (SLACK_USER.test(userId) ? { type: "user", user_id: userId } : words(userId));
export const userGroup = (groupId: string): RichTextElement => ({ type: "usergroup", usergroup_id: groupId });
/** An instant in the zone of whoever reads it. */
export const instant = (at: Date): RichTextElement => date(at, "{date_short_pretty} {time}");
/** The same with the time first, to follow “at”. */
export const moment = (at: Date): RichTextElement => date(at, "{time}, {date_short_pretty}");

const date = (at: Date, format: string): RichTextElement => ({
  type: "date",
  timestamp: Math.floor(at.getTime() / 1000),
  format,
  fallback: utcMinute(at),
});
