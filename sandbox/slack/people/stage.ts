import type { SimInput, SimMessage } from "../control.ts";
import type { Deliver } from "../deliveries/outgoing.ts";
import { APP, TEAM } from "../seed.ts";
import type { Workspace } from "../workspace.ts";
import type { ResponseUrls } from "./response-urls.ts";
import type { Triggers } from "./triggers.ts";

/** An option that the app has offered to somebody in an external menu. */
export interface OfferedOption {
  readonly text: { readonly type: string; readonly text: string };
  readonly value?: string;
  readonly description?: { readonly text: string };
}

/** Where people act: the workspace, the way to the app, and what their clients remember. */
export interface Stage {
  readonly workspace: Workspace;
  readonly triggers: Triggers;
  readonly responseUrls: ResponseUrls;
  readonly deliver: Deliver;
  /** Like `deliver`, with Slack's retries behind its back when the first try is not acked. */
  readonly deliverEvent: Deliver;
  /** Names of the events that the app has subscribed to, and the scopes of its token. */
  readonly subscriptions: readonly string[];
  readonly scopes: readonly string[];
  readonly messageStates: WeakMap<SimMessage, Map<string, SimInput>>;
  /** By person, block and action: what an external menu has offered, by value. */
  readonly offered: Map<string, Map<string, OfferedOption>>;
}

/** Legacy field of every payload; nobody may trust it. */
export const VERIFICATION_TOKEN = "verification-token-is-deprecated";

/** The part that every interaction payload shares. */
export function envelope({ workspace }: Stage, userId: string): Record<string, unknown> {
  const user = workspace.users.get(userId);
  if (!user) throw new Error(`There is no person ${userId}.`);
  return {
    user: { id: user.id, username: user.name, name: user.name, team_id: user.teamId },
    team: { id: TEAM.id, domain: TEAM.domain },
    enterprise: null,
    is_enterprise_install: false,
    api_app_id: APP.id,
    token: VERIFICATION_TOKEN,
  };
}
