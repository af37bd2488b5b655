import { describe, expect, it } from "vitest";
import { checkOptions } from "../../../sandbox/slack/blocks/check-blocks.ts";
import { consoleOptions } from "../../../src/actions/request-form/console-options.ts";
import { zoneOptions } from "../../../src/actions/request-form/zone-options.ts";
import { consoleNamed } from "../../views/models.ts";
import { catalog, catalogOf, now } from "./fixtures.ts";

const values = (options: readonly { readonly value?: string | undefined }[]) => options.map(({ value }) => value);

describe("the choice of consoles", () => {
  it("offers what can be asked for, with what tells them apart", () => {
    expect(values(consoleOptions("", catalog))).toEqual(["id-db-prod", "id-db-replica", "id-web-1"]);
    expect(consoleOptions(" db-prod ", catalog)[0]?.description?.text).toBe("segment of db-prod · SSH · db-prod.example.com");
  });

  it("never offers more than the hundred that Slack takes, out of any number", () => {
    const many = catalogOf(Array.from({ length: 1000 }, (_, n) => consoleNamed(`host-${n} ${"long ".repeat(40)}`, { id: String(n) })));
    const options = consoleOptions("host", many);
    expect(options).toHaveLength(100);
    expect(checkOptions({ options })).toMatchObject({ ok: true });
    expect(values(consoleOptions("host-999", many))).toHaveLength(1);
  });
});

describe("the choice of zones", () => {
  it("offers the person's own first, then others, each with its offset now", () => {
    const options = zoneOptions("", "Europe/Lisbon", now);
    expect(options).toHaveLength(100);
    expect(options[0]).toEqual({
      text: { type: "plain_text", text: "Europe/Lisbon", emoji: false },
      value: "Europe/Lisbon",
      description: { type: "plain_text", text: "UTC+00:00", emoji: false },
    });
    expect(values(options).filter((value) => value === "Europe/Lisbon")).toHaveLength(1);
    expect(checkOptions({ options })).toMatchObject({ ok: true });
  });

  it.each([
    ["berlin", "Europe/Berlin"],
    ["New York", "America/New_York"],
    ["+05:45", "Asia/Katmandu"],
    ["utc+13:45", "Pacific/Chatham"],
    ["-09:30", "Pacific/Marquesas"],
    ["utc", "UTC"],
  ])("finds %s", (typed, zone) => {
    expect(values(zoneOptions(typed, "Europe/Lisbon", now))).toContain(zone);
  });

  it.each(["asia/calcutta", "Asia/Kolkata"])("finds a zone by either of its names, typed in full: %s", (typed) => {
    expect(zoneOptions(typed, "UTC", now)[0]?.description?.text).toBe("UTC+05:30");
  });

  it("reaches every zone of the runtime", () => {
    for (const zone of Intl.supportedValuesOf("timeZone")) expect(values(zoneOptions(zone, "UTC", now))).toContain(zone);
  });

  it("finds nothing for what is no zone", () => {
    expect(zoneOptions("Mars/Olympus", "UTC", now)).toEqual([]);
  });
});
