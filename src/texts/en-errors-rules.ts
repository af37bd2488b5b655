import type { ErrorCode } from "../errors.ts";
import type { ErrorSentence } from "./texts.ts";

const enChangeStatus: Readonly<Record<string, string>> = {
  APPLIED: "it is in force",
  DECLINED: "it was declined",
  OVERTAKEN: "another change overtook it",
};

/** Of rules by scope, and of who may change them. */
export const enRulesErrors = {
  admins_only: () => "Only administrators of Portcullis may do this, so nothing was changed. ADMINS in its settings names them.",
  rules_invalid: (p) => `These rules do not hold: ${p("problem", "something in them is not understood")}. Nothing was changed.`,
  rules_unknown: (p) => `No rules are written down for ${p("scope", "this scope")}. What a wider scope or the settings say counts there.`,
  rules_changed_meanwhile: () =>
    "The rules have changed since you looked at them, so this was not applied. Look at them as they are now, then make your change again.",
  rules_too_long_for_slack: (p) =>
    `These rules are too long for the form in Slack, which takes ${p("limit", "2500")} characters. Change them on the command line, with pra config.`,
  scope_invalid: (p) => `This scope cannot be used: ${p("problem", "it is not known")}. Choose another.`,
  scope_frozen: () =>
    "The rules of a single approval were frozen when it was opened: they can be read, and neither replaced nor deleted. Change a wider scope for what is asked for from now on.",
  second_admin_needed: () =>
    "This change loosens approval, so a second administrator must confirm it in Slack. Whoever proposed it cannot, and neither can the command line for itself. What the command line proposed or confirms needs two administrators in ADMINS.",
  change_unknown: () => "This change of rules is not known here. See with /pra config or pra config changes what waits.",
  change_settled: (p) => `This change was already settled: ${enChangeStatus[p("status", "")] ?? "it waits no more"}. Nothing was changed.`,
  confirmation_needed: () => "Nobody can be asked here whether to go on, so nothing was changed. Add --yes to go on without being asked.",
} as const satisfies Partial<Readonly<Record<ErrorCode, ErrorSentence>>>;
