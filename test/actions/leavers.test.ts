import { describe, expect, it } from "vitest";
import { signedHeaders } from "../../sandbox/slack/deliveries/sign.ts";
import { PEOPLE, TEAM, USER_GROUPS } from "../../sandbox/slack/seed.ts";
import { type Listening, startListening } from "../support/slack-listeners.ts";
import { SIGNING_SECRET } from "../support/slack-shell.ts";

/** Contract: what Slack says of leavers is asked about at once; everything else that changes about people is none of our business. */
let events = 0;
const deliver = async (bot: Listening, event: object): Promise<void> => {
  const body = JSON.stringify({
    ...{ type: "event_callback", team_id: TEAM.id, event_id: `Ev${++events}`, event_time: 1, authorizations: [] },
    event: { event_ts: "1.0", ...event },
  });
  const headers = signedHeaders({ signingSecret: SIGNING_SECRET, epochSeconds: Math.floor(Date.now() / 1_000), body });
  const answer = await fetch(bot.address, { method: "POST", headers: { "content-type": "application/json", ...headers }, body });
  expect(answer.status).toBe(200);
  await bot.slack.stop(2_000); // what the event set going is done
};
const ben = PEOPLE.approver;
const group = USER_GROUPS.approvers;

describe("what Slack says of people", () => {
  it.each([
    ["somebody was deactivated", { type: "user_change", user: { id: ben.id, team_id: TEAM.id, deleted: true } }],
    ["a group has lost members", { type: "subteam_members_changed", subteam_id: group.id, removed_users: [ben.id], added_users: [] }],
    ["a group was switched off", { type: "subteam_updated", subteam: { id: group.id, date_delete: 1_790_000_000 } }],
  ])("has the seats of leavers looked for: %s", async (_, event) => {
    const bot = await startListening();
    await deliver(bot, event);
    expect(bot.calls).toEqual([["sweepSoon", null]]);
  });

  it.each([
    ["a new status", { type: "user_change", user: { id: ben.id, team_id: TEAM.id, deleted: false, profile: { status_text: "lunch" } } }],
    ["new members", { type: "subteam_members_changed", subteam_id: group.id, removed_users: [], added_users: [ben.id] }],
    ["a new name of a group", { type: "subteam_updated", subteam: { id: group.id, name: "SRE", date_delete: 0 } }],
  ])("troubles nobody: %s", async (_, event) => {
    const bot = await startListening();
    await deliver(bot, event);
    expect(bot.calls).toEqual([]);
  });

  it("is believed at once, although the person was asked about a moment ago", async () => {
    const bot = await startListening();
    const { directory } = bot.slack;
    expect(await directory.user(ben.id)).toMatchObject({ isDeactivated: false });
    await bot.workspace.control.seed({ users: [{ ...ben, isDeleted: true }], userGroups: [{ ...group, users: [] }] });
    expect(await directory.user(ben.id)).toMatchObject({ isDeactivated: false });
    await deliver(bot, { type: "user_change", user: { id: ben.id, team_id: TEAM.id, deleted: true } });
    expect(await directory.user(ben.id)).toMatchObject({ isDeactivated: true });
  });
});
