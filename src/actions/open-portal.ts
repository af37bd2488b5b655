import type { App } from "@slack/bolt";
import { OPEN_PORTAL_PATTERN } from "../views/ids.ts";

/** A link button opens by itself; Slack reports the click all the same and marks the button as broken unless it is acknowledged. */
export const registerOpenPortal = (app: App): void => {
  app.action(OPEN_PORTAL_PATTERN, async ({ ack }) => ack());
};
