import type { KnownBlock, ModalView } from "@slack/types";
import { LIMIT, plain } from "./blocks.ts";

interface ModalInput {
  readonly callbackId: string;
  readonly title: string;
  readonly blocks: readonly KnownBlock[];
  readonly close: string;
  readonly submit?: string;
  /** Carried as JSON. */
  readonly memory?: unknown;
}

/** A modal whose title and buttons keep to Slack's 24 characters. */
export const modal = ({ callbackId, title, blocks, close, submit, memory }: ModalInput): ModalView => ({
  type: "modal",
  callback_id: callbackId,
  title: plain(title, LIMIT.viewTitle),
  close: plain(close, LIMIT.viewTitle),
  blocks: [...blocks],
  ...(submit === undefined ? {} : { submit: plain(submit, LIMIT.viewTitle) }),
  ...(memory === undefined ? {} : { private_metadata: JSON.stringify(memory) }),
});
