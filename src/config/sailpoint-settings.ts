import { listOf, oneOf, serviceAddress, setting, text, when, wholeNumber } from "./setting.ts";

const allOrNone = "SAILPOINT_API_URL, SAILPOINT_CLIENT_ID and SAILPOINT_CLIENT_SECRET are set together, or none of them is.";

/** How the bot reaches a SailPoint tenant. Of a part of the three, the first that is missing is named, and the sentence says all. */
export const sailpointSettings = {
  SAILPOINT_API_URL: setting({
    meaning: "Address of the SailPoint Identity Security Cloud tenant's API. Without it no approval of SailPoint's is worked.",
    needed: when("SAILPOINT_CLIENT_ID, SAILPOINT_CLIENT_SECRET or SAILPOINT_GOVERNED_TYPES is set", (chosen) =>
      (["SAILPOINT_CLIENT_ID", "SAILPOINT_CLIENT_SECRET", "SAILPOINT_GOVERNED_TYPES"] as const).some((name) => chosen(name) !== null),
    ),
    example: "https://acme.api.identitynow.com",
    advice: allOrNone,
    schema: serviceAddress,
  }),
  SAILPOINT_CLIENT_ID: setting({
    meaning: "Client id of the personal access token that the bot acts with.",
    needed: when("SAILPOINT_API_URL is set", (chosen) => chosen("SAILPOINT_API_URL") !== null),
    example: "8f6ca9e1b7d24a0c8d1f",
    advice: allOrNone,
    schema: text,
  }),
  SAILPOINT_CLIENT_SECRET: setting({
    meaning: "Secret of that token.",
    needed: when(
      "SAILPOINT_API_URL and SAILPOINT_CLIENT_ID are set",
      (chosen) => chosen("SAILPOINT_API_URL") !== null && chosen("SAILPOINT_CLIENT_ID") !== null,
    ),
    example: "…",
    secret: true,
    advice: allOrNone,
    schema: text,
  }),
  SAILPOINT_PATHS: setting({
    meaning:
      "Which of SailPoint's contracts is spoken: `v1` (the current one), `v2026`, `v2025`, or `v2025-seed` (v2025 as it was until February 2026).",
    default: "v1",
    example: "v1",
    advice: "Leave it out unless your tenant answers an older one alone.",
    schema: oneOf("v1", "v2026", "v2025", "v2025-seed"),
  }),
  SAILPOINT_GOVERNED_TYPES: setting({
    meaning:
      "Types of SailPoint's approvals that become access once they are approved there, when they carry Portcullis's attributes. Not set: none does.",
    example: "GENERIC_APPROVAL",
    advice: "Name types that SailPoint's own rules keep for privileged access; docs/sailpoint.md says what an approval has to carry.",
    schema: listOf(/^[A-Za-z][\w-]{1,63}$/, "be types of approvals such as `GENERIC_APPROVAL`, between commas"),
  }),
  SAILPOINT_POLL_SECONDS: setting({
    meaning: "How often SailPoint is asked for what waits there. A decision made elsewhere shows in Slack after one such time.",
    default: "60",
    example: "60",
    advice: "A poll is one call for each 250 approvals that wait; SailPoint allows 100 calls in ten seconds.",
    schema: wholeNumber(10, 3600),
  }),
};
