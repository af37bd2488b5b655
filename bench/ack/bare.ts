import { App, LogLevel } from "@slack/bolt";

/** What Bolt itself costs: an app that acknowledges every button and does nothing else. */
const app = new App({
  signingSecret: process.env.SLACK_SIGNING_SECRET ?? "",
  authorize: async () => ({ botToken: "xoxb-bare", botId: "B0", botUserId: "U0" }),
  logLevel: LogLevel.ERROR,
});
app.action(/.*/, async ({ ack }) => ack());
await app.start({ port: Number(process.env.PORT), host: "127.0.0.1" });
process.send?.("ready");
