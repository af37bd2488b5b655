import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { approvalOnWire } from "../../src/services/sailpoint/approval-wire.ts";
import type { SailPointCard, SailPointRow } from "../../src/services/sailpoint-inbox/inbox.ts";
import { en } from "../../src/texts/en.ts";
import { textsFor } from "../../src/texts/texts.ts";
import { HOME_ROWS, homeView } from "../../src/views/home.ts";
import { queueModal } from "../../src/views/queue-modal.ts";
import { sailpointForm, sailpointRecorded } from "../../src/views/sailpoint-form.ts";
import { sailpointMessage } from "../../src/views/sailpoint-message.ts";
import { SAILPOINT_ROWS, sailpointList } from "../../src/views/sailpoint-queue.ts";
import { SailPointTick, sailpointTick } from "../../src/views/sailpoint-value.ts";
import { forecast, row } from "./arbitraries.ts";
import { actionIds, expectMessage, expectView, wordsIn } from "./block-kit.ts";
import { ana, aQueuePage, at, consoleNamed, queueRowOf, twoWeeks } from "./models.ts";

const text = fc.oneof(fc.string({ maxLength: 4_000 }), fc.constantFrom("<!channel> *bold* <https://evil.example|here>", "‮txt", ""));
const identity = fc.record({ identityID: fc.uuid(), name: text, email: text, type: fc.constant("IDENTITY") });
const approval = fc
  .record({
    id: fc.uuid(),
    status: fc.constantFrom("PENDING", "APPROVED", "REJECTED", "EXPIRED", "something new"),
    name: text,
    description: text,
    type: text,
    requester: identity,
    requestee: identity,
    assignedTo: fc.array(identity, { maxLength: 40 }),
    approvedBy: fc.array(identity, { maxLength: 40 }),
    additionalAttributes: fc.dictionary(text, fc.oneof(text, fc.integer())).map((attributes) => JSON.stringify(attributes)),
    requestedTarget: fc.array(fc.record({ id: text, name: text, targetType: text, reauthRequired: fc.boolean() }), { maxLength: 40 }),
    approvalConfig: fc.constantFrom({}, { requiresComment: "ALL" }),
    dueDate: fc.constantFrom(null, "2026-12-01T00:00:00Z"),
  })
  .map((raw) => approvalOnWire.parse(raw));
const decision: fc.Arbitrary<SailPointCard["decisions"][number]> = fc.record({
  id: fc.uuid(),
  deed: fc.constantFrom({ kind: "approve", comment: null } as const, { kind: "reject", comment: "no" } as const),
  by: fc.constant({ teamId: "T1", userId: "U01BEN" }),
  state: fc.constantFrom("RECORDED", "CONFIRMED", "ELSEWHERE", "REFUSED", "UNPROVEN"),
  settledAt: fc.constantFrom(null, at("2026-11-24T09:00:00Z")),
  failure: fc.constantFrom(null, { code: "sailpoint_unproven", params: {} } as const),
});
const card: fc.Arbitrary<SailPointCard> = fc.record({
  approval,
  version: fc.nat(),
  isAsked: fc.boolean(),
  decisions: fc.array(decision, { maxLength: 5 }),
  url: fc.constantFrom(null, "https://acme.identitynow.com/ui/d/approvals"),
  governed: fc.option(forecast),
});
const rows: fc.Arbitrary<SailPointRow> = fc.record({
  approval,
  version: fc.nat(),
  dueAt: fc.constantFrom(null, at("2026-11-24T09:00:00Z")),
  createdAt: fc.constantFrom(null, at("2026-11-24T09:00:00Z")),
  isDueSoon: fc.boolean(),
  priority: fc.constantFrom("HIGH", "MEDIUM", "LOW"),
  isBeingDecided: fc.boolean(),
  governed: fc.option(forecast),
});
const queueOf = (most: number) =>
  fc.record({
    rows: fc.array(rows, { maxLength: most }).map((all) => [...new Map(all.map((each) => [each.approval.id, each])).values()]),
    waiting: fc.integer({ min: most, max: 5_000 }),
    offset: fc.nat({ max: 100 }),
    url: fc.constantFrom(null, "https://acme.identitynow.com/ui/d/approvals"),
    readAt: fc.constant(at("2026-11-24T09:00:00Z")),
    isOld: fc.boolean(),
  });
