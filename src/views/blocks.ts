import type {
  ActionsBlock,
  ActionsBlockElement,
  Button,
  ContextBlock,
  DividerBlock,
  HeaderBlock,
  KnownBlock,
  MrkdwnElement,
  PlainTextElement,
  PlainTextOption,
  SectionBlock,
  TextObject,
} from "@slack/types";
import { clamp, escapeMrkdwn, typed } from "./literal.ts";

/** Slack's limits, in characters; from the Block Kit reference. An option's value is 150 there and 75 in the types: the smaller holds. */
export const LIMIT = {
  button: 75,
  buttonLabel: 75,
  buttonUrl: 3000,
  context: 2000,
  header: 150,
  label: 2000,
  option: 75,
  placeholder: 150,
  section: 3000,
  field: 2000,
  viewTitle: 24,
  confirmTitle: 100,
  confirmText: 300,
  confirmButton: 30,
  options: 100,
} as const;

/** A message: `text` is what notifications show and screen readers read, in mrkdwn, so it is escaped where it is made. */
export interface Message {
  readonly text: string;
  readonly blocks: KnownBlock[];
}

/** Literal text: nothing in it becomes a link, a mention or an emoji. */
export const plain = (text: string, limit: number): PlainTextElement => ({ type: "plain_text", text: typed(text, limit), emoji: false });

/** Our own words with Slack's markup in them. What a person typed never comes here: `verbatim` keeps Slack from finding links on its own. */
export const markup = (text: string, limit: number = LIMIT.section): MrkdwnElement => ({
  type: "mrkdwn",
  text: clamp(text, limit),
  verbatim: true,
});

export const header = (text: string): HeaderBlock => ({ type: "header", text: plain(text, LIMIT.header) });
export const divider = (): DividerBlock => ({ type: "divider" });
export const section = (text: TextObject, blockId?: string): SectionBlock => ({
  type: "section",
  text,
  ...(blockId === undefined ? {} : { block_id: blockId }),
});
/** A message of sentences; notifications show the first. */
export const sentences = (...said: readonly string[]): Message => ({
  text: escapeMrkdwn(said[0] ?? ""),
  blocks: said.map((sentence) => section(plain(sentence, LIMIT.section))),
});

export const context = (...elements: readonly TextObject[]): ContextBlock => ({ type: "context", elements: [...elements] });
export const actions = (blockId: string, elements: readonly ActionsBlockElement[]): ActionsBlock => ({
  type: "actions",
  block_id: blockId,
  elements: [...elements],
});

/** A mention is Slack's own: the id comes from Slack, never from what a person typed. */
export const mentionUser = (userId: string): string => `<@${escapeMrkdwn(userId)}>`;

export const mentionGroup = (groupId: string): string => `<!subteam^${escapeMrkdwn(groupId)}>`;

interface ButtonInput {
  readonly actionId: string;
  readonly text: string;
  /** Read by screen readers in place of the text: says what the button is about. */
  readonly label: string;
  readonly value?: unknown;
  readonly url?: string;
  readonly style?: "primary" | "danger";
  readonly confirm?: { readonly title: string; readonly text: string; readonly yes: string; readonly no: string };
}

/** A button. `value` is carried as JSON. */
export const button = ({ actionId, text, label, value, url, style, confirm }: ButtonInput): Button => ({
  type: "button",
  action_id: actionId,
  text: plain(text, LIMIT.button),
  accessibility_label: typed(label, LIMIT.buttonLabel),
  ...(value === undefined ? {} : { value: JSON.stringify(value) }),
  ...(url === undefined ? {} : { url }),
  ...(style === undefined ? {} : { style }),
  ...(confirm === undefined
    ? {}
    : {
        confirm: {
          title: plain(confirm.title, LIMIT.confirmTitle),
          text: plain(confirm.text, LIMIT.confirmText),
          confirm: plain(confirm.yes, LIMIT.confirmButton),
          deny: plain(confirm.no, LIMIT.confirmButton),
        },
      }),
});

/** One choice of a select, radio or checkbox. */
export const option = (value: string, text: string, description?: string | null): PlainTextOption => ({
  text: plain(text, LIMIT.option),
  value,
  ...(description ? { description: plain(description, LIMIT.option) } : {}),
});
