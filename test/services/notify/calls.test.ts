import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { PortcullisError } from "../../../src/errors.ts";
import type { Approval, Decision, Holder } from "../../../src/services/approvals/approval.ts";
import { createHandTimers } from "../../support/timers.ts";
import { approvalOf, requestOf } from "../../views/models.ts";
import { aProjection, aSlack } from "./a-projection.ts";

/**
 * Contract: who can decide now hears of a reminder, a nudge, or that it is their turn, once: in the thread of their own card, or by a
 * mention in the thread of the channel's. Nobody else is called, nothing is called twice by two workers, nothing is lost by a crash,
 * and what was missed is one call.
 */
let house: Awaited<ReturnType<typeof aProjection>>;
beforeAll(async () => {
  house = await aProjection();
});
afterAll(() => house.close());
const opened = new Date("2026-03-16T08:00:00Z");
beforeEach(() => {
  house.clock.at = opened;
  house.groups.clear();
});

const at = (time: string) => new Date(`2026-03-16T${time}:00Z`);
const person = (userId: string): Holder => ({ kind: "person", userId });
const group = (groupId: string): Holder => ({ kind: "group", groupId });
const seats = (...holders: readonly Holder[]): Approval["seats"] =>
  holders.map((holder, index) => ({ id: String(index + 1), holder, decision: null, insteadOf: null, autoApproveFor: null }));
const serial = {
  type: "SERIAL",
  approval: { calculationType: "COUNT", value: 3 },
  rejection: { calculationType: "COUNT", value: 1 },
} as const;
const { timers } = approvalOf();
const reminded = (remindersSent: number, tick: Date) => ({ timers: { ...timers, remindersSent, lastReminderTick: tick } });
const moved = (seatId: string, from: Holder, to: Holder, when: Date, kind: "ESCALATION" | "AUTO_REASSIGNMENT" = "ESCALATION") => ({
  ...{ seatId, from, to, by: null, at: when, comment: null, commentId: null, kind },
});
const called = (said: readonly string[]) => said.filter((line) => /reminder|nudge|turn|exhausted/.test(line)).sort();

/** A request that was shown when it was opened, with these seats. */
const shown = async (approval: Partial<Approval>, { channel = null as string | null } = {}) => {
  const slack = aSlack();
  const notify = house.worker(slack.port, channel);
  const id = await house.ask({ approval: approvalOf(approval) });
  await notify.projectRequest(id);
  return { slack, notify, id };
};

