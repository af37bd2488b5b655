import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { consoleNames } from "../../../src/services/consoles/console-names.ts";
import type { ConsoleTarget } from "../../../src/services/consoles/consoles.ts";

const target = (over: Partial<ConsoleTarget> = {}): ConsoleTarget => ({
  id: "1",
  name: "Test bench",
  domain: "bench-1.lab.acme.example",
  protocol: "SSH",
  ...over,
});

describe("the names of new consoles", () => {
  it.each([
    ["{host}", {}, "bench-1"],
    ["{domain}", {}, "bench-1.lab.acme.example"],
    ["{name} ({Protocol})", {}, "Test bench (SSH)"],
    ["  lab   { host } ", {}, "lab bench-1"],
    ["{host}", { domain: "10.0.0.7" }, "10.0.0.7"],
    ["{host}", { domain: "fd00::7" }, "fd00::7"],
    ["{host}", { domain: null }, "Test bench"],
    ["bench", {}, "bench"],
    ["{host} {protocol}", { protocol: null }, "bench-1"],
  ] as const)("follow %j for %o", (pattern, over, name) => {
    expect(consoleNames(pattern, [target(over)])).toEqual([name]);
  });

  it.each(["{hosts}", "{}", "{protocol}", "x".repeat(101), "a\u0000b", "\ud800"])(
    "are refused by %j at the field of the pattern",
    (pattern) => {
      const none = target({ protocol: null });
      expect(() => consoleNames(pattern, [none])).toThrow(
        expect.objectContaining({ code: "console_pattern_invalid", details: expect.objectContaining({ field: "consolePattern" }) }),
      );
    },
  );

  it("are refused where two would be alike", () => {
    const targets = [target(), target({ id: "2", domain: "BENCH-1.plant.example" })];
    expect(() => consoleNames("{host}", targets)).toThrow(expect.objectContaining({ code: "console_name_taken" }));
    expect(consoleNames("{domain}", targets)).toHaveLength(2);
  });

  it("are each its target's own whenever they are given, on one line and never empty", () => {
    const part = fc.string({ maxLength: 12 }).filter((text) => text.trim() !== "" && !/[{}]/.test(text));
    const targets = fc.uniqueArray(fc.record({ id: fc.uuid(), name: part, domain: fc.option(fc.domain()), protocol: fc.option(part) }), {
      selector: ({ id }) => id,
      maxLength: 20,
    });
    fc.assert(
      fc.property(targets, fc.constantFrom("{host}", "{domain}", "{name}", "{name} {protocol}", "lab {host}"), (some, pattern) => {
        let names: readonly string[];
        try {
          names = consoleNames(pattern, some);
        } catch (refusal) {
          expect(refusal).toMatchObject({ code: expect.stringMatching(/^console_(?:pattern_invalid|name_taken)$/) });
          return;
        }
        expect(names).toHaveLength(some.length);
        expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(some.length);
        for (const name of names) expect(name).toMatch(/^\S(?:[^\n]*\S)?$/u);
      }),
    );
  });
});
