import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Failure, retryAfterSeconds } from "../../../src/services/http-client/failure.ts";
import { retryDelay } from "../../../src/services/http-client/retry.ts";
import type { Method } from "../../../src/services/http-client/transport.ts";
import { failureOf } from "../../../src/services/zpa/failure.ts";

const answered = (status: number, id?: string, retryAfter?: string): Failure =>
  failureOf({
    status,
    headers: retryAfter === undefined ? {} : { "retry-after": retryAfter, "x-ratelimit-reset": "48" },
    text: id === undefined ? "" : JSON.stringify({ id, reason: "…" }),
  });
const lost: Failure = { kind: "lost", cause: null };
const unsent: Failure = { kind: "unsent", cause: null };
const garbled: Failure = { kind: "garbled", cause: null };

const again = (method: Method, failure: Failure, number = 1): boolean => retryDelay({ method, number, failure }, () => 0) !== null;

describe("what is sent again", () => {
  it.each<[string, Failure, boolean, boolean]>([
    // what happened, the failure, a GET / PUT / DELETE again?, a POST again?
    ["connection refused", unsent, true, true],
    ["429", answered(429), true, true],
    ["400 db.simultaneous.request", answered(400, "db.simultaneous.request"), true, true],
    ["400 bad.request", answered(400, "bad.request"), true, true],
    ["400 non.restricted.entity.authorization.failed", answered(400, "non.restricted.entity.authorization.failed"), true, true],
    ["400 api.concurrent.access.error", answered(400, "api.concurrent.access.error"), true, true],
    ["409", answered(409, "api.concurrent.access.error"), true, true],
    ["no answer", lost, true, false],
    ["an answer that cannot be read", garbled, true, false],
    ["500", answered(500), true, false],
    ["502 from a proxy", answered(502), true, false],
    ["503", answered(503, "retryable.server.error"), true, false],
    ["400 resource.not.found", answered(400, "resource.not.found"), false, false],
    ["400 without a body", answered(400), false, false],
    ["401", answered(401), false, false],
    ["403", answered(403), false, false],
    ["404", answered(404), false, false],
    ["302", answered(302), false, false],
  ])("after %s", (_, failure, repeatable, post) => {
    expect(again("GET", failure)).toBe(repeatable);
    expect(again("PUT", failure)).toBe(repeatable);
    expect(again("DELETE", failure)).toBe(repeatable);
    expect(again("POST", failure)).toBe(post);
  });

  it("nothing more than five times", () => {
    expect(again("GET", lost, 4)).toBe(true);
    expect(again("GET", lost, 5)).toBe(false);
  });
});

describe("how long it waits", () => {
  it("never less than Retry-After says, and never more than a bound", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4 }),
        fc.option(fc.integer({ min: 0, max: 60 })),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (number, seconds, random) => {
          const failure = answered(429, "invalid.toomanyrequests", seconds === null ? undefined : `${seconds}s`);
          const delay = retryDelay({ method: "GET", number, failure }, () => random);
          expect(delay).toBeGreaterThanOrEqual((seconds ?? 0) * 1000);
          expect(delay).toBeLessThanOrEqual((seconds ?? 0) * 1000 + 10_000);
        },
      ),
    );
  });

  it("grows from attempt to attempt", () => {
    const delays = [1, 2, 3, 4].map((number) => retryDelay({ method: "GET", number, failure: lost }, () => 0.5));
    expect(delays).toEqual([375, 750, 1500, 3000]);
  });

  it("does not sit through a Retry-After of minutes", () => {
    expect(retryDelay({ method: "GET", number: 1, failure: answered(429, "x", "120s") }, () => 0)).toBeNull();
  });

  it.each([
    ["4s", 4],
    ["13", 13],
    [" 10 S ", 10],
    ["0.5s", 0.5],
    ["soon", null],
    ["Wed, 21 Oct 2026 07:28:00 GMT", null],
    ["-4s", null],
    [undefined, null],
  ])("reads Retry-After %j as %j seconds", (header, seconds) => {
    expect(retryAfterSeconds(header)).toBe(seconds);
  });
});
