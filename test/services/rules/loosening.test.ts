import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createRulesService } from "../../../src/services/rules/create-rules-service.ts";
import { aRulebook, changeOf, dora, emil, type Rulebook, SEGMENT, STRICT, shell, TENANT } from "./a-rulebook.ts";

const LOOSE = "approvers:\n  - UEVE\n";

let book: Rulebook;
beforeAll(async () => {
  book = await aRulebook();
});
beforeEach(() => book.clear());
afterAll(() => book.close());

const refused = (code: string) => expect.objectContaining({ code });

describe("a change that loosens", () => {
  it("waits for a second administrator and changes nothing until then", async () => {
    await book.put(STRICT);
    const outcome = await book.put("{}");
    expect(outcome).toMatchObject({ result: "waiting", kind: "change", loosens: ["longest_window_longer"], revision: 1 });
    expect((await book.rules.get({ ...TENANT, by: dora })).yaml).toBe(STRICT);
    expect(book.enqueued).toEqual([{ queue: "project-rules-change", payload: { changeId: changeOf(outcome) } }]);
    expect((await book.rules.list({ by: dora })).waiting).toMatchObject([
      { id: changeOf(outcome), status: "WAITING", proposedBy: "UDORA" },
    ]);
  });

  it("is in force once another administrator confirms it, under the name of who proposed it", async () => {
    const changeId = changeOf(await book.put(LOOSE));
    expect(await book.rules.confirm({ changeId, by: emil })).toMatchObject({ status: "APPLIED", settledBy: "UEMIL" });
    expect(await book.rules.get({ ...TENANT, by: emil })).toMatchObject({ yaml: LOOSE, revision: 1, changedBy: "UDORA" });
    expect(await book.ledger()).toEqual([
      { kind: "rules.change_proposed", actor: "UDORA", subject: changeId },
      { kind: "rules.change_applied", actor: "UEMIL", subject: changeId },
      { kind: "rules.changed", actor: "UEMIL", subject: "TENANT" },
    ]);
  });

  it("is shown whole to administrators, also once it is settled", async () => {
    const changeId = changeOf(await book.put(LOOSE));
    const shown = await book.rules.getChange({ changeId, by: emil });
    expect(shown).toMatchObject({ id: changeId, status: "WAITING", proposedBy: "UDORA", kind: "add" });
    expect(shown.diff.map(({ sign }) => sign)).toContain("+");
    await book.rules.confirm({ changeId, by: emil });
    expect(await book.rules.getChange({ changeId, by: dora })).toMatchObject({ status: "APPLIED" });
    await expect(book.rules.getChange({ changeId, by: { teamId: "T1", userId: "UBEN" } })).rejects.toEqual(refused("admins_only"));
    await expect(book.rules.getChange({ changeId: "forged", by: emil })).rejects.toEqual(refused("change_unknown"));
  });

  it("is never confirmed by who proposed it, by someone who is no administrator, or by one who has left", async () => {
    const changeId = changeOf(await book.put(LOOSE));
    await expect(book.rules.confirm({ changeId, by: dora })).rejects.toEqual(refused("second_admin_needed"));
    await expect(book.rules.confirm({ changeId, by: { teamId: "T1", userId: "UBEN" } })).rejects.toEqual(refused("admins_only"));
    book.left.add("UEMIL");
    await expect(book.rules.confirm({ changeId, by: emil })).rejects.toEqual(refused("person_deactivated"));
    await expect(book.rules.get({ ...TENANT, by: dora })).rejects.toEqual(refused("rules_unknown"));
  });

  it("is not confirmed from the command line when it came from there, under whatever name", async () => {
    const changeId = changeOf(await book.put(LOOSE, { by: shell }));
    for (const osUser of ["ops", "root"])
      await expect(book.rules.confirm({ changeId, by: { osUser } })).rejects.toEqual(refused("second_admin_needed"));
    await book.rules.confirm({ changeId, by: dora });
    expect(await book.rules.get({ ...TENANT, by: dora })).toMatchObject({ changedBy: "cli:ops" });
  });

  it.each([
    ["there is no other", () => book.groups.set("SADM", [])],
    ["the other has left", () => book.left.add("UEMIL")],
    ["the other is a second account of the same person", () => book.zpaUsers.set("UDORA", "d@example.com").set("UEMIL", "d@example.com")],
  ])("is not confirmed by the one administrator when it came from the command line, and may be theirs: %s", async (_, given) => {
    const changeId = changeOf(await book.put(LOOSE, { by: shell }));
    given();
    await expect(book.rules.confirm({ changeId, by: dora })).rejects.toEqual(refused("second_admin_needed"));
    await expect(book.rules.get({ ...TENANT, by: dora })).rejects.toEqual(refused("rules_unknown"));
  });

  it("is not confirmed from the command line when its proposer is the one administrator", async () => {
    const changeId = changeOf(await book.put(LOOSE));
    const alone = createRulesService({ ...book.ports, admins: [{ kind: "person", userId: "UDORA" }] });
    await expect(alone.confirm({ changeId, by: shell })).rejects.toEqual(refused("second_admin_needed"));
  });

  it("is declined by another, or taken back, and then it is over", async () => {
    const [one, other] = [changeOf(await book.put(LOOSE)), changeOf(await book.put("approvers: [UEVE, UBEN]"))];
    expect(await book.rules.decline({ changeId: one, by: emil })).toMatchObject({ status: "DECLINED", settledBy: "UEMIL" });
    expect(await book.rules.decline({ changeId: other, by: dora })).toMatchObject({ status: "DECLINED", settledBy: "UDORA" });
    await expect(book.rules.confirm({ changeId: one, by: emil })).rejects.toMatchObject({
      code: "change_settled",
      details: { params: { status: "DECLINED" } },
    });
  });

  it("is overtaken by whatever else changes its scope, and whoever was asked is told", async () => {
    await book.put(STRICT);
    const changeId = changeOf(await book.put("{}"));
    book.enqueued.length = 0;
    await book.put("longestWindowHours: 4\n", { by: emil });
    expect(book.enqueued).toEqual([{ queue: "project-rules-change", payload: { changeId } }]);
    await expect(book.rules.confirm({ changeId, by: emil })).rejects.toMatchObject({ details: { params: { status: "OVERTAKEN" } } });
    expect((await book.rules.list({ by: dora })).waiting).toEqual([]);
  });

  it("is overtaken when it would loosen more than was said, because a wider scope changed", async () => {
    await book.put(STRICT);
    await book.put("longestWindowHours: 4\n", SEGMENT);
    const gone = await book.rules.delete({ ...SEGMENT, by: dora, expectedRevision: 1, mode: "apply" });
    expect(gone).toMatchObject({ result: "waiting", kind: "remove", loosens: ["longest_window_longer"] });
    await book.given(TENANT, "approvers: [UEVE]\nlongestWindowHours: 8\n");
    await expect(book.rules.confirm({ changeId: changeOf(gone), by: emil })).rejects.toEqual(refused("rules_changed_meanwhile"));
    expect((await book.rules.get({ ...SEGMENT, by: dora })).yaml).toBe("longestWindowHours: 4\n");
    expect((await book.ledger()).at(-1)).toMatchObject({ kind: "rules.change_overtaken" });
  });

  it("is overtaken when who proposed it is no administrator any more", async () => {
    const changeId = changeOf(await book.put(LOOSE, { by: emil }));
    book.groups.set("SADM", []);
    await expect(book.rules.confirm({ changeId, by: dora })).rejects.toEqual(refused("rules_changed_meanwhile"));
    await expect(book.rules.get({ ...TENANT, by: dora })).rejects.toEqual(refused("rules_unknown"));
  });

  it("waits once, however often it is sent", async () => {
    const first = changeOf(await book.put(LOOSE));
    expect(changeOf(await book.put(LOOSE))).toBe(first);
    expect(changeOf(await book.put(LOOSE, { by: emil }))).not.toBe(first);
  });
});

describe("two administrators at the same moment", () => {
  it("confirm a change once", async () => {
    const changeId = changeOf(await book.put(LOOSE, { by: shell }));
    const settled = await Promise.allSettled([dora, emil].map((by) => book.rules.confirm({ changeId, by })));
    expect(settled.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect((await book.rules.get({ ...TENANT, by: dora })).revision).toBe(1);
  });

  it("write one revision each, or one of them hears of the other", async () => {
    await book.put(STRICT);
    const settled = await Promise.allSettled([6, 5].map((hours) => book.put(`longestWindowHours: ${hours}`, { expectedRevision: 1 })));
    expect(settled.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect((await book.rules.get({ ...TENANT, by: dora })).revision).toBe(2);
  });
});
