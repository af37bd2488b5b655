/**
 * Contract: a command on many approvals decides each exactly as a single decision would, once, whatever becomes of the others or of the
 * process; afterwards there is one result for each, and one line in the ledger for the command.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { PortcullisError } from "../../../src/errors.ts";
import type { FaultPointName } from "../../../src/fault-points.ts";
import type { JobAttempt } from "../../../src/jobs/jobs.ts";
import { BULK_LIMIT, type BulkItem, type BulkResult, type SubmitBulk, WITHDRAWABLE_LISTED } from "../../../src/services/approvals/bulk.ts";
import type { decideApproval } from "../../../src/services/approvals/decide-approval.ts";
import { previewBulk, withdrawableRequests } from "../../../src/services/approvals/preview-bulk.ts";
import { runBulk } from "../../../src/services/approvals/run-bulk.ts";
import { showBulk } from "../../../src/services/approvals/show-bulk.ts";
import { submitBulk } from "../../../src/services/approvals/submit-bulk.ts";
import { aHouse, type House } from "../access/a-house.ts";

let house: House;
let views = 0;
beforeAll(async () => {
  house = await aHouse();
});
afterAll(() => house.close());
beforeEach(() => {
  house.clock.at = new Date(house.clock.at.getTime() + 600_000);
  house.enqueued.length = 0;
});

const ben = { teamId: "T1", userId: "UBEN" };
const chi = { teamId: "T1", userId: "UCHI" };
const attempt = (retryCount = 0, isLast = false): JobAttempt => ({ jobId: "j", retryCount, isLast, signal: new AbortController().signal });

/** @returns the approvals of so many new requests of Ana's, as they stand */
async function asked(count: number): Promise<BulkItem[]> {
  const items: BulkItem[] = [];
  for (let n = 0; n < count; n += 1) {
    const { id, version } = await house.approvalOf((await house.ask()).id);
    items.push({ approvalId: id, version });
  }
  return items;
}

const command = (items: readonly BulkItem[], change: Partial<SubmitBulk> = {}): SubmitBulk => ({
  verdict: "approve",
  items,
  by: ben,
  comment: "",
  to: null,
  viewId: `V${++views}`,
  ...change,
});

const jobIds = (queue: string) =>
  house.enqueued.filter((job) => job.queue === queue).map(({ payload }) => (payload as { readonly bulkId: string }).bulkId);

async function submit(bulk: SubmitBulk): Promise<string> {
  await submitBulk(house.ports)(bulk);
  const id = jobIds("bulk-decide").at(-1);
  if (id === undefined) throw new Error("no job was written");
  return id;
}

type Decide = ReturnType<typeof decideApproval>;
const run = (bulkId: string, { decide = house.decide as Decide, faultPoint = house.ports.faultPoint, at = attempt() } = {}) =>
  runBulk({ ...house.ports, decide, faultPoint })({ bulkId }, at);

async function result(bulkId: string): Promise<BulkResult | null> {
  const shown: BulkResult[] = [];
  await showBulk({ db: house.db, show: async (each) => void shown.push(each) })({ bulkId });
  return shown[0] ?? null;
}
const codes = async (bulkId: string) => (await result(bulkId))?.rows.map(({ failure }) => failure?.code ?? "ok");
const statusOf = async ({ approvalId }: BulkItem) =>
  (await house.db.selectFrom("approval").select("status").where("id", "=", approvalId).executeTakeFirstOrThrow()).status;
const ledgerOf = (bulkId: string) =>
  house.db.selectFrom("ledger_event").select(["kind", "actor", "after"]).where("subject", "=", bulkId).execute();

