import type { WebClient } from "@slack/web-api";
import { fromUnknown } from "../errors.ts";
import type { Log } from "../log.ts";
import type { Timers } from "../timers.ts";
import { asking } from "./slack-failure.ts";

/** Slack asks for at most 200 a page and allows some twenty pages a minute (users.list, tier 2). */
const PAGE = 200;
const REFRESH_MILLISECONDS = 10 * 60_000;

/**
 * Which active users carry an email, out of one reading of the whole workspace: `users.lookupByEmail` names a single owner only.
 *
 * A reading takes a minute for every four thousand people, and questions come from forms that Slack gives three seconds: so only
 * questions before the first reading wait. Once a reading is ten minutes old, a question starts the next one and is answered from
 * the old. An answer is thus up to ten minutes and one reading old while people use the bot, and as old as the last question's
 * reading after a pause; whoever is asked about at a request is asked about again at its grant, by then out of the new one.
 */
export const createEmailOwners = ({ client, timers, log }: { client: WebClient; timers: Timers; log: Log }) => {
  let index: { readonly readAt: number; readonly owners: ReadonlyMap<string, readonly string[]> } | null = null;
  let reading: Promise<ReadonlyMap<string, readonly string[]>> | null = null;

  const readAll = async (): Promise<ReadonlyMap<string, readonly string[]>> => {
    const owners = new Map<string, string[]>();
    let cursor = "";
    do {
      const page = await asking("users.list", () => client.users.list({ limit: PAGE, ...(cursor ? { cursor } : {}) }));
      for (const member of page.members ?? []) {
        const email = member.profile?.email?.trim().toLowerCase();
        if (!email || !member.id || member.deleted) continue;
        owners.set(email, [...(owners.get(email) ?? []), member.id]);
      }
      cursor = page.response_metadata?.next_cursor ?? "";
    } while (cursor !== "");
    return owners;
  };

  const read = (): Promise<ReadonlyMap<string, readonly string[]>> => {
    reading ??= readAll()
      .then((owners) => {
        index = { readAt: timers.monotonicMilliseconds(), owners };
        return owners;
      })
      .finally(() => {
        reading = null;
      });
    return reading;
  };

  return async (email: string): Promise<readonly string[]> => {
    if (index === null) return (await read()).get(email) ?? [];
    if (timers.monotonicMilliseconds() - index.readAt > REFRESH_MILLISECONDS)
      read().catch((cause: unknown) => log.warn({ err: fromUnknown(cause) }, "slack.users-not-read"));
    return index.owners.get(email) ?? [];
  };
};
