import type { CoverageReason, CoverageStatus } from "../services/coverage/coverage.ts";

const status: Readonly<Record<CoverageStatus, string>> = {
  covered: "covered",
  uncovered: "not covered",
  shadowed: "shadowed",
  unknown: "unknown",
};

/** What an access rule of this action does to whoever meets it. */
const does = (action: string): string => (action === "DENY" ? "blocks them" : "lets them in without an approval");

function reason(why: CoverageReason): string {
  switch (why.code) {
    case "covered_by":
      return `The access rule “${why.rule}” asks everybody for a privileged approval.`;
    case "no_rule":
      return "No access rule asks for a privileged approval here, so an approval would do nothing.";
    case "shadowed_by":
      return `The access rule “${why.rule}” comes before “${why.covering}” and meets everybody first: it ${does(why.action)}. An approval would do nothing.`;
    case "earlier_rule_for_some":
      return `The access rule “${why.rule}” comes first and may meet some people: it ${does(why.action)}. Whom it meets cannot be told from here.`;
    case "approval_for_some":
      return `The access rule “${why.rule}” asks for a privileged approval under conditions that cannot be checked from here. For whoever does not meet them an approval would do nothing.`;
    case "segment_group_unknown":
      return `The access rule “${why.rule}” is about segment groups, and Zscaler did not say which one this segment is in.`;
    case "action_unknown":
      return `The access rule “${why.rule}” does something that Portcullis does not know (${why.action || "it names no action"}).`;
    case "microtenants_differ":
      return "Several microtenants list this segment, and their access rules do not say the same of it. Which of them a session goes by cannot be told from here.";
    case "rules_not_read":
      return `The access rules could not be read from Zscaler (${why.error}).`;
    case "not_checked":
      return "The access rules have not been looked at yet.";
  }
}

/** Whether privileged approvals count on a segment, and why. */
export const enCoverage = { status, reason };
