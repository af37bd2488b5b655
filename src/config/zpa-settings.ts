import { always, oneOf, serviceAddress, setting, text, when, wholeNumber, yesOrNo } from "./setting.ts";
import { userMap } from "./user-map.ts";

/** How the bot reaches the tenant, and whom ZPA knows by another name. */
export const zpaSettings = {
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
    schema: text.regex(/^\d+$/, "be the tenant's customer id, digits only"),
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
  ZPA_TIMEOUT_SECONDS: setting({
    meaning:
      "How long the bot waits for ZPA to begin an answer, in seconds. What was sent by then may have had its effect: the bot looks before it writes again.",
    default: "30",
    example: "30",
    advice: "Leave it out unless Zscaler told you otherwise.",
    schema: wholeNumber(1, 30),
  }),
  ZPA_USER_MAP: setting({
    meaning: "Slack email and ZPA user name of people whose two differ: `slack=zpa` pairs, between commas or one a line.",
    example: "ana@example.com=aribeiro@corp.example",
    fromFile: true,
    advice: "Leave it out where Slack emails and ZPA user names are the same.",
    schema: userMap,
  }),
};
