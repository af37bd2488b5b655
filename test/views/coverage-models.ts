import type { SegmentCoverage } from "../../src/services/coverage/coverage.ts";
import type { CoveragePage, CoverageRow, MadeCover, OfferedCover } from "../../src/services/coverage/coverage-service.ts";
import type { CoverProposal } from "../../src/services/coverage/propose-cover.ts";
import type { PolicyRule } from "../../src/services/zpa/policy/policy.ts";
import { rule } from "../services/coverage/rules.ts";
import { at } from "./models.ts";

const energy: SegmentCoverage = {
  id: "216196257331400009",
  name: "Energy",
  microtenantId: null,
  status: "uncovered",
  ruleId: null,
  reason: { code: "no_rule" },
};

export const aCoverageRow = (over: Partial<CoverageRow> = {}): CoverageRow => ({
  ...energy,
  microtenantName: null,
  consoleNames: ["Substation Süd"],
  canBeCovered: true,
  ...over,
});

export const aCoveragePage = (over: Partial<CoveragePage> = {}): CoveragePage => ({
  rows: [aCoverageRow()],
  counts: { covered: 12, uncovered: 1, shadowed: 0, unknown: 0 },
  page: 0,
  pages: 1,
  total: 1,
  readAt: at("2026-11-22T10:00:00Z"),
  ...over,
});

const draft = {
  name: "Portcullis - Energy - 216196257331400009",
  description: "Privileged approvals on this segment count. Made by Portcullis.",
  action: "REQUIRE_APPROVAL",
  customMessage: null,
  conditions: [
    { operator: "OR", negated: false, operands: [{ objectType: "APP", lhs: "id", rhs: energy.id }] },
    { operator: "OR", negated: false, operands: [{ objectType: "CLIENT_TYPE", lhs: "id", rhs: "zpn_client_type_exporter" }] },
  ],
} as const;

export const aProposal = (over: Partial<CoverProposal> = {}): CoverProposal => ({
  segment: { id: energy.id, name: energy.name, microtenantId: null, groupId: "7" },
  current: energy,
  afterwards: { ...energy, status: "covered", ruleId: "", reason: { code: "covered_by", rule: draft.name } },
  setId: "216196257331380001",
  draft,
  standingRuleId: null,
  order: 4,
  behind: { id: "1", name: "Contractors" },
  before: { id: "2", name: "Facility management" },
  ...over,
});

export const anOfferedRule = (over: Partial<OfferedCover> = {}): OfferedCover => ({
  proposal: aProposal(),
  microtenantName: null,
  seal: "5ea1",
  ...over,
});

const aRule = (over: Partial<PolicyRule> = {}): PolicyRule =>
  rule("REQUIRE_APPROVAL", { id: "216196257331381099", name: draft.name, description: draft.description, order: 4, ...over });

export const aMadeCover = (
  over: { readonly rule?: Partial<PolicyRule>; readonly asIntended?: boolean; readonly isRecordedWhole?: boolean } = {},
): MadeCover => ({
  kind: "made",
  read: {
    rule: aRule(over.rule),
    coverage: { ...energy, status: "covered", ruleId: "216196257331381099", reason: { code: "covered_by", rule: draft.name } },
  },
  asIntended: over.asIntended ?? true,
  isRecordedWhole: over.isRecordedWhole ?? true,
});