describe("a reminder", () => {
  it("reaches each person and each member of a group once, in the thread of their own card, and nobody who asked", async () => {
    house.groups.set("SSRE", ["U3CHI", "U1ANA", "U2BEN"]);
    const { slack, notify, id } = await shown({ seats: seats(person("U2BEN"), group("SSRE")) });
    house.change(id, { approval: reminded(1, at("09:00")) });
    house.clock.at = at("09:00");
    await notify.projectRequest(id);
    await notify.projectRequest(id);
    expect(called(slack.said)).toEqual(["D-U2BEN reminder person:U2BEN", "D-U3CHI reminder person:U3CHI"]);
    house.change(id, { approval: reminded(2, at("10:00")) });
    await notify.projectRequest(id);
    expect(called(slack.said)).toHaveLength(4);
  });

  it("mentions in the channel exactly those whose turn it is", async () => {
    const { slack, notify, id } = await shown(
      { seats: seats(person("U2BEN"), group("SSRE"), person("U3CHI")), criteria: serial },
      { channel: "C9" },
    );
    house.change(id, { approval: reminded(1, at("09:00")) });
    await notify.projectRequest(id);
    expect(called(slack.said)).toEqual(["C9 reminder person:U2BEN"]);
  });

  it("mentions groups and people in the channel, but whoever has a card of their own is called there", async () => {
    house.groups.set("SSRE", ["U3CHI"]);
    const all = seats(person("U2BEN"), group("SSRE"), person("U4DAN"));
    const { slack, notify, id } = await shown({ seats: all }, { channel: "C9" });
    const taken = moved("3", person("U4DAN"), person("U5EVE"), at("08:30"));
    house.clock.at = at("08:30");
    house.change(id, { approval: { seats: seats(person("U2BEN"), group("SSRE"), person("U5EVE")), reassignmentHistory: [taken] } });
    await notify.projectRequest(id);
    house.change(id, { approval: reminded(1, at("09:00")) });
    await notify.projectRequest(id);
    expect(called(slack.said)).toEqual(["C9 reminder person:U2BEN group:SSRE", "D-U5EVE reminder person:U5EVE"]);
  });

  it("is said in person where the channel refused the card", async () => {
    const slack = aSlack();
    slack.refuse("post channel:C9", new PortcullisError("slack_refused", { params: { reason: "is_archived" } }));
    const notify = house.worker(slack.port, "C9");
    const id = await house.ask();
    await expect(notify.projectRequest(id)).rejects.toThrow(AggregateError);
    house.change(id, { approval: reminded(1, at("09:00")) });
    await expect(notify.projectRequest(id)).rejects.toThrow(AggregateError);
    expect(called(slack.said)).toEqual(["D-U2BEN reminder person:U2BEN"]);
  });

  it("is one for several that nobody could say, and none for who has decided or a request that is settled", async () => {
    const decision = {
      verdict: "APPROVED",
      by: { teamId: "T1", userId: "U2BEN" },
      at: at("08:30"),
      comment: null,
      capacity: "APPROVER",
    } as const;
    const [first, second] = seats(person("U2BEN"), group("SSRE"));
    if (!first || !second) throw new Error("two seats");
    house.groups.set("SSRE", ["U2BEN", "U3CHI"]);
    const { slack, notify, id } = await shown({ seats: [{ ...first, decision }, second] });
    slack.refuse("call reminder");
    house.change(id, { approval: reminded(1, at("09:00")) });
    await expect(notify.projectRequest(id)).rejects.toThrow(AggregateError);
    house.change(id, { approval: reminded(2, at("10:00")) });
    slack.allow();
    await notify.projectRequest(id);
    expect(called(slack.said)).toEqual(["D-U3CHI reminder person:U3CHI"]);
    house.change(id, { approval: { ...reminded(3, at("11:00")), status: "EXPIRED" }, request: { status: "EXPIRED" } });
    await notify.projectRequest(id);
    expect(called(slack.said)).toHaveLength(1);
  });

  it("is said once by however many workers there are", async () => {
    const { slack, id } = await shown({ seats: seats(person("U2BEN"), person("U3CHI")) });
    house.change(id, { approval: reminded(1, at("09:00")) });
    await Promise.all([1, 2, 3, 4].map(() => house.worker(slack.port).projectRequest(id)));
    await house.worker(slack.port).projectRequest(id);
    expect(called(slack.said)).toEqual(["D-U2BEN reminder person:U2BEN", "D-U3CHI reminder person:U3CHI"]);
  });

  it.each(["before", "after"] as const)("is not lost by a worker that dies right %s saying it", async (when) => {
    const { slack, id } = await shown({ seats: seats(person("U2BEN"), person("U3CHI")) });
    house.change(id, { approval: reminded(1, at("09:00")) });
    // Death is a call that never comes back: whatever stands after it in the code does not happen.
    const { promise: died, resolve: die } = Promise.withResolvers<void>();
    const dying: typeof slack.port = {
      ...slack.port,
      call: async (...args) => {
        if (when === "after") await slack.port.call(...args);
        die();
        await new Promise(() => undefined);
      },
    };
    void house.worker(dying, null, createHandTimers().timers).projectRequest(id);
    await died;
    await house.db.updateTable("card").set({ claimed_by: null, claimed_until: null }).where("request_id", "=", id).execute();
    await house.worker(slack.port).projectRequest(id);
    expect(new Set(called(slack.said))).toEqual(new Set(["D-U2BEN reminder person:U2BEN", "D-U3CHI reminder person:U3CHI"]));
    expect(slack.said.filter((line) => line.includes("U3CHI"))).toHaveLength(1);
  });

  it("comes after a group could be read again, and once to those who had it already", async () => {
    house.groups.set("SSRE", ["U3CHI"]);
    const { slack, notify, id } = await shown({ seats: seats(person("U2BEN"), group("SSRE")) });
    house.unreadable.add("SSRE");
    house.change(id, { approval: reminded(1, at("09:00")) });
    await expect(notify.projectRequest(id)).rejects.toThrow(AggregateError);
    expect(called(slack.said)).toEqual(["D-U2BEN reminder person:U2BEN"]);
    house.unreadable.clear();
    await notify.projectRequest(id);
    expect(called(slack.said)).toEqual(["D-U2BEN reminder person:U2BEN", "D-U3CHI reminder person:U3CHI"]);
  });
});

