import fc from "fast-check";
import { expect, it } from "vitest";
import { seatsNeeded } from "../../../src/services/approvals/quorum.ts";

it.each([
  [{ calculationType: "COUNT", value: 1 }, 3, 1],
  [{ calculationType: "COUNT", value: 5 }, 3, 3],
  [{ calculationType: "COUNT", value: 0 }, 3, 1],
  [{ calculationType: "PERCENT", value: 50 }, 3, 2],
  [{ calculationType: "PERCENT", value: 34 }, 3, 2],
  [{ calculationType: "PERCENT", value: 33 }, 3, 1],
  [{ calculationType: "PERCENT", value: 100 }, 7, 7],
] as const)("%o of %i seats needs %i", (criterion, seats, needed) => {
  expect(seatsNeeded(criterion, seats)).toBe(needed);
});

it("needs at least one seat and never more than there are", () => {
  fc.assert(
    fc.property(
      fc.constantFrom("COUNT" as const, "PERCENT" as const),
      fc.integer({ min: 0, max: 200 }),
      fc.integer({ min: 1, max: 50 }),
      (calculationType, value, seats) => {
        const needed = seatsNeeded({ calculationType, value }, seats);
        expect(needed).toBeGreaterThanOrEqual(1);
        expect(needed).toBeLessThanOrEqual(seats);
      },
    ),
  );
});
