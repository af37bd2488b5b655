import { beforeEach, describe, expect, it } from "vitest";
import { provisionGrant } from "../../../src/services/access/provision-grant.ts";
import { namedForBreakGlass } from "../../../src/services/emergency/named-for-break-glass.ts";
import { reviewStanding } from "../../../src/services/emergency/review-standing.ts";
import { claimNotice, wholeKey } from "../../../src/services/notify/card-rows.ts";
import { codeOf } from "../../support/code-of.ts";
import { storeForTests } from "../../support/store-for-tests.ts";
import { anEmergency, only } from "./an-emergency.ts";

/** Contract: whoever broke the glass is asked what happened until they have said it, and there is no second use before. */
const store = storeForTests();
let at: Awaited<ReturnType<typeof anEmergency>>;
beforeEach(async () => {
  at = await anEmergency(store);
});

/** As the projection does when every card stands. */
const everybodyIsTold = (requestId: string) => claimNotice(at.db, wholeKey(requestId), at.clock.at);
const REVIEW = { happened: "The primary was down.", done: "Failed over.", follows: "A runbook." };

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
