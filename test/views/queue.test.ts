import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ERROR_CODES } from "../../src/errors.ts";
import type { Failure } from "../../src/services/access/request.ts";
import { BULK_LIMIT, BULK_VERDICTS, type BulkResult, type BulkResultRow, WITHDRAWABLE_LISTED } from "../../src/services/approvals/bulk.ts";
import { QUEUE_FILTERS, QUEUE_START, type QueuePage } from "../../src/services/approvals/queue.ts";
import { en } from "../../src/texts/en.ts";
import { enErrors } from "../../src/texts/en-errors.ts";
import { failureSentence } from "../../src/texts/error-sentence.ts";
import { type Texts, textsFor } from "../../src/texts/texts.ts";
import { bulkForm, withdrawForm } from "../../src/views/bulk-form.ts";
import { bulkResultMessage, bulkResultView, bulkWorkingView } from "../../src/views/bulk-result.ts";
import { BulkMemory, carried, QueueMemory, TickValue } from "../../src/views/button-value.ts";
import { HOME_ROWS, homeView } from "../../src/views/home.ts";
import { QUEUE_ROWS } from "../../src/views/queue-blocks.ts";
import { queueModal } from "../../src/views/queue-modal.ts";
import { queueRow, typedText } from "./arbitraries.ts";
import { expectMessage, expectView, wordsIn } from "./block-kit.ts";
import { ana, aQueuePage, at, ben, queueRowOf, rowOf } from "./models.ts";

const locale = fc.constantFrom("en", "de");
const place = fc.record({
  filter: fc.constantFrom(...QUEUE_FILTERS),
  words: typedText(100).map((words) => words.slice(0, 100)),
  from: fc.constant(null),
  ticked: fc.boolean(),
  round: fc.nat(1000),
});
const page = (most: number): fc.Arbitrary<QueuePage> =>
  fc
    .record({
      place,
      rows: fc.uniqueArray(queueRow, { maxLength: most, selector: ({ approvalId }) => approvalId }),
      before: fc.nat(3),
      after: fc.nat(3),
      isAdmin: fc.boolean(),
    })
    .map(({ before, after, rows, ...rest }) => ({
      ...rest,
      rows,
      before,
      matching: before + rows.length + after,
      waiting: before + rows.length + after,
    }));
const resultRow: fc.Arbitrary<BulkResultRow> = fc.record({
  item: fc.record({ approvalId: fc.uuid(), version: fc.nat(9999) }),
  label: fc.constant("PRA-104242"),
  consoleNames: fc.array(typedText(200), { maxLength: 100 }),
  beneficiaryUserId: fc.constant(ana.userId),
  failure: fc.option(
    fc.record({
      code: fc.constantFrom(...ERROR_CODES, "of_a_later_version"),
      params: fc.constant({ name: "x".repeat(300), reason: "y".repeat(300), status: "APPROVED" }),
      reference: fc.constantFrom("", "REF12345"),
    }),
  ),
});
const selection = fc.record({
  verdict: fc.constantFrom(...BULK_VERDICTS),
  rows: fc.array(resultRow, { minLength: 1, maxLength: BULK_LIMIT }),
});
const asOf = at("2026-03-16T08:00:00Z");
const many = (count: number) =>
  Array.from({ length: count }, (_, n) =>
    rowOf({ requestId: `r${n}`, approvalId: `a${n}`, portalUrl: "https://pra.example.com", status: "PENDING" }),
  );

