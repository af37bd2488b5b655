import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { PortcullisError } from "../../../src/errors.ts";
import type { CatalogConsole } from "../../../src/services/catalog/catalog.ts";
import type { ListedSegment } from "../../../src/services/catalog/refresh-catalog.ts";
import { coverageOf, saveCoverage } from "../../../src/services/coverage/coverage-store.ts";
import { refreshCoverage } from "../../../src/services/coverage/refresh-coverage.ts";
import type { PolicyApi, PolicyRule } from "../../../src/services/zpa/policy/policy.ts";
import { aStore, type Store } from "../../support/a-store.ts";
import { keptLog } from "../../support/silent-log.ts";
import { any, app, group, rule } from "./rules.ts";

/**
 * Contract: looking at the rules never fails whoever reads the catalog; what is not known is said to be unknown; and of two replicas the one
 * that looked later counts.
 */
const now = new Date("2026-03-02T08:00:00Z");
const clock = { now: () => now };

describe("the snapshot of coverage", () => {
  let store: Store;
  beforeAll(async () => {
    store = await aStore();
  });
  beforeEach(() => store.empty());

  const refresh = async (
    rules: (microtenantId: string | null) => Promise<readonly PolicyRule[]>,
    consoles: readonly CatalogConsole[],
    segments = listed(consoles),
  ) => {
    const { log, lines } = keptLog();
    const policy: Pick<PolicyApi, "rules"> = { rules: (_type, options = {}) => rules(options.microtenantId ?? null) };
    await refreshCoverage(
      { zpa: { policy: { ...unused, ...policy } }, db: store.db, clock, log },
      { consoles, segments, refreshedAt: now },
    );
    return lines;
  };

  it("says of each segment what its microtenant's rules make of it, with one reading for each", async () => {
    const asked: (string | null)[] = [];
    const rules = async (microtenantId: string | null) => {
      asked.push(microtenantId);
      return [rule("REQUIRE_APPROVAL", { id: `of ${microtenantId}`, conditions: [any(app("s1"), app("s3"))] })];
    };
    await refresh(rules, [console("s1"), console("s1"), console("s2"), console("s3", "m1")]);
    expect(asked.toSorted()).toEqual(["m1", null]);
    expect(await coverageOf(store)(["s3", "s1", "s2", "s1", "s4"])).toMatchObject([
      { segmentId: "s3", status: "covered", ruleId: "of m1", checkedAt: now },
      { segmentId: "s1", status: "covered", ruleId: "of null", reason: { code: "covered_by" } },
      { segmentId: "s2", status: "uncovered", ruleId: null, reason: { code: "no_rule" } },
      { segmentId: "s4", status: "unknown", reason: { code: "not_checked" }, checkedAt: null },
    ]);
  });

  it("goes by no segment group that ZPA did not list in this very reading", async () => {
    const rules = async () => [rule("REQUIRE_APPROVAL", { conditions: [any(group("g1"))] })];
    await refresh(rules, [console("s1")]);
    expect(await coverageOf(store)(["s1"])).toMatchObject([{ status: "covered" }]);
    await refresh(
      rules,
      [console("s1")],
      listed([console("s1")]).map((each) => ({ ...each, groupId: null })),
    );
    expect(await coverageOf(store)(["s1"])).toMatchObject([{ status: "unknown", reason: { code: "segment_group_unknown" } }]);
  });

  const inTwo = (...ids: readonly string[]) => ids.flatMap((id) => [...listed([console(id)]), ...listed([console(id, "m1")])]);

  it("says unknown of a segment that two microtenants list when their rules differ, and once what they agree on", async () => {
    const rules = async (microtenantId: string | null) => [
      rule("REQUIRE_APPROVAL", { conditions: [any(...(microtenantId === null ? [app("s1"), app("s2")] : [app("s2")]))] }),
    ];
    await refresh(
      rules,
      ["s1", "s2", "s3"].map((id) => console(id)),
      inTwo("s1", "s2", "s3"),
    );
    expect(await coverageOf(store)(["s1", "s2", "s3"])).toMatchObject([
      { status: "unknown", ruleId: null, reason: { code: "microtenants_differ" } },
      { status: "covered" },
      { status: "uncovered" },
    ]);
  });

  it("does not call it a difference when one microtenant's rules cannot be read just now", async () => {
    await refresh(async () => [], [console("s1")], inTwo("s1"));
    const rules = (microtenantId: string | null) =>
      microtenantId === null ? Promise.resolve([rule("REQUIRE_APPROVAL")]) : Promise.reject(new PortcullisError("zpa_busy"));
    await refresh(rules, [console("s1")], inTwo("s1"));
    expect(await coverageOf(store)(["s1"])).toMatchObject([{ status: "uncovered" }]);
  });

  it("says unknown with the reason where rules may not be read, and does not fail", async () => {
    await refresh(() => Promise.reject(new PortcullisError("zpa_not_permitted")), [console("s1")]);
    expect(await coverageOf(store)(["s1"])).toMatchObject([
      { status: "unknown", reason: { code: "rules_not_read", error: "zpa_not_permitted" } },
    ]);
  });

  it.each(["zpa_unreachable", "zpa_busy", "zpa_answer_not_understood"] as const)(
    "keeps what it knew, with its age, while rules cannot be read: %s",
    async (code) => {
      const earlier = new Date(now.getTime() - 60_000);
      const known = { id: "s1", name: "s1", microtenantId: null, status: "uncovered", ruleId: null, reason: { code: "no_rule" } } as const;
      await saveCoverage(store.db, [known, { ...known, id: "gone" }], earlier);
      await refresh(() => Promise.reject(new PortcullisError(code)), [console("s1"), console("new")]);
      expect(await coverageOf(store)(["s1", "new", "gone"])).toMatchObject([
        { status: "uncovered", reason: { code: "no_rule" }, checkedAt: earlier },
        { status: "unknown", reason: { code: "rules_not_read", error: code }, checkedAt: now },
        { status: "unknown", reason: { code: "not_checked" } },
      ]);
    },
  );

  it("does not keep it where the right to read rules has gone", async () => {
    const known = { id: "s1", name: "s1", microtenantId: null, status: "uncovered", ruleId: null, reason: { code: "no_rule" } } as const;
    await saveCoverage(store.db, [known], new Date(now.getTime() - 60_000));
    await refresh(() => Promise.reject(new PortcullisError("zpa_not_permitted")), [console("s1")]);
    expect(await coverageOf(store)(["s1"])).toMatchObject([{ status: "unknown", checkedAt: now }]);
  });

  it("does not fail when the database does, and says so in the log", async () => {
    const { log, lines } = keptLog();
    const zpa = { policy: { ...unused, rules: async () => [] } };
    const db = store.db.withSchema("not_there");
    await refreshCoverage({ zpa, db, clock, log }, { consoles: [console("s1")], segments: listed([console("s1")]), refreshedAt: now });
    expect(JSON.stringify(lines)).toContain("coverage.not-refreshed");
  });

  it("keeps what was looked at later, and drops segments that are gone", async () => {
    const seen = (id: string, status: "covered" | "uncovered") =>
      ({ id, name: id, microtenantId: null, status, ruleId: null, reason: { code: "no_rule" } }) as const;
    const earlier = new Date(now.getTime() - 60_000);
    await saveCoverage(store.db, [seen("s1", "uncovered"), seen("gone", "covered")], earlier);
    await saveCoverage(store.db, [seen("s1", "covered")], now);
    await saveCoverage(store.db, [seen("s1", "uncovered")], earlier);
    expect((await coverageOf(store)(["s1", "gone"])).map(({ status }) => status)).toEqual(["covered", "unknown"]);
    expect(await coverageOf(store)([])).toEqual([]);
  });
});

const no = () => Promise.reject(new Error("not asked for here"));
const unused: PolicyApi = {
  set: no,
  rules: no,
  rule: no,
  createRule: no,
  updateRule: no,
  deleteRule: no,
  reorder: no,
  reorderAll: no,
  clientTypes: no,
  platforms: no,
  inOneTurn: no,
};

const listed = (consoles: readonly CatalogConsole[]): readonly ListedSegment[] =>
  [...new Map(consoles.map((each) => [each.segmentId, each])).values()].map(({ segmentId: id, segmentName: name, ...each }) => ({
    ...{ id, name, groupId: each.segmentGroupId, microtenantId: each.microtenantId },
  }));

const console = (segmentId: string, microtenantId: string | null = null): CatalogConsole => ({
  id: `console-${segmentId}`,
  name: `Console on ${segmentId}`,
  description: null,
  enabled: true,
  segmentId,
  segmentName: segmentId,
  segmentGroupId: "g1",
  segmentGroupName: "G",
  microtenantId,
  microtenantName: microtenantId ?? "Default",
  privilegedApprovalsEnabled: true,
  protocol: "SSH",
  domain: null,
  portals: [],
});
