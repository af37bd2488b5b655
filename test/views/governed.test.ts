import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ERROR_CODES } from "../../src/errors.ts";
import { explain } from "../../src/services/approvals/explain.ts";
import type { GovernedRefusal } from "../../src/services/governed/governed.ts";
import type { GovernedBy } from "../../src/services/policy/rules.ts";
import { de } from "../../src/texts/de.ts";
import { en } from "../../src/texts/en.ts";
import { approvalCard, type CardViewer } from "../../src/views/approval-card.ts";
import { explanationSections } from "../../src/views/explanation-sections.ts";
import { governedRefusalMessage } from "../../src/views/governed-refusal.ts";
import { noticeMessage } from "../../src/views/notice.ts";
import { overview, typedText } from "./arbitraries.ts";
import { actionIds, expectMessage, markupIn, wordsIn } from "./block-kit.ts";
import { ana, approvalOf, at, ben, overviewOf, requestOf } from "./models.ts";

const evil = "<!channel> <@U1> <https://evil.example|here> *bold* `code`";
const language = fc.constantFrom(en, de);
const channel: CardViewer = { kind: "channel", timeZone: null, locale: null };
const requester: CardViewer = { kind: "requester", userId: ana.userId, timeZone: null, locale: null };

const by = (over: Partial<GovernedBy> = {}): GovernedBy => ({
  ...{
    approvalId: "2c918",
    approvalType: "GENERIC_APPROVAL",
    approvalName: "db-prod for Ana",
    deciderUserIds: [],
    insteadOf: [ben.userId],
  },
  requester: { id: "id-1", name: "Rut Weber", email: "rut@example.com" },
  deciders: [{ id: "id-2", name: "Nils Nordahl", email: "nils@example.com", at: at("2026-03-16T08:00:00Z") }],
  ...over,
});

const governedOf = (over: Partial<GovernedBy> = {}) => ({
  request: requestOf({ origin: "SAILPOINT", status: "GRANTED", window: null }),
  approval: approvalOf({
    ...{ status: "PASSED", seats: [], completedAt: at("2026-03-16T08:01:00Z") },
    rules: { ...approvalOf().rules, passedMakesGrant: true, governedBy: by(over) },
  }),
});

const person = fc.record({ id: typedText(100), name: fc.option(typedText(300)), email: fc.option(typedText(300)) });
const governedBy: fc.Arbitrary<GovernedBy> = fc.record({
  approvalId: typedText(200),
  approvalType: typedText(50),
  approvalName: fc.option(typedText(1000)),
  requester: fc.option(person),
  deciders: fc.array(
    fc
      .record({ person, at: fc.option(fc.constant(at("2026-03-16T08:00:00Z"))) })
      .map(({ person: each, at: when }) => ({ ...each, at: when })),
    { maxLength: 30, size: "max" },
  ),
  deciderUserIds: fc.array(fc.constantFrom("U1", "U2", "W3"), { maxLength: 12 }),
  insteadOf: fc.constant([]),
});

const refusalOf = (over: Partial<GovernedRefusal> = {}): GovernedRefusal => ({
  ...{ sailpointId: "2c918", name: "db-prod for Ana", requesteeUserId: ana.userId },
  refusal: { code: "governed_other_beneficiary", params: { named: "Ben", email: "ana@example.com" }, reference: "ref-1" },
  ...over,
});

