import type { KnownBlock, ModalView } from "@slack/types";
import { describe, expect, it } from "vitest";
import type { CoverageReason } from "../../src/services/coverage/coverage.ts";
import type { MadeCover } from "../../src/services/coverage/coverage-service.ts";
import { textsFor } from "../../src/texts/texts.ts";
import { approvalCard } from "../../src/views/approval-card.ts";
import { breakGlassSeen } from "../../src/views/emergency/break-glass-form.ts";
import { ACTION } from "../../src/views/ids.ts";
import { coverOffer } from "../../src/views/policy/cover-offer.ts";
import { COVERAGE_SHOWN, coverageList } from "../../src/views/policy/coverage-list.ts";
import { coveredMessage, coveredPage } from "../../src/views/policy/covered.ts";
import { actionIds, expectMessage, expectView, wordsIn } from "./block-kit.ts";
import { aCoveragePage, aCoverageRow, aMadeCover, anOfferedRule, aProposal } from "./coverage-models.ts";
import { foretold } from "./emergency-models.ts";
import { consoleNamed, overviewOf, requestOf } from "./models.ts";

const en = textsFor("en");
const languages = [en, textsFor("de")];
const idsIn = (view: ModalView) => actionIds(view.blocks as readonly KnownBlock[]);
const long = `<!channel> ${"ü".repeat(400)}`;
const start = { page: 0 };
const reasons: readonly CoverageReason[] = [
  { code: "no_rule" },
  { code: "shadowed_by", rule: long, action: "ALLOW", covering: long },
  { code: "shadowed_by", rule: long, action: "DENY", covering: long },
  { code: "earlier_rule_for_some", rule: long, action: "DENY", covering: long },
  { code: "approval_for_some", rule: long },
  { code: "segment_group_unknown", rule: long },
  { code: "action_unknown", rule: long, action: "" },
  { code: "microtenants_differ" },
  { code: "rules_not_read", error: "zpa_not_permitted" },
  { code: "not_checked" },
];

describe("the list of what access rules leave out", () => {
  it("keeps to Slack's limits whatever segments, rules and consoles are called, in both languages", () => {
    for (const texts of languages)
      for (const reason of reasons) {
        const row = { name: long, microtenantName: long, reason, consoleNames: Array.from({ length: 300 }, () => long) };
        const rows = Array.from({ length: COVERAGE_SHOWN }, (_, n) =>
          aCoverageRow({ ...row, id: `2161962573314${String(n).padStart(6, "0")}`, canBeCovered: n % 2 === 0 }),
        );
        expectView(coverageList(aCoveragePage({ rows, page: 5, pages: 900, total: 9_000 }), texts));
      }
  });

  it("says of each segment why, which consoles it has, and counts those that are covered", () => {
    const rows = [aCoverageRow(), aCoverageRow({ id: "2", name: "Legacy", microtenantName: "Plant Rotterdam", canBeCovered: false })];
    const view = coverageList(aCoveragePage({ rows, total: 2 }), en);
    const words = wordsIn(view.blocks);
    for (const said of [
      "Energy",
      "not covered",
      en.coverage.reason({ code: "no_rule" }),
      "Substation Süd",
      "Plant Rotterdam",
      "12 covered",
    ])
      expect(words).toContain(said);
    expect(idsIn(view).filter((id) => id === ACTION.policyOffer)).toHaveLength(1);
    expect(words).toContain(en.policy.noOffer);
    const forSome = aCoverageRow({ status: "unknown", reason: { code: "approval_for_some", rule: "Suppliers" }, canBeCovered: false });
    const other = coverageList(aCoveragePage({ rows: [forSome] }), en);
    expect(wordsIn(other.blocks)).toContain(en.policy.noOfferForSome);
    expect(idsIn(other)).not.toContain(ACTION.policyOffer);
  });

  it("says so where everything is covered, and where there is nothing", () => {
    const none = { rows: [], total: 0 };
    expect(wordsIn(coverageList(aCoveragePage(none), en).blocks)).toContain(en.policy.allCovered);
    const nothing = aCoveragePage({ ...none, counts: { covered: 0, uncovered: 0, shadowed: 0, unknown: 0 }, readAt: null });
    for (const texts of languages) expectView(coverageList(nothing, texts));
    expect(wordsIn(coverageList(nothing, en).blocks)).toContain(en.policy.nothing);
  });

  it("has the pages that there are", () => {
    const ids = (page: number) => idsIn(coverageList(aCoveragePage({ page, pages: 3 }), en)).filter((id) => id.startsWith("policy_move"));
    expect([ids(0), ids(1), ids(2)]).toEqual([
      ["policy_move_next"],
      ["policy_move_previous", "policy_move_next"],
      ["policy_move_previous"],
    ]);
  });
});

