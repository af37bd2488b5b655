import { describe, expect, it } from "vitest";
import { createTokenSource } from "../../../src/services/http-client/token-source.ts";

/**
 * Contract: however many calls need a token at once, one sign-in runs; a token is replaced before it ends, and after ZPA refused it,
 * once for all who were refused.
 */
function source(lifeSeconds = 3_600) {
  let now = Date.parse("2026-03-01T00:00:00Z");
  let signIns = 0;
  let failing = false;
  const tokens = createTokenSource({
    clock: { now: () => new Date(now) },
    signIn: async () => {
      signIns += 1;
      await new Promise(setImmediate);
      if (failing) throw new Error("refused");
      return { value: `token-${signIns}`, lifeSeconds };
    },
  });
  return {
    tokens,
    signIns: () => signIns,
    pass: (seconds: number) => {
      now += seconds * 1000;
    },
    fail: (on: "on" | "off") => {
      failing = on === "on";
    },
  };
}

describe("the token", () => {
  it("comes from one sign-in for 50 calls at once", async () => {
    const { tokens, signIns } = source();
    const values = await Promise.all(Array.from({ length: 50 }, () => tokens.current()));
    expect(new Set(values)).toEqual(new Set(["token-1"]));
    expect(signIns()).toBe(1);
  });

  it("is replaced a minute before it ends, and not sooner", async () => {
    const { tokens, pass } = source(3_600);
    expect(await tokens.current()).toBe("token-1");
    pass(3_539);
    expect(await tokens.current()).toBe("token-1");
    pass(1);
    expect(await tokens.current()).toBe("token-2");
  });

  it("of a short life is used for half of it, not asked for anew at each call", async () => {
    const { tokens, pass } = source(30);
    await tokens.current();
    pass(14);
    expect(await tokens.current()).toBe("token-1");
    pass(1);
    expect(await tokens.current()).toBe("token-2");
  });

  it("is replaced once when 50 calls are refused with it", async () => {
    const { tokens, signIns } = source();
    const old = await tokens.current();
    const values = await Promise.all(
      Array.from({ length: 50 }, async () => {
        tokens.refused(old);
        return tokens.current();
      }),
    );
    expect(new Set(values)).toEqual(new Set(["token-2"]));
    tokens.refused(old);
    expect(await tokens.current()).toBe("token-2");
    expect(signIns()).toBe(2);
  });

  it("is asked for again after a sign-in that failed, which all who waited hear of", async () => {
    const { tokens, fail, signIns } = source();
    fail("on");
    const outcomes = await Promise.allSettled([tokens.current(), tokens.current()]);
    expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    fail("off");
    expect(await tokens.current()).toBe("token-2");
    expect(signIns()).toBe(2);
  });
});
