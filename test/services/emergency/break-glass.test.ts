import { beforeEach, describe, expect, it } from "vitest";
import { provisionGrant } from "../../../src/services/access/provision-grant.ts";
import { noteCoverage } from "../../../src/services/coverage/coverage-store.ts";
import { namedForBreakGlass } from "../../../src/services/emergency/named-for-break-glass.ts";
import { codeOf } from "../../support/code-of.ts";
import { storeForTests } from "../../support/store-for-tests.ts";
import { anEmergency, only } from "./an-emergency.ts";

/**
 * Contract: who is named breaks the glass for themselves alone, for an hour at most; nobody's approval is claimed for it; it goes before
 * grants; and there is no second use before the first one's review, however many submissions race for it.
 */
const store = storeForTests();
let at: Awaited<ReturnType<typeof anEmergency>>;
beforeEach(async () => {
  at = await anEmergency(store);
});

describe("breaking the glass", () => {
  it("stands as passed by nobody's decision, with who was skipped in the ledger", async () => {
    const request = only(await at.breakGlass());
    expect(request).toMatchObject({
      origin: "BREAK_GLASS",
      status: "GRANTING",
      requester: { userId: "UDORA" },
      beneficiary: { userId: "UDORA" },
    });
    expect(request.window?.end).toEqual(new Date("2026-11-02T09:00:00Z"));
    const { status, body } = await at.approvalOf(request.id);
    expect(status).toBe("PASSED");
    expect(body).toMatchObject({ seats: [], settledBy: null, rules: { skipped: ["UBEN", "UCHI", "UROOT"], passedMakesGrant: true } });
    expect(only(await at.events("access.broke-glass"))).toMatchObject({ actor: "UDORA", after: { skipped: ["UBEN", "UCHI", "UROOT"] } });
  });

  it("has its grant made before others, in the queue and in ZPA's budget", async () => {
    const request = only(await at.breakGlass());
    expect(at.enqueued.find(({ queue }) => queue === "provision-grant")).toMatchObject({ priority: 10 });
    const priorities: unknown[] = [];
    const { approvals } = at.zpa;
    const zpa = {
      approvals: {
        ...approvals,
        create: async (...[draft, options]: Parameters<typeof approvals.create>) => {
          priorities.push(options?.priority);
          return approvals.create(draft, options);
        },
        get: async (...[id, options]: Parameters<typeof approvals.get>) => {
          priorities.push(options?.priority);
          return approvals.get(id, options);
        },
      },
    };
    const attempt = { jobId: "job", retryCount: 0, isLast: false, signal: new AbortController().signal };
    await provisionGrant({ ...at.ports, people: at.people, zpa })({ grantId: only(await at.grants(request.id)).id }, attempt);
    expect(priorities).toEqual(["end", "end"]);
    expect((await at.request(request.id)).status).toBe("GRANTED");
  });

  it("needs no ticket, but is held to the cap and to the rules' longest window", async () => {
    await at.writeRules("SEGMENT_GROUP", "grp-1", { longestWindowHours: 0.5, ticketPattern: "CHG-\\d+" });
    expect(await codeOf(at.breakGlass({ seconds: 3601 }))).toBe("duration_over_limit");
    expect(await codeOf(at.breakGlass({ seconds: 3600 }))).toBe("window_over_rules");
    expect(await codeOf(at.breakGlass({ reason: " " }))).toBe("reason_missing");
    expect(only(await at.breakGlass()).window?.end).toEqual(new Date("2026-11-02T08:30:00Z"));
  });

  it("foretells what it does, and does nothing by it", async () => {
    const foretold = await at.emergency.foretellBreakGlass({
      ...{ by: at.actor("UDORA"), consoleIds: ["1"], seconds: 900, reason: " INC-77 " },
      submissionKey: "V1",
    });
    expect(foretold).toMatchObject({ seconds: 900, reason: "INC-77", told: ["UBEN", "UCHI", "UROOT"], channelId: "C1" });
    expect(foretold.until).toEqual(new Date("2026-11-02T08:15:00Z"));
    expect(foretold.alsoOpens.map(({ name }) => name)).toEqual(["db-prod-replica"]);
    expect(await at.db.selectFrom("request").select("id").execute()).toEqual([]);
    expect(at.enqueued).toEqual([]);
  });

  it("foretells that it would open nothing where no access rule has approvals count", async () => {
    const segment = { name: "Databases", microtenantId: null, status: "uncovered", ruleId: null, reason: { code: "no_rule" } } as const;
    const command = { by: at.actor("UDORA"), consoleIds: ["1"], seconds: 900, reason: "INC-77", submissionKey: "V1" };
    expect((await at.emergency.foretellBreakGlass(command)).withoutEffect).toEqual([]);
    await noteCoverage(at.db, [{ ...segment, id: "seg-1" }], new Date("2026-11-02T07:00:00Z"));
    expect((await at.emergency.foretellBreakGlass(command)).withoutEffect.map(({ id }) => id)).toEqual(["1"]);
    await at.db.deleteFrom("segment_coverage").execute();
  });

  it("is done once by one submission, and answers it again also while the review is due", async () => {
    const twice = await Promise.all([at.breakGlass({ submissionKey: "V9" }), at.breakGlass({ submissionKey: "V9" })]);
    const again = await at.breakGlass({ submissionKey: "V9" });
    expect(new Set([...twice, again].map((requests) => only(requests).id)).size).toBe(1);
    expect(await at.grantsGiven()).toHaveLength(1);
    expect(await at.db.selectFrom("break_glass_review").select("id").execute()).toHaveLength(1);
  });

  it("lets one of two uses at once stand, also from another account of the same ZPA user", async () => {
    const outcomes = await Promise.all([codeOf(at.breakGlass()), codeOf(at.breakGlass()), codeOf(at.breakGlass({}, "UDORA2"))]);
    const refusals = outcomes.filter((code) => code !== "ok");
    expect(refusals).toHaveLength(2);
    expect(["break_glass_review_due", "break_glass_still_open"]).toEqual(expect.arrayContaining(refusals));
    expect(await at.grantsGiven()).toHaveLength(1);
    expect(await at.events("access.broke-glass")).toHaveLength(1);
  });
});

