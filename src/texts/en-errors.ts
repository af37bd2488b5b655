import type { ErrorCode } from "../errors.ts";
import type { ErrorSentence } from "./texts.ts";
import { isCalledItself, ofZpaObject, type ZpaObject } from "./zpa-object.ts";

/** By the status that stands. */
const enAlreadySettled: Readonly<Record<string, string>> = {
  APPROVED: "This request was already approved",
  REJECTED: "This request was already rejected",
  CANCELLED: "This request was already withdrawn",
};

/** One, and many. */
const enZpaObjects: Readonly<Record<ZpaObject, readonly [string, string]>> = {
  console: ["privileged console", "privileged consoles"],
  credential: ["privileged credential", "privileged credentials"],
  policyRule: ["policy rule", "policy rules"],
  segment: ["application segment", "application segments"],
  portal: ["privileged portal", "privileged portals"],
  microtenant: ["microtenant", "microtenants"],
};

const enSailPointStatus: Readonly<Record<string, string>> = {
  APPROVED: "approved",
  REJECTED: "rejected",
  CANCELLED: "cancelled",
  EXPIRED: "expired",
  PASSED: "passed without a decision",
};

const enChangeStatus: Readonly<Record<string, string>> = {
  APPLIED: "it is in force",
  DECLINED: "it was declined",
  OVERTAKEN: "another change overtook it",
};

