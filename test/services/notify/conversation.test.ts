/**
 * Contract: what somebody who takes part writes in the thread of a card, or asks by the form, is recorded as a comment once, however often
 * it is delivered, and said once in the thread of every other card, whatever crashes or is away in between. Nobody else's words are.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { PortcullisError } from "../../../src/errors.ts";
import { noFault } from "../../../src/fault-points.ts";
import type { Payload } from "../../../src/jobs/queues.ts";
import { approvalFromRow } from "../../../src/services/approvals/approval-rows.ts";
import { recordRemark } from "../../../src/services/approvals/record-remark.ts";
import { audienceKey, audienceOf } from "../../../src/services/notify/audiences.ts";
import { cardsOf, ensureCards, markPosted } from "../../../src/services/notify/card-rows.ts";
import { hearMessage, runHeardMessage } from "../../../src/services/notify/hear-message.ts";
import { relayComments } from "../../../src/services/notify/relay-comments.ts";
import { returnEverySaying } from "../../../src/services/notify/remark-rows.ts";
import type { TalkPort } from "../../../src/services/notify/talk-port.ts";
import type { HeardMessage } from "../../../src/services/services.ts";
import { aHouse, type House } from "../access/a-house.ts";

const actor = (userId: string) => ({ teamId: "T1", userId });
let house: House;
beforeAll(async () => {
  house = await aHouse();
  const ben = house.known.get("UBEN");
  if (!ben) throw new Error("Ben left");
  for (const userId of ["UROOT", "UBO", "UMALLORY"])
    house.known.set(userId, { ...ben, userId, name: userId, email: `${userId}@example.com`, zpaUser: `${userId}@example.com` });
});
afterAll(() => house.close());
beforeEach(() => {
  house.enqueued.length = 0;
});

/** Slack's threads, which the test can make refuse, or take a message without answering. */
const threads = () => {
  const said: { thread: string; text: string; key: string; ts: string }[] = [];
  const answers: string[] = [];
  const trouble: { before?: Error; after?: Error; looks: number } = { looks: 0 };
  const talk: TalkPort = {
    sayRemark: async ({ channelId, ts: threadTs }, _audience, { by, kind, text, key }) => {
      if (trouble.before) throw trouble.before;
      const ts = `${said.length + 1}.9`;
      said.push({ thread: `${channelId} ${threadTs}`, text: `${by.userId} ${kind}: ${text}`, key, ts });
      if (trouble.after) throw trouble.after;
      return ts;
    },
    findRemark: async ({ channelId, ts }, key) => {
      trouble.looks += 1;
      return said.find((each) => each.thread === `${channelId} ${ts}` && each.key === key)?.ts ?? null;
    },
    answer: async ({ userId }, { channelId }, answer) => void answers.push(`${userId} in ${channelId}: ${answer}`),
    tellProposer: async () => {},
    nameOf: async (userId) => house.known.get(userId)?.name ?? null,
  };
  return { talk, said, answers, trouble, in: (thread: string) => said.filter((each) => each.thread === thread).map(({ text }) => text) };
};

/** Ana asks (for Bo, when told so); her card, the channel's, and Chiyo's own stand in Slack. */
const scene = async ({ beneficiary = "UANA" } = {}) => {
  const slack = threads();
  const ports = { ...house.ports, faultPoint: noFault, onSettled: house.onSettled, admins: house.admins, ...slack };
  const record = recordRemark(ports);
  const { id: requestId } = await house.ask({ beneficiaryUserId: beneficiary });
  const { id: approvalId } = await house.approvalOf(requestId);
  const audiences = ["requester:UANA", ...(beneficiary === "UANA" ? [] : [`requester:${beneficiary}`]), "channel:CAPPR", "approver:UCHI"];
  const wanted = audiences.flatMap((name) => audienceOf(name) ?? []);
  await ensureCards(house.db, { requestId, audiences: wanted, ids: house.ports.ids, now: house.clock.now() });
  const places = new Map<string, { channelId: string; ts: string }>();
  for (const { id, audience } of await cardsOf(house.db, requestId)) {
    const place = { channelId: audience === "channel:CAPPR" ? "CAPPR" : `D${audience.split(":")[1]}`, ts: `${requestId.slice(0, 8)}.1` };
    places.set(audience, place);
    await markPosted(house.db, id, { ...place, shown: "x" });
  }
  let written = 0;
  const at = (audience: string) => places.get(audience) ?? { channelId: "?", ts: "?" };
  const heard = runHeardMessage({ ...ports, record });
  const write = (by: string, audience: string, text: string, over: Partial<HeardMessage> = {}): HeardMessage => ({
    ...{
      eventId: `Ev${requestId}${++written}`,
      kind: "written",
      by: actor(by),
      channelId: at(audience).channelId,
      threadTs: at(audience).ts,
    },
    ...{ isDirect: audience !== "channel:CAPPR", ts: `${requestId.slice(0, 8)}.${100 + written}`, text, hasFiles: false },
    ...over,
  });
  const jobOf = ({ eventId: _, ...message }: HeardMessage): Payload<"heard-message"> => message;
  return {
    ...slack,
    record,
    requestId,
    approvalId,
    write,
    heard: (message: HeardMessage) => heard(jobOf(message)),
    hear: hearMessage(ports),
    relay: () => relayComments(ports)({ approvalId }),
    thread: (audience: string) => `${at(audience).channelId} ${at(audience).ts}`,
    comments: async () => approvalFromRow(await house.approvalOf(requestId)).comments.map(({ by, text }) => `${by.userId}: ${text}`),
    ask: (by: string, text: string) => record({ approvalId, by: actor(by), kind: "question", text, set: {}, remove: [], message: null }),
  };
};
const jobs = (queue: string) => house.enqueued.filter((job) => job.queue === queue);
const unreachable = new PortcullisError("slack_unreachable");