describe("a nudge", () => {
  const nudged = (nudges: number, when: Date) => ({
    timers: { ...timers, nudges, lastNudge: { at: when, by: { teamId: "T1", userId: "U1ANA" } } },
  });

  it("reaches those whose turn it is, once", async () => {
    const { slack, notify, id } = await shown({ seats: seats(person("U2BEN"), person("U3CHI")), criteria: serial });
    house.clock.at = at("09:00");
    house.change(id, { approval: nudged(1, at("09:00")) });
    await notify.projectRequest(id);
    await notify.projectRequest(id);
    expect(called(slack.said)).toEqual(["D-U2BEN nudge person:U2BEN"]);
  });

  it("is kept back while it is quiet, and then said to whoever has the seat by then", async () => {
    const { rules } = approvalOf();
    const quiet = { rules: { ...rules, quietHours: { start: "08:30", end: "12:00" } } };
    const { slack, notify, id } = await shown({ seats: seats(person("U2BEN")), ...quiet });
    house.clock.at = at("09:00");
    house.change(id, { approval: nudged(1, at("09:00")) });
    await notify.projectRequest(id);
    expect(called(slack.said)).toEqual([]);
    house.clock.at = at("11:00");
    house.change(id, {
      approval: { seats: seats(person("U3CHI")), reassignmentHistory: [moved("1", person("U2BEN"), person("U3CHI"), at("11:00"))] },
    });
    await notify.projectRequest(id);
    expect(called(slack.said)).toEqual([]);
    house.clock.at = at("12:00");
    await notify.projectRequest(id);
    expect(called(slack.said)).toEqual(["D-U3CHI nudge person:U3CHI"]);
  });
});

