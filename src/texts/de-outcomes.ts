import type { enOutcomes } from "./en-outcomes.ts";

export const deOutcomes: typeof enOutcomes = {
  status: {
    PENDING: "Wartet auf eine Entscheidung",
    REJECTED: "Abgelehnt",
    CANCELLED: "Zurückgezogen",
    EXPIRED: "Abgelaufen",
    PASSED: "Ohne Entscheidung durchgelassen",
    GRANTING: "Wird freigegeben…",
    GRANTED: "Freigegeben",
    FAILED: "Fehlgeschlagen",
    ENDING: "Wird beendet…",
    ENDED: "Beendet",
  },
  notices: {
    submitted: "Die Anfrage liegt bei den Genehmigenden.",
    passed: "Diese Anfrage wurde ohne Entscheidung durchgelassen.",
    given_on_call:
      "Dieser Zugriff wurde aus der Bereitschaft gegeben. Er wird in Zscaler eingerichtet; sobald er nachgewiesen ist, steht es hier.",
    broke_glass: "Notzugriff: Er wird in Zscaler eingerichtet, vor allem anderen; sobald er nachgewiesen ist, steht es hier.",
    approved_in_sailpoint:
      "Dieser Zugriff wurde in SailPoint genehmigt. Er wird in Zscaler eingerichtet; sobald er nachgewiesen ist, steht es hier.",
    approved: "Genehmigt. Der Zugriff wird in Zscaler eingerichtet und hier gemeldet, sobald er nachgewiesen ist.",
    approved_by_timeout:
      "Genehmigt: Eine Entscheidung kam nicht rechtzeitig, und dann genehmigen die Regeln. Der Zugriff wird in Zscaler eingerichtet und hier gemeldet, sobald er nachgewiesen ist.",
    rejected: "Abgelehnt.",
    reassigned: "Die Entscheidung wurde weitergegeben.",
    changed: "Jemand von den Genehmigenden hat das Angefragte geändert.",
    proposed:
      "Jemand von den Genehmigenden würde mehr genehmigen, als angefragt wurde. Bitte antworten Sie mit den Schaltflächen auf der Karte.",
    escalated: "Noch ist keine Entscheidung gekommen; die Anfrage wurde deshalb weitergereicht.",
    handed_on: "Jemand, der entscheiden sollte, ist nicht mehr in Slack; an dieser Stelle entscheidet nun jemand anders.",
    stranded:
      "Wer entscheiden konnte, ist nicht mehr in Slack, und niemand kann einspringen. Bitten Sie die Administration von Portcullis, andere Genehmigende zu benennen, und fragen Sie dann neu an.",
    granted: "Freigegeben. Der Zugriff besteht in Zscaler.",
    failed: "Der Zugriff konnte nicht eingerichtet werden.",
    withdrawn: "Die Anfrage wurde zurückgezogen.",
    closed: "Die Anfrage wurde geschlossen: Wer sie gestellt hat oder den Zugriff erhalten sollte, ist nicht mehr in Slack.",
    expired: "Niemand hat rechtzeitig entschieden: Die Anfrage ist abgelaufen. Fragen Sie neu an, wenn Sie den Zugriff noch brauchen.",
    ending_soon: "Der Zugriff endet bald. Verlängern Sie ihn, wenn Sie ihn länger brauchen.",
    amending: "Der Zugriff wurde geändert. Die Änderung wird in Zscaler geschrieben.",
    amended: "Die Änderung des Zugriffs steht in Zscaler.",
    not_amended: "Zscaler hat die Änderung nicht angenommen: Was vorher galt, gilt weiter.",
    ending: "Der Zugriff wird beendet, vor Ablauf seines Zeitraums.",
    not_ended: "Der Zugriff konnte noch nicht beendet werden und ist womöglich noch offen. Es wird von selbst weiter versucht.",
    ended: "Der Zugriff ist beendet.",
  },
  settledBy: {
    APPROVED: ["Genehmigt von ", " um ", "."],
    REJECTED: ["Abgelehnt von ", " um ", "."],
    CANCELLED: ["Zurückgezogen von ", " um ", "."],
    EXPIRED: ["Angefragt von ", ", abgelaufen um ", "."],
    PASSED: ["Angefragt von ", ", ohne Entscheidung durchgelassen um ", "."],
  },
  settledByNobody: {
    APPROVED: ["Genehmigt, weil bis ", " keine Entscheidung gekommen war."],
    REJECTED: ["Abgelehnt um ", "."],
    CANCELLED: ["Geschlossen um ", ": Wer angefragt hat oder den Zugriff erhalten sollte, ist nicht mehr in Slack."],
    EXPIRED: ["Abgelaufen, weil bis ", " keine Entscheidung gekommen war."],
    PASSED: ["Ohne Entscheidung durchgelassen um ", "."],
  },
  alreadyDecided: {
    APPROVED: ["Diese Anfrage wurde bereits genehmigt, von ", " um ", ". Es wurde nichts geändert."],
    REJECTED: ["Diese Anfrage wurde bereits abgelehnt, von ", " um ", ". Es wurde nichts geändert."],
    CANCELLED: ["Diese Anfrage wurde bereits zurückgezogen, von ", " um ", ". Es wurde nichts geändert."],
    EXPIRED: ["Diese Anfrage von ", " war bereits abgelaufen, um ", ". Es wurde nichts geändert."],
    PASSED: ["Diese Anfrage von ", " wurde bereits ohne Entscheidung durchgelassen, um ", ". Es wurde nichts geändert."],
  },
  alreadyDecidedByNobody: {
    APPROVED: ["Diese Anfrage ist bereits genehmigt, denn bis ", " war keine Entscheidung gekommen. Es wurde nichts geändert."],
    REJECTED: ["Diese Anfrage wurde bereits abgelehnt, um ", ". Es wurde nichts geändert."],
    CANCELLED: [
      "Diese Anfrage wurde geschlossen, um ",
      ": Wer sie gestellt hat oder den Zugriff erhalten sollte, ist nicht mehr in Slack. Es wurde nichts geändert.",
    ],
    EXPIRED: ["Diese Anfrage ist bereits abgelaufen, denn bis ", " war keine Entscheidung gekommen. Es wurde nichts geändert."],
    PASSED: ["Diese Anfrage wurde bereits ohne Entscheidung durchgelassen, um ", ". Es wurde nichts geändert."],
  },
};
