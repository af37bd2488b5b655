import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PortcullisError } from "../../../src/errors.ts";
import { aProjection, aSlack } from "./a-projection.ts";

/**
 * Contract: a card that stands in Slack without being known, because nobody could note it, is found again and kept current, never doubled where it
 * can be looked for.
 */
let house: Awaited<ReturnType<typeof aProjection>>;
beforeAll(async () => {
  house = await aProjection();
});
afterAll(() => house.close());

const approved = { status: "APPROVED" as const };

describe("a card whose posting was cut off", () => {
  it("is found again, brought up to date, and not posted a second time", async () => {
    const slack = aSlack();
    await house.worker(slack.port).projectRequest(await house.ask()); // Ana and Ben have had cards before
    const before = slack.messages.size;
    const id = await house.ask();
    slack.loseAnswers(true);
    await expect(house.worker(slack.port).projectRequest(id)).rejects.toThrow();
    slack.loseAnswers(false);
    house.change(id, { approval: { version: 9 } });
    await house.worker(slack.port).projectRequest(id);
    expect(slack.messages.size).toBe(before + 2);
    expect(slack.shown().filter((card) => card.endsWith("v9"))).toHaveLength(2);
    expect(slack.calls).toContain("find D-U1ANA");
  });

  it("is posted anew where nobody can look, and waited for where Slack cannot be reached", async () => {
    const slack = aSlack();
    await house.worker(slack.port).projectRequest(await house.ask());
    const before = slack.messages.size;
    const id = await house.ask();
    slack.refuse("post requester:U1ANA");
    await expect(house.worker(slack.port).projectRequest(id)).rejects.toThrow();
    slack.allow();
    slack.refuse("find D-U1ANA");
    await expect(house.worker(slack.port).projectRequest(id)).rejects.toThrow();
    expect(slack.messages.size).toBe(before + 1);
    slack.refuse(
      "find D-U1ANA",
      new PortcullisError("slack_refused", { params: { method: "conversations.history", reason: "missing_scope" } }),
    );
    await house.worker(slack.port).projectRequest(id);
    expect(slack.messages.size).toBe(before + 2);
  });
});

describe("a click on a card", () => {
  it("adopts one that stands in Slack without being known, once, and keeps it current", async () => {
    const slack = aSlack();
    const notify = house.worker(slack.port);
    const id = await house.ask();
    await notify.projectRequest(id);
    slack.messages.set("D-U2BEN 99.0", { audience: "approver:U2BEN", shows: "PENDING v3" });
    const { id: approvalId, version } = (await house.overview(id)).approval;
    const card = {
      request: { approvalId, version },
      audience: { kind: "approver" as const, userId: "U2BEN" },
      channelId: "D-U2BEN",
      ts: "99.0",
    };
    house.enqueued.length = 0;
    await house.db.updateTable("approval").set({ version }).where("id", "=", approvalId).execute();
    await notify.adoptCard(card);
    await notify.adoptCard(card);
    expect(house.enqueued).toEqual([{ queue: "project-request", payload: { requestId: id } }]);
    house.change(id, { request: { status: "GRANTED" }, approval: approved });
    await notify.projectRequest(id);
    expect(slack.shown()).toEqual(["approver:U2BEN: GRANTED v4", "approver:U2BEN: GRANTED v4", "requester:U1ANA: GRANTED v4"]);
  });

  it("brings a known one up to date that shows how old it is, after Slack was away for too long", async () => {
    const slack = aSlack();
    const notify = house.worker(slack.port);
    const id = await house.ask();
    await notify.projectRequest(id);
    const { id: approvalId, version } = (await house.overview(id)).approval;
    const [place] = [...slack.messages].filter(([, { audience }]) => audience === "approver:U2BEN").map(([name]) => name.split(" "));
    const [channelId = "", ts = ""] = place ?? [];
    const card = { request: { approvalId, version }, audience: { kind: "approver" as const, userId: "U2BEN" }, channelId, ts };
    await house.db.updateTable("approval").set({ version }).where("id", "=", approvalId).execute();
    house.enqueued.length = 0;
    await notify.adoptCard(card);
    expect(house.enqueued).toEqual([]);
    house.change(id, { request: { status: "GRANTED" }, approval: approved });
    await house.db
      .updateTable("approval")
      .set({ status: "APPROVED", version: version + 1 })
      .where("id", "=", approvalId)
      .execute();
    await notify.adoptCard(card);
    await notify.adoptCard({ ...card, request: { requestId: id } });
    const repair = { queue: "project-request", payload: { requestId: id } };
    expect(house.enqueued).toEqual([repair, repair]);
    await notify.projectRequest(id);
    expect(slack.shown()).toEqual(["approver:U2BEN: GRANTED v4", "requester:U1ANA: GRANTED v4"]);
  });
});