describe("the queue", () => {
  it("is taken by Slack in the App Home beside full lists, and in the modal, whatever is in it", () => {
    fc.assert(
      fc.property(page(QUEUE_ROWS.home), locale, (queue, language) => {
        const lists = { myAccess: many(HOME_ROWS.most), myRequests: many(HOME_ROWS.most) };
        expectView(homeView({ queue, lists, limit: HOME_ROWS.most, asOf, catalogAge: null }, ana, textsFor(language)));
      }),
      { numRuns: 40 },
    );
    fc.assert(
      fc.property(page(QUEUE_ROWS.modal), locale, (queue, language) => expectView(queueModal(queue, textsFor(language)))),
      { numRuns: 40 },
    );
  });

  it("is taken by Slack with as many rows as a page has", () => {
    const rows = (count: number) => Array.from({ length: count }, () => queueRowOf({ approvalId: crypto.randomUUID() }));
    const full = (count: number) => aQueuePage(rows(count), { before: 40, matching: 200, waiting: 300, isAdmin: true });
    const lists = { myAccess: many(HOME_ROWS.most), myRequests: many(HOME_ROWS.most) };
    expectView(homeView({ queue: full(QUEUE_ROWS.home), lists, limit: HOME_ROWS.most, asOf, catalogAge: null }, ana, en));
    expectView(queueModal(full(QUEUE_ROWS.modal), en));
  });

  it("says in words why a row is urgent, who asks for what until when, and of whom it is asked", () => {
    const due = at("2026-03-16T17:00:00Z");
    const rows = [
      queueRowOf({ dueAt: due, isDueSoon: true, priority: "HIGH", requesterUserId: ana.userId, beneficiaryUserId: ben.userId }),
      queueRowOf({ approvalId: crypto.randomUUID(), priority: "LOW", asks: { kind: "GROUP", groupId: "S01" } }),
    ];
    const words = wordsIn(queueModal(aQueuePage(rows), en).blocks);
    expect(words).toMatch(/Decide by <!date\^1773680400\^[^>]+>: less than 24 hours are left\.\* High priority\./);
    expect(words).toContain("No deadline. Low priority.");
    expect(words).toContain("Asked of your group <!subteam^S01>.");
    expect(words).toContain(`Asked by <@${ana.userId}>\nFor <@${ben.userId}>`);
    expect(words).toMatch(/Window: <!date/);
  });

  it("carries where the person stands, and each tick the approval in the version that is shown", () => {
    const row = queueRowOf({ approvalVersion: 7 });
    const view = queueModal(aQueuePage([row], { place: { ...QUEUE_START, words: "db" } }), en);
    expect(carried(QueueMemory).parse(view.private_metadata).place.words).toBe("db");
    const value = /"value":"([0-9a-f-]{36}:\d+)"/.exec(JSON.stringify(view.blocks))?.[1];
    expect(TickValue.parse(value)).toEqual({ approvalId: row.approvalId, version: 7 });
  });

  it("offers an administrator to withdraw, and to do nothing else with what waits for others", () => {
    const buttons = (queue: QueuePage) => JSON.stringify(queueModal(queue, en).blocks).match(/"bulk_(approve|reject|reassign|cancel)"/g);
    const rows = [queueRowOf()];
    expect(buttons(aQueuePage(rows))).toEqual(['"bulk_approve"', '"bulk_reject"', '"bulk_reassign"']);
    expect(buttons(aQueuePage(rows, { isAdmin: true }))).toHaveLength(4);
    expect(buttons(aQueuePage(rows, { isAdmin: true, place: { ...QUEUE_START, filter: "EVERYONE" } }))).toEqual(['"bulk_cancel"']);
  });

  it("says so when nothing waits, and when nothing matches", () => {
    expect(wordsIn(queueModal(aQueuePage([]), en).blocks).trim()).toBe(en.home.waitingNone);
    const filtered = aQueuePage([], { place: { ...QUEUE_START, filter: "HIGH" }, waiting: 3 });
    expect(wordsIn(queueModal(filtered, en).blocks)).toContain(`${en.queue.count(3)} ${en.queue.noneMatch}`);
  });
});

/** Fifty different failures with the longest sentences there are. */
const longestOf = (failures: readonly Omit<Failure, "reference">[], texts: Texts): Omit<Failure, "reference">[] =>
  failures
    .map((failure) => ({ failure, length: failureSentence({ ...failure, reference: "" }, texts).length }))
    .toSorted((one, other) => other.length - one.length)
    .slice(0, BULK_LIMIT)
    .map(({ failure }) => failure);