describe("a command on many approvals", () => {
  it("decides each by its own rules, goes on after one that fails, and has a result for each", async () => {
    const items = await asked(5);
    const [, second, third, fourth] = items;
    await house.decide(second?.approvalId ?? "", { kind: "approve", by: chi, version: null, comment: null });
    const to = { kind: "person", userId: "UROOT" } as const;
    await house.known.set("UROOT", { ...anyone(), userId: "UROOT", name: "Root", zpaUser: "root@example.com" });
    await house.decide(third?.approvalId ?? "", { kind: "reassign", by: chi, version: null, from: null, to, comment: "on leave" });
    await house.decide(fourth?.approvalId ?? "", { kind: "reassign", by: ben, version: null, from: null, to, comment: "on leave" });
    const bulkId = await submit(command(items));
    await run(bulkId);

    expect(await codes(bulkId)).toEqual(["ok", "already_decided", "card_stale", "not_allowed", "ok"]);
    expect((await result(bulkId))?.rows[1]?.failure?.params).toMatchObject({ byUserId: "UCHI", status: "APPROVED" });
    expect(await Promise.all(items.map(statusOf))).toEqual(["APPROVED", "APPROVED", "PENDING", "PENDING", "APPROVED"]);
    expect(await ledgerOf(bulkId)).toEqual([
      {
        kind: "approvals.bulk_decided",
        actor: "UBEN",
        after: expect.objectContaining({
          verdict: "approve",
          items: items.map(({ approvalId }, n) =>
            expect.objectContaining({ approvalId, result: ["ok", "already_decided", "card_stale", "not_allowed", "ok"][n] }),
          ),
        }),
      },
    ]);
  });

  it("rejects, hands over and withdraws, with the comment on each", async () => {
    const [rejected = nothing(), handed = nothing(), withdrawn = nothing()] = await asked(3);
    await run(await submit(command([rejected], { verdict: "reject", comment: " not today " })));
    house.known.set("UDAN", { ...anyone(), userId: "UDAN", name: "Dan", email: "dan@example.com", zpaUser: "dan@example.com" });
    const to = { kind: "person", userId: "UDAN" } as const;
    await run(await submit(command([handed], { verdict: "reassign", to, comment: "on leave" })));
    const ana = { teamId: "T1", userId: "UANA" };
    const refused = await submit(command([handed, withdrawn], { verdict: "cancel" }));
    await run(refused);
    expect(await codes(refused)).toEqual(["not_allowed", "not_allowed"]);
    await run(await submit(command([withdrawn], { verdict: "cancel", by: ana, comment: "no longer needed" })));

    expect([await statusOf(rejected), await statusOf(handed), await statusOf(withdrawn)]).toEqual(["REJECTED", "PENDING", "CANCELLED"]);
    const { rows } = await house.queue("UDAN");
    expect(rows.map(({ approvalId }) => approvalId)).toEqual([handed.approvalId]);
    const bodies = await house.db
      .selectFrom("approval")
      .select("body")
      .where("id", "in", [rejected.approvalId, withdrawn.approvalId])
      .execute();
    expect(JSON.stringify(bodies)).toContain('"not today"');
    expect(JSON.stringify(bodies)).toContain('"no longer needed"');
  });

  it("is refused before it is written when nothing or too much is selected, or a comment is missing", async () => {
    const [item = nothing()] = await asked(1);
    const many = Array.from({ length: BULK_LIMIT + 1 }, () => ({ approvalId: crypto.randomUUID(), version: 1 }));
    await expect(submit(command([]))).rejects.toMatchObject({ code: "selection_empty" });
    await expect(submit(command(many))).rejects.toMatchObject({
      code: "selection_too_large",
      details: { params: { count: 51, limit: 50 } },
    });
    await expect(submit(command([item], { verdict: "reject", comment: "  " }))).rejects.toMatchObject({
      code: "comment_required",
      details: { field: "comment" },
    });
    await expect(submit(command([item], { by: { teamId: "T1", userId: "UGONE" } }))).rejects.toMatchObject({ code: "person_deactivated" });
    expect(jobIds("bulk-decide")).toEqual([]);
  });

  it("is one command however often the same form arrives, and another when something else is in it", async () => {
    const items = await asked(2);
    const bulk = command(items);
    const bulkId = await submit(bulk);
    await submitBulk(house.ports)(bulk);
    expect(jobIds("bulk-decide")).toEqual([bulkId]);
    expect(jobIds("show-bulk")).toEqual([bulkId]); // the form says "in progress" once more
    await submitBulk(house.ports)({ ...bulk, comment: "looks right" });
    expect(jobIds("bulk-decide")).toHaveLength(2);
  });

  it("shows its result only once all are done, and not before Slack has drawn the page that says that it is being worked on", async () => {
    const items = await asked(2);
    const bulkId = await submit(command(items));
    expect(await result(bulkId)).toBeNull();
    await run(bulkId);
    const shown = house.enqueued.find(({ queue }) => queue === "show-bulk");
    expect(shown?.startAfter?.getTime()).toBe(house.clock.at.getTime() + 1_500);
    expect(house.enqueued.filter(({ queue }) => queue === "publish-home").map(({ payload }) => payload)).toEqual([{ userId: "UBEN" }]);
  });
});