describe("whose turn it becomes", () => {
  const decided = (userId: string, when: Date): Decision => ({
    ...{ verdict: "APPROVED", by: { teamId: "T1", userId }, at: when, comment: null, capacity: "APPROVER" },
  });

  it("gets the card in a serial chain then, and not before", async () => {
    const chain = seats(person("U2BEN"), person("U3CHI"), person("U4DAN"));
    const { slack, notify, id } = await shown({ seats: chain, criteria: serial });
    expect(slack.shown()).toEqual(["approver:U2BEN: PENDING v3", "requester:U1ANA: PENDING v3"]);
    house.clock.at = at("09:00");
    house.change(id, {
      approval: { seats: chain.map((seat, index) => (index === 0 ? { ...seat, decision: decided("U2BEN", at("09:00")) } : seat)) },
    });
    await notify.projectRequest(id);
    expect(slack.shown()).toEqual(["approver:U2BEN: PENDING v4", "approver:U3CHI: PENDING v4", "requester:U1ANA: PENDING v4"]);
    expect(called(slack.said)).toEqual([]); // the card says it
  });

  it("is mentioned in the channel, once", async () => {
    const chain = seats(person("U2BEN"), group("SSRE"));
    const { slack, notify, id } = await shown({ seats: chain, criteria: serial }, { channel: "C9" });
    house.clock.at = at("09:00");
    house.change(id, {
      approval: {
        ...reminded(1, at("08:59")),
        seats: chain.map((seat, index) => (index === 0 ? { ...seat, decision: decided("U2BEN", at("09:00")) } : seat)),
      },
    });
    await notify.projectRequest(id);
    await notify.projectRequest(id);
    expect(called(slack.said)).toEqual(["C9 turn group:SSRE"]); // and no reminder in the same breath
  });

  it("gets a card by an escalation; the one before keeps theirs, without buttons; and the requester hears of it", async () => {
    const { slack, notify, id } = await shown({ seats: seats(person("U2BEN")) });
    house.clock.at = at("09:00");
    house.change(id, {
      approval: { seats: seats(person("U3CHI")), reassignmentHistory: [moved("1", person("U2BEN"), person("U3CHI"), at("09:00"))] },
    });
    house.enqueued.length = 0;
    await notify.projectRequest(id);
    expect(slack.calls).toContain("update reader:U2BEN");
    expect(slack.shown()).toEqual(["approver:U2BEN: PENDING v4", "approver:U3CHI: PENDING v4", "requester:U1ANA: PENDING v4"]);
    expect(slack.said.at(-1)).toBe("D-U1ANA escalated");
    const homes = house.enqueued.filter(({ queue }) => queue === "publish-home").map(({ payload }) => payload);
    expect(homes).toContainEqual({ userId: "U2BEN" });
  });

  it("is told in the thread of an old card that the seat has come back, and may press its buttons again", async () => {
    const { slack, notify, id } = await shown({ seats: seats(person("U2BEN")) });
    const away = moved("1", person("U2BEN"), person("U3CHI"), at("09:00"));
    house.clock.at = at("09:00");
    house.change(id, { approval: { seats: seats(person("U3CHI")), reassignmentHistory: [away] } });
    await notify.projectRequest(id);
    house.clock.at = at("10:00");
    const back = moved("1", person("U3CHI"), person("U2BEN"), at("10:00"), "AUTO_REASSIGNMENT");
    house.change(id, { approval: { seats: seats(person("U2BEN")), reassignmentHistory: [away, back] } });
    await notify.projectRequest(id);
    expect(called(slack.said)).toEqual(["D-U2BEN turn person:U2BEN"]);
    expect(slack.calls.filter((call) => call.endsWith(":U2BEN"))).toEqual([
      "post approver:U2BEN",
      "update reader:U2BEN",
      "update approver:U2BEN",
    ]);
    expect(slack.said.filter((line) => line.startsWith("D-U1ANA"))).toEqual([
      "D-U1ANA submitted",
      "D-U1ANA escalated",
      "D-U1ANA handed_on",
    ]);
  });

  it("takes the buttons from nobody while a group cannot be read", async () => {
    house.groups.set("SSRE", ["U3CHI"]);
    const { slack, notify, id } = await shown({ seats: seats(group("SSRE")) });
    house.unreadable.add("SSRE");
    house.change(id, {});
    await expect(notify.projectRequest(id)).rejects.toThrow(AggregateError);
    house.unreadable.clear();
    expect(slack.calls).toContain("update approver:U3CHI");
    expect(slack.calls).not.toContain("update reader:U3CHI");
  });
});