const locale = fc.constantFrom("en", "de");

const simple = (over: Record<string, unknown> = {}): SailPointCard => ({
  approval: approvalOnWire.parse({ id: "a1", status: "PENDING", name: "db-prod", requester: { identityID: "i1", name: "Ana" }, ...over }),
  version: 3,
  isAsked: true,
  decisions: [],
  url: "https://acme.identitynow.com/ui/d/approvals",
  governed: null,
});

describe("messages about approvals of SailPoint's", () => {
  it("are taken by Slack whatever SailPoint says", () => {
    fc.assert(
      fc.property(card, locale, (model, language) => {
        expectMessage(sailpointMessage({ kind: "card", card: model }, textsFor(language)));
      }),
      { numRuns: 80 },
    );
    fc.assert(
      fc.property(fc.array(text, { maxLength: 5 }), fc.integer({ min: 1, max: 5_000 }), locale, (names, count, language) => {
        expectMessage(sailpointMessage({ kind: "digest", count, isFirst: count % 2 === 0, names }, textsFor(language)));
        const identities = names.map((name) => ({ id: "i", type: null, name, email: name, problem: "no_slack_user" as const }));
        expectMessage(sailpointMessage({ kind: "unmapped", identities }, textsFor(language)));
      }),
      { numRuns: 40 },
    );
  });

  it("offer whoever is asked every button, and nobody else any", () => {
    expect(actionIds(sailpointMessage({ kind: "card", card: simple() }, en).blocks)).toEqual([
      "sailpoint_approve",
      "sailpoint_reject",
      "sailpoint_reassign",
      "sailpoint_comment",
      "sailpoint_attributes",
    ]);
    expect(actionIds(sailpointMessage({ kind: "card", card: { ...simple(), isAsked: false } }, en).blocks)).toEqual([]);
    expect(actionIds(sailpointMessage({ kind: "card", card: simple({ status: "APPROVED" }) }, en).blocks)).toEqual([]);
    const underWay = {
      id: "d",
      deed: { kind: "approve", comment: null },
      by: { teamId: "T", userId: "U01BEN" },
      state: "SENDING",
    } as const;
    const waits = { ...simple(), decisions: [{ ...underWay, settledAt: null, failure: null }] };
    expect(actionIds(sailpointMessage({ kind: "card", card: waits }, en).blocks)).toEqual([]);
  });

  it("lead to SailPoint where a decision wants a new sign-in, and to a form where it wants a comment", () => {
    const secured = simple({ requestedTarget: { id: "r", name: "root", reauthRequired: true } });
    const blocks = sailpointMessage({ kind: "card", card: secured }, en).blocks;
    expect(actionIds(blocks)).toEqual(["sailpoint_open", "sailpoint_reassign", "sailpoint_comment", "sailpoint_attributes"]);
    expect(wordsIn(blocks)).toContain(en.sailpoint.reauthentication);
    expect(actionIds(sailpointMessage({ kind: "card", card: simple({ approvalConfig: { requiresComment: "ALL" } }) }, en).blocks)[0]).toBe(
      "sailpoint_approve_with_comment",
    );
  });
});

