import { PassThrough } from "node:stream";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchSimulators, type Simulators } from "../../sandbox/launch-simulators.ts";
import { PEOPLE } from "../../sandbox/slack/seed.ts";
import { type Portcullis, startPortcullis } from "../../src/app.ts";
import { readConfig } from "../../src/config.ts";
import { createLog } from "../../src/log.ts";
import { openDatabase } from "../../src/store/open-database.ts";
import { type DataFolder, newMigratedFolder } from "../support/data-folder.ts";
import { hurried } from "../support/hurried.ts";
import { keptLog } from "../support/silent-log.ts";
import { until } from "../support/slack-listeners.ts";
import { praWith, typing } from "./pra.ts";

const { approver: ben, admin: dora, requester: ana } = PEOPLE;
const grant = (who: string, ...rest: readonly string[]) => [
  "grant",
  "--break-glass",
  ...["--person", who, "--console", "db-prod", "--for", "45m", "--because", "INC-77"],
  ...rest,
];
const review = (label: string, who: string, ...rest: readonly string[]) => [
  ...["review", label, "--person", who, "--happened", "It hung.", "--done", "Restarted it.", "--follows", "A watchdog."],
  ...rest,
];

/**
 * Contract: with Slack down, whoever is named with an email gets their access at the machine in two deliberate steps, through the bot
 * that runs or without one; ZPA has it and it is proven before anything is claimed; there is no second use before the review; and what
 * Slack was not told is told when it is back.
 */
describe("pra grant --break-glass", { timeout: 120_000 }, () => {
  let data: DataFolder;
  let simulators: Simulators;
  let settings: Record<string, string>;
  let bot: Portcullis | null = null;
  const start = async () => {
    bot = await startPortcullis({ config: readConfig(settings, () => ""), pacing: hurried, log: createLog("error") });
  };
  const stop = async () => {
    await bot?.stop(5_000);
    bot = null;
  };
  /** Slack's address answers nobody: a port that nothing listens on. */
  const withoutSlack = () => ({ ...settings, SLACK_API_URL: "http://127.0.0.1:9/api/" });
  const pra = (env: Record<string, string>, ...args: readonly string[]) => praWith({ env }, ...args);
  const standing = async () => (await simulators.tenant.control.state()).approvals;

  beforeAll(async () => {
    data = await newMigratedFolder();
    simulators = await launchSimulators({ slackMode: "http", dataFolder: data.folder, bot: "by-hand", pacing: hurried });
    const { settings: given } = simulators;
    settings = { ...given, LOG_LEVEL: "error", BREAK_GLASS: `${given.BREAK_GLASS},${ana.id}` };
    await start(); // reads the catalog, as a bot that ran until the outage has
    await until(async () => ((bot?.services.catalog.byName("db-prod") ?? null) === null ? null : true));
    await stop();
  }, 120_000);
  afterAll(async () => {
    await stop();
    await simulators.close();
    await data.remove();
  });

  it("says that nobody is on call at a terminal", async () => {
    const { status, err } = await pra(settings, "grant", "--person", ben.id);
    expect(status).toBe(2);
    expect(err).toContain("Only --break-glass is possible here");
  });

  it.each([
    ["somebody who is not named", grant(dora.id.replace("DORA", "NOBODY")), "break_glass_not_named"],
    ["somebody who is named without an email", grant(ana.id), "break_glass_needs_email"],
    ["a console that is not there", grant(ben.id).map((each) => (each === "db-prod" ? "nothing" : each)), "console_unknown"],
    ["a longer time than is allowed", grant(ben.id).map((each) => (each === "45m" ? "2h" : each)), "duration_over_limit"],
    ["a script without --yes", grant(ben.id), "confirmation_needed"],
    ["a script that does not say who", grant(ben.id, "--yes"), "invalid_input"],
    ["a script that says somebody else", grant(ben.id, "--yes", "--i-am", dora.email ?? ""), "invalid_input"],
  ])("refuses %s, and nothing is written", async (_, args, code) => {
    const { status, last } = await praWith({ env: withoutSlack(), input: new PassThrough() }, ...args, "--json");
    expect([status, JSON.parse(last).error.code]).toEqual([2, code]);
    expect(await standing()).toEqual([]);
  });

  it("does nothing when the console's name is not typed", async () => {
    const { status, err } = await praWith({ env: withoutSlack(), input: typing("y") }, ...grant(ben.id));
    expect(status).toBe(1);
    expect(err).toContain("Nothing was done.");
    expect(await standing()).toEqual([]);
  });

  it("writes to ZPA itself where no bot runs, and says under which id it stands and until when", async () => {
    const { status, out, err } = await praWith({ env: withoutSlack(), input: typing("db-prod") }, ...grant(ben.id));
    expect(err).toContain("Approved by nobody");
    expect(status).toBe(0);
    const [stored] = await standing();
    expect(stored).toMatchObject({ emailIds: [ben.email] });
    expect(out).toContain(`Privileged approval ${String(stored?.id)} for ${ben.email}, until `);
    expect(await standing()).toHaveLength(1);
  });

  it("is refused a second time until the review is answered, here too", async () => {
    const again = await pra(withoutSlack(), ...grant(ben.id, "--yes", "--i-am", ben.email ?? "", "--json"));
    expect(JSON.parse(again.last).error.code).toBe("break_glass_review_due");
    expect(await standing()).toHaveLength(1);
    expect((await pra(withoutSlack(), ...review("PRA-1001", dora.id, "--json"))).last).toContain("review_unknown");
    expect(JSON.parse((await pra(withoutSlack(), ...review("PRA-1001", ben.id, "--json"))).last)).toEqual({ label: "PRA-1001" });
    expect((await pra(withoutSlack(), ...review("PRA-1001", ben.id, "--json"))).last).toContain("review_answered");
  });

  it("goes through the bot that runs, while that cannot reach Slack, and Slack hears of both when it is back", async () => {
    await start();
    const slack = simulators.slack.control;
    const toldOf = (label: string, userId: string) =>
      until(async () => {
        const { messages, channels } = await slack.state();
        const own = channels.find(({ kind, members }) => kind === "im" && members.includes(userId))?.id;
        return messages.find(({ channel, blocks }) => channel === own && JSON.stringify(blocks).includes(label)) ?? null;
      });
    await toldOf("PRA-1001", dora.id); // who was skipped hears of what happened while no bot ran
    await slack.fault({ method: "*", kind: "reset", times: 25 });
    const { status, last } = await pra(settings, ...grant(dora.id, "--yes", "--i-am", dora.email ?? "", "--json"));
    const answer = JSON.parse(last);
    expect(answer).toMatchObject({ requests: [{ label: "PRA-1002", status: "GRANTED" }], privilegedApprovals: [{ email: dora.email }] });
    expect(status).toBe(0);
    expect((await standing()).map(({ id }) => String(id))).toContain(answer.privilegedApprovals[0].id);
    await toldOf("PRA-1002", ben.id);
    await stop();
  });

  it("names the account of the machine in the ledger", async () => {
    const database = await openDatabase({ url: null, folder: data.folder, log: keptLog().log });
    const events = await database.db.selectFrom("ledger_event").select(["kind", "actor"]).orderBy("id").execute();
    await database.close();
    const own = events.filter(({ kind }) => kind === "access.broke-glass" || kind === "break-glass.reviewed");
    expect(own.map(({ kind }) => kind)).toEqual(["access.broke-glass", "break-glass.reviewed", "access.broke-glass"]);
    for (const { actor } of own) expect(actor).toMatch(/^cli:./);
  });
});
