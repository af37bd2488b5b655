/**
 * Contract: the queue shows a person exactly what the engine would let them decide now, the most urgent first; and whoever goes
 * through it page by page meets every approval that waits all the while exactly once, whatever others decide meanwhile.
 */
import fc from "fast-check";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { fromUnknown } from "../../../src/errors.ts";
import type { QueuePlace } from "../../../src/services/approvals/queue.ts";
import { aHouse, type House } from "../access/a-house.ts";
import { decidable, type Waiting, waits } from "./a-queue.ts";
import { group, person } from "./an-approval.ts";

let house: House;
const NOW = new Date("2026-11-10T08:00:00Z");
const days = (n: number): Date => new Date(NOW.getTime() - n * 86_400_000);

beforeAll(async () => {
  house = await aHouse();
  const ben = house.known.get("UBEN");
  if (ben === undefined) throw new Error("Ben left");
  house.known.set("UDAN", { ...ben, userId: "UDAN", name: "Dan", email: "dan@example.com", zpaUser: "dan@example.com" });
  // Ana once more, in another Slack account that ZPA knows as the same user.
  house.known.set("UANA2", { ...ben, userId: "UANA2", name: "Ana", email: "ana2@example.com", zpaUser: "ana@example.com" });
  house.groups.set("SOPS", ["UBEN", "UCHI", "UANA2"]).set("SSRE", ["UDAN", "UBEN"]);
});
afterAll(() => house.close());
beforeEach(async () => {
  house.clock.at = NOW;
  await sql`truncate request cascade`.execute(house.db);
});

const shown = async (userId: string, place: Partial<QueuePlace> = {}, limit = 100) =>
  (await house.queue(userId, place, limit)).rows.map(({ approvalId }) => approvalId);

const holder = fc.constantFrom(person("UBEN"), person("UCHI"), person("UDAN"), person("UANA"), group("SOPS"), group("SSRE"));
const waiting: fc.Arbitrary<Waiting> = fc.record({
  holders: fc.uniqueArray(holder, { minLength: 1, maxLength: 3, selector: (each) => JSON.stringify(each) }),
  criteria: fc.constantFrom("SERIAL", "PARALLEL"),
  needed: fc.integer({ min: 1, max: 3 }),
  priority: fc.constantFrom("HIGH", "MEDIUM", "LOW"),
  daysUntilTimeout: fc.constantFrom(null, 1, 2, 3, 30),
  selfApproval: fc.constantFrom("OFF", "ALLOWED"),
  requester: fc.constantFrom("UANA", "UBEN", "UDAN"),
  createdAt: fc.integer({ min: 0, max: 3 }).map(days),
});
const people = ["UANA", "UANA2", "UBEN", "UCHI", "UDAN"] as const;
const step = fc.record({
  nth: fc.nat(20),
  by: fc.constantFrom("UBEN", "UCHI", "UDAN"),
  does: fc.constantFrom("approve", "reject", "reassign"),
  to: holder,
});

/** Somebody acts on an approval; what the engine refuses changes nothing. */
async function act(
  ids: readonly string[],
  { nth, by, does, to }: { nth: number; by: string; does: string; to: Waiting["holders"][number] },
) {
  const id = ids[nth % ids.length];
  if (id === undefined) return;
  const common = { by: { teamId: "T1", userId: by }, version: null, comment: "because" };
  const command =
    does === "reassign"
      ? { ...common, kind: "reassign" as const, from: null, to }
      : { ...common, kind: does === "approve" ? ("approve" as const) : ("reject" as const) };
  await house.decide(id, command).catch((thrown: unknown) => {
    if (fromUnknown(thrown).code === "unexpected") throw thrown;
  });
}

async function inserted(all: readonly Waiting[]): Promise<string[]> {
  await sql`truncate request cascade`.execute(house.db);
  const ids: string[] = [];
  for (const each of all) ids.push(await waits(house, each));
  return ids;
}

