import type { ErrorCode } from "../errors.ts";
import type { ErrorSentence } from "./texts.ts";
import { isCalledItself, ofZpaObject, type ZpaObject } from "./zpa-object.ts";

/** One, and many. */
const enZpaObjects: Readonly<Record<ZpaObject, readonly [string, string]>> = {
  console: ["privileged console", "privileged consoles"],
  credential: ["privileged credential", "privileged credentials"],
  policyRule: ["policy rule", "policy rules"],
  segment: ["application segment", "application segments"],
  portal: ["privileged portal", "privileged portals"],
  microtenant: ["microtenant", "microtenants"],
};

/** Of what stands in ZPA: findings, consoles, coverage, and every call. */
export const enZpaErrors = {
  finding_unknown: () => "This finding does not exist (any more). See them as they are with /pra findings.",
  finding_settled: () => "Somebody has decided about this finding already, or it is no longer so. Nothing more was done.",
  finding_not_possible: () =>
    "That cannot be done about this finding, as things stand. What changed in more than its end and hours cannot be adopted: restore it, or revoke it.",
  finding_changed: () =>
    "What stands in Zscaler has changed since you looked, so nothing was done. Look at the finding as it is now, then decide again.",
  finding_own: () => "This is about your own access: another administrator has to judge it.",
  reconcile_running: () => "The tenant is being compared right now. Its result follows; try again in a minute.",
  console_draft_incomplete: (p) =>
    `${
      {
        consoleApplications: `Choose between one and ${p("limit", "50")} applications.`,
        consolePortals: `Choose between one and ${p("limit", "10")} portals.`,
        consolePattern: `Say how the consoles are to be named, in at most ${p("limit", "100")} characters.`,
      }[p("missing", "")] ?? "Something is missing."
    } Nothing was made.`,
  console_pattern_invalid: (p) =>
    `“${p("text", "That")}” gives no name. Use the parts that stand below the field, and words of your own, up to ${p("limit", "100")} characters in all.`,
  console_name_taken: (p) =>
    `There would be two consoles named “${p("name", "the same")}”. Tell them apart in the pattern, such as with the whole domain or the protocol.`,
  console_exists: (p) =>
    `${p("application", "One of the applications")} has a console by now: “${p("console", "another")}”. Leave it out. Nothing was made.`,
  consoles_changed: () => "What stands in Zscaler has changed since you looked, so nothing was done. Close this, look again, then decide.",
  zpa_unreachable: () => "Zscaler could not be reached. Nothing is lost: an administrator can try again once it answers.",
  zpa_timeout: ofZpaObject(
    enZpaObjects,
    () =>
      "Zscaler did not answer in time, and it is not certain whether the privileged approval exists. Try again: what exists is looked for first.",
    ([one]) =>
      `Zscaler did not answer in time, and it is not certain whether what was to be done about a ${one} is done. Look at what stands in Zscaler before you repeat it.`,
  ),
  zpa_sign_in_failed: () =>
    "Zscaler refused the sign-in of Portcullis. An administrator must check the ZPA_ settings, for example with “pra doctor”.",
  zpa_not_permitted: ofZpaObject(
    enZpaObjects,
    () => "Portcullis may not do this in Zscaler. An administrator must give its API client the right to manage privileged approvals.",
    ([, many]) => `Portcullis may not do this in Zscaler. An administrator must look at what its API client may do with ${many}.`,
  ),
  zpa_not_found: ofZpaObject(
    enZpaObjects,
    () => "Zscaler no longer has what this request names. Look at the consoles in Zscaler, then ask again.",
    ([one, many], p) =>
      isCalledItself(p("path", ""), p("params", ""))
        ? `Zscaler has no ${one} ${p("params", "")} here (any more). Look at the list of ${many}, and in which microtenant it is.`
        : `Zscaler does not have everything that this call about a ${one} names${p("params", "") === "" ? "" : ` (“${p("params", "")}”)`}, or not in this microtenant. Correct it and try again.`,
  ),
  zpa_search_refused: (p) =>
    `Zscaler does not understand this search${p("params", "") === "" ? "" : ` (at “${p("params", "")}”)`}. Write a field, an operator and a value, such as: name EQ db-prod.`,
  zpa_refused: ofZpaObject(
    enZpaObjects,
    (p) =>
      `Zscaler refused the privileged approval${p("reason", "") === "" ? "" : ` (${p("reason", "")})`}. An administrator must look at the console and its segment in Zscaler.`,
    ([one], p) =>
      `Zscaler refused this call about a ${one}${p("reason", "") === "" ? "" : ` (${p("reason", "")})`}, and nothing was changed. Correct what it names, or look at what stands in Zscaler.`,
  ),
  zpa_rate_limited: () => "Zscaler is receiving too many calls. Try again in a minute.",
  zpa_busy: () => "Zscaler is busy at the moment. Try again in a minute.",
  zpa_answer_not_understood: () => "Zscaler gave an answer that Portcullis does not understand. An administrator must look at the log.",
  zpa_read_back_differs: () =>
    "The privileged approval in Zscaler differs from what was asked for, so it is not announced as granted. An administrator must look at it in Zscaler.",
  zpa_object_changed: (p) =>
    `${p("subject", "The object")} is not in Zscaler any more as it was shown before the question. Nothing was changed. Give the command again, look at what stands now, then decide.`,
  zpa_conditions_not_kept: (p) =>
    `The conditions of the rule ${p("rule", "that was named")} hold more than Portcullis understands (“${p("field", "a field")}”), and version 2 would lose it. Nothing was sent. Version 1 keeps the conditions as they are.`,
  zpa_written_not_read: (p) =>
    `Zscaler took the change of ${p("subject", "this object")}, but what stands there now could not be read. Do not repeat the change: look at it first.`,
  coverage_segment_unknown: (p) =>
    `Zscaler has no application segment ${p("segment", "of that id")} with privileged consoles in this microtenant. “pra zpa policy coverage” lists those that it has.`,
  coverage_not_needed: (p) => `Privileged approvals on ${p("segment", "this segment")} count already. Nothing has to be done.`,
  coverage_not_possible: (p) => {
    const segment = p("segment", "this segment");
    const reason = p("reason", "an earlier rule stands in the way");
    if (reason === "several_microtenants")
      return `Several microtenants list ${segment}, and a rule in one of them would not decide for the others. An administrator must look at the access policy of each in Zscaler.`;
    if (reason === "approval_for_some")
      return `Portcullis makes no rule for ${segment}: an access rule already asks some people for a privileged approval there, and one for everybody would also let in those whom it leaves out. An administrator must look at the access policy in Zscaler.`;
    return `One more rule would not make privileged approvals on ${segment} count (${reason}). An administrator must look at the access policy in Zscaler.`;
  },
  coverage_not_placed: (p) =>
    `The rule for ${p("segment", "this segment")} was made in Zscaler, and it is not certain that it stands in its place (${p("reason", "the answer was lost")}). Look at it again: confirming then moves it, and makes no second one.`,
  coverage_changed: (p) =>
    `The access policy has changed since the rule for ${p("segment", "this segment")} was shown. Nothing was changed; look at it again.`,
  catalog_empty: () =>
    "The list of consoles has not been read from Zscaler yet. Try again in a minute; if it stays empty, an administrator can run “pra doctor”.",
} as const satisfies Partial<Readonly<Record<ErrorCode, ErrorSentence>>>;
