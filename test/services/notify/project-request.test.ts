import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PortcullisError } from "../../../src/errors.ts";
import { noticesSaid, wholeKey } from "../../../src/services/notify/card-rows.ts";
import { approvalOf, ben, requestOf } from "../../views/models.ts";
import { aProjection, aSlack } from "./a-projection.ts";

/**
 * Contract: whatever happened before (crashes, refusals, several workers at once, several steps since the last time), one run
 * without faults leaves every card in Slack at the request's present state, and every step said at most once to each person, unless
 * Slack took it and its answer was lost. Those who may decide hear of a request even where the approvals channel refuses it.
 */
let house: Awaited<ReturnType<typeof aProjection>>;
beforeAll(async () => {
  house = await aProjection();
});
afterAll(() => house.close());

const approved = { status: "APPROVED" as const };

describe("projecting a request onto Slack", () => {
  it("posts a card to the requester and to each approver, says that it was submitted, and has their homes drawn anew", async () => {
    const slack = aSlack();
    const id = await house.ask();
    house.enqueued.length = 0;
    await house.worker(slack.port).projectRequest(id);
    expect(slack.shown()).toEqual(["approver:U2BEN: PENDING v3", "requester:U1ANA: PENDING v3"]);
    expect(slack.said).toEqual(["D-U1ANA submitted"]);
    expect(house.enqueued).toEqual([
      { queue: "publish-home", payload: { userId: "U1ANA" } },
      { queue: "publish-home", payload: { userId: "U2BEN" } },
    ]);
  });

  it("notes of a broken glass that everybody was told, and not before a group could be read and every card stood", async () => {
    const slack = aSlack();
    const skipped = { ...approvalOf({}).rules, skipped: ["U2BEN", "SOPS"] };
    const id = await house.ask({
      request: requestOf({ origin: "BREAK_GLASS" }),
      approval: approvalOf({ status: "PASSED", seats: [], rules: skipped }),
    });
    const isNoted = async () => (await noticesSaid(house.db, [wholeKey(id)])).size === 1;
    const run = () => house.worker(slack.port).projectRequest(id);
    house.groups.set("SOPS", ["U7MO"]);
    house.unreadable.add("SOPS");
    await expect(run()).rejects.toThrow();
    expect([slack.shown().length, await isNoted()]).toEqual([2, false]); // whoever is named has a card, the group's members have none
    house.unreadable.clear();
    slack.refuse("post approver:U7MO");
    await expect(run()).rejects.toThrow();
    expect(await isNoted()).toBe(false);
    slack.allow();
    await run();
    expect(await isNoted()).toBe(true);
  });

  it("does nothing when it runs again", async () => {
    const slack = aSlack();
    const id = await house.ask();
    await house.worker(slack.port).projectRequest(id);
    const before = slack.calls.length;
    house.enqueued.length = 0;
    await house.worker(slack.port).projectRequest(id);
    expect(slack.calls).toHaveLength(before);
    expect(house.enqueued).toEqual([]);
  });

  it("gives requester and beneficiary a card each, and tells both every step", async () => {
    const slack = aSlack();
    const id = await house.ask({
      request: requestOf({ beneficiary: ben }),
      approval: approvalOf({
        beneficiaryUserId: ben.userId,
        seats: [{ id: "1", holder: { kind: "person", userId: "U3CHI" }, decision: null, insteadOf: null, autoApproveFor: null }],
      }),
    });
    await house.worker(slack.port).projectRequest(id);
    expect(slack.shown()).toEqual(["approver:U3CHI: PENDING v3", "requester:U1ANA: PENDING v3", "requester:U2BEN: PENDING v3"]);
    expect(slack.said.sort()).toEqual(["D-U1ANA submitted", "D-U2BEN submitted"]);
  });

  it("sends the cards of a group's seat to its members, except to those who asked", async () => {
    const slack = aSlack();
    house.groups.set("S1", ["U2BEN", "U3CHI", "U1ANA"]);
    const id = await house.ask({
      approval: approvalOf({
        seats: [{ id: "1", holder: { kind: "group", groupId: "S1" }, decision: null, insteadOf: null, autoApproveFor: null }],
      }),
    });
    await house.worker(slack.port).projectRequest(id);
    expect(slack.shown()).toEqual(["approver:U2BEN: PENDING v3", "approver:U3CHI: PENDING v3", "requester:U1ANA: PENDING v3"]);
  });

  it("posts to the approvals channel instead when there is one, and to a person who was handed the decision as well", async () => {
    const slack = aSlack();
    const notify = house.worker(slack.port, "C9");
    const id = await house.ask();
    await notify.projectRequest(id);
    expect(slack.shown()).toEqual(["channel:C9: PENDING v3", "requester:U1ANA: PENDING v3"]);
    const to = { kind: "person" as const, userId: "U3CHI" };
    house.change(id, {
      approval: {
        seats: [{ id: "s1", holder: to, decision: null, insteadOf: null, autoApproveFor: null }],
        reassignmentHistory: [
          {
            seatId: "s1",
            from: { kind: "person", userId: "U2BEN" },
            to,
            by: { teamId: "T1", userId: "U2BEN" },
            at: house.clock.at,
            comment: "on leave",
            commentId: null,
            kind: "MANUAL_REASSIGNMENT",
          },
        ],
      },
    });
    house.enqueued.length = 0;
    await notify.projectRequest(id);
    expect(slack.shown()).toEqual(["approver:U3CHI: PENDING v4", "channel:C9: PENDING v4", "requester:U1ANA: PENDING v4"]);
    // The one whose queue it has left is among those whose homes are drawn anew.
    expect(house.enqueued.map(({ payload }) => (payload as { readonly userId: string }).userId).toSorted()).toEqual([
      "U1ANA",
      "U2BEN",
      "U3CHI",
    ]);
    expect(slack.said).toEqual(["D-U1ANA submitted", "D-U1ANA reassigned"]);
  });

  it.each([
    ["the bot is not in it", new PortcullisError("slack_refused", { params: { reason: "not_in_channel" } })],
    ["another organisation can read it", new PortcullisError("channel_shared_externally")],
  ])("tells those who may decide in person when the approvals channel refuses its card: %s", async (_, refusal) => {
    const slack = aSlack();
    const notify = house.worker(slack.port, "C9");
    const id = await house.ask();
    slack.refuse("post channel:C9", refusal);
    await expect(notify.projectRequest(id)).rejects.toThrow(AggregateError);
    expect(slack.shown()).toEqual(["approver:U2BEN: PENDING v3", "requester:U1ANA: PENDING v3"]);
    expect(house.lines).toContainEqual(expect.objectContaining({ msg: "card.channel-refused", audience: "channel:C9", requestId: id }));
    slack.allow();
    await notify.projectRequest(id);
    expect(slack.shown()).toEqual(["approver:U2BEN: PENDING v3", "channel:C9: PENDING v3", "requester:U1ANA: PENDING v3"]);
  });

  it("takes the card back where another organisation can read it by now, tells those who may decide in person, and shows it again later", async () => {
    const slack = aSlack();
    const notify = house.worker(slack.port, "C9");
    const id = await house.ask();
    await notify.projectRequest(id);
    slack.withheld.add("channel:C9");
    await notify.projectRequest(id);
    const inPerson = ["approver:U2BEN: PENDING v3", "requester:U1ANA: PENDING v3"];
    expect(slack.shown()).toEqual([inPerson[0], "channel:C9: withheld", inPerson[1]]);
    expect(house.lines).toContainEqual(expect.objectContaining({ msg: "card.channel-shared", audience: "channel:C9", requestId: id }));
    slack.withheld.clear();
    await notify.projectRequest(id);
    expect(slack.shown()).toEqual([inPerson[0], "channel:C9: PENDING v3", inPerson[1]]);
  });

  it("waits for the channel when Slack is only away, and troubles nobody about a decided request", async () => {
    const slack = aSlack();
    const notify = house.worker(slack.port, "C9");
    const id = await house.ask();
    slack.refuse("post channel:C9");
    await expect(notify.projectRequest(id)).rejects.toThrow(AggregateError);
    expect(slack.shown()).toEqual(["requester:U1ANA: PENDING v3"]);
    slack.refuse("post channel:C9", new PortcullisError("slack_refused", { params: { reason: "is_archived" } }));
    house.change(id, { approval: approved });
    await expect(notify.projectRequest(id)).rejects.toThrow(AggregateError);
    expect(slack.shown()).toEqual(["requester:U1ANA: PENDING v4"]);
  });

  it("lets no group that cannot be read stop the cards of anyone else", async () => {
    const slack = aSlack();
    const notify = house.worker(slack.port);
    house.groups.set("S2", ["U3CHI"]);
    house.unreadable.add("S2");
    const id = await house.ask({
      approval: approvalOf({
        seats: [
          { id: "1", holder: { kind: "group", groupId: "S2" }, decision: null, insteadOf: null, autoApproveFor: null },
          { id: "2", holder: { kind: "person", userId: "U2BEN" }, decision: null, insteadOf: null, autoApproveFor: null },
        ],
      }),
    });
    await expect(notify.projectRequest(id)).rejects.toThrow(AggregateError);
    expect(slack.shown()).toEqual(["approver:U2BEN: PENDING v3", "requester:U1ANA: PENDING v3"]);
    house.unreadable.clear();
    await notify.projectRequest(id);
    expect(slack.shown()).toEqual(["approver:U2BEN: PENDING v3", "approver:U3CHI: PENDING v3", "requester:U1ANA: PENDING v3"]);
  });

  it("catches up with several steps at once, in their order, and says each once", async () => {
    const slack = aSlack();
    const notify = house.worker(slack.port);
    const id = await house.ask();
    house.change(id, { request: { status: "FAILED", failure: { code: "zpa_busy", params: {}, reference: "R1" } }, approval: approved });
    await notify.projectRequest(id);
    await notify.projectRequest(id);
    expect(slack.said).toEqual(["D-U1ANA submitted", "D-U1ANA approved", "D-U1ANA failed"]);
    house.change(id, { request: { status: "FAILED", failure: { code: "zpa_busy", params: {}, reference: "R2" } } });
    await notify.projectRequest(id);
    house.change(id, { request: { status: "GRANTED", failure: null } });
    await notify.projectRequest(id);
    expect(slack.said.slice(3)).toEqual(["D-U1ANA failed", "D-U1ANA granted"]);
  });

  it("lets no refused card stop the others, fails as a whole, and finishes at the next try", async () => {
    const slack = aSlack();
    const notify = house.worker(slack.port);
    const id = await house.ask();
    slack.refuse("post approver:U2BEN", new PortcullisError("slack_refused", { params: { reason: "channel_not_found" } }));
    await expect(notify.projectRequest(id)).rejects.toThrow(AggregateError);
    expect(slack.shown()).toEqual(["requester:U1ANA: PENDING v3"]);
    expect(house.lines).toContainEqual(expect.objectContaining({ msg: "card.not-shown", audience: "approver:U2BEN", requestId: id }));
    slack.allow();
    await notify.projectRequest(id);
    expect(slack.shown()).toEqual(["approver:U2BEN: PENDING v3", "requester:U1ANA: PENDING v3"]);
  });

  it("says a step at the next try when Slack refused it, and then the ones after it", async () => {
    const slack = aSlack();
    const notify = house.worker(slack.port);
    const id = await house.ask();
    slack.refuse("say submitted");
    await expect(notify.projectRequest(id)).rejects.toThrow(AggregateError);
    house.change(id, { approval: approved, request: { status: "GRANTING" } });
    slack.allow();
    await notify.projectRequest(id);
    expect(slack.said).toEqual(["D-U1ANA submitted", "D-U1ANA approved"]);
  });

  it("says a step again when Slack may have taken it and did not answer", async () => {
    const slack = aSlack();
    const { say } = slack.port;
    let lost = 1;
    const port: typeof slack.port = {
      ...slack.port,
      say: async (...args) => {
        await say(...args);
        if (lost-- > 0) throw new PortcullisError("slack_unreachable");
      },
    };
    const notify = house.worker(port);
    const id = await house.ask();
    await expect(notify.projectRequest(id)).rejects.toThrow(AggregateError);
    await notify.projectRequest(id);
    await notify.projectRequest(id);
    expect(slack.said).toEqual(["D-U1ANA submitted", "D-U1ANA submitted"]);
  });

  it("posts a card anew when someone deleted its message", async () => {
    const slack = aSlack();
    const notify = house.worker(slack.port);
    const id = await house.ask();
    await notify.projectRequest(id);
    slack.messages.clear();
    house.change(id, { request: { status: "GRANTED" }, approval: approved });
    await notify.projectRequest(id);
    expect(slack.shown()).toEqual(["approver:U2BEN: GRANTED v4", "requester:U1ANA: GRANTED v4"]);
  });
});
