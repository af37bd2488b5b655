import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { CoveragePorts } from "../../../src/services/coverage/coverage-ports.ts";
import { anyone, aPolicyDesk, dora, emil, type PolicyDesk } from "./a-policy-desk.ts";

const limit = 10;

/**
 * Contract: only administrators read, are offered and make access rules, at every step; what is made is what was shown, once, in its place,
 * on record and read back; forms and cards go by what was read last and say nothing of what is not known.
 */
describe("the service of coverage", { timeout: 30_000 }, () => {
  let desk: PolicyDesk;
  beforeEach(async () => {
    desk = await aPolicyDesk({ totalMilliseconds: 400 });
  });
  afterEach(() => desk[Symbol.asyncDispose]());

  const offer = (name: string, by = dora) => desk.coverage.offer({ by, segmentId: desk.idOf(name) });
  const cover = async (name: string, by = dora) => {
    const { seal } = await offer(name, by);
    return desk.coverage.cover({ by, segmentId: desk.idOf(name), seal });
  };
  const statusOf = async (name: string) => {
    const { rows, counts } = await desk.coverage.read({ by: dora, limit: 100 });
    return { status: rows.find((row) => row.name === name)?.status ?? "covered", counts };
  };

  it("lists what is not covered with its consoles, what helps nobody first, and counts what is", async () => {
    const page = await desk.coverage.read({ by: dora, limit });
    expect(page.rows.map(({ name, status, canBeCovered }) => [name, status, canBeCovered])).toEqual([
      ["Energy", "uncovered", true],
      ["Building control", "shadowed", true],
      ["Legacy", "shadowed", true],
      ["Packaging supplier", "unknown", false],
    ]);
    expect(page.rows[0]?.consoleNames).toEqual(expect.arrayContaining([expect.stringMatching(/Substation/)]));
    expect(page.counts).toMatchObject({ uncovered: 1, shadowed: 2, unknown: 1 });
    expect(page.counts.covered).toBeGreaterThan(3);
    expect(page).toMatchObject({ page: 0, pages: 1, total: 4 });
  });

  it("turns the pages of one reading without asking ZPA, and stops at the last", async () => {
    const first = await desk.coverage.read({ by: dora, limit: 3 });
    expect([first.pages, first.rows.length]).toEqual([2, 3]);
    await desk.tenant.resetCalls({});
    const second = await desk.coverage.page({ by: dora, page: 1, limit: 3 });
    expect(second.rows.map(({ name }) => name)).toEqual(["Packaging supplier"]);
    expect(second.readAt).toEqual(first.readAt);
    expect(second.counts).toEqual(first.counts);
    expect(await desk.coverage.page({ by: dora, page: 99, limit: 3 })).toEqual(second);
    expect((await desk.tenant.state()).calls).toEqual({});
  });

  it("warns of what certainly does nothing, by what was read last, and of nothing before or where it cannot be told", async () => {
    const consoles = ["db-prod", "bms-server", "db-legacy", "Palletizer"].map((name) => desk.consoleNamed(name));
    expect(await desk.coverage.withoutEffect(consoles)).toEqual([]);
    await desk.coverage.read({ by: dora, limit });
    await desk.tenant.resetCalls({});
    expect((await desk.coverage.withoutEffect(consoles)).map(({ name }) => name)).toEqual(["bms-server", "db-legacy"]);
    expect((await desk.tenant.state()).calls).toEqual({});
  });

  it("offers the rule with its place and its neighbours, and makes nothing of it", async () => {
    const { proposal, microtenantName } = await offer("Building control");
    expect(proposal).toMatchObject({ before: { name: "Facility management" }, behind: { name: expect.any(String) }, standingRuleId: null });
    expect(microtenantName).toBeNull();
    const rules = await desk.zpa.policy.rules("ACCESS_POLICY");
    expect(rules[proposal.order - 1]?.name).toBe("Facility management");
    expect(rules[proposal.order - 2]?.name).toBe(proposal.behind?.name);
    expect(await desk.rulesFor("Building control")).toEqual([]);
    expect(await desk.ledger()).toEqual([]);
  });

  it.each(["Energy", "Building control", "Legacy"])("makes the rule for %s, in its place, on record", async (name) => {
    const segmentId = desk.idOf(name);
    const { proposal } = await offer(name);
    const made = await cover(name);
    expect(made).toMatchObject({ kind: "made", asIntended: true, isRecordedWhole: true });
    expect(made.kind === "made" && made.read).toMatchObject({
      rule: { order: proposal.order, action: "REQUIRE_APPROVAL" },
      coverage: { status: "covered" },
    });
    expect(await desk.rulesFor(name)).toHaveLength(1);
    expect(await desk.ledger()).toEqual([
      { kind: "zpa.policy-rule.cover.intended", actor: "UDORA", subject: segmentId },
      { kind: "zpa.policy-rule.cover.done", actor: "UDORA", subject: segmentId },
    ]);
    expect((await statusOf(name)).status).toBe("covered");
  });

  it("has forms and cards know at once", async () => {
    await desk.coverage.read({ by: dora, limit });
    const consoles = [desk.consoleNamed("bms-server"), desk.consoleNamed("db-legacy")];
    await cover("Building control");
    expect((await desk.coverage.withoutEffect(consoles)).map(({ name }) => name)).toEqual(["db-legacy"]);
    const { rows } = await desk.coverage.page({ by: dora, page: 0, limit });
    expect(rows.map(({ name }) => name)).toEqual(["Energy", "Legacy", "Packaging supplier"]);
  });

  it("refuses everybody else at every step, also whoever has ceased to administer, and sends nothing", async () => {
    const segmentId = desk.idOf("Energy");
    const { seal } = await offer("Energy");
    desk.admins.delete("UDORA");
    await desk.tenant.resetCalls({});
    for (const by of [anyone, dora]) {
      for (const tried of [
        desk.coverage.read({ by, limit }),
        desk.coverage.page({ by, page: 0, limit }),
        desk.coverage.offer({ by, segmentId }),
        desk.coverage.cover({ by, segmentId, seal }),
      ])
        await expect(tried).rejects.toMatchObject({ code: "admins_only" });
    }
    const gone = { teamId: "T1", userId: "UGONE" };
    await expect(desk.coverage.cover({ by: gone, segmentId, seal })).rejects.toMatchObject({ code: "person_deactivated" });
    expect((await desk.tenant.state()).calls).toEqual({});
    expect(await desk.ledger()).toEqual([]);
  });

  it("makes nothing when another administrator has changed the order since it was shown", async () => {
    const { seal } = await offer("Legacy");
    expect(await cover("Energy", emil)).toMatchObject({ kind: "made" });
    const { id: setId } = await desk.zpa.policy.set("ACCESS_POLICY");
    const [rule] = await desk.rulesFor("Energy");
    await desk.zpa.policy.reorder(setId, rule?.id ?? "", 2);
    await expect(desk.coverage.cover({ by: dora, segmentId: desk.idOf("Legacy"), seal })).rejects.toMatchObject({
      code: "coverage_changed",
      details: { params: { segment: "Legacy" } },
    });
    expect(await desk.rulesFor("Legacy")).toEqual([]);
    expect((await desk.ledger()).every(({ actor }) => actor === "UEMIL")).toBe(true);
    expect(await cover("Legacy")).toMatchObject({ kind: "made", asIntended: true });
  });

  it("makes one rule when two administrators confirm the same at once, and tells the second that it is there", async () => {
    const segmentId = desk.idOf("Energy");
    const [one, other] = await Promise.all([offer("Energy", dora), offer("Energy", emil)]);
    const [first, second] = await Promise.allSettled([
      desk.coverage.cover({ by: dora, segmentId, seal: one.seal }),
      desk.coverage.cover({ by: emil, segmentId, seal: other.seal }),
    ]);
    expect(first).toMatchObject({ status: "fulfilled", value: { kind: "made" } });
    expect(second).toMatchObject({ status: "rejected", reason: { code: "coverage_not_needed" } });
    expect(await desk.rulesFor("Energy")).toHaveLength(1);
  });

  it.each([
    ["the rule was made and not moved", "POST", "/rule", "half"],
    ["the rule was moved", "PUT", "/reorder", "counts"],
  ] as const)("tells after a lost answer what stands: %s", async (_, method, pathContains, stands) => {
    const { seal } = await offer("Building control");
    await desk.tenant.fault({ method, pathContains, kind: "timeout-after-effect", times: 9 });
    const made = await desk.coverage.cover({ by: dora, segmentId: desk.idOf("Building control"), seal });
    expect(made).toMatchObject({ kind: "unknown", stands, name: "Building control" });
    expect((await desk.ledger()).map(({ kind }) => kind)).toEqual(["zpa.policy-rule.cover.intended", "zpa.policy-rule.cover.unknown"]);
    expect(await desk.rulesFor("Building control")).toHaveLength(1);
  });

  it("tells what stands, and never that it was refused, when the rule was made and ZPA refuses to move it", async () => {
    const { seal } = await offer("Building control");
    await desk.tenant.fault({ method: "PUT", pathContains: "/reorder", kind: "401", times: 9 });
    const made = await desk.coverage.cover({ by: dora, segmentId: desk.idOf("Building control"), seal });
    expect(made).toMatchObject({ kind: "unknown", stands: "half", name: "Building control" });
    expect((await desk.ledger()).map(({ kind }) => kind)).toEqual(["zpa.policy-rule.cover.intended", "zpa.policy-rule.cover.unknown"]);
  });

  it("takes up what an attempt left half-way, by the seal that was shown before it", async () => {
    const { seal } = await offer("Building control");
    await desk.tenant.fault({ method: "POST", pathContains: "/rule", kind: "timeout-after-effect", times: 1 });
    expect(await desk.coverage.cover({ by: dora, segmentId: desk.idOf("Building control"), seal })).toMatchObject({ stands: "half" });
    const again = await offer("Building control");
    expect(again.proposal.standingRuleId).not.toBeNull();
    expect(again.seal).toBe(seal);
    expect(await cover("Building control")).toMatchObject({ kind: "made", asIntended: true });
    expect(await desk.rulesFor("Building control")).toHaveLength(1);
  });

  it("offers no rule for a segment that two microtenants list, and says unknown of it where their rules differ", async () => {
    await using two = await aPolicyDesk({ over: listedTwice("Databases production") });
    const { rows } = await two.coverage.read({ by: dora, limit: 100 });
    expect(rows.find(({ name }) => name === "Databases production")).toMatchObject({
      ...{ status: "unknown", reason: { code: "microtenants_differ" }, canBeCovered: false },
    });
    const segmentId = two.idOf("Databases production");
    for (const tried of [two.coverage.offer({ by: dora, segmentId }), two.coverage.cover({ by: dora, segmentId, seal: "any" })])
      await expect(tried).rejects.toMatchObject({ code: "coverage_not_possible", details: { params: { reason: "several_microtenants" } } });
    expect(await two.ledger()).toEqual([]);
  });

  it("knows segments by the catalog alone: what cannot be asked for is not offered a rule", async () => {
    await expect(desk.coverage.offer({ by: dora, segmentId: "1" })).rejects.toMatchObject({ code: "coverage_segment_unknown" });
    await expect(offer("Databases production")).rejects.toMatchObject({ code: "coverage_not_needed" });
  });
});

/** Segments of the Default microtenant that another one lists, too. */
const listedTwice =
  (...names: readonly string[]) =>
  ({ applications, ...zpa }: CoveragePorts["zpa"]): CoveragePorts["zpa"] => ({
    ...zpa,
    applications: {
      ...applications,
      list: async (place) => {
        const own = await applications.list(place);
        const segments = await zpa.segments.list({ microtenantId: null });
        const shared = new Set(segments.filter(({ name }) => names.includes(name ?? "")).map(({ id }) => id));
        const others = place?.microtenantId == null ? [] : await applications.list({ microtenantId: null });
        return [...own, ...others.filter(({ segmentId }) => shared.has(segmentId))];
      },
    },
  });
