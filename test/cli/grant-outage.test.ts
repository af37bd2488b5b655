import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchSimulators, type Simulators } from "../../sandbox/launch-simulators.ts";
import { PEOPLE } from "../../sandbox/slack/seed.ts";
import { startPortcullis } from "../../src/app.ts";
import { readConfig } from "../../src/config.ts";
import { createLog } from "../../src/log.ts";
import { ownFolder } from "../../src/store/own-folder.ts";
import { type DataFolder, newDataFolder } from "../support/data-folder.ts";
import { until } from "../support/slack-listeners.ts";
import { praWith } from "./pra.ts";

const { approver: ben } = PEOPLE;

/**
 * Contract: the glass can be broken at the terminal in the usual form of an outage of Slack, which is HTTP 200 with a word; and neither a
 * starting bot that holds the folder nor an outage of Zscaler leaves anybody with a use that no command goes on with.
 */
describe("pra grant --break-glass in an outage", { timeout: 120_000 }, () => {
  let data: DataFolder;
  let simulators: Simulators;
  let settings: Record<string, string>;
  let slack: Server;
  let says = "internal_error";

  beforeAll(async () => {
    data = await newDataFolder();
    simulators = await launchSimulators({ slackMode: "http", dataFolder: data.folder, bot: "by-hand" });
    const given = { ...simulators.settings, LOG_LEVEL: "error" };
    const bot = await startPortcullis({ config: readConfig(given, () => ""), log: createLog("error") });
    await until(async () => (bot.services.catalog.byName("db-prod") === null ? null : true));
    await bot.stop(5_000);
    slack = createServer((request, response) => {
      request.resume();
      response.writeHead(200, { "content-type": "application/json" });
      response.end(says.startsWith("<") ? says : JSON.stringify({ ok: false, error: says }));
    });
    slack.listen(0, "127.0.0.1");
    await once(slack, "listening");
    settings = { ...given, SLACK_API_URL: `http://127.0.0.1:${(slack.address() as AddressInfo).port}/api/` };
  }, 120_000);
  afterAll(async () => {
    slack.closeAllConnections();
    slack.close();
    await simulators.close();
    await data.remove();
  });

  const grant = (...rest: readonly string[]) =>
    praWith(
      { env: settings },
      ...["grant", "--break-glass", "--person", ben.id, "--console", "db-prod", "--for", "45m", "--because", "INC-77", "--json"],
      ...rest,
    );
  const meant = ["--yes", "--i-am", ben.email ?? ""];

  it.each(["internal_error", "ratelimited", "invalid_auth", "<html>down</html>"])(
    "comes as far as the second step where Slack answers %s",
    async (word) => {
      says = word;
      const { last, err } = await grant("--yes", "--i-am", "somebody@else.example");
      expect(JSON.parse(last).error.code).toBe("invalid_input");
      expect(err).toContain(`who is ${ben.email} in ZPA`);
    },
  );

  it.each([
    [
      "pra grant",
      ["grant", "--break-glass", ...["--person", ben.id, "--console", "db-prod", "--because", "INC-77"], "--yes"],
      "invalid_input",
    ],
    ["pra review", ["review", "PRA-9999", ...["--person", ben.id, "--happened", "x", "--done", "x", "--follows", "x"]], "review_unknown"],
  ])("waits with %s for a folder that a starting bot holds", async (_, args, code) => {
    const owned = ownFolder(data.folder);
    let readings = 0;
    const env = {
      ...settings,
      /** Each attempt reads the settings twice: the third reading is the second attempt. */
      get SLACK_BOT_TOKEN() {
        readings += 1;
        if (readings === 3) owned.release();
        return settings.SLACK_BOT_TOKEN;
      },
    };
    expect(JSON.parse((await praWith({ env }, ...args, "--json")).last).error.code).toBe(code);
    expect(readings).toBeGreaterThanOrEqual(3);
  });

  it("gives the access, proven, and says to a program that nothing failed", async () => {
    says = "internal_error";
    const { status, last } = await grant(...meant);
    expect(JSON.parse(last)).toMatchObject({ requests: [{ label: "PRA-1001", status: "GRANTED", failure: null }] });
    expect(status).toBe(0);
  });
});
