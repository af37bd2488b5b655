import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { signedHeaders } from "../../sandbox/slack/deliveries/sign.ts";
import { createRequestGuard, type SignedRequest } from "../../src/slack/request-guard.ts";

const SECRET = "8f742231b10e8888abcd99yyyzzz85a5";
const NOW = 1_790_000_000;

const signed = (body: string, epochSeconds = NOW, signingSecret = SECRET): SignedRequest => {
  const headers = signedHeaders({ signingSecret, epochSeconds, body });
  return {
    signature: headers["x-slack-signature"],
    timestamp: headers["x-slack-request-timestamp"],
    contentType: "application/x-www-form-urlencoded",
    rawBody: body,
  };
};

const guardAt = (epochSeconds = NOW) => {
  let now = epochSeconds;
  const judge = createRequestGuard({ signingSecret: SECRET, clock: { now: () => new Date(now * 1_000) } });
  return { judge, at: (next: number) => (now = next) };
};

describe("the guard in front of Bolt", () => {
  it.each([
    ["signed this second", signed("a=1"), "genuine"],
    ["five minutes old", signed("a=1", NOW - 300), "genuine"],
    ["over five minutes old", signed("a=1", NOW - 301), "from-the-past"],
    ["a minute ahead", signed("a=1", NOW + 60), "genuine"],
    ["over a minute ahead", signed("a=1", NOW + 61), "from-the-future"],
    ["without a signature", { ...signed("a=1"), signature: undefined }, "unsigned"],
    ["without a timestamp", { ...signed("a=1"), timestamp: undefined }, "unsigned"],
    ["with a timestamp that is no number", { ...signed("a=1"), timestamp: "soon" }, "forged"],
    ["with another body than the signed one", { ...signed("a=1"), rawBody: "a=2" }, "forged"],
    ["signed with another secret", signed("a=1", NOW, "another"), "forged"],
    ["with something behind the signature", { ...signed("a=1"), signature: `${signed("a=1").signature}=x` }, "forged"],
    ["asking, unsigned, for the certificate", { ...signed("ssl_check=1&token=x"), signature: undefined }, "genuine"],
    [
      "asking for the certificate inside JSON",
      { ...signed("ssl_check=1"), signature: undefined, contentType: "application/json" },
      "unsigned",
    ],
  ] as const)("judges a request %s", (_, request, verdict) => {
    expect(guardAt().judge(request)).toBe(verdict);
  });

  it("refuses the same delivery a second time, however late within the five minutes", () => {
    const { judge, at } = guardAt();
    const request = signed("payload=click", NOW + 60);
    expect(judge(request)).toBe("genuine");
    expect(judge(request)).toBe("replayed");
    at(NOW + 360);
    expect(judge(request)).toBe("replayed");
    at(NOW + 361);
    expect(judge(request)).toBe("from-the-past");
  });

  it("lets the same letters load options twice within a second", () => {
    const { judge } = guardAt();
    const request = signed(`payload=${encodeURIComponent('{"type":"block_suggestion","value":"db"}')}`);
    expect(judge(request)).toBe("genuine");
    expect(judge(request)).toBe("genuine");
  });

  it("lets Slack bring an event again within the second: its id is remembered elsewhere", () => {
    const { judge } = guardAt();
    const json = (body: string) => ({ ...signed(body), contentType: "application/json" });
    const event = json('{"type":"event_callback","event_id":"Ev1","event":{"type":"message"}}');
    expect([judge(event), judge(event)]).toEqual(["genuine", "genuine"]);
    for (const other of [json('{"type":"event_callback"}'), json('{"type":"other","event_id":"Ev2"}'), json("event_callback")])
      expect([judge(other), judge(other)]).toEqual(["genuine", "replayed"]);
  });

  it("never lets a changed request through", () => {
    const { judge } = guardAt();
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (body, other) => {
        fc.pre(body !== other);
        expect(judge({ ...signed(body), rawBody: other })).toBe("forged");
      }),
      { numRuns: 50 },
    );
  });
});
