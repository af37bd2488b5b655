import { listOf, serviceAddress, setting, text, when } from "./setting.ts";

/** What seals the ledger, and where it is sent. */
export const ledgerSettings = {
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
};
