import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseJson } from "../../../src/services/http-client/json.ts";
import { approvalOnWire, createBody, updateBody } from "../../../src/services/zpa/approval-wire.ts";
import { unescapeName } from "../../../src/services/zpa/unescape.ts";
import { hoursInBerlin } from "./support/hours-in-berlin.ts";

const listed = {
  id: "26",
  modifiedTime: "1664801234",
  startTime: "1661859881",
  endTime: "1686915881",
  workingHours: hoursInBerlin,
  status: "ACTIVE",
  emailIds: ["df@acme.example"],
  applications: [{ id: "289370814522851438", name: "pra-22", enabled: true }],
  somethingNew: { kept: true },
};
const draft = {
  email: "mira@acme.example",
  segmentIds: ["1", "2"],
  start: new Date("2026-03-01T00:00:00.900Z"),
  end: new Date("2026-03-02T00:00:00Z"),
  workingHours: null,
  microtenantId: null,
};

describe("a privileged approval on the wire", () => {
  it("is read as the vendor's page prints it", () => {
    expect(approvalOnWire.parse(listed)).toMatchObject({
      id: "26",
      emailIds: ["df@acme.example"],
      segmentIds: ["289370814522851438"],
      start: new Date("2022-08-30T11:44:41Z"),
      end: new Date("2023-06-16T11:44:41Z"),
      workingHours: {
        days: ["MON", "TUE"],
        start: "09:00",
        end: "17:00",
        timeZone: "Europe/Berlin",
        startTimeCron: "0 0 7 ? * MON,TUE",
        endTimeCron: "0 0 15 ? * MON,TUE",
      },
      status: "ACTIVE",
      microtenantId: null,
    });
  });

  it.each([
    [{ microtenantId: "0" }, null],
    [{ microtenantId: null }, null],
    [{ microtenantName: "Default" }, null],
    [{ microtenantId: "145260601092866314" }, "145260601092866314"],
  ])("with %j is in microtenant %j", (fields, microtenantId) => {
    expect(approvalOnWire.parse({ ...listed, ...fields }).microtenantId).toBe(microtenantId);
  });

  it("keeps odd working hours apart from none, so that they never pass for what was wanted", () => {
    const odd = approvalOnWire.parse({ ...listed, workingHours: { days: null, startTime: null } });
    expect(odd.workingHours).toEqual({ days: [], start: "", end: "", timeZone: "", startTimeCron: "", endTimeCron: "" });
    expect(approvalOnWire.parse({ ...listed, workingHours: null }).workingHours).toBeNull();
  });

  it("is created with one email, whole seconds, no status, and no empty working hours", () => {
    expect(createBody(draft)).toEqual({
      emailIds: ["mira@acme.example"],
      applications: [{ id: "1" }, { id: "2" }],
      startTime: 1_772_323_200,
      endTime: 1_772_409_600,
    });
  });

  it("is updated whole: unknown fields stay, the original start stays once it has started", () => {
    expect(updateBody(approvalOnWire.parse(listed), draft)).toEqual({
      id: "26",
      modifiedTime: "1664801234",
      status: "ACTIVE",
      somethingNew: { kept: true },
      emailIds: ["mira@acme.example"],
      applications: [{ id: "1" }, { id: "2" }],
      startTime: 1_661_859_881,
      endTime: 1_772_409_600,
    });
  });

  it("takes the new start while it has not started", () => {
    expect(updateBody(approvalOnWire.parse({ ...listed, status: "FUTURE" }), draft)).toMatchObject({ startTime: 1_772_323_200 });
  });
});

describe("JSON of ZPA", () => {
  it("keeps every integer exactly, as a number or as its digits", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 20n }), (id) => {
        expect(String(Object(parseJson(`{"id":${id}}`)).id)).toBe(String(id));
      }),
    );
  });

  it("is parsed like any other", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), (value) => {
        const text = JSON.stringify(value, (_, part: unknown) => (typeof part === "number" ? 1.5 : part));
        expect(parseJson(text)).toEqual(JSON.parse(text));
      }),
      { numRuns: 30 },
    );
  });
});

describe("names", () => {
  it.each([
    ["&#x2a;&#x2e;example&#x2e;com", "*.example.com"],
    ["R&amp;D", "R&D"],
    ["R&amp;amp;D", "R&D"],
    ["lines 3 &#x26;&#x23;x26&#x3b; 4", "lines 3 & 4"],
    ["O&#39;Brien", "O'Brien"],
    ["Süd & Nord 🚀", "Süd & Nord 🚀"],
    ["&#x110000;&#0;&unknown;", "&#x110000;&#0;&unknown;"],
  ])("%s is %s", (wire, name) => {
    expect(unescapeName(wire)).toBe(name);
  });
});
