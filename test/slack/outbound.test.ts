import { WebAPIPlatformError, WebAPIRateLimitedError, WebClient } from "@slack/web-api";
import { describe, expect, it } from "vitest";
import { createOutbound } from "../../src/slack/outbound.ts";
import { keptLog } from "../support/silent-log.ts";
import { createHandTimers } from "../support/timers.ts";

/** A Web API of which the test decides every answer; `sent` is what arrived, in order. */
const stage = () => {
  const sent: { method: string; channel: string; text: string; ts: string }[] = [];
  const answers: ((method: string, channel: string) => Error | Promise<void> | null)[] = [];
  const client = new WebClient("xoxb-test", {
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    fetch: async (url, init) => {
      const body = new URLSearchParams(String(init?.body));
      const method = String(url).split("/").at(-1) ?? "";
      const channel = body.get("channel") ?? "";
      sent.push({ method, channel, text: body.get("text") ?? "", ts: body.get("ts") ?? "" });
      const answer = answers.length > 0 ? answers.shift()?.(method, channel) : null;
      if (answer instanceof WebAPIRateLimitedError)
        return new Response("", { status: 429, headers: { "retry-after": String(answer.retryAfter) } });
      if (answer instanceof WebAPIPlatformError) return Response.json({ ok: false, error: answer.data.error });
      if (answer instanceof Promise) await answer;
      return Response.json({ ok: true, channel: `D-${channel}`, ts: `${sent.length}.0` });
    },
  });
  const hand = createHandTimers();
  const outbound = createOutbound({ client, timers: hand.timers, log: keptLog().log });
  return { outbound, sent, answers, ...hand };
};

const saying = (text: string) => ({ text, blocks: [] });
const flush = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
};

describe("the outbound queue", () => {
  it("posts at once and answers where the message stands", async () => {
    const { outbound, sent } = stage();
    expect(await outbound.post("U1", saying("hello"))).toEqual({ channelId: "D-U1", ts: "1.0" });
    expect(sent).toEqual([{ method: "chat.postMessage", channel: "U1", text: "hello", ts: "" }]);
  });

  it("posts to one channel once a second, and to another meanwhile", async () => {
    const { outbound, sent, pass, sleepers } = stage();
    const all = [outbound.post("C1", saying("a")), outbound.post("C1", saying("b")), outbound.post("C2", saying("c"))];
    await flush(() => sent.length === 2 && sleepers() === 1);
    expect(sent.map(({ text }) => text)).toEqual(["a", "c"]);
    await pass(999);
    expect(sent).toHaveLength(2);
    await pass(1);
    await Promise.all(all);
    expect(sent.map(({ text }) => text)).toEqual(["a", "c", "b"]);
  });

  it("sends only the latest of several updates that wait for one message, and settles all of them with it", async () => {
    const { outbound, sent, answers } = stage();
    let release = (): void => undefined;
    answers.push(() => new Promise<void>((resolve) => (release = resolve)));
    const first = outbound.update("C1", "5.0", saying("pending"));
    const middle = outbound.update("C1", "5.0", saying("granting"));
    const last = outbound.update("C1", "5.0", saying("granted"));
    const other = outbound.update("C1", "6.0", saying("another card"));
    await flush(() => sent.length === 1);
    release();
    await Promise.all([first, middle, last, other]);
    expect(sent.map(({ text }) => text)).toEqual(["pending", "granted", "another card"]);
  });

  it("waits as long as Slack says, in that channel alone, and then sends what is the latest by then", async () => {
    const { outbound, sent, answers, pass, sleepers } = stage();
    answers.push(() => new WebAPIRateLimitedError(30));
    const old = outbound.update("C1", "5.0", saying("old"));
    await flush(() => sleepers() === 1);
    const fresh = outbound.update("C1", "5.0", saying("fresh"));
    await outbound.post("C2", saying("elsewhere"));
    await pass(29_999);
    expect(sent.map(({ text }) => text)).toEqual(["old", "elsewhere"]);
    await pass(1);
    await Promise.all([old, fresh]);
    expect(sent.map(({ text }) => text)).toEqual(["old", "elsewhere", "fresh"]);
  });

  it("gives up after Slack said 'later' five times, so that a durable job takes over", async () => {
    const { outbound, answers, pass, sleepers } = stage();
    for (let time = 0; time < 6; time += 1) answers.push(() => new WebAPIRateLimitedError(1));
    const posted = outbound.post("C1", saying("a"));
    const outcome = expect(posted).rejects.toMatchObject({ code: "slack_unreachable" });
    for (let time = 0; time < 5; time += 1) {
      await flush(() => sleepers() === 1);
      await pass(1_000);
    }
    await outcome;
  });

  it("tells the caller what Slack refused, and goes on with the next", async () => {
    const { outbound, answers } = stage();
    answers.push(() => new WebAPIPlatformError({ ok: false, error: "message_not_found" }));
    await expect(outbound.update("C1", "5.0", saying("a"))).rejects.toMatchObject({
      code: "slack_refused",
      details: { params: { method: "chat.update", reason: "message_not_found" } },
    });
    await outbound.update("C1", "6.0", saying("b"));
  });

  it("drains: true once everything is sent, false when the deadline comes first", async () => {
    const { outbound, sent, pass, settle, sleepers } = stage();
    expect(await outbound.drain(1_000)).toBe(true);
    const posts = [outbound.post("C1", saying("a")), outbound.post("C1", saying("b")), outbound.post("C1", saying("c"))];
    await flush(() => sent.length === 1 && sleepers() === 1);
    const short = outbound.drain(500);
    const long = outbound.drain(60_000);
    await pass(500);
    expect(await short).toBe(false);
    await pass(500);
    await flush(() => sent.length === 2 && sleepers() === 2);
    await pass(1_000);
    await Promise.all(posts);
    await settle();
    expect(await long).toBe(true);
  });
});
