import type { Workspace } from "../workspace.ts";

/** Milliseconds in which a trigger can be exchanged for a view. */
const TRIGGER_LIFE = 3000;

/** Permits to show a modal to the person who has just acted: three seconds, once. */
export interface Triggers {
  issue(userId: string): string;
  /** @returns the person, or Slack's error code */
  exchange(triggerId: string): { userId: string } | { error: "invalid_trigger_id" | "expired_trigger_id" | "exchanged_trigger_id" };
}

export function createTriggers(workspace: Workspace): Triggers {
  const issued = new Map<string, { userId: string; at: number; used: boolean }>();
  return {
    issue: (userId) => {
      const now = workspace.clock.now().getTime();
      for (const [id, { at }] of issued) if (now - at > 20 * TRIGGER_LIFE) issued.delete(id);
      const id = `${now}.${issued.size}.${workspace.id("t").toLowerCase()}`;
      issued.set(id, { userId, at: now, used: false });
      return id;
    },
    exchange: (triggerId) => {
      const trigger = issued.get(triggerId);
      if (!trigger) return { error: "invalid_trigger_id" };
      if (trigger.used) return { error: "exchanged_trigger_id" };
      if (workspace.clock.now().getTime() - trigger.at > TRIGGER_LIFE) return { error: "expired_trigger_id" };
      trigger.used = true;
      return { userId: trigger.userId };
    },
  };
}