describe("deciding many at once", () => {
  it("has a form and a result that Slack takes, for as many as one command holds", () => {
    fc.assert(
      fc.property(selection, locale, fc.boolean(), ({ verdict, rows }, language, commentRequired) => {
        const texts = textsFor(language);
        const form = bulkForm({ verdict, rows, commentRequired, groups: [{ id: "S1", name: "Ops" }] }, texts);
        expectView(form);
        expect(carried(BulkMemory).parse(form.private_metadata).items).toEqual(rows.map(({ item }) => item));
        const result: BulkResult = { id: "b", verdict, by: ben, viewId: "V1", rows };
        expectView(bulkResultView(result, texts));
        expectMessage(bulkResultMessage(result, texts));
        expectView(bulkWorkingView(rows.length, texts));
      }),
      { numRuns: 60 },
    );
  });

  it("has a form for the requester's own that Slack takes", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(resultRow, { minLength: 1, maxLength: WITHDRAWABLE_LISTED, size: "max", selector: ({ item }) => item.approvalId }),
        locale,
        (rows, language) => expectView(withdrawForm({ rows, waiting: rows.length }, textsFor(language))),
      ),
      { numRuns: 40 },
    );
  });

  it.each(["en", "de"])(
    "tells of fifty that were not done within what a message holds, whatever the reason, and names each: %s",
    (language) => {
      const texts = textsFor(language);
      const names = [
        "console",
        "name",
        "text",
        "value",
        "timeZone",
        "reason",
        "setting",
        "day",
        "microtenant",
        "consoles",
        "who",
        "pattern",
      ];
      const failures: Omit<Failure, "reference">[][] = ERROR_CODES.flatMap((code) => [
        Array.from({ length: BULK_LIMIT }, () => ({ code, params: {} })),
        Array.from({ length: BULK_LIMIT }, (_, n) => ({
          code,
          params: Object.fromEntries(names.map((name) => [name, `${n} `.padEnd(300, "x")])),
        })),
      ]);
      const byOthers = Array.from({ length: BULK_LIMIT }, (_, n) => ({
        code: "already_decided",
        params: { status: "PASSED", byUserId: `U${n}`, atEpochSeconds: 1_790_000_000 + n },
      }));
      for (const kinds of [...failures, byOthers, longestOf(failures.flat(), texts)]) {
        const rows = kinds.map((failure, n) => ({
          ...{ item: { approvalId: crypto.randomUUID(), version: 1 }, label: `PRA-${100_000 + n}`, beneficiaryUserId: ana.userId },
          ...{ consoleNames: ["x".repeat(100), "b", "c"], failure: { ...failure, reference: "0A1B2C3D" } },
        }));
        const message = bulkResultMessage({ id: "b", verdict: "reassign", by: ben, viewId: "V1", rows }, texts);
        expectMessage(message);
        const shown = wordsIn(message.blocks);
        for (const { label } of rows) expect(shown).toContain(label);
      }
    },
  );

  it("says to a requester with more of them than a menu holds how many are not listed, and where to take those back", () => {
    const rows = Array.from({ length: WITHDRAWABLE_LISTED }, (_, n) => ({
      ...{ item: { approvalId: crypto.randomUUID(), version: 1 }, label: `PRA-${n}`, consoleNames: ["db"], beneficiaryUserId: ana.userId },
    }));
    for (const texts of [en, textsFor("de")]) {
      const form = withdrawForm({ rows, waiting: 130 }, texts);
      expectView(form);
      expect(wordsIn(form.blocks)).toContain(texts.bulk.newestListed(100, 130));
      expect(wordsIn(form.blocks)).toContain(texts.bulk.atOnce(BULK_LIMIT));
      expect(wordsIn(withdrawForm({ rows: rows.slice(0, 3), waiting: 3 }, texts).blocks)).not.toContain("130");
    }
  });

  it("says a reason once that is the same for several", () => {
    const row = (label: string, code: string): BulkResultRow => ({
      ...{ item: { approvalId: crypto.randomUUID(), version: 1 }, label, consoleNames: ["db"], beneficiaryUserId: ana.userId },
      failure: { code, params: {}, reference: "" },
    });
    const rows = [row("PRA-1", "not_allowed"), row("PRA-2", "card_stale"), row("PRA-3", "not_allowed")];
    const shown = wordsIn(bulkResultMessage({ id: "b", verdict: "approve", by: ben, viewId: "V1", rows }, en).blocks);
    expect(shown.split(enErrors.not_allowed(() => ""))).toHaveLength(2);
    expect(shown).toMatch(/PRA-1\s+· db\s+,\s+PRA-3\s+· db\s+:\s+You/);
  });

  it("tells what was not done first, with the sentence and the person for each", () => {
    const rows: BulkResultRow[] = [
      {
        item: { approvalId: crypto.randomUUID(), version: 1 },
        label: "PRA-1",
        consoleNames: ["db"],
        beneficiaryUserId: ana.userId,
        failure: null,
      },
      {
        item: { approvalId: crypto.randomUUID(), version: 1 },
        label: "PRA-2",
        consoleNames: ["db"],
        beneficiaryUserId: ana.userId,
        failure: { code: "already_decided", params: { status: "APPROVED", byUserId: "U9", atEpochSeconds: 1_790_000_000 }, reference: "" },
      },
    ];
    const { blocks } = bulkResultView({ id: "b", verdict: "approve", by: ben, viewId: "V1", rows }, en);
    const json = JSON.stringify(blocks);
    expect(json).toContain("Done: 1 of 2.");
    expect(json.indexOf("PRA-2")).toBeLessThan(json.indexOf("PRA-1"));
    expect(json).toContain('"user_id":"U9"');
    const done = bulkResultView(
      { id: "b", verdict: "approve", by: ben, viewId: "V1", rows: rows.map((row) => ({ ...row, failure: null })) },
      en,
    );
    expect(wordsIn(done.blocks).split(en.bulk.done.approve)).toHaveLength(3); // a line for each
    expect(wordsIn(blocks)).toContain("This request was already approved by ");
  });
});
