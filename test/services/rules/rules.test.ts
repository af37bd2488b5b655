import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createRulesService } from "../../../src/services/rules/create-rules-service.ts";
import { diffText } from "../../../src/services/rules/line-diff.ts";
import type { ChangeOutcome } from "../../../src/services/rules/rules-service.ts";
import { aRulebook, changeOf, dora, emil, type Rulebook, SEGMENT, STRICT, shell, TENANT } from "./a-rulebook.ts";

const PLANT = { scope: "MICROTENANT", scopeId: "77" } as const;

let book: Rulebook;
beforeAll(async () => {
  book = await aRulebook();
});
beforeEach(() => book.clear());
afterAll(() => book.close());

const refused = (code: string) => expect.objectContaining({ code });

describe("a change that only tightens", () => {
  it("applies at once, with its author, its revision, and a line in the ledger", async () => {
    expect(await book.put(STRICT)).toMatchObject({
      result: "applied",
      kind: "add",
      baseRevision: 0,
      revision: 1,
      loosens: [],
      changeId: null,
    });
    expect(await book.rules.get({ ...TENANT, by: emil })).toMatchObject({
      yaml: STRICT,
      revision: 1,
      changedBy: "UDORA",
      changedAt: book.clock.at,
    });
    expect(await book.ledger()).toEqual([{ kind: "rules.changed", actor: "UDORA", subject: "TENANT" }]);
  });

  it("keeps before and after in the ledger", async () => {
    await book.put(STRICT);
    await book.put("longestWindowHours: 4\n");
    const { before, after } = await book.db.selectFrom("ledger_event").selectAll().orderBy("id", "desc").executeTakeFirstOrThrow();
    expect(before).toMatchObject({ revision: 1, rules: { longestWindowHours: 8 } });
    expect(after).toMatchObject({ revision: 2, rules: { longestWindowHours: 4 } });
  });

  it("changes nothing when it says what is written already", async () => {
    await book.put(STRICT);
    expect(await book.put(`# the same\n${STRICT}passedMakesGrant: false\n`)).toMatchObject({ result: "unchanged", revision: 1, diff: [] });
    expect(await book.ledger()).toHaveLength(1);
  });

  it("can be looked at without being made", async () => {
    const { result, diff } = await book.put(STRICT, { mode: "plan" });
    expect([result, diffText(diff)]).toEqual(["planned", "+ longestWindowHours: 8"]);
    await expect(book.rules.get({ ...TENANT, by: dora })).rejects.toEqual(refused("rules_unknown"));
  });

  it("is refused when the rules are not those that it was made of", async () => {
    await book.put(STRICT);
    await expect(book.put("longestWindowHours: 2\n", { expectedRevision: 0 })).rejects.toEqual(refused("rules_changed_meanwhile"));
    expect(await book.put("longestWindowHours: 2\n", { expectedRevision: 1 })).toMatchObject({ revision: 2 });
  });

  it("never gets a revision that stood for another text, also when the rules were away meanwhile", async () => {
    await book.put(STRICT);
    await book.given(TENANT, "{}");
    expect(await book.rules.delete({ ...TENANT, by: dora, expectedRevision: 2, mode: "apply" })).toMatchObject({
      result: "applied",
      revision: 0,
    });
    expect(await book.put(STRICT, { expectedRevision: 0 })).toMatchObject({ revision: 4 });
  });
});

describe("a scope that gets its first rules, or loses them", () => {
  it("is compared with what counted there before", async () => {
    await book.put("longestWindowHours: 8\n");
    expect(await book.put("longestWindowHours: 8\n", SEGMENT)).toMatchObject({ result: "applied" });
    expect(await book.put("longestWindowHours: 9\n", PLANT)).toMatchObject({ result: "waiting", loosens: ["longest_window_longer"] });
  });

  it("is compared with every segment group's rules, because the catalog does not say which are its own", async () => {
    await book.put("longestWindowHours: 2\n", { scope: "SEGMENT_GROUP", scopeId: "5" });
    expect(await book.put("longestWindowHours: 4\n", SEGMENT)).toMatchObject({ result: "waiting", loosens: ["longest_window_longer"] });
  });

  it("is not compared with a microtenant that it is not in", async () => {
    await book.put("longestWindowHours: 2\n", PLANT);
    expect(await book.put("longestWindowHours: 4\n", SEGMENT)).toMatchObject({ result: "applied" });
    expect(await book.put("longestWindowHours: 4\n", { ...SEGMENT, scopeId: "216196257331372732" })).toMatchObject({ result: "waiting" });
  });

  it("is compared with every microtenant that shares its segment", async () => {
    await book.put("longestWindowHours: 2\n", { scope: "MICROTENANT", scopeId: "78" });
    expect(await book.put("longestWindowHours: 4\n", { ...SEGMENT, scopeId: "216196257331372732" })).toMatchObject({ result: "waiting" });
  });

  it("loses them at once when wider ones say the same", async () => {
    await book.put(STRICT);
    await book.put(STRICT, SEGMENT);
    expect(await book.rules.delete({ ...SEGMENT, by: dora, expectedRevision: 1, mode: "apply" })).toMatchObject({ result: "applied" });
    await expect(book.rules.delete({ ...SEGMENT, by: dora, expectedRevision: null, mode: "apply" })).rejects.toEqual(
      refused("rules_unknown"),
    );
  });
});

