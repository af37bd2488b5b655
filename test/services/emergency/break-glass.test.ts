import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { provisionGrant } from "../../../src/services/access/provision-grant.ts";
import { noteCoverage } from "../../../src/services/coverage/coverage-store.ts";
import { namedForBreakGlass } from "../../../src/services/emergency/named-for-break-glass.ts";
import { reviewStanding } from "../../../src/services/emergency/review-standing.ts";
import { claimNotice, wholeKey } from "../../../src/services/notify/card-rows.ts";
import { aStore, type Store } from "../../support/a-store.ts";
import { codeOf } from "../../support/code-of.ts";
import { anEmergency, only } from "./an-emergency.ts";

/**
 * Contract: who is named breaks the glass for themselves alone, for an hour at most; nobody's approval is claimed for it; it goes before
 * grants; and there is no second use before the first one's review, however many submissions race for it.
 */
let store: Store;
let at: Awaited<ReturnType<typeof anEmergency>>;
beforeAll(async () => {
  store = await aStore();
});
afterAll(() => store.close());
beforeEach(async () => {
  await store.empty();
  at = await anEmergency(store);
});

/** As the projection does when every card stands. */
const everybodyIsTold = (requestId: string) => claimNotice(at.db, wholeKey(requestId), at.clock.at);
const REVIEW = { happened: "The primary was down.", done: "Failed over.", follows: "A runbook." };

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