describe("a question and its answer", () => {
  it("go from the form to every thread, and from one thread to the others", async () => {
    const here = await scene({ beneficiary: "UBO" });
    await here.ask("UBEN", "Is OPS-123 done?");
    await here.relay();
    for (const audience of ["requester:UANA", "requester:UBO", "channel:CAPPR", "approver:UCHI"])
      expect(here.in(here.thread(audience))).toEqual(["UBEN question: Is OPS-123 done?"]);
    await here.heard(here.write("UANA", "requester:UANA", "Not <https://example.com|yet> &amp; why?"));
    await here.relay();
    expect(here.in(here.thread("requester:UANA"))).toHaveLength(1);
    for (const audience of ["requester:UBO", "channel:CAPPR", "approver:UCHI"])
      expect(here.in(here.thread(audience)).at(-1)).toBe("UANA reply: Not yet (https://example.com) & why?");
    await here.heard(here.write("UCHI", "channel:CAPPR", "Because <@UBEN> asked."));
    await here.relay();
    expect(here.in(here.thread("requester:UANA")).at(-1)).toBe("UCHI reply: Because @Ben asked.");
    // Chiyo wrote it, and has a card of her own as well.
    expect(here.in(here.thread("approver:UCHI"))).toHaveLength(2);
    expect(here.in(here.thread("channel:CAPPR"))).toHaveLength(2);
    expect(await here.comments()).toHaveLength(3);
  });

  it.each([
    ["the requester", "UANA", true],
    ["the beneficiary", "UBO", true],
    ["who holds a seat", "UBEN", true],
    ["an administrator", "UROOT", true],
    ["who has nothing to do with it", "UMALLORY", false],
    ["who left Slack", "UGONE", false],
  ] as const)("are taken from those who take part: %s", async (_, by, isTaken) => {
    const here = await scene({ beneficiary: "UBO" });
    await here.heard(here.write(by, "channel:CAPPR", "hello"));
    expect(await here.comments()).toEqual(isTaken ? [`${by}: hello`] : []);
    expect(here.answers).toEqual(isTaken ? [] : [`${by} in CAPPR: notConcerned`]);
    const asked = here.ask(by, "why?");
    if (isTaken) await asked;
    else await expect(asked).rejects.toThrow();
  });

  it("end with the decision: a late reply gets one sentence, however often it is delivered", async () => {
    const here = await scene();
    await house.approve(here.requestId);
    const late = here.write("UANA", "requester:UANA", "thanks");
    await here.heard(late);
    await here.heard(late);
    expect(here.answers).toEqual(["UANA in DUANA: tooLate"]);
    expect(await here.comments()).toEqual([]);
    await expect(here.ask("UBEN", "why?")).rejects.toMatchObject({ code: "already_decided" });
  });
});

describe("a message", () => {
  it("is written down once for all its deliveries, and only when it may concern an approval", async () => {
    const here = await scene();
    const reply = here.write("UANA", "channel:CAPPR", "hello");
    await Promise.all([here.hear(reply), here.hear(reply), here.hear(reply)]);
    const { eventId: _, ...message } = reply;
    expect(jobs("heard-message").map(({ payload }) => payload)).toEqual([message]);
    await here.hear(here.write("UANA", "channel:CAPPR", "chat", { threadTs: null }));
    await here.hear(here.write("UANA", "channel:CAPPR", "another thread", { threadTs: "9.9" }));
    expect(jobs("heard-message")).toHaveLength(1);
  });

  it("is recorded once, also when it comes under another event id or its job runs again, at the same instant or later", async () => {
    const here = await scene();
    const reply = here.write("UANA", "requester:UANA", "hello");
    await Promise.all([here.heard(reply), here.heard(reply)]);
    await here.heard({ ...reply, eventId: "EvOther" });
    expect(await here.comments()).toEqual(["UANA: hello"]);
    expect(jobs("relay-comments")).toHaveLength(1);
  });

  it.each([
    ["is longer than a comment may be", { text: "x".repeat(2001) }, ["tooLong"], 0],
    ["is as long as a comment may be", { text: "x".repeat(2000) }, [], 1],
    ["has only a file in it", { text: "", hasFiles: true }, ["filesStay"], 0],
    ["has words and a file in it", { text: "see this", hasFiles: true }, ["filesStay"], 1],
    ["stands outside every thread", { threadTs: null }, ["onlyInThreads"], 0],
    ["stands in the thread of something else", { threadTs: "9.9" }, ["onlyInThreads"], 0],
    ["is empty", { text: "  " }, [], 0],
  ] as const)("that %s is answered with what became of it", async (_, over, answers, recorded) => {
    const here = await scene();
    await here.heard(here.write("UANA", "requester:UANA", "hello", over));
    expect(here.answers.map((each) => each.split(": ")[1])).toEqual(answers);
    expect(await here.comments()).toHaveLength(recorded);
  });

  it("that is changed later stays recorded as it was, and its writer is told once; one that was not recorded is nobody's concern", async () => {
    const here = await scene();
    const reply = here.write("UANA", "requester:UANA", "hello");
    await here.heard(reply);
    const edited: HeardMessage = { ...reply, kind: "edited", text: "goodbye" };
    await here.heard(edited);
    await here.heard(edited);
    await here.heard(here.write("UANA", "requester:UANA", "other", { kind: "edited" }));
    expect(await here.comments()).toEqual(["UANA: hello"]);
    expect(here.answers).toEqual(["UANA in DUANA: editNotTaken"]);
  });
});