describe("rules that this version cannot read", () => {
  const broken = { approvers: ["UBEN"], fromTheFuture: true };
  beforeEach(async () => {
    await book.put(STRICT);
    await book.put(STRICT, PLANT);
    const body = JSON.stringify(broken);
    await book.db.updateTable("approval_rules").set({ body }).where("scope", "=", "TENANT").execute();
  });

  it("are shown as they are stored, beside all others", async () => {
    const { yaml, rules } = await book.rules.export({ by: dora });
    expect(rules).toMatchObject([{ rules: broken }, { rules: { longestWindowHours: 8 } }]);
    expect(yaml).toContain("fromTheFuture: true");
  });

  it("are corrected with a second administrator: nothing passed under them, and then something can", async () => {
    const corrected = await book.put("approvers: [UBEN]", { expectedRevision: 1 });
    expect(corrected).toMatchObject({ result: "waiting", kind: "change", loosens: expect.arrayContaining(["circumvention_ended"]) });
    expect(diffText(corrected.diff)).toContain("- fromTheFuture: true");
    await book.rules.confirm({ changeId: changeOf(corrected), by: emil });
    expect(await book.rules.get({ ...TENANT, by: dora })).toMatchObject({ revision: 2, yaml: "approvers:\n  - UBEN\n" });
  });
});

describe("who may", () => {
  const ben = { teamId: "T1", userId: "UBEN" };
  it.each<[string, () => Promise<unknown>]>([
    ["get", () => book.rules.get({ ...TENANT, by: ben })],
    ["getFrozen", () => book.rules.getFrozen({ reference: "PRA-1001", by: ben })],
    ["list", () => book.rules.list({ by: ben })],
    ["export", () => book.rules.export({ by: ben })],
    ["put", () => book.put(STRICT, { by: ben })],
    ["put, only to look", () => book.put(STRICT, { by: ben, mode: "plan" })],
    ["delete", () => book.rules.delete({ ...TENANT, by: ben, expectedRevision: null, mode: "apply" })],
    ["apply", () => book.rules.apply({ yaml: "rules: []", by: ben, unnamed: "keep", mode: "apply", seen: null })],
  ])("%s: administrators alone", async (_, attempt) => {
    await expect(attempt()).rejects.toEqual(refused("admins_only"));
  });

  it.each(['ticketPattern: "a\\0"\n', 'approvalConfig: { fallbackApprover: { identityID: "U01\\uD800" } }\n'])(
    "refuses what the database cannot keep: %j",
    async (yaml) => {
      const problem = expect.stringContaining("cannot be kept");
      await expect(book.put(yaml)).rejects.toMatchObject({ code: "rules_invalid", details: { params: { problem } } });
    },
  );

  it("says whether anybody else could confirm", async () => {
    expect(await book.rules.list({ by: dora })).toMatchObject({ hasSecondAdmin: true });
    book.groups.set("SADM", []);
    expect(await book.rules.list({ by: dora })).toMatchObject({ hasSecondAdmin: false });
    const alone = createRulesService({ ...book.ports, admins: [{ kind: "person", userId: "UDORA" }] });
    expect(await alone.list({ by: shell })).toMatchObject({ hasSecondAdmin: false });
  });
});

describe("the rules of a single approval", () => {
  const request = { scope: "APPROVAL_REQUEST", scopeId: "PRA-1001" } as const;
  it("are neither replaced nor deleted", async () => {
    await expect(book.put(STRICT, request)).rejects.toEqual(refused("scope_frozen"));
    await expect(book.rules.delete({ ...request, by: dora, expectedRevision: null, mode: "apply" })).rejects.toEqual(
      refused("scope_frozen"),
    );
    const yaml = "rules:\n  - scope: APPROVAL_REQUEST\n    scopeId: PRA-1001\n    rules: {}\n";
    await expect(book.rules.apply({ yaml, by: dora, unnamed: "keep", mode: "apply", seen: null })).rejects.toEqual(refused("scope_frozen"));
  });
  it("are not there for a request that is not", async () => {
    await expect(book.rules.getFrozen({ reference: "PRA-1001", by: dora })).rejects.toEqual(refused("request_unknown"));
    await expect(book.rules.getFrozen({ reference: "no id", by: dora })).rejects.toEqual(refused("approval_unknown"));
  });
});

