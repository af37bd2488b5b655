import { describe, expect, it } from "vitest";
import { findTypedCity, findTypedZone, zoneNamed } from "../../../src/services/schedule/typed-zone.ts";
import { isTimeZone } from "../../../src/services/schedule/zone.ts";

describe("zones as people type them", () => {
  it.each([
    ["Europe/Berlin", "Europe/Berlin"],
    ["europe/berlin", "Europe/Berlin"],
    ["America/new york", "America/New_York"],
    ["Berlin", "Europe/Berlin"],
    ["new york", "America/New_York"],
    ["Asia/Calcutta", "Asia/Calcutta"],
    ["asia/kolkata", "Asia/Kolkata"],
    ["kyiv", "Europe/Kyiv"],
    ["US/Pacific", "America/Los_Angeles"],
    ["utc", "UTC"],
    ["port-au-prince", "America/Port-au-Prince"],
  ])("%j is %s", (text, zone) => expect(zoneNamed(text)).toBe(zone));

  it.each([["PST"], ["EST"], ["BST"], ["+02:00"], ["Europe/Atlantis"], ["Atlantis"], ["christmas"], [""], ["a/b"]])("%j is none", (text) =>
    expect(zoneNamed(text)).toBeNull(),
  );

  it("are names that Zscaler can be given, whatever is typed", () => {
    for (const zone of Intl.supportedValuesOf("timeZone")) expect(isTimeZone(zoneNamed(zone.toUpperCase()) ?? ""), zone).toBe(true);
  });

  it("are found among other words, with what leads to them", () => {
    expect(findTypedZone("weekdays 9-17 europe/berlin for 2 weeks")).toEqual({ value: "Europe/Berlin", index: 14, length: 13 });
    expect(findTypedCity("x in New York time for 2 weeks")).toEqual({ value: "America/New_York", index: 2, length: 16 });
    expect(findTypedCity("berlin-db until christmas")).toBeNull();
  });
});
