import type { WebClient } from "@slack/web-api";
import { fromUnknown } from "../errors.ts";
import type { Log } from "../log.ts";
import type { Timers } from "../timers.ts";
import { asking } from "./slack-failure.ts";

/** Slack asks for at most 200 a page and allows some twenty pages a minute (users.list, tier 2). */
const PAGE = 200;
const REFRESH_MILLISECONDS = 10 * 60_000;
const OLDEST_MILLISECONDS = 60 * 60_000;

/**
 * Which active users carry an email, out of one reading of the whole workspace: `users.lookupByEmail` names a single owner only.
 * After ten minutes a question starts a new reading and is answered from the old one; after an hour it waits for the new one.
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
    const age = index === null ? Number.POSITIVE_INFINITY : timers.monotonicMilliseconds() - index.readAt;
    if (index === null || age > OLDEST_MILLISECONDS) return (await read()).get(email) ?? [];
    if (age > REFRESH_MILLISECONDS) read().catch((cause: unknown) => log.warn({ err: fromUnknown(cause) }, "slack.users-not-read"));
    return index.owners.get(email) ?? [];
  };
};
