import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PEOPLE, USER_GROUPS } from "../../sandbox/slack/seed.ts";
import { type SimulatedSlack, startSlack } from "../../sandbox/slack/server.ts";
import { createHolderNames } from "../../src/slack/holder-names.ts";
import { createSlackDirectory } from "../../src/slack/slack-directory.ts";
import { createWebClients } from "../../src/slack/web-clients.ts";
import { keptLog } from "../support/silent-log.ts";
import { SCOPES } from "../support/slack-shell.ts";
import { createHandTimers } from "../support/timers.ts";

let workspace: SimulatedSlack;
beforeAll(async () => {
  workspace = await startSlack({ port: 0, mode: "http", signingSecret: "s", botToken: "xoxb-1", appToken: "xapp-1", scopes: SCOPES });
});
afterAll(() => workspace.close());

describe("the name of a person or group, where Slack shows no mention", () => {
  it("is Slack's own, asked of the workspace's groups once; an id that Slack does not know stands for itself", async () => {
    const { log } = keptLog();
    const { timers } = createHandTimers();
    const clients = createWebClients({ botToken: "xoxb-1", apiUrl: workspace.apiUrl }, log);
    const nameOf = createHolderNames({
      client: clients.interactive,
      directory: createSlackDirectory({ clients, timers, log }),
      timers,
    });
    const { approvers } = USER_GROUPS;
    const ids = [PEOPLE.approver.id, approvers.id, "U0NOBODY00", "S0NOTHING0"];
    expect(await Promise.all(ids.map(nameOf))).toEqual(["Ben Okafor", approvers.name, "U0NOBODY00", "S0NOTHING0"]);
    expect((await workspace.control.state()).calls["usergroups.list"]).toBe(1);
  });
});