describe("a run that was cut off", () => {
  class Killed extends Error {}
  /** Dies the nth time that the job comes to this point. */
  const dyingAt = (point: FaultPointName, nth: number) => {
    let seen = 0;
    return (name: FaultPointName) => {
      if (name === point && ++seen === nth) throw new Killed();
    };
  };

  it.each([1, 2, 3])("goes on behind item %i, which it had decided and not noted, and decides none twice", async (nth) => {
    const items = await asked(3);
    const bulkId = await submit(command(items));
    await expect(run(bulkId, { faultPoint: dyingAt("bulk.item-decided", nth) })).rejects.toThrow(Killed);
    expect((await Promise.all(items.map(statusOf))).filter((status) => status === "APPROVED")).toHaveLength(nth);
    await run(bulkId, { at: attempt(1) });
    expect(await codes(bulkId)).toEqual(["ok", "ok", "ok"]);
    for (const { approvalId } of items) {
      const decided = await house.db.selectFrom("ledger_event").select("kind").where("subject", "=", approvalId).execute();
      expect(decided.filter(({ kind }) => kind === "approval.seat_decided")).toHaveLength(1);
    }
    expect(await ledgerOf(bulkId)).toHaveLength(1);
  });

  it.each([
    ["reject", { comment: "no" }],
    ["reassign", { comment: "on leave", to: { kind: "person", userId: "UDAN" } as const }],
    ["cancel", { by: { teamId: "T1", userId: "UANA" } }],
  ] as const)("knows its own %s again", async (verdict, change) => {
    house.known.set("UDAN", { ...anyone(), userId: "UDAN", name: "Dan", email: "dan@example.com", zpaUser: "dan@example.com" });
    const items = await asked(2);
    const bulkId = await submit(command(items, { verdict, ...change }));
    await expect(run(bulkId, { faultPoint: dyingAt("bulk.item-decided", 1) })).rejects.toThrow(Killed);
    await run(bulkId, { at: attempt(1) });
    expect(await codes(bulkId)).toEqual(["ok", "ok"]);
  });

  it("does not take for its own what somebody else has decided meanwhile", async () => {
    const items = await asked(2);
    const bulkId = await submit(command(items));
    await expect(run(bulkId, { faultPoint: dyingAt("bulk.item-decided", 1) })).rejects.toThrow(Killed);
    await house.decide(items[1]?.approvalId ?? "", { kind: "approve", by: chi, version: null, comment: null });
    await run(bulkId, { at: attempt(1) });
    expect(await codes(bulkId)).toEqual(["ok", "already_decided"]);
  });

  it("tries again what a passing fault has stopped, and nothing else; at the last try it says so", async () => {
    const items = await asked(3);
    const bulkId = await submit(command(items));
    const tried: string[] = [];
    const flaky: Decide = async (approvalId, each) => {
      tried.push(approvalId);
      if (approvalId === items[1]?.approvalId) throw new PortcullisError("slack_unreachable");
      return house.decide(approvalId, each);
    };
    await expect(run(bulkId, { decide: flaky })).rejects.toMatchObject({ code: "slack_unreachable" });
    expect(await Promise.all(items.map(statusOf))).toEqual(["APPROVED", "PENDING", "APPROVED"]);
    await run(bulkId, { decide: flaky, at: attempt(10, true) });
    expect(tried.slice(3)).toEqual([items[1]?.approvalId]);
    expect(await codes(bulkId)).toEqual(["ok", "slack_unreachable", "ok"]);
    expect((await result(bulkId))?.rows[1]?.failure?.reference).not.toBe("");
  });

  it("is finished once, also by two runs at the same time", async () => {
    const items = await asked(4);
    const bulkId = await submit(command(items));
    await Promise.all([run(bulkId), run(bulkId, { at: attempt(1) })]);
    expect(await codes(bulkId)).toEqual(["ok", "ok", "ok", "ok"]);
    expect(await Promise.all(items.map(statusOf))).toEqual(["APPROVED", "APPROVED", "APPROVED", "APPROVED"]);
    expect(await ledgerOf(bulkId)).toHaveLength(1);
    expect(jobIds("show-bulk")).toHaveLength(1);
  });
});

