import type { ErrorCode } from "../errors.ts";
import type { ErrorSentence } from "./texts.ts";

const deSailPointStatus: Readonly<Record<string, string>> = {
  APPROVED: "genehmigt",
  REJECTED: "abgelehnt",
  CANCELLED: "abgebrochen",
  EXPIRED: "abgelaufen",
  PASSED: "ohne Entscheidung durchgelassen",
};

export const deSailPointErrors = {
  sailpoint_unreachable: () => "SailPoint ist nicht erreichbar. In einer Minute kann es erneut versucht werden.",
  sailpoint_timeout: () =>
    "SailPoint hat nicht rechtzeitig geantwortet; ob es gewirkt hat, ist ungewiss. Vor einem neuen Versuch hilft ein Blick auf den jetzigen Stand.",
  sailpoint_sign_in_failed: () =>
    "SailPoint hat die Anmeldung von Portcullis abgelehnt. Die Administration muss die SAILPOINT_-Einstellungen prüfen.",
  sailpoint_not_permitted: () =>
    "SailPoint erlaubt das dem Konto nicht, mit dem Portcullis handelt. Die Administration muss dessen Benutzerstufe und Scopes prüfen.",
  sailpoint_not_found: () =>
    "In SailPoint gibt es diese Genehmigung oder Konfiguration nicht mehr. Dort lässt sich nachsehen, was aus ihr wurde.",
  sailpoint_refused: (p) =>
    `SailPoint hat das abgelehnt${p("reason", "") === "" ? "" : ` (${p("reason", "")})`}. Der jetzige Stand ist in SailPoint zu sehen.`,
  sailpoint_rate_limited: () => "SailPoint erhält gerade zu viele Aufrufe. In einer Minute kann es erneut versucht werden.",
  sailpoint_busy: () => "SailPoint ist gerade überlastet. In einer Minute kann es erneut versucht werden.",
  sailpoint_not_assigned: () => "SailPoint nennt Sie nicht unter denen, auf die diese Genehmigung jetzt wartet. Es wurde nichts geändert.",
  sailpoint_decided: (p) =>
    p("by", "") === ""
      ? `In SailPoint ist das inzwischen ${deSailPointStatus[p("status", "")] ?? "abgeschlossen"}. Ihr Klick hat nichts geändert.`
      : `In SailPoint ist das inzwischen ${deSailPointStatus[p("status", "")] ?? "abgeschlossen"}, von ${p("by", "jemand anderem")}. Ihr Klick hat nichts geändert.`,
  sailpoint_decide_there: () => "Das lässt sich nur in SailPoint selbst entscheiden. Bitte dort öffnen. Es wurde nichts geändert.",
  sailpoint_unproven: () =>
    "Die Entscheidung wurde an SailPoint gesendet, SailPoint zeigt sie aber nicht. Sie wird nicht noch einmal gesendet. Sehen Sie in SailPoint nach, bevor Sie neu entscheiden.",
  sailpoint_assignee_unknown: () => "In SailPoint ist niemand als diese Person bekannt. Wählen Sie jemanden, der dort genehmigt.",
  sailpoint_answer_not_understood: () =>
    "Portcullis versteht eine Antwort von SailPoint nicht. Die Administration muss das Protokoll ansehen.",
  governed_type_not_listed: (p) =>
    `Genehmigungen vom Typ ${p("type", "dieser Genehmigung")} werden nicht zu Zugriff: Die Einstellung SAILPOINT_GOVERNED_TYPES nennt ihn nicht.`,
  governed_not_approved: (p) =>
    `Beim erneuten Lesen sagt SailPoint ${p("status", "etwas anderes als genehmigt")}. Zugriff gibt es nur bei APPROVED.`,
  governed_decider_unknown: () =>
    "SailPoint nennt niemanden, der genehmigt hat, etwa weil nach Fristablauf von selbst genehmigt wurde. Zugriff braucht das Ja eines Menschen.",
  governed_self_approved: () =>
    "In SailPoint hat nur zugestimmt, wer den Zugriff angefragt hat oder bekommen würde. Jemand anders muss zustimmen.",
  governed_before_connection: () =>
    "Genehmigt wurde, bevor dieser Typ angebunden war, oder SailPoint sagt nicht, wann. Nur was danach genehmigt wird, wird zu Zugriff.",
  governed_attributes_changed: () =>
    "Was sie öffnet oder für wen, wurde geändert, nachdem es schon gezeigt worden war. Wer entschieden hat, sah womöglich etwas anderes: Stellen Sie sie neu.",
  governed_attributes_unreadable: () => "Ihre zusätzlichen Attribute sind nicht lesbar.",
  governed_attribute_unknown: (p) =>
    `Sie hat ein Attribut, das Portcullis nicht kennt: ${p("attribute", "eines mit Schreibfehler")}. Prüfen Sie die Schreibweise.`,
  governed_attribute_invalid: (p) => `Das Attribut ${p("attribute", "das sie hat")} wird nicht verstanden: ${p("value", "Es ist leer")}.`,
  governed_attribute_missing: (p) => `Ein Attribut fehlt: ${p("attribute", "eines, das nötig ist")}.`,
  governed_attributes_conflict: (p) =>
    `Sie hat sowohl ${p("attribute", "ein Ende")} als auch ${p("other", "eine Dauer")}. Nur eines kann gelten.`,
  governed_console_ambiguous: (p) =>
    `Mehrere Konsolen heißen ${p("console", "so")}: ${p("candidates", "siehe Katalog")}. Nennen Sie die ID.`,
  governed_person_unknown: (p) =>
    `${p("name", "Wer den Zugriff bekäme")} ist in Slack nicht bekannt: Niemand dort hat die E-Mail-Adresse ${p("email", "aus SailPoint")}.`,
  governed_other_beneficiary: (p) =>
    `Ein Attribut nennt ${p("named", "jemand anderen")}, angefragt ist in SailPoint aber für ${p("email", "eine andere Person")}. Nur diese kann den Zugriff bekommen.`,
  governed_ask_not_allowed: (p) =>
    `Nach den Regeln für ${p("consoles", "diese Konsolen")} darf ${p("name", "diese Person")} das nicht anfragen.`,
} as const satisfies Partial<Readonly<Record<ErrorCode, ErrorSentence>>>;
