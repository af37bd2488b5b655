import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchSimulators, type Simulators } from "../../sandbox/launch-simulators.ts";
import { PEOPLE, TEAM } from "../../sandbox/slack/seed.ts";
import { type Portcullis, startPortcullis } from "../../src/app.ts";
import { readConfig, secretsIn } from "../../src/config.ts";
import { createLog } from "../../src/log.ts";
import { aBrowser, codeIn, headingIn, PASSWORD } from "../http/credential-page/a-page.ts";
import { newMigratedFolder } from "../support/data-folder.ts";
import { hurried } from "../support/hurried.ts";
import { until } from "../support/slack-listeners.ts";

/**
 * Contract: a secret goes through the real bot from a browser to ZPA, its person hears of it in Slack, and afterwards it is found nowhere:
 * not in the log, not in a file of the database, not in what was said to or by Slack.
 */
describe("a secret handed over to the real bot", { timeout: 60_000 }, () => {
  let simulators: Simulators;
  let portcullis: Portcullis;
  let folder: Awaited<ReturnType<typeof newMigratedFolder>>;
  const log: string[] = [];
  beforeAll(async () => {
    folder = await newMigratedFolder();
    simulators = await launchSimulators({
      slackMode: "http",
      dataFolder: folder.folder,
      bot: "inside",
      pacing: hurried,
      keepTenantIn: null,
    });
    const config = readConfig({ ...simulators.settings, LOG_LEVEL: "debug" }, () => "");
    const kept = createLog("debug", { secrets: secretsIn(config), to: { write: (line) => void log.push(line) } });
    portcullis = await startPortcullis({ config, clock: simulators.clock, pacing: hurried, log: kept });
  }, 60_000);
  afterAll(async () => {
    await simulators.close();
    await folder.remove();
  });

  it("arrives, is told, and leaves no trace; the bot stops cleanly and its page is gone", async () => {
    const { slack, tenant } = simulators;
    const by = { teamId: TEAM.id, userId: PEOPLE.admin.id };
    const { url, handoverId } = await portcullis.services.credentials.offer({
      by,
      kind: "add",
      name: "journey panel",
      type: "PASSWORD",
      userName: null,
      userDomain: null,
      description: null,
      microtenantId: null,
    });
    expect(url).toMatch(new RegExp(`^http://127\\.0\\.0\\.1:${portcullis.pagePort()}/credentials/`));
    const browser = aBrowser(url);
    const code = codeIn(await browser.begin());
    await portcullis.services.credentials.confirm({ by, handoverId, code });
    expect(headingIn(await browser.send({ password: PASSWORD }))).toMatch(/in Zscaler$/);
    expect((await tenant.control.state()).credentials).toContainEqual(expect.objectContaining({ name: "journey panel" }));
    await until(async () => (await slack.control.state()).messages.find(({ blocks }) => JSON.stringify(blocks).includes("journey panel")));

    const said = JSON.stringify(await slack.control.state());
    expect(await portcullis.stop(10_000)).toBe("clean");
    await expect(fetch(url)).rejects.toThrow("fetch failed");
    const files = readdirSync(folder.folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const stored = files.map((file) => readFileSync(join(file.parentPath, file.name), "latin1")).join("\n");
    expect(stored).toContain("journey panel");
    for (const place of [stored, said, log.join("")]) {
      expect(place).not.toContain("Correct-horse");
      expect(place).not.toContain(new URL(url).pathname.split("/").at(-1));
    }
    expect(log.join("")).toContain("credential-page.listening");
  });
});
