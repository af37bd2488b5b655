import { z } from "zod";

/** Messages of a page; of more than a thousand only a part is looked through. */
const PAGE = 200;
const PAGES = 5;

/** Block ids are ours to give, and come back with the message. */
const shown = z.object({ ts: z.string(), blocks: z.array(z.object({ block_id: z.string().optional() })) });

interface Page {
  readonly messages?: readonly unknown[];
  readonly response_metadata?: { readonly next_cursor?: string };
}

/** Looks through pages of messages for the one that has a block of this id. @returns its ts, or null */
export async function findMessage(
  blockId: string,
  read: (page: { readonly limit: number; readonly cursor?: string }) => Promise<Page>,
): Promise<string | null> {
  let cursor = "";
  for (let page = 0; page < PAGES; page++) {
    const answer = await read({ limit: PAGE, ...(cursor === "" ? {} : { cursor }) });
    for (const message of answer.messages ?? []) {
      const { data } = shown.safeParse(message);
      if (data?.blocks.some(({ block_id }) => block_id === blockId)) return data.ts;
    }
    cursor = answer.response_metadata?.next_cursor ?? "";
    if (cursor === "") return null;
  }
  return null;
}
