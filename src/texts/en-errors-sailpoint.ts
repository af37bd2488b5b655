import type { ErrorCode } from "../errors.ts";
import type { ErrorSentence } from "./texts.ts";

const enSailPointStatus: Readonly<Record<string, string>> = {
  APPROVED: "approved",
  REJECTED: "rejected",
  CANCELLED: "cancelled",
  EXPIRED: "expired",
  PASSED: "passed without a decision",
};

/** Of SailPoint, and of the access that it governs. */
export const enSailPointErrors = {
  sailpoint_unreachable: () => "SailPoint could not be reached. Try again in a minute.",
  sailpoint_timeout: () =>
    "SailPoint did not answer in time, and it is not certain whether this took effect. Look at the approval as it is now before you try again.",
  sailpoint_sign_in_failed: () => "SailPoint refused the sign-in of Portcullis. An administrator must check the SAILPOINT_ settings.",
  sailpoint_not_permitted: () =>
    "SailPoint does not allow this to the account that Portcullis acts with. An administrator must check its user level and its scopes.",
  sailpoint_not_found: () => "SailPoint no longer has this approval or configuration. Look for it in SailPoint.",
  sailpoint_refused: (p) =>
    `SailPoint refused this${p("reason", "") === "" ? "" : ` (${p("reason", "")})`}. Look at the approval as it is now in SailPoint.`,
  sailpoint_rate_limited: () => "SailPoint is receiving too many calls. Try again in a minute.",
  sailpoint_busy: () => "SailPoint is busy at the moment. Try again in a minute.",
  sailpoint_not_assigned: () => "SailPoint does not name you among those this approval waits for now. Nothing was changed.",
  sailpoint_decided: (p) =>
    p("by", "") === ""
      ? `SailPoint has it as ${enSailPointStatus[p("status", "")] ?? "settled"} by now. Your click changed nothing.`
      : `SailPoint has it as ${enSailPointStatus[p("status", "")] ?? "settled"} by now, by ${p("by", "somebody else")}. Your click changed nothing.`,
  sailpoint_decide_there: () => "This one can only be decided in SailPoint itself. Open it there. Nothing was changed.",
  sailpoint_unproven: () =>
    "The decision was sent to SailPoint, and SailPoint does not show it. It is not sent again. Look at the approval in SailPoint before you decide anew.",
  sailpoint_assignee_unknown: () => "Nobody in SailPoint is known to be this person. Choose somebody who approves there.",
  sailpoint_answer_not_understood: () =>
    "SailPoint gave an answer that Portcullis does not understand. An administrator must look at the log.",
  governed_type_not_listed: (p) =>
    `Approvals of the type ${p("type", "it has")} do not become access: the setting SAILPOINT_GOVERNED_TYPES does not name it.`,
  governed_not_approved: (p) =>
    `Reading it again, SailPoint says ${p("status", "something else than approved")}. Access comes of APPROVED alone.`,
  governed_decider_unknown: () =>
    "SailPoint names nobody who approved it, as when an approval times out into a yes. Access needs somebody’s yes.",
  governed_self_approved: () => "Only whoever asked for it, or would get the access, approved it in SailPoint. Somebody else has to.",
  governed_before_connection: () =>
    "It was approved before its type was connected, or SailPoint does not say when. Only what is approved from then on becomes access.",
  governed_attributes_changed: () =>
    "What it opens, or for whom, was changed after it had been shown. Those who decided may have seen something else: raise it again.",
  governed_attributes_unreadable: () => "Its additional attributes cannot be read.",
  governed_attribute_unknown: (p) =>
    `It has an attribute that Portcullis does not know: ${p("attribute", "a misspelt one")}. Check how it is spelt.`,
  governed_attribute_invalid: (p) => `The attribute ${p("attribute", "that it carries")} is not understood: ${p("value", "it is empty")}.`,
  governed_attribute_missing: (p) => `An attribute is missing: ${p("attribute", "one that is needed")}.`,
  governed_attributes_conflict: (p) => `It has both ${p("attribute", "an end")} and ${p("other", "a duration")}. Only one can count.`,
  governed_console_ambiguous: (p) =>
    `Several consoles are named ${p("console", "so")}: ${p("candidates", "see the catalog")}. Name it by its id.`,
  governed_person_unknown: (p) =>
    `${p("name", "Whom it is for")} is nobody in Slack: no one there has the email address ${p("email", "that SailPoint gives")}.`,
  governed_other_beneficiary: (p) =>
    `An attribute names ${p("named", "somebody else")}, and SailPoint’s requestee is ${p("email", "another")}. Only the requestee can get the access.`,
  governed_ask_not_allowed: (p) => `By the rules for ${p("consoles", "these consoles")}, ${p("name", "this person")} may not ask for that.`,
} as const satisfies Partial<Readonly<Record<ErrorCode, ErrorSentence>>>;