describe("the card of an approval that becomes access", () => {
  const additionalAttributes = JSON.stringify({ portcullisConsoles: "db-prod", portcullisDuration: "P14D", ticket: "INC1" });
  const asked = simple({ additionalAttributes, requestee: { identityID: "i1", name: "Ana", email: "ana@example.com" } });
  const opens = {
    ...{
      kind: "opens",
      attributeNames: ["portcullisConsoles", "portcullisDuration"],
      reason: "OPS-123",
      needsOthers: false,
      window: twoWeeks,
      offsetChanges: [],
      withoutEffect: [],
    },
    ...{ consoles: [consoleNamed("db-prod")], alsoOpens: [consoleNamed("db-replica")] },
    nextOpenings: [{ start: at("2026-03-16T08:00:00Z"), end: at("2026-03-16T16:00:00Z") }],
    crons: { startTimeCron: "0 0 8 ? * MON", endTimeCron: "0 0 16 ? * MON" },
    time: {
      ...{ start: { kind: "onApproval" }, end: { kind: "after", seconds: 1_209_600 } },
      workingHours: { days: ["MON"], start: "09:00", end: "17:00", timeZone: "Europe/Berlin" },
    },
  } as const satisfies SailPointCard["governed"];
  const drawn = (governed: SailPointCard["governed"], texts = en) =>
    sailpointMessage({ kind: "card", card: { ...asked, governed } }, texts);

  it.each(["en", "de"])("says in words what approving opens, and that it opens it in Zscaler: %s", (language) => {
    const texts = textsFor(language);
    const message = drawn(opens, texts);
    const shown = wordsIn(message.blocks);
    expectMessage(message);
    expect(message.text).toContain(texts.governed.forecast.opens);
    const { forecast: say } = texts.governed;
    for (const words of [say.opens, say.gets("Ana", "ana@example.com"), texts.card.alsoOpens, say.later, say.voids])
      expect(shown).toContain(words);
    expect(shown).toMatch(/db-prod .*db-replica .*OPS-123 .*09:00–17:00 \(Europe\/Berlin\).*2026/su);
    expect(shown).toContain(texts.card.fromApproval);
    expect(shown).not.toContain("P14D");
    expect(shown).toContain("INC1");
    expect(shown).not.toContain(say.needsOthers);
  });

  it("is taken by Slack with everything at its longest", () => {
    const long = Array.from({ length: 60 }, (_, n) => consoleNamed("c".repeat(300), { id: `${n}`, segmentName: "s".repeat(300) }));
    const many = Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`${"a".repeat(100)}${n}`, "v".repeat(500)]));
    const people = Array.from({ length: 60 }, (_, n) => ({ identityID: `i${n}`, name: "n".repeat(300), email: `${"e".repeat(300)}@x` }));
    const model = simple({
      ...{ name: "n".repeat(500), description: "d".repeat(5_000), type: "t".repeat(500), additionalAttributes: JSON.stringify(many) },
      ...{ requester: people[0], requestee: people[1], assignedTo: people, approvedBy: people, dueDate: "2026-12-01T00:00:00Z" },
      requestedTarget: people.map(({ name }) => ({ id: name, name, targetType: name })),
    });
    const governed = { ...opens, needsOthers: true, reason: "r".repeat(1_000), consoles: long, alsoOpens: long, withoutEffect: long };
    const failure = { code: "sailpoint_unproven", params: {} } as const;
    const refused = {
      deed: { kind: "approve", comment: null },
      by: { teamId: "T1", userId: "U01BEN" },
      state: "REFUSED",
      failure,
    } as const;
    const decisions = Array.from({ length: 5 }, (_, n) => ({ ...refused, id: `${n}`, settledAt: at("2026-11-24T09:00:00Z") }));
    for (const language of ["en", "de"])
      expectMessage(sailpointMessage({ kind: "card", card: { ...model, governed, decisions } }, textsFor(language)));
  });

  it("warns where nothing would be opened of a console, and where the reader's own yes is not enough", () => {
    const shown = wordsIn(drawn({ ...opens, needsOthers: true, withoutEffect: opens.consoles }).blocks);
    expect(shown).toContain(en.policy.withoutEffect.would("db-prod"));
    expect(shown).toContain(en.governed.forecast.needsOthers);
  });

  it("says why approving would open nothing, and shows what it carries", () => {
    const refusal = { code: "console_unknown", params: { console: "db-prdo" } };
    const message = drawn({ kind: "refused", refusal });
    expect(wordsIn(message.blocks)).toMatch(/opens no access in Zscaler.*db-prdo/su);
    expect(wordsIn(message.blocks)).toContain("P14D");
    expect(message.text).toContain("db-prdo");
    expect(wordsIn(drawn({ kind: "unknown" }).blocks)).toContain(en.governed.forecast.unknown);
  });

  it("says it in the queue, too, where there are no cards", () => {
    const shown = { ...asked, dueAt: null, createdAt: null, isDueSoon: false, priority: "LOW", isBeingDecided: false } as const;
    const refused = { kind: "refused", refusal: { code: "console_unknown", params: { console: "db-prdo" } } } as const;
    const said = [opens, refused].map((governed) =>
      wordsIn(
        sailpointList(
          { rows: [{ ...shown, governed }], waiting: 1, offset: 0, url: null, readAt: at("2026-11-24T09:00:00Z"), isOld: false },
          en,
        ).blocks,
      ),
    );
    expect(said[0]).toMatch(/opens access in Zscaler\. Consoles: db-prod\. Also opens: db-replica\..*Europe\/Berlin.*2026-03-30/su);
    expect(said[1]).toMatch(/opens no access in Zscaler\. .*db-prdo/su);
  });

  it("says nothing of the kind where no access comes of it", () => {
    expect(wordsIn(drawn(null).blocks)).not.toMatch(/Zscaler|portcullis”/u);
  });
});

