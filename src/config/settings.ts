import { namedPeople } from "./named-people.ts";
import {
  always,
  listOf,
  oneOf,
  portOrOff,
  type Setting,
  serviceAddress,
  setting,
  startsWith,
  text,
  when,
  wholeNumber,
  yesOrNo,
} from "./setting.ts";
import { userMap } from "./user-map.ts";

const slackIds = listOf(/^[UWS][A-Z0-9]{2,}$/, "be Slack user ids (U… or W…) or user-group ids (S…) between commas");
const digits = (sentence: string) => text.regex(/^\d+$/, sentence);

/** Every setting of Portcullis, in the order of the docs. Adding one starts here. */
export const SETTINGS = {
  SLACK_MODE: setting({
    meaning:
      "How Slack reaches the bot: `socket` opens connections from here to Slack and needs no public address; `http` lets Slack post to `/slack/events`.",
    default: "socket",
    example: "socket",
    advice: "Choose one of the two.",
    schema: oneOf("socket", "http"),
  }),
  SLACK_BOT_TOKEN: setting({
    meaning: "Token with which the bot calls Slack.",
    needed: always,
    example: "xoxb-…",
    secret: true,
    advice: "Copy the Bot User OAuth Token from your app's page OAuth & Permissions at https://api.slack.com/apps.",
    schema: startsWith("xoxb-"),
  }),
  SLACK_APP_TOKEN: setting({
    meaning: "App-level token that opens the Socket Mode connections.",
    needed: when("SLACK_MODE is `socket`", (chosen) => chosen("SLACK_MODE") === "socket"),
    example: "xapp-…",
    secret: true,
    advice: "Create one with the scope connections:write at https://api.slack.com/apps, Basic Information, App-Level Tokens.",
    schema: startsWith("xapp-"),
  }),
  SLACK_SIGNING_SECRET: setting({
    meaning: "What proves that a delivery comes from Slack.",
    needed: when("SLACK_MODE is `http`", (chosen) => chosen("SLACK_MODE") === "http"),
    example: "…",
    secret: true,
    advice: "Copy it from your app's page Basic Information, App Credentials, at https://api.slack.com/apps.",
    schema: text.min(16, "be the whole signing secret"),
  }),
  SLACK_API_URL: setting({
    meaning: "Address of Slack's Web API. Only for GovSlack and for tests.",
    default: "https://slack.com/api/",
    example: "https://slack-gov.com/api/",
    advice: "Leave it out to use Slack itself.",
    schema: serviceAddress.transform((url) => (url.endsWith("/") ? url : `${url}/`)),
  }),
  PORT: setting({
    meaning: "Port that the bot listens on in HTTP mode. Slack posts to `/slack/events`.",
    default: "3000",
    example: "3000",
    advice: "Choose a free port.",
    schema: wholeNumber(1, 65_535),
  }),
  HOST: setting({
    meaning:
      "Address that the bot listens on in HTTP mode. The default takes connections from this machine alone, such as from a reverse proxy; in a container it is `0.0.0.0`.",
    default: "127.0.0.1",
    example: "127.0.0.1",
    advice: "Name an address of this machine, or 0.0.0.0 for all of them.",
    schema: text.regex(/^(?:[0-9A-Fa-f:.]+|localhost)$/, "be an IP address of this machine"),
  }),
  DRAIN_SECONDS: setting({
    meaning:
      "HTTP mode: how long a bot that was told to stop still takes clicks in while `/readyz` says that it stops, so that a balancer has turned away by then.",
    default: "3",
    example: "3",
    advice: "It is part of the 20 seconds that a stop takes at most; 0 where no balancer is in front.",
    schema: wholeNumber(0, 15),
  }),
  APPROVALS_CHANNEL: setting({
    meaning:
      "Channel that shows every card. Without it cards go to the approvers themselves. Seeing a card gives nobody the right to decide: that is APPROVERS.",
    example: "C0123456789",
    advice: "Copy the channel's id from its details in Slack (at the very bottom), and invite the bot there.",
    schema: text.regex(/^[CG][A-Z0-9]{2,}$/, "be a channel id (C… or G…), not a name"),
  }),
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
  ZPA_AUTH: setting({
    meaning: "How the bot signs in to ZPA: `oneapi` (ZIdentity) or `legacy` (an API key of the ZPA admin portal).",
    default: "oneapi",
    example: "oneapi",
    advice: "Choose the one that your tenant uses.",
    schema: oneOf("legacy", "oneapi"),
  }),
  ZPA_CLIENT_ID: setting({
    meaning: "Client id of the API client.",
    needed: always,
    example: "abcdefgh12345",
    advice: "It is in ZIdentity under Integration, API Clients; for `legacy`, in the ZPA admin portal under API Keys.",
    schema: text,
  }),
  ZPA_CLIENT_SECRET: setting({
    meaning: "What the API client signs in with.",
    needed: when(
      "ZPA_AUTH is `legacy`, or it is `oneapi` without ZPA_PRIVATE_KEY",
      (chosen) => chosen("ZPA_AUTH") === "legacy" || chosen("ZPA_PRIVATE_KEY") === null,
    ),
    example: "…",
    secret: true,
    advice: "It is shown once, when the API client or key is created.",
    schema: text,
  }),
  ZPA_PRIVATE_KEY: setting({
    meaning: "RSA private key (PEM, PKCS #8) that signs in instead of a secret. OneAPI only.",
    example: "-----BEGIN PRIVATE KEY-----…",
    secret: true,
    advice: "Name the file in ZPA_PRIVATE_KEY_FILE; its public half belongs to the API client in ZIdentity.",
    schema: text.includes("-----BEGIN PRIVATE KEY-----", { error: "be a PEM private key in PKCS #8 form (BEGIN PRIVATE KEY)" }),
  }),
  ZPA_CUSTOMER_ID: setting({
    meaning: "Customer id of the ZPA tenant.",
    needed: always,
    example: "216196257331281920",
    advice: "It is in the ZPA admin portal under Company, and on the page of the API keys.",
    schema: digits("be the tenant's customer id, digits only"),
  }),
  ZPA_CLOUD: setting({
    meaning: "Cloud of the tenant: PRODUCTION, ZPATWO, BETA, GOV, GOVUS or PREVIEW.",
    default: "PRODUCTION",
    example: "PRODUCTION",
    advice: "Leave it out unless Zscaler told you another cloud.",
    schema: text.regex(/^[a-z0-9]+$/i, "be the name of a cloud such as PRODUCTION").transform((cloud) => cloud.toUpperCase()),
  }),
  ZPA_VANITY_DOMAIN: setting({
    meaning: "First part of your ZIdentity address: `acme` for acme.zslogin.net.",
    needed: when(
      "ZPA_AUTH is `oneapi` without ZPA_AUTH_URL",
      (chosen) => chosen("ZPA_AUTH") === "oneapi" && chosen("ZPA_AUTH_URL") === null,
    ),
    example: "acme",
    advice: "Look at the address of your ZIdentity sign-in page.",
    schema: text.regex(/^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/i, "be one word of letters, digits and hyphens, without .zslogin.net"),
  }),
  ZPA_API_URL: setting({
    meaning: "Base address of the ZPA API, without `/zpa`. Cloud and sign-in name it unless this does.",
    example: "https://api.zsapi.net",
    advice: "Leave it out to use your cloud's own.",
    schema: serviceAddress,
  }),
  ZPA_AUTH_URL: setting({
    meaning: "Address that signs in. Cloud and vanity domain name it unless this does.",
    example: "https://acme.zslogin.net/oauth2/v1/token",
    advice: "Leave it out to use your cloud's own.",
    schema: serviceAddress,
  }),
  ZPA_MICROTENANTS: setting({
    meaning: "`false` for tenants without microtenants: their list is then not read.",
    default: "true",
    example: "true",
    advice: "Set it to `false` when ZPA refuses the list of microtenants.",
    schema: yesOrNo,
  }),
  ZPA_USER_MAP: setting({
    meaning: "Slack email and ZPA user name of people whose two differ: `slack=zpa` pairs, between commas or one a line.",
    example: "ana@example.com=aribeiro@corp.example",
    fromFile: true,
    advice: "Leave it out where Slack emails and ZPA user names are the same.",
    schema: userMap,
  }),
  OVERNIGHT_HOURS: setting({
    meaning:
      "Working hours that pass midnight: `next-day` writes one privileged approval whose end belongs to the next day; `split` writes two, cut at midnight.",
    default: "next-day",
    example: "next-day",
    advice: "Leave it out unless your tenant needs the hours cut.",
    schema: oneOf("next-day", "split"),
  }),
  MAX_CONSOLES_PER_REQUEST: setting({
    meaning: "How many consoles one request may name.",
    default: "20",
    example: "20",
    advice: "Slack's form holds at most 100.",
    schema: wholeNumber(1, 100),
  }),
  ZPA_TIMEOUT_SECONDS: setting({
    meaning:
      "How long the bot waits for ZPA to begin an answer, in seconds. What was sent by then may have had its effect: the bot looks before it writes again.",
    default: "30",
    example: "30",
    advice: "Leave it out unless Zscaler told you otherwise.",
    schema: wholeNumber(1, 30),
  }),
  CATALOG_REFRESH_MINUTES: setting({
    meaning: "How often the catalog is read from ZPA.",
    default: "15",
    example: "15",
    advice: "Each read costs a few calls of ZPA's budget for every microtenant.",
    schema: wholeNumber(1, 1440),
  }),
  END_WARNING_MINUTES: setting({
    meaning:
      "How long before access ends its holder is warned, and can renew it with one click. Windows shorter than four times that are warned in their last quarter.",
    default: "30",
    example: "30",
    advice: "Leave enough time for a renewal to be decided.",
    schema: wholeNumber(1, 10_080),
  }),
  RECONCILE_MINUTES: setting({
    meaning: "How often everything in the tenant is compared with what Portcullis intends.",
    default: "15",
    example: "15",
    advice: "Each pass lists the privileged approvals of every microtenant, 500 a call.",
    schema: wholeNumber(1, 1440),
  }),
  CLEAN_EXPIRED: setting({
    meaning:
      "`true` deletes Portcullis's own privileged approvals from ZPA once they are over, by their ids, a few in each pass. Those of others stay.",
    default: "false",
    example: "false",
    advice: "Leave it out to keep what is over in ZPA, for its own reports.",
    schema: yesOrNo,
  }),
  DATABASE_URL: setting({
    meaning: "Address of a PostgreSQL database. Without it the bot keeps an embedded one in DATA_DIR.",
    example: "postgres://portcullis:…@db.example.com/portcullis",
    secret: true,
    advice: "Leave it out to use the embedded database.",
    schema: text.regex(/^postgres(?:ql)?:\/\//, "start with postgres:// or postgresql://"),
  }),
  DATA_DIR: setting({
    meaning: "Folder of the embedded database. One running bot owns it.",
    default: "./data",
    example: "/var/lib/portcullis",
    advice: "Choose a folder that the bot may write and that is backed up.",
    schema: text,
  }),
  HEALTH_PORT: setting({
    meaning: "Port of `/healthz`, `/readyz` and `/metrics`, in both modes; `0` takes any free one and logs it, `off` answers nowhere.",
    default: "3001",
    example: "3001",
    advice: "Choose a free port; each bot on a machine needs its own.",
    schema: portOrOff,
  }),
  HEALTH_HOST: setting({
    meaning:
      "Address that they are answered on. The default takes connections from this machine alone; in a container it is `0.0.0.0`. Nobody has to sign in there.",
    default: "127.0.0.1",
    example: "127.0.0.1",
    advice: "Name an address of this machine, or 0.0.0.0 for all of them.",
    schema: text.regex(/^(?:[0-9A-Fa-f:.]+|localhost)$/, "be an IP address of this machine"),
  }),
  LEDGER_KEY: setting({
    meaning:
      "What seals the ledger: at least 32 characters that nobody can guess, kept apart from the database. Without it the bot makes a key file, `ledger.key` in DATA_DIR; on a PostgreSQL, which several replicas may share, it must be set, or nothing is sealed.",
    example: "…",
    secret: true,
    advice: "Make one with `openssl rand -hex 32`, and keep a copy where nobody loses it.",
    schema: text.regex(/^[^\s,]{32,}$/, "have at least 32 characters, and no white space or comma"),
  }),
  LEDGER_OLD_KEYS: setting({
    meaning:
      "Keys that sealed the ledger before LEDGER_KEY, the oldest first, between commas or one a line: what they sealed stays verifiable.",
    example: "…",
    secret: true,
    advice: "Leave it out unless the key was replaced; then name the replaced one here.",
    schema: listOf(/^\S{32,}$/, "be keys of at least 32 characters, between commas or one a line"),
  }),
  SIEM_URL: setting({
    meaning: "Address that the sealed ledger is sent to, for a SIEM.",
    example: "https://siem.example.com/hooks/portcullis",
    advice: "Leave it out to send it nowhere.",
    schema: serviceAddress,
  }),
  SIEM_SECRET: setting({
    meaning: "What signs the deliveries to SIEM_URL.",
    needed: when("SIEM_URL is set", (chosen) => chosen("SIEM_URL") !== null),
    example: "…",
    secret: true,
    advice: "Make one with `openssl rand -hex 32`, and give it to the receiver.",
    schema: text.min(16, "have at least 16 characters"),
  }),
  LOG_LEVEL: setting({
    meaning: "How much is logged.",
    default: "info",
    example: "info",
    advice: "Choose one of the four.",
    schema: oneOf("debug", "info", "warn", "error"),
  }),
} as const satisfies Readonly<Record<string, Setting<unknown>>>;

export type SettingName = keyof typeof SETTINGS;

/** What each setting means once it is parsed. */
export type SettingValues = {
  readonly [Name in SettingName]: (typeof SETTINGS)[Name] extends Setting<infer Value> ? Value : never;
};

export const settingNames = Object.keys(SETTINGS).filter((name): name is SettingName => name in SETTINGS);
