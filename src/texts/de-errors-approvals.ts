import type { ErrorCode } from "../errors.ts";
import type { ErrorSentence } from "./texts.ts";

const deAlreadySettled: Readonly<Record<string, string>> = {
  APPROVED: "Diese Anfrage wurde bereits genehmigt",
  REJECTED: "Diese Anfrage wurde bereits abgelehnt",
  CANCELLED: "Diese Anfrage wurde bereits zurückgezogen",
};

export const deApprovalsErrors = {
  not_your_turn: () =>
    "Vor Ihnen entscheiden andere, eine Person nach der anderen. Sie hören von Portcullis, sobald Sie an der Reihe sind. Es wurde nichts geändert.",
  self_approval: () =>
    "Sie haben diesen Zugriff angefragt oder würden ihn erhalten; deshalb muss jemand anders entscheiden. Es wurde nichts geändert.",
  already_decided: (p) => `${deAlreadySettled[p("status", "")] ?? "Diese Anfrage ist bereits abgeschlossen"}. Es wurde nichts geändert.`,
  card_stale: () => "Die Anfrage hat sich geändert, seit diese Karte erschien. Sehen Sie sich den neuen Stand an und entscheiden Sie dann.",
  comment_required: () => "Bitte begründen Sie das; die Beteiligten lesen es.",
  assignee_missing: () => "Wählen Sie entweder eine Person oder eine Gruppe.",
  reassign_loop: () => "Dort lag die Entscheidung schon einmal und wurde weitergegeben. Wählen Sie jemand anderen.",
  already_approver: () => "Dort liegt die Entscheidung schon. Wählen Sie jemand anderen.",
  reassign_not_possible: () =>
    "Dort könnte niemand entscheiden: weder wer anfragt oder den Zugriff erhält noch wer schon entschieden hat. Eine Gruppe braucht ein anderes aktives Mitglied. Wählen Sie jemand anderen.",
  change_after_approval: () =>
    "Jemand anders hat bereits genehmigt, was angefragt wurde, und das ist weniger. Genehmigen Sie es, wie es ist, oder mit weniger Konsolen oder einem früheren Ende.",
  proposal_gone: () =>
    "Dieser Vorschlag gilt nicht mehr: Er ist beantwortet, oder eine Entscheidung oder Änderung kam zuvor. Sehen Sie die Karte an, wie sie jetzt ist.",
  proposal_lapsed: () =>
    "Wer dies vorgeschlagen hat, darf über die Anfrage nicht mehr entscheiden; es wurde nichts geändert. Sie wartet so, wie sie gestellt wurde.",
  attribute_incomplete: () => "Ein Merkmal braucht einen Namen und einen Wert. Füllen Sie beide aus, oder lassen Sie beide leer.",
  selection_empty: () =>
    "Es ist nichts ausgewählt. Kreuzen Sie die gemeinten Anfragen an und klicken Sie noch einmal auf die Schaltfläche.",
  selection_too_large: (p) =>
    `Das ist mehr, als auf einmal entschieden werden kann (höchstens ${p("limit", "50")}). Wählen Sie weniger aus und entscheiden Sie den Rest danach.`,
  nudge_too_soon: () => "Die Genehmigenden wurden eben erst erinnert. Warten Sie einige Stunden, bevor Sie sie wieder erinnern.",
  no_approver: () =>
    "Über diese Anfrage könnte niemand entscheiden: Alle Genehmigenden haben sie selbst gestellt oder erhalten den Zugriff. Bitten Sie die Administration von Portcullis, weitere Genehmigende zu benennen.",
  request_missing: () => "Nennen Sie die Anfrage, zum Beispiel /pra explain PRA-1042.",
  request_unknown: () => "Diese Anfrage ist hier nicht mehr bekannt. Ihre Anfragen finden Sie auf der Startseite der App.",
  approval_unknown: () => "Diese Genehmigung ist hier nicht mehr bekannt. Was auf Sie wartet, sehen Sie auf der Startseite der App.",
  grant_unknown: () => "Diese Freigabe ist hier nicht mehr bekannt. Ihre Zugriffe sehen Sie auf der Startseite der App.",
  access_not_open: () => "Von dieser Anfrage ist nichts offen oder unterwegs; es gibt nichts zu ändern oder zu beenden.",
  change_needs_decision: () =>
    "Das ist mehr, als genehmigt wurde; darüber muss jemand entscheiden. Stellen Sie eine neue Anfrage, oder verlängern Sie auf der Karte.",
  end_not_as_typed: () =>
    "Dieses Ende liegt nicht dort, wo der Befehl es sagt: extend verschiebt es nach hinten, shorten nach vorn. Es wurde nichts geändert. Nennen Sie das Ende mit Datum oder eine Dauer wie 2h.",
  access_not_renewable: () =>
    "Dieser Zugriff lässt sich nicht verlängern: Er besteht nicht, oder jemand hat ihn vor seiner Zeit beendet. Fragen Sie neu an, mit /pra request.",
  change_nothing: () => "Es ist schon so: nichts würde sich ändern.",
  grant_not_failed: () => "Diese Anfrage ist nicht fehlgeschlagen; es gibt nichts zu wiederholen.",
  microtenant_approvals_disabled: (p) =>
    `Privileged Approvals sind abgeschaltet (Microtenant: ${p("microtenant", "der einer Konsole")}). Bitten Sie Ihre Zscaler-Administration, sie einzuschalten.`,
} as const satisfies Partial<Readonly<Record<ErrorCode, ErrorSentence>>>;