describe("the rule that is offered", () => {
  it("keeps to Slack's limits, in both languages", () => {
    for (const texts of languages)
      for (const reason of reasons)
        for (const standingRuleId of [null, "9"]) {
          const segment = { id: "216196257331400009", name: long, microtenantId: "7", groupId: null };
          const current = { ...segment, status: "shadowed" as const, ruleId: "1", reason };
          const proposal = aProposal({
            segment,
            current,
            standingRuleId,
            before: { id: "1", name: long },
            behind: { id: "2", name: long },
          });
          expectView(coverOffer(anOfferedRule({ proposal, microtenantName: long }), start, texts));
        }
  });

  it("says its name, action, conditions, its place, and what comes before and after it", () => {
    const words = wordsIn(coverOffer(anOfferedRule(), start, en).blocks);
    for (const said of [
      "Portcullis - Energy - 216196257331400009",
      "REQUIRE_APPROVAL",
      "application segment is Energy",
      "through a privileged portal (zpn_client_type_exporter)",
      "number 4, right behind “Contractors”, right before “Facility management”",
      "not covered. No access rule",
      "covered. The access rule",
    ])
      expect(words).toContain(said);
    const alone = wordsIn(coverOffer(anOfferedRule({ proposal: aProposal({ order: 1, before: null, behind: null }) }), start, en).blocks);
    expect(alone).toContain("number 1, the first, the last");
  });

  it("says for whom something changes where a later rule lets everybody in, or blocks them", () => {
    const of = (action: string) => {
      const current = {
        ...aProposal().current,
        status: "shadowed" as const,
        reason: { ...(reasons[1] as { code: "shadowed_by" }), action },
      };
      return wordsIn(
        coverOffer(anOfferedRule({ proposal: aProposal({ current: current as ReturnType<typeof aProposal>["current"] }) }), start, en)
          .blocks,
      );
    };
    expect(of("ALLOW")).toContain(en.policy.effect.shadowed.ALLOW);
    expect(of("DENY")).toContain(en.policy.effect.shadowed.DENY);
  });

  it("is moved where an earlier attempt left it in the wrong place", () => {
    const words = wordsIn(coverOffer(anOfferedRule({ proposal: aProposal({ standingRuleId: "9" }) }), start, en).blocks);
    expect(words).toContain(en.policy.standing);
    expect(words).toContain(en.policy.cover.move);
  });
});

describe("what became of the rule", () => {
  const lost = (stands: Extract<MadeCover, { kind: "unknown" }>["stands"]): MadeCover => ({
    kind: "unknown",
    segmentId: "1",
    name: long,
    stands,
  });

  it("keeps to Slack's limits as a page and as a message, in both languages", () => {
    const all = [aMadeCover({ rule: { name: long, order: null }, asIntended: false, isRecordedWhole: false }), aMadeCover()];
    for (const texts of languages)
      for (const made of [...all, ...(["counts", "half", "nothing", "unread"] as const).map(lost)]) {
        expectView(coveredPage(made, start, texts));
        expectMessage(coveredMessage(made, texts));
      }
  });

  it("is said as ZPA has it, and not better than it is", () => {
    expect(wordsIn(coveredPage(aMadeCover(), start, en).blocks)).toContain(en.policy.asOffered);
    const other = wordsIn(coveredPage(aMadeCover({ asIntended: false, isRecordedWhole: false }), start, en).blocks);
    expect(other).not.toContain(en.policy.asOffered);
    expect(other).toContain(en.policy.differs);
    expect(other).toContain(en.policy.notRecorded);
  });

  it("can be looked at again after a lost answer, unless approvals count by then", () => {
    const ids = (stands: Parameters<typeof lost>[0]) => idsIn(coveredPage(lost(stands), start, en));
    expect([ids("counts"), ids("half"), ids("nothing"), ids("unread")]).toEqual([[], ["policy_offer"], ["policy_offer"], ["policy_offer"]]);
  });
});

describe("the warning on cards and forms", () => {
  const db = consoleNamed("db-prod");
  const channel = { kind: "channel", timeZone: null, locale: null } as const;

  it("stands on the card of a request that waits, and in other words on one that was granted", () => {
    const waits = wordsIn(approvalCard(overviewOf({ withoutEffect: [db] }), channel, en).blocks);
    expect(waits).toContain(en.policy.withoutEffect.would("db-prod"));
    expect(waits).toContain(en.policy.withoutEffect.why);
    const granted = overviewOf({ request: requestOf({ status: "GRANTED" }), withoutEffect: [db] });
    expect(wordsIn(approvalCard(granted, channel, en).blocks)).toContain(en.policy.withoutEffect.does("db-prod"));
    expect(wordsIn(approvalCard(overviewOf(), channel, en).blocks)).not.toContain(en.policy.withoutEffect.would("db-prod"));
  });

  it("stands on the page before the glass is broken", () => {
    const seen = breakGlassSeen({ ...foretold(db), withoutEffect: [db] }, en);
    expectView(seen);
    expect(wordsIn(seen.blocks)).toContain(en.policy.withoutEffect.would("db-prod"));
    expect(wordsIn(breakGlassSeen(foretold(db), en).blocks)).not.toContain(en.policy.withoutEffect.would("db-prod"));
  });

  it("names a few consoles and counts the rest", () => {
    const many = Array.from({ length: 30 }, (_, n) => consoleNamed(`console-${n}`));
    expect(wordsIn(approvalCard(overviewOf({ withoutEffect: many }), channel, en).blocks)).toContain("console-2 and 27 more");
  });
});