/** What is wrong and what to do next, for every code. `p` names a value of the error, with what to say when it is missing. */
export const enErrors: Readonly<Record<ErrorCode, ErrorSentence>> = {
  working_hours_empty: () =>
    "The working hours start and end at the same time. Choose different times; for the whole day, choose “Now” or “Later” instead of “Recurring”.",
  working_hours_time_invalid: (p) => `${p("value", "That")} is not a time of day. Write it as hours and minutes, such as 09:00 or 17:30.`,
  days_missing: () => "Choose at least one day.",
  days_duplicate: (p) => `${p("day", "A day")} is named twice. Name each day once.`,
  day_unknown: (p) => `${p("day", "That")} is not a day. Use MON, TUE, WED, THU, FRI, SAT or SUN.`,
  time_zone_unknown: (p) => `${p("timeZone", "That")} is not a time zone. Use a name such as Europe/Berlin or America/New_York.`,
  time_not_understood: (p) =>
    `“${p("text", "This time")}” could not be understood. Choose a time, or write one such as “tomorrow 9:00” or “for 2 weeks”.`,
  window_end_before_start: () => "The end must be after the start. Choose a later end.",
  window_too_long: (p) => `Access can last ${p("limit", "365")} days at most. Choose an earlier end.`,
  window_over_rules: (p) =>
    `The rules for ${p("consoles", "these consoles")} allow ${p("limit", "fewer")} ${p("limit", "") === "1" ? "hour" : "hours"} at most, counted from the start to the end. Choose an earlier end.`,
  window_start_too_old: () => "The start is more than an hour in the past. Choose a later start, or “Now”.",
  window_over: () => "This window is over, so it can no longer be granted. Ask again with a later end.",
  window_never_opens: () => "The working hours never fall inside this window. Choose other days, or a longer time.",
  console_missing: () => "Choose at least one console.",
  console_unknown: (p) =>
    `${p("console", "One of the consoles")} is not in the catalog. Look for it by name in the list; a new console can take some minutes to appear.`,
  console_disabled: (p) =>
    `${p("console", "One of the consoles")} is switched off in Zscaler. Choose another, or ask your Zscaler administrator to switch it on.`,
  consoles_too_many: (p) => `One request can name ${p("limit", "only so many")} consoles. Remove some, or ask in several requests.`,
  reason_missing: () => "Say why access is needed: the approvers read it.",
  ticket_missing: (p) =>
    `The rules for ${p("consoles", "these consoles")} want a ticket in the reason. It must match the pattern ${p("pattern", "that they name")}.`,
  text_too_long: (p) => `This text is too long: ${p("limit", "3000")} characters at most. Shorten it.`,
  command_not_understood: (p) => `“${p("text", "That")}” is not a command here. Write /pra help to see what is.`,
  invalid_input: (p) => `This input cannot be read: ${p("problem", "it has the wrong form")}. Correct it and try again.`,
  email_missing: (p) =>
    `${p("name", "This person")} has no email address in Slack. It is needed to find the person in Zscaler: add it to the Slack profile.`,
  email_unconfirmed: (p) =>
    `The email address of ${p("name", "this person")} is not confirmed in Slack. Confirm it in Slack, then try again.`,
  email_domain_not_allowed: (p) =>
    `The email address of ${p("name", "this person")} is outside the domains allowed here. Use an account of the organisation.`,
  email_shared: (p) =>
    `Two Slack accounts have the email address of ${p("name", "this person")}. Ask your Slack administrator to make it unique.`,
  email_changed: (p) =>
    `The email address of ${p("name", "the person who would receive the access")} has changed since this was asked for, so it was not granted. Ask again.`,
  person_is_bot: () => "That is an app, and apps cannot ask for or receive access. Choose a person.",
  person_is_guest: (p) => `${p("name", "This person")} is a guest in this workspace. Access is for full members only.`,
  person_deactivated: (p) => `The Slack account of ${p("name", "this person")} is deactivated. Choose someone else.`,
  person_unknown: () => "Slack does not know this person. Choose someone from the list.",
  team_not_trusted: () => "This person belongs to another Slack workspace. Access is for members of this workspace only.",
  channel_shared_externally: () =>
    "This channel is shared with another organisation. Ask from a channel of your own, or from the app's Home tab.",
  not_allowed: () =>
    "You may not do this, so nothing was changed. The card names who can decide; for other rights ask an administrator of Portcullis.",
  ask_not_allowed: (p) =>
    p("who", "") === ""
      ? `By its rules nobody may ask for access to ${p("consoles", "these consoles")} at present. Remove it, or ask an administrator of Portcullis.`
      : `You are not among those who may ask for access to ${p("consoles", "these consoles")}. These may: ${p("who", "")}.`,
  ask_for_others_not_allowed: (p) =>
    p("who", "") === ""
      ? `By its rules nobody may ask for somebody else for access to ${p("consoles", "these consoles")}. They can ask themselves.`
      : `You may ask for access to ${p("consoles", "these consoles")} for yourself only. These may ask for somebody else: ${p("who", "")}.`,
  rules_unreadable: (p) =>
    `The rules of approval for ${p("scope", "these consoles")}${p("scopeId", "") === "" ? "" : ` ${p("scopeId", "")}`} cannot be read, so nothing was asked for. An administrator of Portcullis must correct them.`,
  rules_differ_on_segment: (p) =>
    `${p("console", "One of the consoles")} and ${p("other", "another console")} open together, being on one segment, but fall under different rules. An administrator of Portcullis must write rules for that segment first.`,
  segment_group_unknown: (p) =>
    `Zscaler does not say to which segment group ${p("console", "one of the consoles")} belongs, so it is not known whose rules count. Try again in some minutes; if it stays so, an administrator must let the API client read application segments.`,
  nobody_on_call: () =>
    "Nobody is on call: the setting ON_CALL is empty, so nobody can give access this way. Ask for it with /pra request.",
  on_call_only: () => "You are not on call, so nothing was given. Ask whoever is, or ask for the access with /pra request.",
  grant_to_self: (p) =>
    p("breakGlass", "") === ""
      ? "You cannot give access to yourself. Ask for it with /pra request, or have somebody else on call give it."
      : "You cannot give access to yourself. Ask for it with /pra request; in an emergency in which nobody can decide, write /pra break-glass.",
  beneficiary_missing: () => "Name the person who gets the access.",
  duration_missing: () => "Say for how long the access is to last.",
  duration_over_limit: (p) => `This access can last ${p("limit", "only so many")} minutes at most. Choose a shorter time.`,
  break_glass_not_named: () =>
    "Only those whom the setting BREAK_GLASS names can break the glass, and you are not among them. Ask for the access with /pra request.",
  break_glass_review_due: (p) =>
    `The review of ${p("label", "the last break-glass")} is still to be answered. Write /pra break-glass to open its form; after that the glass can be broken again.`,
  break_glass_still_open: (p) =>
    `${p("label", "The last break-glass")} has not ended yet. End it first: write /pra done, or on the bot's machine pra access end ${p("label", "with its number")}. After that the glass can be broken again.`,
  break_glass_needs_email: () =>
    "BREAK_GLASS names this person without an email. At the command line, where Slack may not be there to ask, the glass is broken only for people who are named with one, as in U0ANA=ana@example.com.",
  break_glass_only: () =>
    "At the command line nobody is on call: Slack is not there to say who. Only --break-glass is possible here, for people whom BREAK_GLASS names with an email.",
  review_unknown: () => "This review is not known here.",
  review_answered: () => "This review is answered already. Nothing was changed.",
  not_your_turn: () => "Others decide before you, one after the other. You hear from Portcullis when it is your turn. Nothing was changed.",
  self_approval: () => "You asked for this access or would receive it, so another approver must decide. Nothing was changed.",
  already_decided: (p) => `${enAlreadySettled[p("status", "")] ?? "This request was already settled"}. Nothing was changed.`,
  card_stale: () => "The request has changed since this card was drawn. Look at the card as it is now, then decide again.",
  comment_required: () => "Say why: the people concerned read it.",
  assignee_missing: () => "Choose one person or one group, not both.",
  reassign_loop: () => "They held this place before and handed it on. Choose someone else.",
  already_approver: () => "They already hold a place among the approvers. Choose someone else.",
  reassign_not_possible: () =>
    "Nobody there could decide: not the requester, not the person who receives the access, not someone who has decided already. A group needs one other active member. Choose someone else.",
  change_after_approval: () =>
    "Another approver has already approved what was asked for, which is less. Approve it as it stands, or with fewer consoles or an earlier end.",
  proposal_gone: () =>
    "This proposal no longer stands: it was answered, or a decision or a change came first. Look at the card as it is now.",
  proposal_lapsed: () =>
    "The approver who proposed this may no longer decide on the request, so nothing was changed. It waits as it was asked for.",
  attribute_incomplete: () => "An attribute needs a name and a value. Fill in both, or leave both empty.",
  selection_empty: () => "Nothing is selected. Tick the requests that you mean, then press the button again.",
  selection_too_large: (p) =>
    `This is more than can be decided at once (${p("limit", "50")} at most). Select fewer, and decide the rest after.`,
  nudge_too_soon: () => "The approvers were reminded a short while ago. Wait some hours before you remind them again.",
  no_approver: () =>
    "Nobody could decide on this request: every approver is the requester or receives the access. Ask an administrator of Portcullis to name another approver.",
  request_missing: () => "Name the request, such as /pra explain PRA-1042.",
  request_unknown: () => "This request is not known here any more. Open the app's Home tab to see your requests.",
  approval_unknown: () => "This approval is not known here any more. Open the app's Home tab to see what waits for you.",
  grant_unknown: () => "This grant is not known here any more. Open the app's Home tab to see your access.",
  access_not_open: () => "Nothing of this request is open or on its way, so there is nothing to change or to end.",
  change_needs_decision: () =>
    "That is more than was approved, so somebody has to decide on it. Ask for it with a new request, or with Renew on the card.",
  end_not_as_typed: () =>
    "That end is not where the command says: extend moves it later, shorten earlier. Nothing was changed. Name the end with its date, or a length such as 2h.",
  access_not_renewable: () =>
    "This access cannot be renewed: it does not stand, or somebody ended it before its time. Ask anew, with /pra request.",
  change_nothing: () => "It is that already: nothing would change.",
  grant_not_failed: () => "This request has not failed, so there is nothing to try again.",
  microtenant_approvals_disabled: (p) =>
    `Privileged approvals are switched off in the microtenant ${p("microtenant", "of one of the consoles")}. Ask your Zscaler administrator to switch them on.`,
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
  credential_incomplete: (p) =>
    `Zscaler needs ${{ name: "a name", userName: "a user name", password: "the password", privateKey: "the private key" }[p("missing", "")] ?? "more"} for a credential of this type. Nothing was sent: add it and try again.`,
  credential_type_fixed: (p) =>
    `The type of ${p("name", "this credential")} is ${p("type", "already set")}, and Zscaler cannot change that. Make a new credential${p("wanted", "") === "" ? "" : ` of type ${p("wanted", "")}`}, point the rules at it, then delete this one.`,
  credential_type_unknown: (p) =>
    `Portcullis does not know the type of ${p("name", "this credential")}${p("type", "") === "" ? "" : ` (${p("type", "")})`}. Change its secret in Zscaler itself.`,
  credential_name_taken: (p) =>
    `There is a credential named ${p("name", "like that")} already. Choose another name, or rotate the one that is there.`,
  credential_differs: () =>
    "What stands in Zscaler differs from what was sent. Look at the credential in Zscaler: something else may be changing it.",
  credential_changed: (p) =>
    `${p("name", "The credential")} was changed in Zscaler after this link was given, and the new secret would have undone that. Nothing was sent. Ask for a new link with /pra credentials.`,
  credential_effect_unknown: () =>
    "Zscaler did not answer in time, and it is not certain whether this was done. Look at the credential with /pra credentials before you try again.",
  credential_uses_changed: (p) =>
    `Rules use this credential that you were not shown: ${p("rules", "look at them anew")}. Nothing was changed. Look at it again, then decide.`,
  credential_page_off: () =>
    "The page for secrets is switched off, so none can be handed over. Set CREDENTIAL_PAGE_PORT, and CREDENTIAL_PAGE_URL to the https address at which people reach it, then start again.",
  handover_unknown: () => "This link is not one of yours, or does not exist. Ask for a new one with /pra credentials.",
  handover_over: (p) =>
    `This link is over${{ used: ": it was used", expired: ": its ten minutes have passed", replaced: ": a newer one took its place", codes: ": the code was wrong five times", "not-allowed": ": its person is no administrator any more", changed: ": the credential was changed in Zscaler meanwhile" }[p("why", "")] ?? ""}. Ask for a new one with /pra credentials.`,
  handover_not_opened: () =>
    "The link has not been opened yet, so there is no code. Open it first, then type the code that the page shows.",
  handover_code_wrong: (p) =>
    `This is not the code that the page shows. Look again; ${p("left", "a few")} more wrong ones at most, then the link is over.`,
  secret_missing: () => "The secret is missing. Type it, or choose the file that holds it.",
  secret_too_long: (p) => `This is longer than a secret may be here (${p("limit", "some thousand")} characters). Nothing was sent.`,
  secret_not_of_type: () => "This credential takes another kind of secret. Nothing was sent: fill in the form as it is shown.",
  key_not_understood: () =>
    "This is not a private key that can be read. Take the whole file, from its BEGIN line to its END line: PEM (PKCS #8, PKCS #1, SEC 1) or OpenSSH.",
  key_is_public: () =>
    "This is a public key or a certificate. The private key is needed: the file without .pub, with PRIVATE KEY in its first line.",
  key_passphrase_missing: () => "This private key is protected. Type its passphrase, too.",
  key_passphrase_wrong: () => "The passphrase does not open this private key. Type it again; nothing was sent.",
  key_passphrase_needless: () => "This private key has no passphrase. Leave that field empty, or choose the key that it belongs to.",
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
  slack_unreachable: () => "Slack could not be reached. Try again in a minute.",
  slack_refused: (p) =>
    `Slack refused this${p("reason", "") === "" ? "" : ` (${p("reason", "")})`}. Try again; if it stays so, an administrator can run “pra doctor”.`,
  setting_missing: (p) => `${p("setting", p("settings", "A setting"))} is missing. Set it, then start again.`,
  setting_invalid: (p) =>
    `${p("setting", p("settings", "A setting"))} is not valid: ${p("reason", "docs/reference/settings.md says what it takes")}.`,
  port_in_use: (p) =>
    `The port ${p("port", "that it should listen on")} is taken by another program. Stop that, or choose another port in ${p("setting", "the settings")}.`,
  data_folder_in_use: (p) =>
    `Another Portcullis is already running on the data folder ${p("folder", "named in DATA_DIR")}. Stop that one first, or set DATABASE_URL to share a PostgreSQL database.`,
  database_unreachable: () => "The database could not be reached. Nothing was changed; try again in a minute.",
  ledger_key_missing: () =>
    "There is no key for the ledger here, so nothing can be sealed or verified. Set LEDGER_KEY_FILE, or put the file ledger.key back into DATA_DIR.",
  ledger_key_unknown: (p) =>
    `The ledger was sealed with the key ${p("keyId", "of another installation")}, which is not at hand. Put that key back, or name it in LEDGER_OLD_KEYS if it was replaced on purpose.`,
  ledger_unreachable: () =>
    "The bot's database cannot be reached, so this change would not be on record, and nothing was sent. Set DATABASE_URL or DATA_DIR as for the bot; or add --without-ledger.",
  control_unreachable: (p) =>
    `A Portcullis runs on ${p("folder", "this folder")} and cannot be asked. Wait until it has started; if it stays like this, look into its log for control.`,
  control_path_too_long: (p) =>
    `The path of ${p("folder", "DATA_DIR")} is too long for a Unix socket, so a running Portcullis cannot be asked there. Choose a shorter DATA_DIR.`,
  unexpected: () =>
    "Something went wrong in Portcullis, and nothing more was done. Try again; if it happens again, pass the reference on to an administrator.",
};
