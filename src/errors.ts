/**
 * Every way in which Portcullis says no. A code is stable: it is what `--json` prints, what tests match on, and what
 * `docs/reference/errors.md` explains. The sentence that a person reads for it is in `texts/`.
 */
export const ERROR_CODES = [
  // what a person typed
  "working_hours_empty", // start and end are equal
  "working_hours_time_invalid", // not HH:mm
  "days_missing",
  "days_duplicate",
  "day_unknown",
  "time_zone_unknown",
  "time_not_understood",
  "window_end_before_start",
  "window_too_long", // over 365 days
  "window_over_rules", // longer than the rules of these consoles allow
  "window_start_too_old", // more than an hour in the past
  "window_over", // it ended before it could be granted
  "window_never_opens", // the working hours have no opening in the window
  "console_missing",
  "console_unknown",
  "console_disabled",
  "consoles_too_many",
  "reason_missing",
  "ticket_missing", // the reason names none of the kind that the rules want
  "text_too_long",
  "command_not_understood",
  "invalid_input", // an option of the command line, a line of JSON, a body or a configuration
  // who a person is
  "email_missing",
  "email_unconfirmed",
  "email_domain_not_allowed",
  "email_shared", // two Slack users have it
  "email_changed", // since the request: the grant would go to another ZPA user
  "person_is_bot",
  "person_is_guest",
  "person_deactivated",
  "person_unknown",
  "team_not_trusted", // another team, Slack Connect
  "channel_shared_externally",
  // what they may do
  "not_allowed",
  "ask_not_allowed", // the rules let others ask
  "ask_for_others_not_allowed",
  "rules_unreadable", // what is stored no longer parses: refused rather than decided by looser rules
  "rules_differ_on_segment", // of consoles that one grant opens
  "segment_group_unknown", // and rules of segment groups exist
  "self_approval", // requester or beneficiary decides, or would
  "nobody_on_call", // ON_CALL is empty
  "on_call_only",
  "grant_to_self", // an on-call grant for its giver; params.breakGlass is "yes" for whoever is named for that
  "beneficiary_missing",
  "duration_missing",
  "duration_over_limit", // params.limit in minutes
  "break_glass_not_named",
  "break_glass_review_due", // of the use before
  "break_glass_still_open", // an earlier use has not ended
  "break_glass_needs_email", // BREAK_GLASS names the person by Slack id alone
  "break_glass_only", // at the command line nobody is on call
  "review_unknown",
  "review_answered",
  "not_your_turn", // a serial chain has not come to this seat
  "already_decided",
  "card_stale", // the card's version is not the approval's
  "comment_required",
  "assignee_missing", // nobody, or a person and a group at once
  "already_approver", // whom a seat is handed to has one
  "reassign_loop", // held the seat before
  "reassign_not_possible",
  "change_after_approval", // more than was asked for, when another approver has approved less
  "attribute_incomplete", // a name without a value, or a value without a name
  "proposal_gone", // answered, or overtaken by a decision or a change
  "proposal_lapsed", // consent came, and the proposer may no longer decide
  "selection_empty", // nothing is ticked
  "selection_too_large", // more than one command takes
  "nudge_too_soon", // approvers were reminded by the requester a short while ago
  "no_approver",
  "request_missing", // no request is named
  "request_unknown",
  "approval_unknown",
  "grant_unknown",
  "grant_not_failed", // a retry of what did not fail
  "access_not_open", // nothing stands that could be changed or ended
  "change_needs_decision", // the holder wants more than was approved
  "change_nothing", // it is that already
  "end_not_as_typed", // an extension to earlier, a shortening to later
  "access_not_renewable", // it does not stand, or was ended before its time
  "microtenant_approvals_disabled",
  // rules by scope
  "admins_only",
  "rules_invalid", // details.params.problem names path and sentence
  "rules_unknown", // none are written down for the scope
  "rules_changed_meanwhile",
  "rules_too_long_for_slack",
  "scope_invalid",
  "scope_frozen", // a single approval's
  "second_admin_needed",
  "change_unknown",
  "change_settled",
  "confirmation_needed", // of a diff, at the command line
  // what is found in ZPA
  "finding_unknown",
  "finding_settled", // or being settled
  "finding_not_possible", // of this kind, or with what stands there
  "finding_changed", // what stands in ZPA is otherwise than what was looked at
  "finding_own", // whoever has the access does not judge it
  "reconcile_running",
  // consoles in ZPA
  "console_draft_incomplete", // params.missing: consoleApplications, consolePortals or consolePattern
  "console_pattern_invalid", // params.text
  "console_name_taken", // of two that are to be made, or by one that stands
  "console_exists", // the application has one
  "consoles_changed", // what stands in ZPA is otherwise than what was looked at
  // credentials in ZPA
  "credential_incomplete", // params.missing: name, userName, password or privateKey
  "credential_type_fixed", // once it exists
  "credential_type_unknown", // of a later version of ZPA
  "credential_name_taken",
  "credential_differs", // what was read back
  "credential_changed", // since the link for its new secret was given; params.name
  "credential_effect_unknown", // a write's answer was lost
  "credential_uses_changed", // rules inject it that were not shown
  "credential_page_off",
  "handover_unknown", // another's, or none
  "handover_over", // params.why: used, expired, replaced, codes, not-allowed, changed
  "handover_not_opened", // no browser shows a code yet
  "handover_code_wrong", // params.left
  "secret_missing",
  "secret_too_long", // params.limit, characters
  "secret_not_of_type", // a key for a password, or a password for a key
  "key_not_understood",
  "key_is_public",
  "key_passphrase_missing",
  "key_passphrase_wrong",
  "key_passphrase_needless",
  // ZPA
  "zpa_unreachable",
  "zpa_timeout", // the effect of a write is unknown
  "zpa_sign_in_failed",
  "zpa_not_permitted",
  "zpa_not_found",
  "zpa_search_refused", // ZPA's filter expressions are `field OPERATOR value`
  "zpa_refused", // a permanent 4xx; details.params carry id and reason
  "zpa_rate_limited",
  "zpa_busy", // transient 400/409/503
  "zpa_answer_not_understood",
  "zpa_read_back_differs",
  "zpa_object_changed", // since somebody was asked about it; params.subject
  "zpa_conditions_not_kept", // version 2 of an update would lose them; params.rule, params.field
  "zpa_written_not_read", // an administrator's write was done, and what stands now could not be read
  "catalog_empty",
  // SailPoint
  "sailpoint_unreachable",
  "sailpoint_timeout", // the effect of a write is unknown
  "sailpoint_sign_in_failed",
  "sailpoint_not_permitted",
  "sailpoint_not_found",
  "sailpoint_refused", // a lasting 4xx; details.params carry id and reason
  "sailpoint_rate_limited",
  "sailpoint_busy", // 5xx to a reading, 409
  "sailpoint_answer_not_understood",
  // access that SailPoint governs: why none came of an approval
  "governed_type_not_listed", // or not any more
  "governed_not_approved", // params.status
  "governed_decider_unknown", // APPROVED, and by nobody
  "governed_self_approved", // only by whom it is for, or who asked
  "governed_before_connection", // approved before the type was on the list
  "governed_attributes_changed", // after they were first shown
  "governed_attributes_unreadable", // not JSON
  "governed_attribute_unknown", // params.attribute
  "governed_attribute_invalid", // params.attribute, params.value
  "governed_attribute_missing", // params.attribute
  "governed_attributes_conflict", // params.attribute, params.other
  "governed_console_ambiguous", // params.console, params.candidates
  "governed_person_unknown", // no Slack user with that email
  "governed_other_beneficiary", // params.named, params.email
  "governed_ask_not_allowed", // params.name, params.consoles
  "coverage_segment_unknown", // no segment of that id with PRA applications in that microtenant
  "coverage_not_needed", // privileged approvals count there already
  "coverage_not_possible", // one more rule would not change it; params.reason says why
  "coverage_not_placed", // the rule was made, and may not stand in its place: the effect is half or whole; params.reason is a code
  "coverage_changed", // the rules are not any more what was shown
  "sailpoint_not_assigned", // whoever decides is not among those whom it waits for now
  "sailpoint_decided", // elsewhere; params.status and params.by
  "sailpoint_decide_there", // no button can: it wants a new sign-in, or the place is not clear
  "sailpoint_unproven", // sent once, and no re-read shows it
  "sailpoint_assignee_unknown", // a Slack user who is nobody in SailPoint
  // Slack
  "slack_unreachable",
  "slack_refused",
  // the installation
  "setting_missing",
  "setting_invalid",
  "data_folder_in_use",
  "database_unreachable",
  "port_in_use",
  "ledger_key_missing", // nothing can be sealed or verified
  "ledger_key_unknown", // the chain was sealed with a key that is not at hand
  "control_unreachable", // a bot owns the folder and does not answer `pra`
  "control_path_too_long",
  "ledger_unreachable", // a write of `pra zpa` would not be on record
  "unexpected",
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** Names of the form's fields at which an error can be shown. */
export type FormField =
  | "consoles"
  | "when"
  | "start"
  | "end"
  | "duration"
  | "days"
  | "hoursStart"
  | "hoursEnd"
  | "timeZone"
  | "reason"
  | "beneficiary"
  | "comment"
  | "assignee"
  | "assigneeFrom"
  | "attributeName"
  | "attributeValue"
  | "happened"
  | "done"
  | "follows"
  | "credentialName"
  | "credentialUser"
  | "credentialDomain"
  | "credentialDescription"
  | "credentialCode"
  | "rules"
  | "consoleApplications"
  | "consolePortals"
  | "consolePattern"
  | "rulesScope";

/** What a sentence needs beside its code: the field it belongs to and the values it names. Never a secret. */
export interface ErrorDetails {
  readonly field?: FormField;
  readonly params?: Readonly<Record<string, string | number>>;
}

/** The one error class of Portcullis. Match on `code`, never on the message. */
export class PortcullisError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, details: ErrorDetails = {}, options?: ErrorOptions) {
    super(code, options);
    this.name = "PortcullisError";
    this.code = code;
    this.details = details;
  }
}

/** Turns anything thrown into a {@link PortcullisError}; what is not ours becomes `unexpected` with its cause kept. */
export const fromUnknown = (cause: unknown): PortcullisError =>
  cause instanceof PortcullisError ? cause : new PortcullisError("unexpected", {}, { cause });