describe("the right, asked again when the grant is written", () => {
  const provisioned = async (breakGlass: ReadonlyMap<string, string | null>) => {
    const request = only(await at.breakGlass());
    const { db, people, directory, zpaUserByEmail } = at;
    const named = namedForBreakGlass({ db, people, directory, breakGlass, zpaUserByEmail });
    const attempt = { jobId: "job", retryCount: 0, isLast: false, signal: new AbortController().signal };
    const run = () => provisionGrant({ ...at.ports, people, namedForBreakGlass: named })({ grantId: grant.id }, attempt);
    const grant = only(await at.grants(request.id));
    return { request, run };
  };

  it("counts the settings' email while Slack does not answer", async () => {
    const { request, run } = await provisioned(new Map([["UDORA", "dora@example.com"]]));
    at.slack.isDown = true;
    await run();
    expect((await at.request(request.id)).status).toBe("GRANTED");
  });

  it.each(["invalid_auth", "account_inactive", "token_revoked"])(
    "counts the settings' email where Slack says %s of the bot",
    async (word) => {
      const { request, run } = await provisioned(new Map([["UDORA", "dora@example.com"]]));
      at.slack.refuses = word;
      await run();
      expect((await at.request(request.id)).status).toBe("GRANTED");
    },
  );

  it("waits where Slack refuses for another reason", async () => {
    const { run } = await provisioned(new Map([["UDORA", "dora@example.com"]]));
    at.slack.refuses = "missing_scope";
    expect(await codeOf(run())).toBe("slack_refused");
    expect(at.zpa.stored).toEqual([]);
  });

  it("waits for Slack where the settings know no email, and refuses where they know another", async () => {
    const { request, run } = await provisioned(new Map([["UDORA", "somebody@example.com"]]));
    at.slack.isDown = true;
    await run();
    expect(await at.request(request.id)).toMatchObject({ status: "FAILED", failure: { code: "email_changed" } });
    expect(at.zpa.stored).toEqual([]);
  });

  it("refuses somebody whom Slack calls deactivated, whatever the settings say", async () => {
    const { request, run } = await provisioned(new Map([["UDORA", "dora@example.com"]]));
    const dora = at.users.get("UDORA");
    if (dora !== undefined) at.users.set("UDORA", { ...dora, isDeactivated: true });
    await run();
    expect(await at.request(request.id)).toMatchObject({ status: "FAILED", failure: { code: "person_deactivated" } });
  });
});
