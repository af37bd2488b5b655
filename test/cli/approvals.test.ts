/**
 * Contract: `pra approvals replay` prints one object, and of a script or configuration that is wrong `{"error":{"code","message"}}`
 * with exit status 2.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { afterAll, describe, expect, it } from "vitest";
import { runCli } from "../../src/cli/run-cli.ts";
import { projectFile } from "./pra.ts";

const folder = mkdtempSync(path.join(tmpdir(), "portcullis-scripts-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = path.join(folder, "script.json");

async function replay(script: unknown, ...flags: readonly string[]) {
  writeFileSync(file, typeof script === "string" ? script : JSON.stringify(script));
  const [output, errors] = [new PassThrough(), new PassThrough()];
  const status = await runCli(["approvals", "replay", "--file", file, ...flags], {
    env: {},
    readFile: (name) => readFileSync(name, "utf8"),
    output,
    errors,
    manifest: () => "",
    packageJson: () => projectFile("package.json"),
  });
  output.end();
  errors.end();
  const [out, err] = await Promise.all([text(output), text(errors)]);
  return { status, out, err };
}

const one = { calculationType: "COUNT", value: 1 };
const criteria = { type: "PARALLEL", approval: one, rejection: one };
const script = {
  config: {
    requiresComment: "REJECTION",
    timeoutConfig: { enabled: true, daysUntilTimeout: 3, timeoutResult: "EXPIRED" },
    reminderConfig: { enabled: true, daysUntilFirstReminder: 1, reminderCronSchedule: "@every 12h", maxReminders: 2 },
  },
  criteria,
  requester: "ana",
  requestee: "ana",
  approvers: ["bo", { group: "sre", members: ["cy", "di"] }],
  admins: ["root"],
  openedAt: "2026-03-02T09:00:00Z",
  commands: [
    { at: "2026-03-02T10:00:00Z", by: "bo", do: "reject", body: {} },
    { at: "2026-03-04T10:00:00+01:00", by: "di", do: "approve", body: { comment: "fine" } },
  ],
  until: "2026-03-09T09:00:00Z",
};

describe("pra approvals replay", () => {
  it("prints one object in SailPoint's shape", async () => {
    const { status, out, err } = await replay(script, "--json");
    expect([status, err, out.trimEnd().split("\n").length]).toEqual([0, "", 1]);
    expect(JSON.parse(out)).toMatchObject({
      approval: {
        status: "APPROVED",
        requester: { identityID: "ana", type: "IDENTITY" },
        requestee: { identityID: "ana" },
        approvedBy: [{ identityID: "di", decisionDate: "2026-03-04T09:00:00.000Z", actionedAs: [{ id: "sre" }] }],
        rejectedBy: [],
        assignedTo: [],
        additionalAttributes: "{}",
        reassignmentHistory: [],
        isEscalated: false,
        escalationStep: "0",
        serialStep: 0,
        approvalCriteria: criteria,
        approvalConfig: { requiresComment: "REJECTION" },
        createdDate: "2026-03-02T09:00:00.000Z",
        dueDate: "2026-03-05T09:00:00.000Z",
        completedDate: "2026-03-04T09:00:00.000Z",
      },
      outcomes: ["comment_required", "ok"],
      reminders: ["2026-03-03T09:00:00.000Z", "2026-03-03T21:00:00.000Z"],
      escalations: [],
    });
  });

  it("says the same in lines for people", async () => {
    const { status, out } = await replay(script);
    expect(status).toBe(0);
    expect(out).toContain("Status       APPROVED\n");
    expect(out).toContain("Command 1    comment_required\nCommand 2    ok\nReminder     2026-03-03T09:00:00.000Z\n");
  });

  const config = (change: object) => ({ ...script, config: { ...script.config, ...change } });
  const command = (change: object) => ({ ...script, commands: [{ ...script.commands[0], ...change }] });
  const reminder = (change: object) => config({ reminderConfig: { ...script.config.reminderConfig, ...change } });
  const chain = (escalationChain: unknown) =>
    config({ escalationConfig: { enabled: true, daysUntilFirstEscalation: 1, escalationCronSchedule: "@daily", escalationChain } });
  const counted = (approval: object) => ({ ...script, criteria: { ...criteria, approval } });
  const { criteria: _, ...withoutCriteria } = script;

  it.each<readonly [string, unknown, string]>([
    ["a file that is no JSON", '{"config":', "is not JSON"],
    ["a file that is empty", "", "is not JSON"],
    ["a list", [script], "expected object"],
    ["null", "null", "expected object"],
    ["21 reminders", reminder({ maxReminders: 21 }), "maxReminders"],
    ["reminders below none", reminder({ maxReminders: -1 }), "maxReminders"],
    ["half a day until the first reminder", reminder({ daysUntilFirstReminder: 0.5 }), "daysUntilFirstReminder"],
    ["a deadline after 91 days", config({ timeoutConfig: { enabled: true, daysUntilTimeout: 91 } }), "daysUntilTimeout"],
    ["a deadline at once", config({ timeoutConfig: { enabled: true, daysUntilTimeout: 0 } }), "daysUntilTimeout"],
    ["a deadline that rejects", config({ timeoutConfig: { enabled: true, timeoutResult: "REJECTED" } }), "timeoutResult"],
    ["comments that are required sometimes", config({ requiresComment: "SOMETIMES" }), "requiresComment"],
    ["an autoApprove of another kind", config({ autoApprove: "ALWAYS" }), "autoApprove"],
    ["a circumvention that is a word", config({ circumventApprovalProcess: "yes" }), "circumventApprovalProcess"],
    ["a cron of four fields", reminder({ reminderCronSchedule: "0 9 * *" }), "reminderCronSchedule"],
    ["a cron of six fields", reminder({ reminderCronSchedule: "0 0 9 * * 1" }), "reminderCronSchedule"],
    ["a cron out of range", reminder({ reminderCronSchedule: "60 9 * * *" }), "reminderCronSchedule"],
    ["a cron with letters of its library", reminder({ reminderCronSchedule: "H 9 * * *" }), "reminderCronSchedule"],
    ["a cron that never comes", reminder({ reminderCronSchedule: "0 0 30 2 *" }), "reminderCronSchedule"],
    ["a cron that is none, also while it is off", reminder({ enabled: false, reminderCronSchedule: "soon" }), "reminderCronSchedule"],
    ["no cron", reminder({ reminderCronSchedule: "" }), "reminderCronSchedule"],
    ["@every without a unit", reminder({ reminderCronSchedule: "@every 24" }), "reminderCronSchedule"],
    ["@every nothing", reminder({ reminderCronSchedule: "@every 0h" }), "reminderCronSchedule"],
    ["@every so long that no calendar holds it", reminder({ reminderCronSchedule: "@every 99999999999h" }), "reminderCronSchedule"],
    ["@fortnightly", reminder({ reminderCronSchedule: "@fortnightly" }), "reminderCronSchedule"],
    ["an unknown zone", config({ cronTimezone: { location: "Mars/Olympus" } }), "cronTimezone.location"],
    ["an offset that is none", config({ cronTimezone: { offset: "+25:00" } }), "cronTimezone.offset"],
    ["an offset of 99 minutes", config({ cronTimezone: { location: "Europe/Berlin", offset: "+01:99" } }), "cronTimezone.offset"],
    ["a chain of nobody", chain([]), "escalationChain"],
    ["a chain with a link of no name", chain([{ identityType: "IDENTITY" }]), "escalationChain.0.identityId"],
    ["a chain with a kind that Slack does not know", chain([{ identityId: "x", identityType: "MANAGER_OF" }]), "identityType"],
    ["an approval of 101 PERCENT", counted({ calculationType: "PERCENT", value: 101 }), "criteria.approval"],
    ["an approval of fewer than none", counted({ calculationType: "COUNT", value: -1 }), "criteria.approval.value"],
    ["an approval of one and a half", counted({ calculationType: "COUNT", value: 1.5 }), "criteria.approval.value"],
    ["an approval of a MAJORITY", counted({ calculationType: "MAJORITY", value: 1 }), "criteria.approval.calculationType"],
    ["criteria of another type", { ...script, criteria: { ...criteria, type: "RANDOM" } }, "criteria.type"],
    ["no criteria", withoutCriteria, "criteria"],
    ["no approvers", { ...script, approvers: [] }, "approvers"],
    ["an approver without a name", { ...script, approvers: [" "] }, "approvers"],
    ["a group without members to speak of", { ...script, approvers: [{ group: "sre" }] }, "approvers"],
    ["nobody who asks", { ...script, requester: "" }, "requester"],
    ["an opening that is no instant", { ...script, openedAt: "2 March 2026" }, "openedAt"],
    ["an opening without a zone", { ...script, openedAt: "2026-03-02T09:00:00" }, "openedAt"],
    ["an end before the opening", { ...script, commands: [], until: "2026-03-01T09:00:00Z" }, "until"],
    ["a command before the opening", command({ at: "2026-03-02T08:59:59Z" }), "commands.0.at"],
    ["a command after the end", command({ at: "2026-03-09T09:00:01Z" }), "commands.0.at"],
    ["a command that nobody knows", command({ do: "delegate" }), "commands.0.do"],
    ["a command by nobody", command({ by: "" }), "commands.0.by"],
    [
      "a group that is written down twice",
      {
        ...script,
        approvers: [
          { group: "sre", members: ["cy"] },
          { group: "sre", members: ["di"] },
        ],
      },
      "approvers.1",
    ],
    ["an approver with the name of a group", { ...script, approvers: ["sre", { group: "sre", members: ["cy"] }] }, "approvers.0"],
    ["a member with the name of a group", { ...script, approvers: [{ group: "sre", members: ["cy", "sre"] }] }, "approvers.0.members.1"],
    ["a requester with the name of a group", { ...script, requester: "sre", approvers: [{ group: "sre", members: ["cy"] }] }, "requester"],
    ["a command by a group", { ...command({ by: "sre" }), approvers: [{ group: "sre", members: ["cy"] }] }, "commands.0.by"],
    ["a name with U+0000", { ...script, approvers: ["b\0o"] }, "approvers.0"],
    ["a member's name with half a surrogate pair", { ...script, approvers: [{ group: "sre", members: ["\ud800"] }] }, "approvers.0"],
    ["a configuration with U+0000 where nobody looks", config({ notes: [{ "x\0": 1 }] }), "config.notes.0.x"],
    [
      "a configuration with half a surrogate pair",
      config({ fallbackApprover: { identityID: "\udc00" } }),
      "config.fallbackApprover.identityID",
    ],
    ["a script that leaves nobody to decide", { ...script, approvers: ["ana"], admins: [] }, "approvers"],
  ])("refuses %s", async (_name, wrong, where) => {
    const { status, out } = await replay(wrong, "--json");
    expect(status).toBe(2);
    const { error } = JSON.parse(out.trimEnd().split("\n").at(-1) ?? "");
    expect(error.code).toBe("invalid_input");
    expect(error.message).toContain(where);
  });

  it("refuses what a body says and the database cannot keep, each for itself", async () => {
    const bodies = [
      { comment: "a\0b" },
      { comment: "\ud800" },
      { additionalAttributes: { "k\0": "v" } },
      { additionalAttributes: { k: "\0" } },
    ];
    const commands = [...bodies, { comment: "a 👍" }].map((body) => ({ at: "2026-03-02T10:00:00Z", by: "bo", do: "approve", body }));
    const { status, out } = await replay({ ...script, commands }, "--json");
    expect(status).toBe(0);
    expect(JSON.parse(out).outcomes).toEqual([...bodies.map(() => "invalid_input"), "ok"]);
  });

  it("reads a file that begins with a byte-order mark, and instants without seconds", async () => {
    const { status, out } = await replay(`\uFEFF${JSON.stringify({ ...script, openedAt: "2026-03-02T09:00Z" })}`, "--json");
    expect(status).toBe(0);
    expect(JSON.parse(out).reminders).toEqual(["2026-03-03T09:00:00.000Z", "2026-03-03T21:00:00.000Z"]);
  });

  it("refuses a file that is not there, and no file at all", async () => {
    for (const args of [
      ["approvals", "replay", "--json"],
      ["approvals", "replay", "--file", path.join(folder, "none.json"), "--json"],
    ]) {
      const output = new PassThrough();
      const ports = { env: {}, readFile: (name: string) => readFileSync(name, "utf8"), errors: new PassThrough(), manifest: () => "" };
      const status = await runCli(args, { ...ports, output, packageJson: () => projectFile("package.json") });
      output.end();
      expect([status, JSON.parse(await text(output)).error.code]).toEqual([2, "invalid_input"]);
    }
  });
});