describe("the review", () => {
  it("must be answered before the next use, shows on the cards, and is in the ledger", async () => {
    const request = only(await at.breakGlass());
    const standing = await at.emergency.breakGlassStanding(at.actor("UDORA"));
    expect(standing).toMatchObject({ kind: "review-due", due: { labels: ["PRA-1001"], consoleNames: ["db-prod"], reason: "INC-77" } });
    const review = await at.dueReview();
    at.enqueued.length = 0;
    await at.emergency.answerReview({ reviewId: review?.id ?? "", by: at.actor("UDORA"), answer: REVIEW });
    expect(at.enqueued).toMatchObject([{ queue: "project-request", payload: { requestId: request.id } }]);
    expect(only(await at.events("break-glass.reviewed"))).toMatchObject({ actor: "UDORA", request_id: request.id, after: REVIEW });
    expect(await codeOf(at.emergency.answerReview({ reviewId: review?.id ?? "", by: at.actor("UDORA"), answer: REVIEW }))).toBe(
      "review_answered",
    );
  });

  it("may be answered early, and brings no second use while the first one stands", async () => {
    const request = only(await at.breakGlass());
    await at.provision(only(await at.grants(request.id)).id);
    await at.answerReview({ reviewId: (await at.dueReview())?.id ?? "", answer: REVIEW, actor: "UDORA" });
    for (const who of ["UDORA", "UDORA2"]) {
      expect(await codeOf(at.breakGlass({}, who))).toBe("break_glass_still_open");
      expect(await codeOf(at.emergency.breakGlassStanding(at.actor(who)))).toBe("break_glass_still_open");
    }
    expect(await at.grantsGiven()).toHaveLength(1);
    await at.finish(request.id, "UDORA");
    expect(await codeOf(at.breakGlass())).toBe("ok");
  });

  it("lets the next use pass once the window is over, though nobody has marked it ended", async () => {
    const request = only(await at.breakGlass());
    await at.provision(only(await at.grants(request.id)).id);
    await at.answerReview({ reviewId: (await at.dueReview())?.id ?? "", answer: REVIEW, actor: "UDORA" });
    at.clock.at = new Date("2026-11-02T09:00:00Z");
    expect(await codeOf(at.breakGlass())).toBe("ok");
  });

  it("is not owed where nothing was ever sent to Zscaler, nor asked for, and the next use has its own", async () => {
    const dora = at.users.get("UDORA");
    const request = only(await at.breakGlass());
    const reviewId = (await at.dueReview())?.id ?? "";
    if (dora !== undefined) at.users.set("UDORA", { ...dora, isDeactivated: true });
    const named = namedForBreakGlass({ ...at, breakGlass: new Map([["UDORA", "dora@example.com"]]) });
    const attempt = { jobId: "job", retryCount: 0, isLast: false, signal: new AbortController().signal };
    await provisionGrant({ ...at.ports, people: at.people, namedForBreakGlass: named })(
      { grantId: only(await at.grants(request.id)).id },
      attempt,
    );
    expect(await at.request(request.id)).toMatchObject({ status: "FAILED" });
    if (dora !== undefined) at.users.set("UDORA", dora);
    await at.visitReview(reviewId);
    expect([at.asked, await at.dueReview(), await reviewStanding(at.db, request.id)]).toEqual([[], null, null]);
    const next = only(await at.breakGlass());
    expect(await at.dueReview()).toMatchObject({ requestIds: [next.id] });
    expect(only(await at.events("break-glass.review-not-owed"))).toMatchObject({ request_id: request.id, actor: "portcullis" });
    expect(await codeOf(at.answerReview({ reviewId, answer: REVIEW, actor: "UDORA" }))).toBe("review_answered");
  });

  it("is the person's own, by whichever account, and wants all of its answers", async () => {
    await at.breakGlass();
    const reviewId = (await at.dueReview())?.id ?? "";
    const by = (userId: string, answer = REVIEW) => codeOf(at.emergency.answerReview({ reviewId, by: at.actor(userId), answer }));
    expect(await by("UROOT")).toBe("not_allowed");
    expect(await by("UDORA", { ...REVIEW, follows: " " })).toBe("comment_required");
    expect(await by("UDORA2", { ...REVIEW, done: "x".repeat(1001) })).toBe("text_too_long");
    expect(await codeOf(at.emergency.readReview({ reviewId: "not-an-id", by: at.actor("UDORA") }))).toBe("review_unknown");
    expect(await by("UDORA2")).toBe("ok");
  });

  it("is asked for once everything is over, again every day, and never after the answer", async () => {
    const request = only(await at.breakGlass());
    const reviewId = (await at.dueReview())?.id ?? "";
    expect(at.enqueued.find(({ queue }) => queue === "break-glass-review")?.startAfter).toEqual(new Date("2026-11-02T09:01:00Z"));
    await at.visitReview(reviewId);
    expect(at.asked).toEqual([]);
    expect(at.enqueued.at(-1)).toMatchObject({ queue: "break-glass-review", startAfter: new Date("2026-11-02T09:01:00Z") });

    await at.provision(only(await at.grants(request.id)).id);
    at.clock.at = new Date("2026-11-02T09:00:00Z");
    await at.end(request.id);
    await at.visitReview(reviewId);
    await at.visitReview(reviewId);
    expect(at.asked.map(({ review }) => review.asks)).toEqual([0]);
    expect(at.enqueued.at(-1)).toMatchObject({ queue: "break-glass-review", startAfter: new Date("2026-11-03T09:00:00Z") });
    at.clock.at = new Date("2026-11-03T09:00:00Z");
    await at.visitReview(reviewId);
    expect(at.asked.map(({ review }) => review.asks)).toEqual([0, 1]);

    await at.answerReview({ reviewId, answer: REVIEW, actor: "UDORA" });
    await everybodyIsTold(request.id);
    at.clock.at = new Date("2026-11-04T09:00:00Z");
    at.enqueued.length = 0;
    await at.visitReview(reviewId);
    expect([at.asked.length, at.enqueued]).toEqual([2, []]);
  });

  it("is due as soon as the holder is done, however much of the hour is left", async () => {
    const request = only(await at.breakGlass());
    await at.provision(only(await at.grants(request.id)).id);
    expect(await reviewStanding(at.db, request.id)).toMatchObject({ userId: "UDORA", isDue: false });
    await at.finish(request.id, "UDORA");
    expect((await reviewStanding(at.db, request.id))?.isDue).toBe(false); // not before it is proven to be gone
    await at.endGrant(only(await at.grants(request.id)).id);
    expect((await reviewStanding(at.db, request.id))?.isDue).toBe(true);
    await at.visitReview((await at.dueReview())?.id ?? "");
    expect((await reviewStanding(at.db, request.id))?.isDue).toBe(false);
    expect(at.asked).toHaveLength(1);
  });

  it("has those who were skipped told after a long outage, also when it was answered at the terminal meanwhile", async () => {
    const request = only(await at.breakGlass());
    const reviewId = (await at.dueReview())?.id ?? "";
    await at.answerReview({ reviewId, answer: REVIEW, actor: "cli:ops" });
    const visited = async () => {
      at.enqueued.length = 0;
      await at.visitReview(reviewId);
      return at.enqueued.map(({ queue, startAfter }) => [queue, startAfter?.toISOString() ?? null]);
    };
    // Slack has taken nothing: the cards' own job has given up after its half an hour.
    at.clock.at = new Date("2026-11-02T09:01:00Z");
    const again = [
      ["project-request", null],
      ["break-glass-review", "2026-11-02T10:01:00.000Z"],
    ];
    expect(await visited()).toEqual(again);
    expect(at.asked).toEqual([]);
    await everybodyIsTold(request.id);
    expect(await visited()).toEqual([]);
  });

  it("stops telling after a week, and says so in the log", async () => {
    await at.breakGlass();
    const reviewId = (await at.dueReview())?.id ?? "";
    await at.answerReview({ reviewId, answer: REVIEW, actor: "cli:ops" });
    at.clock.at = new Date("2026-11-09T08:00:00Z");
    at.enqueued.length = 0;
    await at.visitReview(reviewId);
    expect(at.enqueued).toEqual([]);
    expect(at.lines).toContainEqual(expect.objectContaining({ level: 50, msg: "break-glass.not-told" }));
  });

  it("waits for Slack, and is given up for no outage", async () => {
    const request = only(await at.breakGlass());
    const reviewId = (await at.dueReview())?.id ?? "";
    await at.provision(only(await at.grants(request.id)).id);
    at.clock.at = new Date("2026-11-02T09:00:00Z");
    await at.end(request.id);
    at.slack.isDown = true;
    expect(await codeOf(at.visitReview(reviewId))).toBe("slack_unreachable");
    await at.visitReview(reviewId, true);
    expect(at.enqueued.at(-1)).toMatchObject({ queue: "break-glass-review", startAfter: new Date("2026-11-02T10:00:00Z") });
    at.slack.isDown = false;
    await at.visitReview(reviewId);
    expect(at.asked).toHaveLength(1);
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