describe("the card of access that SailPoint approved", () => {
  it.each([
    ["en", en, "From SailPoint, PRA-1042: Granted", "Approved in SailPoint by Nils Nordahl", "Asked for in SailPoint by Rut Weber."],
    ["de", de, "Aus SailPoint, PRA-1042: Freigegeben", "In SailPoint genehmigt von Nils Nordahl", "In SailPoint angefragt von Rut Weber."],
  ])("says who decided where, and by what, in %s", (_, texts, title, decided, asked) => {
    const { text, blocks } = approvalCard(overviewOf(governedOf()), channel, texts);
    const words = wordsIn(blocks);
    for (const said of [title, decided, asked, "db-prod for Ana, 2c918"]) expect(words).toContain(said);
    expect(text).toContain("SailPoint");
    expect(words).not.toContain("By its rules");
    expect(words).not.toContain("asks for access");
    expect(words).not.toContain("Withdrawn");
  });

  it("says who gave the yes in Slack, where SailPoint knows the token's owner alone", () => {
    const { blocks } = approvalCard(overviewOf(governedOf({ deciderUserIds: [ben.userId] })), channel, en);
    expect(wordsIn(blocks)).toContain("The yes was given in Slack by ");
    expect(JSON.stringify(blocks)).toContain(ben.userId);
  });

  it("has the buttons of access that stands", () => {
    const { request, approval } = governedOf();
    const ids = (viewer: CardViewer) => actionIds(approvalCard(overviewOf({ request, approval }), viewer, en).blocks);
    const ordinary = (viewer: CardViewer) =>
      actionIds(approvalCard(overviewOf({ request: { ...request, origin: "REQUEST" }, approval }), viewer, en).blocks);
    for (const viewer of [channel, requester]) expect(ids(viewer)).toEqual(ordinary(viewer));
  });

  it("shows SailPoint's names literally, and is taken by Slack whatever they are", () => {
    const shown = approvalCard(
      overviewOf(governedOf({ approvalName: evil, requester: { id: "x", name: evil, email: null } })),
      channel,
      en,
    );
    for (const markup of markupIn(shown.blocks)) expect(markup).not.toContain("evil");
    expect(shown.text).not.toContain("<!channel>");
    fc.assert(
      fc.property(overview, governedBy, language, (any, source, texts) => {
        const request = { ...any.request, origin: "SAILPOINT" as const };
        const approval = { ...any.approval, rules: { ...any.approval.rules, governedBy: source } };
        for (const viewer of [channel, requester]) expectMessage(approvalCard({ ...any, request, approval }, viewer, texts));
        expectMessage(noticeMessage({ notice: "approved_in_sailpoint" }, { ...any, request, approval }, texts));
      }),
      { numRuns: 60 },
    );
  });
});

describe("its explanation", () => {
  it.each([
    ["en", en, ["Approved in SailPoint by Nils Nordahl: db-prod for Ana. Nobody decided on it here.", "Nobody here: SailPoint decides."]],
    [
      "de",
      de,
      [
        "In SailPoint genehmigt von Nils Nordahl: db-prod for Ana. Hier hat niemand darüber entschieden.",
        "Hier niemand: Es entscheidet SailPoint.",
      ],
    ],
  ])("says that SailPoint decided, in %s", (_, texts, said) => {
    const { request, approval } = governedOf();
    const explained = explain({ approval, request, madeTogether: [], members: new Map(), admins: [] }, at("2026-03-16T09:00:00Z"));
    const lines = explanationSections(explained, texts).flatMap((section) =>
      section.lines.map((pieces) => pieces.filter((piece) => typeof piece === "string").join("")),
    );
    for (const sentence of said) expect(lines).toContain(sentence);
    expect(lines.join("\n")).not.toContain(texts.explain.noSeats);
  });
});

describe("the message about a refusal", () => {
  it.each([
    ["en", en, "No access came of the approval “db-prod for Ana” in SailPoint.", "Only the requestee can get the access."],
    ["de", de, "Aus der Genehmigung „db-prod for Ana“ in SailPoint wurde kein Zugriff.", "Nur diese kann den Zugriff bekommen."],
  ])("says what did not come of what, why, and what to do, in %s", (_, texts, lead, why) => {
    const { text, blocks } = governedRefusalMessage(refusalOf(), texts);
    const words = wordsIn(blocks);
    for (const said of [lead, why, "/pra request", "2c918", "ref-1"]) expect(words).toContain(said);
    expect(text).toContain(why);
  });

  it("is taken by Slack, literal, in both languages, for every code", () => {
    const codes = ERROR_CODES.filter((code) => code.startsWith("governed_"));
    fc.assert(
      fc.property(fc.constantFrom(...codes, "unknown_to_us"), typedText(1000), typedText(300), language, (code, name, value, texts) => {
        const params = {
          attribute: value,
          value,
          other: value,
          console: value,
          candidates: value,
          name: value,
          email: value,
          named: value,
        };
        const refusal = { code, params: { ...params, consoles: value, type: value, status: value }, reference: "ref-1" };
        expectMessage(governedRefusalMessage(refusalOf({ name, refusal, sailpointId: value }), texts));
      }),
      { numRuns: 100 },
    );
    const shown = governedRefusalMessage(refusalOf({ name: evil }), en);
    for (const markup of markupIn(shown.blocks)) expect(markup).not.toContain("evil");
    expect(shown.text).not.toContain("<!channel>");
  });
});
