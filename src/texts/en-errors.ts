import type { ErrorCode } from "../errors.ts";
import { enAccessErrors } from "./en-errors-access.ts";
import { enApprovalsErrors } from "./en-errors-approvals.ts";
import { enCredentialsErrors } from "./en-errors-credentials.ts";
import { enRulesErrors } from "./en-errors-rules.ts";
import { enSailPointErrors } from "./en-errors-sailpoint.ts";
import { enZpaErrors } from "./en-errors-zpa.ts";
import type { ErrorSentence } from "./texts.ts";

/** What is wrong and what to do next, for every code. `p` names a value of the error, with what to say when it is missing. */
export const enErrors: Readonly<Record<ErrorCode, ErrorSentence>> = {
  ...enAccessErrors,
  ...enApprovalsErrors,
  ...enRulesErrors,
  ...enZpaErrors,
  ...enCredentialsErrors,
  ...enSailPointErrors,
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
