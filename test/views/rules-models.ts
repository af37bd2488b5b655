import type { ChangeOutcome, ChangeView, RulesOverview, RulesView } from "../../src/services/rules/rules-service.ts";
import { at } from "./models.ts";

export const rulesView = (over: Partial<RulesView> = {}): RulesView => ({
  scope: "MICROTENANT",
  scopeId: "77",
  name: "Plant",
  revision: 3,
  changedBy: "U01DORA000",
  changedAt: at("2026-11-22T09:00:00Z"),
  yaml: "longestWindowHours: 8\n",
  rules: { longestWindowHours: 8 },
  ...over,
});

export const changeView = (over: Partial<ChangeView> = {}): ChangeView => ({
  id: "0f8fad5b-d9cb-469f-a165-70867728950e",
  scope: "TENANT",
  scopeId: "",
  name: null,
  kind: "change",
  baseRevision: 3,
  loosens: ["longest_window_longer"],
  diff: [
    { sign: "-", text: "longestWindowHours: 8" },
    { sign: "+", text: "longestWindowHours: 9" },
  ],
  status: "WAITING",
  proposedBy: "U01DORA000",
  proposedAt: at("2026-11-22T09:00:00Z"),
  settledBy: null,
  settledAt: null,
  ...over,
});

export const outcome = (over: Partial<ChangeOutcome> = {}): ChangeOutcome => ({
  scope: "MICROTENANT",
  scopeId: "77",
  name: "Plant",
  kind: "change",
  result: "planned",
  baseRevision: 3,
  revision: 3,
  loosens: [],
  diff: [
    { sign: "-", text: "longestWindowHours: 8" },
    { sign: "+", text: "longestWindowHours: 4" },
  ],
  changeId: null,
  ...over,
});

export const someRules = (): {
  view: RulesView;
  overview: RulesOverview;
  outcome: ChangeOutcome;
  change: ChangeView;
  waits: ChangeView;
} => ({
  view: rulesView(),
  overview: { rules: [rulesView()], waiting: [], hasSecondAdmin: true },
  outcome: outcome(),
  waits: changeView(),
  change: changeView({ status: "APPLIED", settledBy: "U01EMIL000", settledAt: at("2026-11-22T10:00:00Z") }),
});