describe("the queue", () => {
  it("is what the engine would let each person decide, in the order of urgency, after any decisions", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(waiting, { minLength: 1, maxLength: 8 }), fc.array(step, { maxLength: 6 }), async (all, steps) => {
        const ids = await inserted(all);
        for (const each of steps) await act(ids, each);
        for (const userId of people) {
          const expected = await decidable(house, userId);
          expect(await shown(userId), userId).toEqual(expected);
          expect(await house.queue(userId, {}, 3), userId).toMatchObject({
            waiting: expected.length,
            matching: expected.length,
            before: 0,
          });
        }
      }),
      { numRuns: 40 },
    );
  }, 120_000);

  it("meets every approval that waits all the while exactly once, page by page, whatever is decided in between", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(waiting, { minLength: 5, maxLength: 14 }),
        fc.integer({ min: 1, max: 4 }),
        fc.array(fc.array(step, { maxLength: 2 }), { maxLength: 8 }),
        async (all, limit, meanwhile) => {
          const ids = await inserted(all);
          const before = await decidable(house, "UBEN");
          const met: string[] = [];
          let from: QueuePlace["from"] = null;
          for (let turn = 0; ; turn += 1) {
            const page = await house.queue("UBEN", { from }, limit);
            const last = page.rows.at(-1)?.approvalId;
            if (last === undefined || (from !== null && page.place.from === null)) break; // after the last one it starts anew
            met.push(...page.rows.map(({ approvalId }) => approvalId));
            for (const each of meanwhile[turn] ?? []) await act(ids, each);
            from = { after: last };
          }
          expect(new Set(met).size).toBe(met.length);
          const after = await decidable(house, "UBEN");
          for (const id of before) if (after.includes(id)) expect(met).toContain(id);
        },
      ),
      { numRuns: 40 },
    );
  }, 120_000);

  it("does not stop at a hundred", async () => {
    const all = await inserted(
      Array.from({ length: 130 }, (_, n) => ({ holders: [person("UBEN")], createdAt: new Date(days(2).getTime() + n) })),
    );
    const met: string[] = [];
    let from: QueuePlace["from"] = null;
    for (let page = await shown("UBEN", {}, 40); met.length < 130; page = await shown("UBEN", { from }, 40)) {
      met.push(...page);
      from = { after: page.at(-1) ?? "" };
    }
    expect(met).toEqual(all);
    expect(await house.queue("UBEN", { from: { after: met[99] ?? "" } }, 40)).toMatchObject({ waiting: 130, matching: 130, before: 100 });
  });

  it("goes back a page, and to the start where the pages before have emptied", async () => {
    const all = await inserted(
      Array.from({ length: 7 }, (_, n) => ({ holders: [person("UBEN")], createdAt: new Date(days(2).getTime() + n) })),
    );
    expect(await shown("UBEN", { from: { before: all[6] ?? "" } }, 3)).toEqual(all.slice(3, 6));
    for (const id of all.slice(0, 4)) await act([id], { nth: 0, by: "UBEN", does: "approve", to: person("UBEN") });
    const page = await house.queue("UBEN", { from: { before: all[5] ?? "" } }, 3);
    expect(page.rows.map(({ approvalId }) => approvalId)).toEqual(all.slice(4));
    expect(page.place.from).toBeNull();
  });

  it("keeps its place when the row that the page began after is decided", async () => {
    const all = await inserted(
      Array.from({ length: 6 }, (_, n) => ({ holders: [person("UBEN")], createdAt: new Date(days(2).getTime() + n) })),
    );
    await act([all[2] ?? ""], { nth: 0, by: "UBEN", does: "approve", to: person("UBEN") });
    expect(await shown("UBEN", { from: { after: all[2] ?? "" } }, 3)).toEqual(all.slice(3));
  });
});

describe("the filters", () => {
  const found = async (place: Partial<QueuePlace>, userId = "UBEN") => (await house.queue(userId, place)).rows.map(({ reason }) => reason);
  beforeEach(async () => {
    const common = { createdAt: days(1) };
    await waits(house, { ...common, holders: [person("UBEN")], reason: "mine", priority: "LOW" });
    await waits(house, { ...common, holders: [group("SOPS")], reason: "group", priority: "HIGH", console: "hmi_line-4" });
    await waits(house, { ...common, holders: [person("UCHI")], reason: "chiyo's", requester: "UDAN" });
    await waits(house, {
      createdAt: new Date(days(1).getTime() + 3_600_000),
      holders: [person("UBEN")],
      reason: "soon",
      daysUntilTimeout: 1,
      requester: "UDAN",
    });
  });

  it.each([
    ["ALL", ["soon", "group", "mine"]],
    ["DUE_SOON", ["soon"]],
    ["MINE", ["soon", "mine"]],
    ["GROUPS", ["group"]],
    ["HIGH", ["group"]],
    ["EVERYONE", ["soon", "group", "mine"]],
  ] as const)("%s leaves %j to somebody who is no administrator", async (filter, reasons) => {
    expect(await found({ filter })).toEqual(reasons);
    expect(await house.queue("UBEN", { filter })).toMatchObject({ waiting: 3, matching: reasons.length, isAdmin: false });
  });

  it("shows an administrator what waits for anybody, and says who is asked", async () => {
    const ben = house.known.get("UBEN");
    if (ben !== undefined) house.known.set("UROOT", { ...ben, userId: "UROOT", zpaUser: "root@example.com" });
    expect((await house.queue("UROOT")).rows).toEqual([]);
    const page = await house.queue("UROOT", { filter: "EVERYONE" });
    expect(page).toMatchObject({ waiting: 4, matching: 4, isAdmin: true });
    expect(page.rows.map(({ asks }) => asks.kind)).toEqual(["OTHERS", "OTHERS", "OTHERS", "OTHERS"]);
  });

  it.each([
    ["hmi", ["group"]],
    ["HMI_LINE group", ["group"]],
    ["%", []],
    ["_", ["group"]],
    ["dan", ["soon"]],
    ["ana", ["group", "mine"]],
    ["mine", ["mine"]],
    ["nobody", []],
    [String.raw`\ `, []],
  ] as const)("looks for %j in consoles, people and reasons", async (words, reasons) => {
    expect(await found({ words })).toEqual(reasons);
  });

  it("finds a request by its number", async () => {
    const [row] = (await house.queue("UBEN", { filter: "HIGH" })).rows;
    expect(await found({ words: row?.label.toLowerCase() ?? "" })).toEqual(["group"]);
  });

  it("says in each row why it is urgent and who is asked", async () => {
    const { rows } = await house.queue("UBEN");
    expect(rows.map(({ reason, isDueSoon, priority, asks }) => ({ reason, isDueSoon, priority, asks }))).toEqual([
      { reason: "soon", isDueSoon: true, priority: "MEDIUM", asks: { kind: "YOU" } },
      { reason: "group", isDueSoon: false, priority: "HIGH", asks: { kind: "GROUP", groupId: "SOPS" } },
      { reason: "mine", isDueSoon: false, priority: "LOW", asks: { kind: "YOU" } },
    ]);
  });

  it("has nothing for somebody whom Slack or the settings do not trust", async () => {
    await waits(house, { holders: [person("UGONE")], createdAt: days(1) });
    expect(await house.queue("UGONE")).toMatchObject({ rows: [], waiting: 0 });
  });
});