describe("before the form is sent", () => {
  it("lists what is selected, each once, and asks for a comment where a configuration does", async () => {
    const items = await asked(2);
    const preview = previewBulk({ db: house.db });
    const shown = await preview({ verdict: "reject", items: [...items, ...items] });
    expect(shown.rows.map(({ item }) => item)).toEqual(items);
    expect(shown.rows[0]).toMatchObject({ consoleNames: ["db-prod"], beneficiaryUserId: "UANA" });
    expect(shown.commentRequired).toBe(true);
    expect((await preview({ verdict: "approve", items })).commentRequired).toBe(false);
    await expect(preview({ verdict: "approve", items: [] })).rejects.toMatchObject({ code: "selection_empty" });
  });

  it("asks why seats are handed over, as the form of a single one does, and takes none without", async () => {
    const items = await asked(1);
    expect((await previewBulk({ db: house.db })({ verdict: "reassign", items })).commentRequired).toBe(true);
    const handed = command(items, { verdict: "reassign", to: { kind: "person", userId: "UCHI" }, comment: "  " });
    await expect(submitBulk(house.ports)(handed)).rejects.toMatchObject({ code: "comment_required", details: { field: "comment" } });
    expect(jobIds("bulk-decide")).toEqual([]);
  });

  it("offers a requester their own requests that still wait", async () => {
    const items = await asked(2);
    await house.decide(items[0]?.approvalId ?? "", { kind: "approve", by: ben, version: null, comment: null });
    const withdrawable = withdrawableRequests({ db: house.db });
    const { rows, waiting } = await withdrawable({ teamId: "T1", userId: "UANA" });
    expect(waiting).toBe(rows.length);
    expect(rows.map(({ item }) => item.approvalId)).toContain(items[1]?.approvalId);
    expect(rows.map(({ item }) => item.approvalId)).not.toContain(items[0]?.approvalId);
    await expect(withdrawable(chi)).rejects.toMatchObject({ code: "request_unknown" });
  });
});

describe("a requester with more waiting requests than a menu holds", () => {
  it("is offered the newest hundred, and told how many there are", async () => {
    await asked(WITHDRAWABLE_LISTED + 2);
    const { rows, waiting } = await withdrawableRequests({ db: house.db })({ teamId: "T1", userId: "UANA" });
    expect(rows).toHaveLength(WITHDRAWABLE_LISTED);
    expect(waiting).toBeGreaterThanOrEqual(WITHDRAWABLE_LISTED + 2);
  });
});

function anyone() {
  const known = house.known.get("UBEN");
  if (known === undefined) throw new Error("Ben left");
  return known;
}
function nothing(): BulkItem {
  throw new Error("too few requests");
}