describe("an escalation chain that has run out", () => {
  it.each([null, "C9"])("has every administrator told once, with a card of their own to decide on (channel %s)", async (channel) => {
    house.groups.set("SADMINS", ["U8ROOT", "U9ROOT", "U1ANA"]);
    const { slack, notify, id } = await shown({ seats: seats(person("U2BEN")) }, { channel });
    house.clock.at = at("09:00");
    house.change(id, { approval: { timers: { ...timers, isChainExhausted: true, lastEscalationTick: at("09:00") } } });
    await notify.projectRequest(id);
    await notify.projectRequest(id);
    expect(slack.calls.filter((call) => call.startsWith("post approver:U8") || call.startsWith("post approver:U9")).sort()).toEqual([
      "post approver:U8ROOT",
      "post approver:U9ROOT",
    ]);
    expect(called(slack.said)).toEqual(["D-U8ROOT exhausted person:U8ROOT", "D-U9ROOT exhausted person:U9ROOT"]);
    house.change(id, { approval: { status: "APPROVED" }, request: { status: "GRANTING" } });
    await notify.projectRequest(id);
    expect(slack.calls).toContain("update approver:U8ROOT");
  });
});

describe("who is told and may not decide", () => {
  const telling = (...notify: string[]) => ({ rules: { ...approvalOf().rules, notify } });

  it("gets a card to read, kept current; who decides or asked keeps their own", async () => {
    house.groups.set("SREAD", ["U6FAY", "U2BEN", "U1ANA"]);
    const { slack, notify, id } = await shown({ ...telling("U5EVE", "SREAD", "C7", "U2BEN"), seats: seats(person("U2BEN")) });
    const all = (state: string) =>
      ["approver:U2BEN", "reader:U5EVE", "reader:U6FAY", "reader_channel:C7", "requester:U1ANA"].map((each) => `${each}: ${state}`);
    expect(slack.shown()).toEqual(all("PENDING v3"));
    house.change(id, { approval: { status: "APPROVED" }, request: { status: "GRANTED" } });
    await notify.projectRequest(id);
    expect(slack.shown()).toEqual(all("GRANTED v4"));
    expect(slack.said.every((line) => line.startsWith("D-U1ANA"))).toBe(true);
  });

  it("includes no second card in the approvals channel, and nobody decides in person because a reader's channel refuses", async () => {
    const slack = aSlack();
    slack.refuse("post reader_channel:C7", new PortcullisError("channel_shared_externally"));
    const id = await house.ask({ approval: approvalOf(telling("C9", "C7")) });
    await expect(house.worker(slack.port, "C9").projectRequest(id)).rejects.toThrow(AggregateError);
    expect(slack.shown()).toEqual(["channel:C9: PENDING v3", "requester:U1ANA: PENDING v3"]);
    expect(house.lines).toContainEqual(
      expect.objectContaining({ msg: "card.channel-refused", audience: "reader_channel:C7", requestId: id }),
    );
  });
});

describe("what the requester hears of the clock and of leavers", () => {
  const timeout = (timeoutResult: "APPROVED" | "EXPIRED") => {
    const { config } = approvalOf();
    return { config: { ...config, timeoutConfig: { enabled: true, daysUntilTimeout: 1, timeoutResult } } };
  };
  it.each([
    ["approved_by_timeout", "GRANTING", { status: "APPROVED", ...timeout("APPROVED") }],
    ["approved", "GRANTING", { status: "APPROVED", settledBy: { teamId: "T1", userId: "U2BEN" }, ...timeout("APPROVED") }],
    ["expired", "EXPIRED", { status: "EXPIRED", ...timeout("EXPIRED") }],
    ["closed", "CANCELLED", { status: "CANCELLED" }],
    ["withdrawn", "CANCELLED", { status: "CANCELLED", settledBy: { teamId: "T1", userId: "U1ANA" } }],
    ["stranded", "PENDING", { timers: { ...timers, stranded: { since: opened, reference: "REF1" } } }],
  ] as const)("%s", async (notice, status, approval) => {
    const { slack, notify, id } = await shown({});
    house.change(id, { approval, request: requestOf({ id, status }) });
    await notify.projectRequest(id);
    await notify.projectRequest(id);
    expect(slack.said).toEqual(["D-U1ANA submitted", `D-U1ANA ${notice}`]);
  });
});
