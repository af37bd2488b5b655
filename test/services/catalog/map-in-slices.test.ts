import { expect, it } from "vitest";
import { mapInSlices } from "../../../src/services/catalog/map-in-slices.ts";

it("maps a long row whole and in order, and lets waiting work run meanwhile", async () => {
  const row = Array.from({ length: 12_345 }, (_, number) => number);
  let done = 0;
  let doneWhenOthersRan = 0;
  const others = () => {
    doneWhenOthersRan = done;
  };
  const mapped = await mapInSlices(row, (number) => {
    done += 1;
    if (done === 1) setImmediate(others);
    return number * 2;
  });
  expect(mapped).toEqual(row.map((number) => number * 2));
  expect(doneWhenOthersRan).toBeGreaterThan(0);
  expect(doneWhenOthersRan).toBeLessThan(row.length);
});
