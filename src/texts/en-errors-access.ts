import type { ErrorCode } from "../errors.ts";
import type { ErrorSentence } from "./texts.ts";

/** Of what somebody asks for: what they typed, who they are, and what they may. */
export const enAccessErrors = {
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
} as const satisfies Partial<Readonly<Record<ErrorCode, ErrorSentence>>>;
