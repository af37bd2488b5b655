import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { piped, typing } from "../pra.ts";
import { aTenant, type TenantAtHand } from "./a-tenant.ts";

const unrecorded = "--without-ledger";
const rotterdam = "145260601092866314";

interface Segment {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly ruleId: string | null;
  readonly reason: string;
}

describe("pra zpa policy", () => {
  let at: TenantAtHand;
  beforeEach(async () => {
    at = await aTenant();
  });
  afterEach(() => at.close());

  const coverage = async (): Promise<readonly Segment[]> => (await at.json("policy", "coverage")).segments;
  const of = async (name: string) => (await coverage()).find((segment) => segment.name === name);
  const ordered = async (...args: readonly string[]): Promise<{ id: string; name: string }[]> =>
    (await at.json("policy", "rules", ...args)).rules;

  it("tells of every segment of every microtenant whether an approval on it does anything", async () => {
    const segments = await coverage();
    const byStatus = Map.groupBy(segments, ({ status }) => status);
    const names = (status: string) => byStatus.get(status)?.map(({ name }) => name);
    expect(names("uncovered")).toEqual(["Energy", "Nordwind warehouse"]);
    expect(names("shadowed")).toEqual(["Legacy", "Building control"]);
    expect(names("unknown")).toEqual(["Packaging supplier"]);
    expect(names("covered")).toHaveLength(segments.length - 5);
    expect(segments.find(({ name }) => name === "Building control")).toEqual({
      ...{ id: expect.stringMatching(/^\d{18}$/), name: "Building control", status: "shadowed" },
      ruleId: (await ordered()).find(({ name }) => name === "Facility management")?.id,
      reason:
        "The access rule “Facility management” comes before “Plant with approval” and meets everybody first: it lets them in without an approval. An approval would do nothing.",
      reasonCode: "shadowed_by",
    });
    expect((await at.json("policy", "coverage", "--microtenant", rotterdam)).segments.map(({ name }: Segment) => name)).toEqual([
      "Rotterdam HMI",
      "Rotterdam SCADA",
    ]);
    expect((await at.zpa("policy", "coverage")).out).toMatch(/Energy +not covered +No access rule asks/);
  });

  it("says unknown, and why, where the API key may not read policies", async () => {
    await at.tenant.control.fault({ method: "GET", pathContains: "policySet", kind: "401", times: 9 });
    const segments = await coverage();
    expect(new Set(segments.map(({ status }) => status))).toEqual(new Set(["unknown"]));
    expect(segments[0]?.reason).toContain("could not be read");
  });

  it("makes no rule for everybody where one asks some people for an approval, and says why", async () => {
    const { err } = await at.zpaWith(typing("y"), "policy", "cover", "Packaging supplier", unrecorded);
    expect(err).toContain("one for everybody would also let in those whom it leaves out");
    expect((await ordered()).filter(({ name }) => name.startsWith("Portcullis - "))).toEqual([]);
  });

  it("makes the rule that a segment lacks, where it belongs, after it was shown and confirmed", async () => {
    const { out, err } = await at.zpaWith(typing("y"), "policy", "cover", "Building control", unrecorded, "--json");
    expect(err).toMatch(/Now +shadowed:.*\n.*Rule +Portcullis - Building control/s);
    expect(err).toMatch(/Order +3, before “Facility management”|Order +2, before “Facility management”/);
    expect(JSON.parse(out.trim().split("\n").at(-1) ?? "")).toMatchObject({
      segment: { name: "Building control", status: "covered" },
      rule: { action: "REQUIRE_APPROVAL", order: 2 },
      asIntended: true,
    });
    const names = (await ordered()).map(({ name }) => name);
    expect(names.slice(1, 3)).toEqual([expect.stringContaining("Portcullis - Building control"), "Facility management"]);
    expect(await of("Building control")).toMatchObject({ status: "covered" });
    expect((await at.json("policy", "cover", "Building control", "--yes", unrecorded)).error).toMatchObject({
      code: "coverage_not_needed",
    });
  });

  it("makes no rule when nobody confirms it, and only says what it would send with --dry-run", async () => {
    expect(await at.zpaWith(typing("n"), "policy", "cover", "Energy", unrecorded)).toMatchObject({ out: "Nothing was changed.\n" });
    const { dryRun } = await at.json("policy", "cover", "Building control", "--dry-run");
    expect(dryRun).toMatchObject([
      { method: "POST", path: expect.stringMatching(/mgmtconfig\/v1\/.*\/policySet\/\d+\/rule$/), body: { action: "REQUIRE_APPROVAL" } },
      { method: "PUT", path: expect.stringMatching(/\/rule\/not-made\/reorder\/2$/) },
    ]);
    expect(await at.writes()).toBe(0);
  });

  it.each(["1", "2"])("makes, changes, moves and deletes a rule (version %s)", async (version) => {
    const flags = [unrecorded, "--api-version", version];
    const energy = await of("Energy");
    const file = JSON.stringify({
      name: "Energy <now>",
      action: "REQUIRE_APPROVAL",
      conditions: [
        { operands: [{ objectType: "APP", values: [energy?.id] }] },
        { negated: true, operands: [{ objectType: "POSTURE", entries: [{ lhs: "p", rhs: "false" }] }] },
      ],
    });
    const made = JSON.parse((await at.zpaWith(piped(file), "policy", "create", ...flags, "--json")).last);
    expect(made).toMatchObject({ rule: { name: "Energy <now>", conditions: [{ negated: false }, { negated: true }] }, asIntended: true });
    const changed = JSON.parse(
      (await at.zpaWith(piped("description: For the night\n"), "policy", "update", "energy <NOW>", ...flags, "--json")).last,
    );
    expect(changed).toMatchObject({
      rule: { id: made.rule.id, description: "For the night", action: "REQUIRE_APPROVAL" },
      asIntended: true,
    });
    expect(await at.json("policy", "reorder", made.rule.id, "2", unrecorded)).toMatchObject({ rule: { order: 2 }, asIntended: true });
    const ids = (await ordered()).map(({ id }) => id);
    const back = [...ids.filter((id) => id !== made.rule.id), made.rule.id];
    expect(await at.json("policy", "reorder-all", ...back, unrecorded)).toMatchObject({ asIntended: true });
    expect((await ordered()).map(({ id }) => id)).toEqual(back);
    expect(await at.zpaWith(typing("n"), "policy", "delete", made.rule.id, unrecorded)).toMatchObject({ out: "Nothing was changed.\n" });
    expect(await at.json("policy", "delete", made.rule.id, "--yes", unrecorded)).toMatchObject({ deleted: made.rule.id, asIntended: true });
    expect((await ordered()).map(({ id }) => id)).not.toContain(made.rule.id);
  });

  it("shows which credential a rule types in, by itself and before it is deleted", async () => {
    const flags = ["Databases", "--type", "CREDENTIAL_POLICY"];
    expect((await at.zpa("policy", "rule", ...flags)).out).toMatch(/credential +\{"id":"\d+","name":"db-prod maintenance"\}/);
    const { err } = await at.zpaWith(typing("n"), "policy", "delete", ...flags, unrecorded);
    expect(err).toMatch(/credential +\{"id":"\d+","name":"db-prod maintenance"\}\n.*\n?.*This rule is going to be deleted/s);
    expect(await at.writes()).toBe(0);
  });

  it.each([
    ["no name", "action: ALLOW", /a name and an action/],
    ["another word", "name: x\naction: ALLOW\nactoin: DENY", /actoin/],
    ["an empty operand", "name: x\naction: ALLOW\nconditions: [{operands: [{objectType: APP}]}]", /no values and no entries/],
    ["no YAML", "{", /neither YAML nor JSON/],
  ])("takes no file with %s", async (_, file, sentence) => {
    const { status, err } = await at.zpaWith(piped(file), "policy", "create", unrecorded);
    expect(status).toBe(2);
    expect(err).toMatch(sentence);
    expect(await at.writes()).toBe(0);
  });

  it("lists sets, rules by type and action, client types and platforms", async () => {
    const { sets } = await at.json("policy", "sets");
    expect(sets).toContainEqual(expect.objectContaining({ type: "CREDENTIAL_POLICY", typeCode: "8" }));
    expect(await ordered("--type", "CREDENTIAL_POLICY", "--microtenant", rotterdam)).toMatchObject([{ name: "Crane" }]);
    expect(await ordered("--search", "action EQ DENY")).toMatchObject([{ name: "Decoys" }, { name: "Retired & kept for audits" }]);
    expect((await at.zpa("policy", "rules")).out).toMatch(/^Order +Id +Name +Action +Enabled +Where\n1 /);
    const { rule } = await at.json("policy", "rule", "Databases", "--type", "CREDENTIAL_POLICY");
    expect(rule).toMatchObject({ action: "INJECT_CREDENTIALS", raw: { credential: { name: "db-prod maintenance" } } });
    expect((await at.json("policy", "client-types")).clientTypes).toHaveProperty("zpn_client_type_exporter", "Web Browser");
    expect((await at.json("policy", "platforms")).platforms).toEqual(expect.objectContaining({ mac: "Mac" }));
  });
});
