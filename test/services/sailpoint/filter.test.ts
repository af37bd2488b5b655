import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ParsedFilter, parseFilter } from "../../../sandbox/sailpoint/filter/parse-filter.ts";
import {
  allOf,
  anyOf,
  type Filter,
  isAmong,
  isText,
  isTime,
  not,
  printFilter,
  type TextField,
  type TimeField,
} from "../../../src/services/sailpoint/filter.ts";
import { sailPointTenant } from "./support/sailpoint-tenant.ts";

/**
 * Contract: whatever a filter is made of, SailPoint's grammar reads it as it was meant. Nothing that a person typed can end a text early,
 * add a condition, or be lost on the way through a URL.
 */
const anyText = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: fc.constantFrom('"', "\\", "(", ")", ",", " ", "\n", "a", "or", "not", "é", "🔑", "%", "&", "+", "=") }),
);
const textField = fc.constantFrom<TextField>("status", "name", "referenceId", "approvalId", "requestedTargetName", "search");
const timeField = fc.constantFrom<TimeField>("createdDate", "dueDate", "decisionDate");

const { filter: anyFilter } = fc.letrec<{ filter: Filter }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 4, depthSize: "small" },
    fc.tuple(textField, fc.constantFrom("eq", "ne", "co", "sw"), anyText).map(([field, operator, value]) => isText(field, operator, value)),
    fc.tuple(textField, fc.array(anyText, { minLength: 1, maxLength: 4 })).map(([field, values]) => isAmong(field, values)),
    fc
      .tuple(
        timeField,
        fc.constantFrom("eq", "ne", "gt", "ge", "lt", "le"),
        fc.date({ min: new Date(0), max: new Date("2100-01-01"), noInvalidDate: true }),
      )
      .map(([field, operator, instant]) => isTime(field, operator, instant)),
    fc.array(tie("filter"), { minLength: 1, maxLength: 3 }).map((parts) => allOf(...parts)),
    fc.array(tie("filter"), { minLength: 1, maxLength: 3 }).map((parts) => anyOf(...parts)),
    tie("filter").map(not),
  ),
}));

/** What the tenant should understand; a composite of one is that one. */
function meant(filter: Filter): ParsedFilter {
  switch (filter.kind) {
    case "text":
      return { kind: "compare", field: filter.field, operator: filter.operator, values: [filter.value] };
    case "among":
      return { kind: "compare", field: filter.field, operator: "in", values: filter.values };
    case "time":
      return { kind: "compare", field: filter.field, operator: filter.operator, values: [filter.instant.toISOString()] };
    case "not":
      return { kind: "not", of: meant(filter.of) };
    case "and":
    case "or": {
      const [only, ...more] = filter.of.map(meant);
      return only !== undefined && more.length === 0 ? only : { kind: filter.kind, of: filter.of.map(meant) };
    }
  }
}

const throughUrl = (text: string): string =>
  new URL(`http://tenant/?${new URLSearchParams({ filters: text })}`).searchParams.get("filters") ?? "";

describe("a filter", () => {
  it("is read by the tenant as it was meant, whatever stands in its texts", () => {
    fc.assert(
      fc.property(anyFilter, (filter) => {
        expect(parseFilter(throughUrl(printFilter(filter)), "current")).toEqual(meant(filter));
      }),
      { numRuns: 1_000 },
    );
  });

  it("finds over HTTP the one approval of a name, and no other", async () => {
    await using at = await sailPointTenant();
    const names = ['a" or name co "', 'back\\slash\\"', "two\nlines, (and more)", "Grüße & 50 % + 🔑", "ends in \\"];
    for (const name of names) await at.born({ name });
    for (const name of names) {
      const found = await at.sailpoint.approvals.list({ filter: isText("name", "eq", name) });
      expect(found.map((approval) => approval.name)).toEqual([name]);
    }
  });

  it.each([
    ["half a character", () => isText("name", "eq", "\ud83d")],
    ["a list of nothing", () => isAmong("approvalId", [])],
    ["a composite of nothing", () => allOf()],
  ])("of %s is refused before anything is sent", (_what, make) => {
    expect(() => printFilter(make())).toThrow(expect.objectContaining({ code: "invalid_input" }));
  });
});

describe("the tenant refuses", () => {
  it.each([
    ["an unknown field", 'comment eq "x"'],
    ["an operator that the field has not", 'name gt "x"'],
    ["an unknown operator", 'name pr "x"'],
    ["a text that does not end", 'name eq "x'],
    ["a stray escape", 'name eq "\\n"'],
    ["an open parenthesis", '(name eq "x"'],
    ["more than a filter", 'name eq "x" name eq "y"'],
    ["an empty list", "approvalId in ()"],
    ["nothing", " "],
    ["no instant", 'createdDate ge "soon"'],
    ["the field of the other contract", 'tenantId eq "x"'],
  ])("%s", (_what, filter) => {
    expect(() => parseFilter(filter, "current")).toThrow(expect.objectContaining({ status: 400 }));
  });

  it("with a code that the client passes on", async () => {
    await using at = await sailPointTenant();
    await expect(at.sailpoint.approvals.list({ filter: isText("tenantId", "eq", "x") })).rejects.toMatchObject({
      code: "sailpoint_refused",
    });
  });
});

describe("the tenant reads", () => {
  it.each([
    ["a bare word as the page shows it", "status eq PENDING", { kind: "compare", field: "status", operator: "eq", values: ["PENDING"] }],
    [
      "not before and before or",
      'not name eq "a" and name eq "b" or name eq "c"',
      {
        kind: "or",
        of: [{ kind: "and", of: [{ kind: "not", of: compare("a") }, compare("b")] }, compare("c")],
      },
    ],
  ])("%s", (_what, filter, expected) => {
    expect(parseFilter(filter, "current")).toEqual(expected);
  });

  it("tenantId under the contract of before", () => {
    expect(parseFilter('tenantId eq "x"', "seed")).toMatchObject({ field: "tenantId" });
  });
});

function compare(value: string): ParsedFilter {
  return { kind: "compare", field: "name", operator: "eq", values: [value] };
}
