import type { ErrorCode } from "../errors.ts";
import { deAccessErrors } from "./de-errors-access.ts";
import { deApprovalsErrors } from "./de-errors-approvals.ts";
import { deCredentialsErrors } from "./de-errors-credentials.ts";
import { deRulesErrors } from "./de-errors-rules.ts";
import { deSailPointErrors } from "./de-errors-sailpoint.ts";
import { deZpaErrors } from "./de-errors-zpa.ts";
import type { ErrorSentence } from "./texts.ts";

export const deErrors: Readonly<Record<ErrorCode, ErrorSentence>> = {
  ...deAccessErrors,
  ...deApprovalsErrors,
  ...deRulesErrors,
  ...deZpaErrors,
  ...deCredentialsErrors,
  ...deSailPointErrors,
  slack_unreachable: () => "Slack ist nicht erreichbar. Versuchen Sie es in einer Minute noch einmal.",
  slack_refused: (p) =>
    `Slack hat das abgelehnt${p("reason", "") === "" ? "" : ` (${p("reason", "")})`}. Versuchen Sie es noch einmal; bleibt es dabei, hilft der Administration „pra doctor“.`,
  setting_missing: (p) => `${p("setting", p("settings", "Eine Einstellung"))} fehlt. Setzen Sie den Wert und starten Sie neu.`,
  setting_invalid: (p) =>
    `${p("setting", p("settings", "Eine Einstellung"))} ist ungültig: ${p("reason", "was gilt, steht in docs/reference/settings.md")}.`,
  port_in_use: (p) =>
    `Der Port ${p("port", "aus den Einstellungen")} ist von einem anderen Programm belegt. Beenden Sie dieses, oder wählen Sie in ${p("setting", "den Einstellungen")} einen anderen Port.`,
  data_folder_in_use: (p) =>
    `Auf dem Datenordner ${p("folder", "aus DATA_DIR")} läuft bereits ein Portcullis. Beenden Sie es zuerst, oder teilen Sie eine PostgreSQL-Datenbank über DATABASE_URL.`,
  database_unreachable: () => "Die Datenbank ist nicht erreichbar. Es wurde nichts geändert; versuchen Sie es in einer Minute noch einmal.",
  ledger_key_missing: () =>
    "Hier gibt es keinen Schlüssel für das Ledger; es kann weder versiegelt noch geprüft werden. Setzen Sie LEDGER_KEY_FILE, oder legen Sie die Datei ledger.key zurück in DATA_DIR.",
  ledger_key_unknown: (p) =>
    `Das Ledger wurde mit dem Schlüssel ${p("keyId", "einer anderen Installation")} versiegelt, der hier fehlt. Legen Sie ihn zurück, oder nennen Sie ihn in LEDGER_OLD_KEYS, wenn er absichtlich ersetzt wurde.`,
  ledger_unreachable: () =>
    "Die Datenbank des Bots ist nicht erreichbar; diese Änderung stünde in keinem Protokoll, deshalb wurde nichts gesendet. Setzen Sie DATABASE_URL oder DATA_DIR wie beim Bot; oder fügen Sie --without-ledger hinzu.",
  control_unreachable: (p) =>
    `Auf ${p("folder", "diesem Ordner")} läuft ein Portcullis, das nicht gefragt werden kann. Warten Sie, bis es gestartet ist; bleibt es so, suchen Sie in seinem Log nach control.`,
  control_path_too_long: (p) =>
    `Der Pfad von ${p("folder", "DATA_DIR")} ist für einen Unix-Socket zu lang; ein laufendes Portcullis kann dort nicht gefragt werden. Wählen Sie ein kürzeres DATA_DIR.`,
  unexpected: () =>
    "In Portcullis ist etwas schiefgegangen; es wurde nichts weiter getan. Versuchen Sie es noch einmal und geben Sie die Referenz an die Administration weiter, falls es wieder vorkommt.",
};
