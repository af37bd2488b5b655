import type { App } from "@slack/bolt";
import { z } from "zod";
import type { ListenerDeps } from "../slack/listener-deps.ts";

const changed = z.object({ id: z.string(), deleted: z.boolean().optional() });

/** Slack says that somebody was deactivated, or that a user group has other members: seats may have to be handed on. */
export const registerLeavers = (app: App, { services, forget }: ListenerDeps): void => {
  app.event("user_change", async ({ event }) => {
    const { id, deleted } = changed.parse(event.user);
    if (deleted !== true) return;
    forget.user(id);
    await services.approvals.sweepSoon();
  });

  app.event("subteam_members_changed", async ({ event }) => {
    if (!event.removed_users?.length) return;
    forget.group(event.subteam_id);
    await services.approvals.sweepSoon();
  });

  app.event("subteam_updated", async ({ event }) => {
    if (!event.subteam.date_delete) return; // switched off
    forget.group(event.subteam.id);
    await services.approvals.sweepSoon();
  });
};
