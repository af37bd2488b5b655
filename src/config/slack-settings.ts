import { always, oneOf, ownAddress, serviceAddress, setting, startsWith, text, when, wholeNumber } from "./setting.ts";

/** How Slack reaches the bot, and what it calls Slack with. */
export const slackSettings = {
  SLACK_MODE: setting({
    meaning:
      "How Slack reaches the bot: `socket` opens connections from here to Slack and needs no public address; `http` lets Slack post to `/slack/events`.",
    default: "socket",
    example: "socket",
    advice: "Choose one of the two.",
    schema: oneOf("socket", "http"),
  }),
  SLACK_BOT_TOKEN: setting({
    meaning: "Token with which the bot calls Slack.",
    needed: always,
    example: "xoxb-…",
    secret: true,
    advice: "Copy the Bot User OAuth Token from your app's page OAuth & Permissions at https://api.slack.com/apps.",
    schema: startsWith("xoxb-"),
  }),
  SLACK_APP_TOKEN: setting({
    meaning: "App-level token that opens the Socket Mode connections.",
    needed: when("SLACK_MODE is `socket`", (chosen) => chosen("SLACK_MODE") === "socket"),
    example: "xapp-…",
    secret: true,
    advice: "Create one with the scope connections:write at https://api.slack.com/apps, Basic Information, App-Level Tokens.",
    schema: startsWith("xapp-"),
  }),
  SLACK_SIGNING_SECRET: setting({
    meaning: "What proves that a delivery comes from Slack.",
    needed: when("SLACK_MODE is `http`", (chosen) => chosen("SLACK_MODE") === "http"),
    example: "…",
    secret: true,
    advice: "Copy it from your app's page Basic Information, App Credentials, at https://api.slack.com/apps.",
    schema: text.min(16, "be the whole signing secret"),
  }),
  SLACK_API_URL: setting({
    meaning: "Address of Slack's Web API. Only for GovSlack and for tests.",
    default: "https://slack.com/api/",
    example: "https://slack-gov.com/api/",
    advice: "Leave it out to use Slack itself.",
    schema: serviceAddress.transform((url) => (url.endsWith("/") ? url : `${url}/`)),
  }),
  PORT: setting({
    meaning: "Port that the bot listens on in HTTP mode. Slack posts to `/slack/events`.",
    default: "3000",
    example: "3000",
    advice: "Choose a free port.",
    schema: wholeNumber(1, 65_535),
  }),
  HOST: setting({
    meaning:
      "Address that the bot listens on in HTTP mode. The default takes connections from this machine alone, such as from a reverse proxy; in a container it is `0.0.0.0`.",
    default: "127.0.0.1",
    example: "127.0.0.1",
    advice: "Name an address of this machine, or 0.0.0.0 for all of them.",
    schema: ownAddress,
  }),
  DRAIN_SECONDS: setting({
    meaning:
      "HTTP mode: how long a bot that was told to stop still takes clicks in while `/readyz` says that it stops, so that a balancer has turned away by then.",
    default: "3",
    example: "3",
    advice: "It is part of the 20 seconds that a stop takes at most; 0 where no balancer is in front.",
    schema: wholeNumber(0, 15),
  }),
};