describe("a whole document", () => {
  const document = (...scopes: readonly string[]) => `rules:\n${scopes.join("")}`;
  const entry = (scope: string, rules: string) => `  - ${scope}\n    rules: ${rules}\n`;
  const apply = (yaml: string, over: Partial<Parameters<Rulebook["rules"]["apply"]>[0]> = {}) =>
    book.rules.apply({ yaml, by: dora, unnamed: "keep", mode: "apply", seen: null, ...over });
  const results = (outcomes: readonly ChangeOutcome[]) => outcomes.map(({ scope, kind, result }) => [scope, kind, result].join(" "));

  it("is exported the same whatever order it was written in, the widest scope first", async () => {
    await book.put(STRICT, SEGMENT);
    await book.put(STRICT, PLANT);
    await book.put(STRICT);
    const { yaml } = await book.rules.export({ by: dora });
    expect(yaml).toBe(
      document(
        "  - scope: TENANT\n    revision: 1\n    rules:\n      longestWindowHours: 8\n",
        '  - scope: MICROTENANT\n    scopeId: "77"\n    revision: 1\n    rules:\n      longestWindowHours: 8\n',
        '  - scope: APPLICATION_SEGMENT\n    scopeId: "216196257331372731"\n    revision: 1\n    rules:\n      longestWindowHours: 8\n',
      ),
    );
    expect(results(await apply(yaml))).toEqual([
      "TENANT none unchanged",
      "MICROTENANT none unchanged",
      "APPLICATION_SEGMENT none unchanged",
    ]);
  });

  it("adds, changes, and has wait what loosens; what it does not name stays", async () => {
    await book.put(STRICT);
    await book.put(STRICT, PLANT);
    const yaml = document(
      entry("scope: TENANT", "{longestWindowHours: 4}"),
      entry("scope: APPLICATION_SEGMENT\n    scopeId: 216196257331372731", "{approvers: [UEVE]}"),
    );
    expect(results(await apply(yaml, { mode: "plan" }))).toEqual(["TENANT change planned", "APPLICATION_SEGMENT add planned"]);
    expect(results(await apply(yaml))).toEqual(["TENANT change applied", "APPLICATION_SEGMENT add waiting"]);
    expect((await book.rules.list({ by: dora })).rules.map(({ scope }) => scope)).toEqual(["TENANT", "MICROTENANT"]);
    expect((await book.rules.list({ by: dora })).waiting).toMatchObject([{ scopeId: "216196257331372731" }]);
  });

  it("removes what it does not name only when told to, after the wider scopes have taken over", async () => {
    await book.put(STRICT, PLANT);
    const yaml = document(entry("scope: TENANT", "{longestWindowHours: 8}"));
    expect(results(await apply(yaml, { unnamed: "remove" }))).toEqual(["TENANT add applied", "MICROTENANT remove applied"]);
  });

  it("is refused whole when one scope changed since it was exported, or since its plan was shown", async () => {
    await book.put(STRICT);
    const { yaml } = await book.rules.export({ by: dora });
    const plan = await apply(yaml.replace("8", "7"), { mode: "plan" });
    await book.put("longestWindowHours: 6\n", { by: emil });
    const added = `${yaml.replace("8", "5")}${entry("scope: MICROTENANT\n    scopeId: '77'", "{longestWindowHours: 1}")}`;
    await expect(apply(added)).rejects.toEqual(refused("rules_changed_meanwhile"));
    await expect(apply(yaml.replace("8", "5").replace("revision: 1", ""), { seen: plan })).rejects.toEqual(
      refused("rules_changed_meanwhile"),
    );
    expect(results(await apply("rules: []", { unnamed: "keep" }))).toEqual([]);
    expect((await book.rules.list({ by: dora })).rules).toHaveLength(1);
  });

  it("removes nothing that came after its plan was shown", async () => {
    const plan = await apply("rules: []", { mode: "plan", unnamed: "remove" });
    await book.put(STRICT, { by: emil });
    await expect(apply("rules: []", { unnamed: "remove", seen: plan })).rejects.toEqual(refused("rules_changed_meanwhile"));
  });
});
