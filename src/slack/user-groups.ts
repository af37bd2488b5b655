import type { WebClient } from "@slack/web-api";
import { isGroupId } from "../services/policy/route.ts";
import type { Timers } from "../timers.ts";
import { createMemory } from "./memory.ts";
import { asking } from "./slack-failure.ts";

const NAMES_MILLISECONDS = 10 * 60_000;

export interface UserGroup {
  readonly id: string;
  readonly name: string;
}

/**
 * Names of the user groups among some ids, in that order; a group that is switched off is left out.
 * @throws PortcullisError `slack_unreachable` | `slack_refused`
 */
export const createUserGroups = ({
  client,
  timers,
}: {
  readonly client: WebClient;
  readonly timers: Timers;
}): ((ids: readonly string[]) => Promise<readonly UserGroup[]>) => {
  const names = createMemory({ ask: () => readGroupNames(client), milliseconds: NAMES_MILLISECONDS, timers });
  return async (ids) => {
    const wanted = [...new Set(ids.filter(isGroupId))];
    if (wanted.length === 0) return [];
    const known = await names("all");
    return wanted.flatMap((id) => {
      const name = known.get(id);
      return name === undefined ? [] : [{ id, name }];
    });
  };
};

/** Every user group that is switched on, by id. */
export const readGroupNames = async (client: WebClient): Promise<ReadonlyMap<string, string>> => {
  const { usergroups = [] } = await asking("usergroups.list", () => client.usergroups.list());
  return new Map(usergroups.flatMap(({ id, name, handle }) => (id ? [[id, name || handle || id] as const] : [])));
};