describe("passing comments on", () => {
  it("says each once when it runs again, also at the same instant", async () => {
    const here = await scene();
    await here.ask("UBEN", "why?");
    await Promise.all([here.relay(), here.relay()]);
    await here.relay();
    expect(here.said).toHaveLength(3);
    expect(new Set(here.said.map(({ thread }) => thread)).size).toBe(3);
  });

  it("loses nothing while Slack is away, and keeps the order", async () => {
    const here = await scene();
    here.trouble.before = unreachable;
    await here.ask("UBEN", "first?");
    await expect(here.relay()).rejects.toThrow(AggregateError);
    await here.ask("UCHI", "second?");
    await expect(here.relay()).rejects.toThrow(AggregateError);
    expect(here.said).toEqual([]);
    delete here.trouble.before;
    await here.relay();
    expect(here.in(here.thread("requester:UANA"))).toEqual(["UBEN question: first?", "UCHI question: second?"]);
  });

  it("doubles nothing that Slack took without answering: the thread is looked through first", async () => {
    const here = await scene();
    here.trouble.after = unreachable;
    await here.ask("UBEN", "why?");
    await expect(here.relay()).rejects.toThrow(AggregateError);
    delete here.trouble.after;
    await here.relay();
    expect(here.said).toHaveLength(3);
    expect(here.trouble.looks).toBe(3);
  });

  it("goes on after a crash in the middle: what was said stays said, what was not is said", async () => {
    const here = await scene();
    await here.ask("UBEN", "why?");
    // A process that died between noting the attempt and hearing from Slack.
    for (const audience of ["requester:UANA", "channel:CAPPR"])
      await house.db
        .insertInto("remark_said")
        .values({ approval_id: here.approvalId, comment_id: "1", audience, attempted_at: new Date(), ts: null })
        .execute();
    const [channelId = "", ts = ""] = here.thread("channel:CAPPR").split(" ");
    await here.talk.sayRemark(
      { channelId, ts },
      { kind: "channel", channelId },
      {
        ...{ label: "", by: actor("UBEN"), kind: "question", text: "why?", key: `${here.approvalId}:1` },
      },
    );
    await here.relay(); // another worker might still be at it
    expect(here.in(here.thread("requester:UANA"))).toEqual([]);
    expect(jobs("relay-comments").at(-1)?.startAfter).toBeInstanceOf(Date);
    await returnEverySaying(house.db);
    await here.relay();
    for (const audience of ["requester:UANA", "channel:CAPPR", "approver:UCHI"])
      expect(here.in(here.thread(audience)), audience).toEqual(["UBEN question: why?"]);
  });

  it("waits for a card that is not posted yet, and says nothing old under one that came later", async () => {
    const here = await scene();
    await here.ask("UBEN", "why?");
    const ensure = (name: string) =>
      ensureCards(house.db, {
        requestId: here.requestId,
        audiences: [audienceOf(name) ?? { kind: "channel", channelId: "?" }],
        ids: house.ports.ids,
        now: house.clock.now(),
      });
    await ensure("approver:UROOT");
    await expect(here.relay()).rejects.toThrow(AggregateError);
    house.clock.at = new Date(house.clock.at.getTime() + 1000);
    await ensure("approver:ULATER");
    const later = (await cardsOf(house.db, here.requestId)).filter(({ ts }) => ts === null);
    for (const { id, audience } of later) await markPosted(house.db, id, { channelId: `D${audience}`, ts: "1.1", shown: "" });
    await here.relay();
    expect(here.in("Dapprover:UROOT 1.1")).toEqual(["UBEN question: why?"]);
    expect(here.in(`D${audienceKey({ kind: "approver", userId: "ULATER" })} 1.1`)).toEqual([]);
  });
});
