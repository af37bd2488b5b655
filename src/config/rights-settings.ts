import { namedPeople } from "./named-people.ts";
import { always, listOf, setting, text, wholeNumber, yesOrNo } from "./setting.ts";

const slackIds = listOf(/^[UWS][A-Z0-9]{2,}$/, "be Slack user ids (U… or W…) or user-group ids (S…) between commas");

/** Who may do what, and where the cards are shown. */
export const rightsSettings = {
  APPROVERS: setting({
    meaning: "Who may decide: Slack user ids and user-group ids, between commas. A group decides through any one member.",
    needed: always,
    example: "U0123456789,S0123456789",
    advice: "Copy a person's member id from their Slack profile, and a group's id from its page under People.",
    schema: slackIds,
  }),
  ADMINS: setting({
    meaning: "Who may retry failed requests and change approval rules: Slack user ids and user-group ids, between commas.",
    example: "U0123456789",
    advice: "Copy a person's member id from their Slack profile, and a group's id from its page under People.",
    schema: slackIds,
  }),
  ON_CALL: setting({
    meaning:
      "Who is on call and may give access without a second approver: Slack user ids and user-group ids, between commas. Nobody is unless this says so.",
    example: "S0123456789",
    advice: "Name the user group that your rota keeps, so that whoever is on call now is in it.",
    schema: slackIds,
  }),
  ON_CALL_MAX_HOURS: setting({
    meaning: "How long access may last that somebody on call gives. The longest window of the consoles' rules counts, too.",
    default: "8",
    example: "8",
    advice: "Choose what one shift needs.",
    schema: wholeNumber(1, 168),
  }),
  BREAK_GLASS: setting({
    meaning:
      "Who may break the glass, by name: Slack user ids between commas, each with an email (`U0ANA=ana@example.com`) for whoever is to be able to from the command line while Slack is down. Groups are not allowed.",
    example: "U0123456789=ana@example.com",
    fromFile: true,
    advice: "Name few, and copy a person's member id from their Slack profile.",
    schema: namedPeople,
  }),
  BREAK_GLASS_MAX_MINUTES: setting({
    meaning: "How long access lasts at most that somebody breaks the glass for, and how long unless they ask for less.",
    default: "60",
    example: "60",
    advice: "Keep it short: the glass can be broken again once the review is answered.",
    schema: wholeNumber(5, 480),
  }),
  APPROVALS_CHANNEL: setting({
    meaning:
      "Channel that shows every card. Without it cards go to the approvers themselves. Seeing a card gives nobody the right to decide: that is APPROVERS.",
    example: "C0123456789",
    advice: "Copy the channel's id from its details in Slack (at the very bottom), and invite the bot there.",
    schema: text.regex(/^[CG][A-Z0-9]{2,}$/, "be a channel id (C… or G…), not a name"),
  }),
  ALLOWED_EMAIL_DOMAINS: setting({
    meaning: "Email domains whose people are trusted, between commas. Subdomains are not included.",
    needed: always,
    example: "example.com,example.org",
    advice: "Name the domains of your own people's Slack emails.",
    schema: listOf(/^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*$/i, "be domains such as example.com between commas").transform(
      (domains) => domains.map((domain) => domain.toLowerCase()),
    ),
  }),
  SELF_APPROVAL: setting({
    meaning: "`true` lets requesters and beneficiaries decide their own requests. For trials only.",
    default: "false",
    example: "false",
    advice: "Leave it out to keep two pairs of eyes on every request.",
    schema: yesOrNo,
  }),
};
