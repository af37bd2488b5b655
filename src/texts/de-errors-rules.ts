import type { ErrorCode } from "../errors.ts";
import type { ErrorSentence } from "./texts.ts";

const deChangeStatus: Readonly<Record<string, string>> = {
  APPLIED: "Sie gilt",
  DECLINED: "Sie wurde abgelehnt",
  OVERTAKEN: "Eine andere Änderung kam ihr zuvor",
};

export const deRulesErrors = {
  admins_only: () =>
    "Das darf nur die Administration von Portcullis; es wurde nichts geändert. ADMINS in den Einstellungen nennt, wer dazugehört.",
  rules_invalid: (p) => `Diese Regeln gelten so nicht: ${p("problem", "etwas darin ist nicht verständlich")}. Es wurde nichts geändert.`,
  rules_unknown: (p) =>
    `Für ${p("scope", "diesen Bereich")} sind keine Regeln hinterlegt. Dort gilt, was ein weiterer Bereich oder die Einstellungen sagen.`,
  rules_changed_meanwhile: () =>
    "Die Regeln haben sich geändert, seit Sie sie angesehen haben; Ihre Änderung wurde nicht übernommen. Sehen Sie den jetzigen Stand an und ändern Sie ihn erneut.",
  rules_too_long_for_slack: (p) =>
    `Diese Regeln sind für das Formular in Slack zu lang: Mehr als ${p("limit", "2500")} Zeichen nimmt es nicht. Ändern Sie sie auf der Kommandozeile mit pra config.`,
  scope_invalid: (p) => `Dieser Bereich geht nicht: ${p("problem", "er ist nicht bekannt")}. Wählen Sie einen anderen.`,
  scope_frozen: () =>
    "Die Regeln einer einzelnen Genehmigung stehen fest, seit sie eröffnet wurde: Sie lassen sich lesen, aber weder ersetzen noch löschen. Für künftige Anfragen ändern Sie einen weiteren Bereich.",
  second_admin_needed: () =>
    "Diese Änderung lockert die Genehmigung; eine zweite Person der Administration muss sie in Slack bestätigen. Wer sie vorgeschlagen hat, kann das nicht, und die Kommandozeile nicht für sich selbst. Was über die Kommandozeile vorgeschlagen oder bestätigt wird, setzt zwei Personen in ADMINS voraus.",
  change_unknown: () => "Diese Regeländerung ist hier nicht bekannt. Was wartet, zeigt /pra config oder pra config changes.",
  change_settled: (p) =>
    `Über diese Änderung ist schon entschieden: ${deChangeStatus[p("status", "")] ?? "Sie wartet nicht mehr"}. Es wurde nichts geändert.`,
  confirmation_needed: () =>
    "Hier kann niemand gefragt werden, ob es weitergehen soll; es wurde nichts geändert. Mit --yes geht es ohne Frage weiter.",
} as const satisfies Partial<Readonly<Record<ErrorCode, ErrorSentence>>>;
