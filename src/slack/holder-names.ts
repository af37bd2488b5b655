import type { WebClient } from "@slack/web-api";
import type { NameOf } from "../services/directory/names.ts";
import type { SlackDirectory } from "../services/directory/person.ts";
import { isGroupId } from "../services/policy/route.ts";
import type { Timers } from "../timers.ts";
import { createMemory } from "./memory.ts";
import { readGroupNames } from "./user-groups.ts";

const NAMES_MILLISECONDS = 10 * 60_000;

/**
 * Names of people and of every user group of the workspace, for sentences in which Slack cannot put a mention: at a form's field, on the
 * command line.
 * @throws PortcullisError `slack_unreachable` | `slack_refused`
 */
export const createHolderNames = ({
  client,
  directory,
  timers,
}: {
  readonly client: WebClient;
  readonly directory: Pick<SlackDirectory, "user">;
  readonly timers: Timers;
}): NameOf => {
  const groups = createMemory({ ask: () => readGroupNames(client), milliseconds: NAMES_MILLISECONDS, timers });
  return async (id) => (isGroupId(id) ? (await groups("all")).get(id) : (await directory.user(id))?.name) ?? id;
};
