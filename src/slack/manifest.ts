import { parseDocument } from "yaml";
import { PortcullisError } from "../errors.ts";

/** Where Slack posts everything in HTTP mode. */
export const SLACK_PATH = "/slack/events";

/**
 * The app manifest for HTTP mode, out of the one for Socket Mode: the same app, which Slack reaches at an address.
 * Comments and order are kept.
 *
 * @param manifestText the text of `manifest.yml`
 * @param url the bot's public https address, with or without a path in front of `/slack/events`
 * @throws PortcullisError `setting_invalid` when the address is not one that Slack accepts
 * @example httpManifest(text, "https://bot.example.org") // … request_url: https://bot.example.org/slack/events
 */
export const httpManifest = (manifestText: string, url: string): string => {
  const address = slackAddress(url);
  const manifest = parseDocument(manifestText);
  manifest.commentBefore = " The Slack app for HTTP: Slack reaches the bot at the address below.";
  manifest.setIn(["settings", "socket_mode_enabled"], false);
  manifest.setIn(["settings", "event_subscriptions", "request_url"], address);
  manifest.setIn(["settings", "interactivity", "request_url"], address);
  // Selects that load their options while one types: Slack asks this address, in Socket Mode the socket.
  manifest.setIn(["settings", "interactivity", "message_menu_options_url"], address);
  manifest.setIn(["features", "slash_commands", 0, "url"], address);
  return manifest.toString({ lineWidth: 0 });
};

const slackAddress = (url: string): string => {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed === null || parsed.protocol !== "https:" || parsed.search !== "" || parsed.hash !== "" || parsed.username !== "")
    throw new PortcullisError("setting_invalid", { params: { setting: "--url", reason: "it must be an https address" } });
  const path = parsed.pathname.replace(/\/+$/u, "");
  return `${parsed.origin}${path.endsWith(SLACK_PATH) ? path : path + SLACK_PATH}`;
};
