import type { Message } from "./blocks.ts";

/** The id of a card's first block: a message that was posted is found by it when its place in Slack was not noted. */
export const cardBlockId = (key: string): string => `card_${key}`;

export const withCardKey = ({ text, blocks: [first, ...others] }: Message, key: string): Message => ({
  text,
  blocks: first === undefined ? [] : [{ ...first, block_id: cardBlockId(key) }, ...others],
});