describe("the queue with SailPoint's part in it", () => {
  it("is taken by Slack with as many rows as are ever shown, in the modal, the list and the App Home", () => {
    const own = Array.from({ length: 28 }, (_, n) =>
      queueRowOf({ approvalId: `0000000${n % 10}-0000-4000-8000-0000000000${String(n).padStart(2, "0")}` }),
    );
    const requests = fc.array(row, { minLength: HOME_ROWS.most, maxLength: HOME_ROWS.most });
    fc.assert(
      fc.property(queueOf(10), queueOf(4), queueOf(SAILPOINT_ROWS), requests, locale, (modal, home, list, full, language) => {
        const texts = textsFor(language);
        expectView(queueModal({ ...aQueuePage(own), sailpoint: modal }, texts));
        expectView(sailpointList(list, texts));
        const lists = { myAccess: full, myRequests: full };
        const queue = { ...aQueuePage(own.slice(0, 9)), sailpoint: home };
        expectView(homeView({ queue, lists, limit: HOME_ROWS.most, asOf: at("2026-11-24T09:00:00Z"), catalogAge: null }, ana, texts));
      }),
      { numRuns: 25 },
    );
  });

  it("says in words what is SailPoint's, and how old it is when SailPoint is away", () => {
    const shown = {
      ...simple(),
      dueAt: null,
      createdAt: null,
      isDueSoon: false,
      priority: "HIGH",
      isBeingDecided: false,
      governed: null,
    } as const;
    const queue = { rows: [shown], waiting: 1, offset: 0, url: null, readAt: at("2026-11-24T09:00:00Z"), isOld: true };
    const words = wordsIn(queueModal({ ...aQueuePage([]), sailpoint: queue }, en).blocks);
    expect(words).toContain("SailPoint · db-prod");
    expect(words).toContain(en.sailpoint.queueOld[0]);
    expect(words).toContain(en.home.waitingNone);
  });

  it("knows what was ticked", () => {
    const value = { sailpointId: "2c91808a7a0", version: 12 };
    expect(SailPointTick.parse(sailpointTick(value))).toEqual(value);
  });
});

describe("forms about approvals of SailPoint's", () => {
  it.each(["approve", "reject", "reassign", "comment", "attributes"] as const)("are taken by Slack: %s", (kind) => {
    for (const language of ["en", "de"]) {
      const items = Array.from({ length: SAILPOINT_ROWS }, (_, n) => ({
        sailpointId: `5a11b01d-0000-4000-8000-${String(n).padStart(12, "0")}`,
        version: n,
      }));
      const memory = { kind, items, place: { channelId: "D0123456789", messageTs: "1700000000.000100" } };
      expectView(sailpointForm({ memory, about: "x".repeat(90), needsComment: kind === "reject", governed: null }, textsFor(language)));
      expectView(sailpointRecorded(items.length, textsFor(language)));
    }
  });
});

describe("the form for attributes", () => {
  const memory = {
    ...{ kind: "attributes" as const, items: [{ sailpointId: "a1", version: 1 }] },
    place: { channelId: "D0123456789", messageTs: "1700000000.000100" },
  };
  const formOf = (governed: SailPointCard["governed"]) => sailpointForm({ memory, about: "db-prod", needsComment: false, governed }, en);

  it("warns that a change makes an approval void that becomes access, and no other", () => {
    expectView(formOf({ kind: "unknown" }));
    expect(wordsIn(formOf({ kind: "unknown" }).blocks)).toContain(en.governed.forecast.voids);
    expect(wordsIn(formOf(null).blocks)).not.toContain(en.governed.forecast.voids);
  });
});
