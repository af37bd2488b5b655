/**
 * Contract: a bot that is started while Slack does not answer does what needs no Slack: what is to end is taken out of ZPA. It is not ready
 * meanwhile, and receives once Slack is back.
 */
import { expect, it, onTestFinished } from "vitest";
import { launchSimulators } from "../../sandbox/launch-simulators.ts";
import { CHANNELS, PEOPLE, TEAM } from "../../sandbox/slack/seed.ts";
import { until } from "../../sandbox/story/until.ts";
import { type Portcullis, startPortcullis } from "../../src/app.ts";
import { readConfig } from "../../src/config.ts";
import { newMigratedFolder } from "../support/data-folder.ts";
import { keptLog } from "../support/silent-log.ts";

const ana = { teamId: TEAM.id, userId: PEOPLE.requester.id };
const ben = { teamId: TEAM.id, userId: PEOPLE.approver.id };

it("works without Slack what needs none, and receives once it is back", { timeout: 60_000 }, async () => {
  const data = await newMigratedFolder();
  onTestFinished(() => data.remove());
  const simulators = await launchSimulators({ slackMode: "socket", dataFolder: data.folder, bot: "by-hand" });
  onTestFinished(() => simulators.close());
  const { slack, tenant } = simulators;
  const start = (): Promise<Portcullis> =>
    startPortcullis({
      config: readConfig({ ...simulators.settings, HEALTH_PORT: "0" }, () => ""),
      log: keptLog().log,
    });

  const first = await start();
  const consoles = await until("the catalog", async () => {
    const found = first.services.catalog.search("db-prod", 1);
    return found.length > 0 ? found : null;
  });
  const [request] = await first.services.access.submit({
    by: ana,
    beneficiaryUserId: null,
    consoleIds: consoles.map(({ id }) => id),
    time: { start: { kind: "onApproval" }, end: { kind: "after", seconds: 3600 }, workingHours: null },
    reason: "OPS-1",
    submissionKey: "V1",
  });
  const requestId = request?.id ?? "";
  const { approval } = await first.services.access.overview(requestId);
  await first.services.approvals.approve({ approvalId: approval.id, version: approval.version, by: ben, comment: "yes" });
  await until("the privileged approval", async () => (await first.services.access.overview(requestId)).request.status === "GRANTED");
  await first.services.access.finish({ requestId, by: ana });
  await first.stop(0); // whatever it had begun is the next one's to finish

  await slack.control.fault({ method: "*", kind: "500", times: 1_000 });
  const second = await start();
  onTestFinished(async () => void (await second.stop(5_000)));
  await until("the end in ZPA", async () => (await tenant.control.state()).approvals.length === 0);
  await until("the end in the database", async () => (await second.services.access.overview(requestId)).request.status === "ENDED");
  const ready = await fetch(`http://127.0.0.1:${second.healthPort()}/readyz`);
  expect([ready.status, await ready.text()]).toEqual([503, expect.stringContaining("slack_not_connected")]);

  await slack.control.clearFaults({});
  await until("a connection", async () => (await slack.control.state()).connectedSockets > 0);
  const { status } = await slack.control.command({ userId: ana.userId, channelId: CHANNELS.general.id, command: "/pra", text: "help" });
  expect(status).toBe("acked");
});
