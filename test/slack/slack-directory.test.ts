import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { CHANNELS, PEOPLE, TEAM, USER_GROUPS } from "../../sandbox/slack/seed.ts";
import { type SimulatedSlack, startSlack } from "../../sandbox/slack/server.ts";
import { createPeople } from "../../src/services/directory/people.ts";
import { createSlackDirectory } from "../../src/slack/slack-directory.ts";
import { createTrustedPlace } from "../../src/slack/trusted-place.ts";
import { createUserGroups } from "../../src/slack/user-groups.ts";
import { createWebClients } from "../../src/slack/web-clients.ts";
import { keptLog } from "../support/silent-log.ts";
import { SCOPES } from "../support/slack-shell.ts";
import { createHandTimers } from "../support/timers.ts";

let workspace: SimulatedSlack;
beforeAll(async () => {
  workspace = await startSlack({ port: 0, mode: "http", signingSecret: "s", botToken: "xoxb-1", appToken: "xapp-1", scopes: SCOPES });
});
afterAll(() => workspace.close());

const stage = () => {
  const { log } = keptLog();
  const hand = createHandTimers();
  const clients = createWebClients({ botToken: "xoxb-1", apiUrl: workspace.apiUrl }, log);
  const directory = createSlackDirectory({ clients, timers: hand.timers, log });
  const people = createPeople({ directory, config: { allowedEmailDomains: ["harbour.example"], zpaUserByEmail: new Map(), admins: [] } });
  const trustedPlace = createTrustedPlace({ client: clients.interactive, timers: hand.timers });
  return { ...hand, clients, directory, people, trustedPlace };
};
const calls = async (method: string): Promise<number> => (await workspace.control.state()).calls[method] ?? 0;

describe("the workspace's people, asked through the Web API", () => {
  beforeEach(() => workspace.control.resetCalls({}));

  it("trusts a colleague, with zone and locale", async () => {
    const { people } = stage();
    const { id: userId, teamId } = PEOPLE.admin;
    expect(await people.trusted({ teamId, userId })).toMatchObject({
      email: "dora.klein@harbour.example",
      timeZone: "Europe/Berlin",
      locale: "de-DE",
    });
  });

  it.each([
    ["guest", "person_is_guest"],
    ["deactivated", "person_deactivated"],
    ["bot", "person_is_bot"],
    ["unconfirmed", "email_unconfirmed"],
    ["sharedOne", "email_shared"],
    ["sharedTwo", "email_shared"],
    ["stranger", "team_not_trusted"],
  ] as const)("refuses the %s", async (who, code) => {
    const { people } = stage();
    await expect(people.trusted({ teamId: PEOPLE[who].teamId, userId: PEOPLE[who].id })).rejects.toMatchObject({ code });
  });

  it("knows nobody by an id that Slack does not know", async () => {
    await expect(stage().people.trusted({ teamId: TEAM.id, userId: "U0NOBODY00" })).rejects.toMatchObject({ code: "person_unknown" });
  });

  it("asks once for those who ask at the same moment, and again after a minute", async () => {
    const { directory, pass } = stage();
    const { id } = PEOPLE.requester;
    await Promise.all([directory.user(id), directory.user(id), directory.user(id)]);
    expect(await calls("users.info")).toBe(1);
    await pass(59_999);
    await directory.user(id);
    expect(await calls("users.info")).toBe(1);
    await pass(1);
    await directory.user(id);
    expect(await calls("users.info")).toBe(2);
  });

  it("does not remember that it could not ask", async () => {
    const { directory } = stage();
    await workspace.control.fault({ method: "users.info", kind: "500", times: 1 });
    await expect(directory.user(PEOPLE.requester.id)).rejects.toMatchObject({ code: "slack_unreachable" });
    expect(await directory.user(PEOPLE.requester.id)).toMatchObject({ userId: PEOPLE.requester.id });
  });

  it("reads the members of a group anew after ten seconds, and none of a group that is gone", async () => {
    const { directory, pass } = stage();
    const { approvers } = USER_GROUPS;
    expect(await directory.groupMembers(approvers.id)).toEqual(approvers.users);
    await workspace.control.seed({ userGroups: [{ ...approvers, users: [PEOPLE.approver.id] }] });
    await pass(10_000);
    expect(await directory.groupMembers(approvers.id)).toEqual([PEOPLE.approver.id]);
    await workspace.control.seed({ userGroups: [approvers] });
    expect(await directory.groupMembers("S0GONE0000")).toEqual([]);
  });

  it("makes nobody wait for who carries an email but those who ask first, and reads anew in the background", async () => {
    const { directory, pass } = stage();
    const { id } = PEOPLE.requester;
    const email = PEOPLE.requester.email ?? "";
    expect(await directory.userIdsByEmail(email)).toEqual([id]);
    const afterFirst = await calls("users.list");
    await pass(24 * 3_600_000);
    await workspace.control.seed({ users: [{ ...PEOPLE.approver, email }] });
    expect(await directory.userIdsByEmail(email)).toEqual([id]);
    await expect.poll(() => directory.userIdsByEmail(email)).toEqual([id, PEOPLE.approver.id]);
    expect(await calls("users.list")).toBe(afterFirst + 1);
    await workspace.control.seed({ users: [PEOPLE.approver] });
  });

  it("names groups, asking once in ten minutes, and never where none is meant", async () => {
    const { clients, timers } = stage();
    const groups = createUserGroups({ client: clients.interactive, timers });
    expect(await groups([PEOPLE.approver.id])).toEqual([]);
    expect(await calls("usergroups.list")).toBe(0);
    const ids = [PEOPLE.approver.id, USER_GROUPS.approvers.id, "S0GONE0000", USER_GROUPS.approvers.id];
    await groups(ids);
    expect(await groups(ids)).toEqual([{ id: USER_GROUPS.approvers.id, name: USER_GROUPS.approvers.name }]);
    expect(await calls("usergroups.list")).toBe(1);
  });
});

describe("where requests may come from", () => {
  it("is any channel of the workspace, and any direct message", async () => {
    const { trustedPlace } = stage();
    await trustedPlace(CHANNELS.general.id);
    await trustedPlace(CHANNELS.approvals.id);
    await trustedPlace("D0123456789");
    await trustedPlace("G0UNSEEN000");
  });

  it("is not a channel that another organisation can read", async () => {
    await expect(stage().trustedPlace(CHANNELS.shared.id)).rejects.toMatchObject({ code: "channel_shared_externally" });
  });
});
