import type { enExplain } from "./en-explain.ts";
import { say } from "./pieces.ts";

const scopes = {
  APPROVAL_REQUEST: "der Anfrage selbst",
  APPLICATION_SEGMENT: "des Segments",
  SEGMENT_GROUP: "der Segmentgruppe",
  MICROTENANT: "des Microtenants",
  APPROVAL_TYPE: "für Zugriffsanfragen",
  TENANT: "für den ganzen Tenant",
  SETTINGS: "der Einstellungen",
} as const;

const priorities = { HIGH: "hoch", MEDIUM: "mittel", LOW: "niedrig" } as const;

export const deExplain: typeof enExplain = {
  title: (label) => `${label} erklärt`,
  consoles: (names) => `Für ${names}.`,
  rulesTitle: "Welche Regeln gelten",
  noRules: "Für diese Konsolen sind keine Regeln hinterlegt: Es gelten die Einstellungen von Portcullis.",
  rules: (scope, name, revision) =>
    `Die Regeln ${scopes[scope]}${name === null ? "" : ` „${name}“`}, Fassung ${revision}, wie sie beim Stellen der Anfrage galten.`,
  priority: (priority) => `Priorität: ${priorities[priority]}.`,
  criteriaTitle: "Was es braucht",
  approvals: ({ approvalsNeeded, approvals, seats }) =>
    `${approvalsNeeded} von ${seats} ${approvalsNeeded === 1 ? "muss" : "müssen"} zustimmen; bisher: ${approvals}.`,
  rejections: ({ rejectionsNeeded, rejections, seats }) =>
    `${rejectionsNeeded === 1 ? "Lehnt 1" : `Lehnen ${rejectionsNeeded}`} von ${seats} ab, ist die Anfrage abgelehnt; bisher: ${rejections}. Abgelehnt ist sie auch, wenn zu wenige übrig sind, die noch zustimmen könnten.`,
  order: { SERIAL: "Entschieden wird nacheinander, in dieser Reihenfolge.", PARALLEL: "Entschieden wird in beliebiger Reihenfolge." },
  seatsTitle: "Wer entscheiden darf",
  noSeats: "Niemand: Es braucht keine Entscheidung.",
  seat: (place, holder) => say`Platz ${String(place)}: ${holder}. `,
  through: (members) => say`Es genügt eine Stimme von: ${members}. `,
  throughNobody: "Aus dieser Gruppe kann zurzeit niemand entscheiden. ",
  named: {
    RULES: "Von den Regeln benannt.",
    SERIAL_CHAIN: "Von der Kette der Regeln benannt.",
    SETTING: "Von der Einstellung APPROVERS benannt.",
    ON_CALL: "Hat Bereitschaft nach der Einstellung ON_CALL.",
  },
  instead: {
    REQUESTER: (of) => say`Anstelle von ${of}: Von dort kommt die Anfrage.`,
    BENEFICIARY: (of) => say`Anstelle von ${of}: Dorthin ginge der Zugriff.`,
    NOT_AVAILABLE: (of) => say`Anstelle von ${of}: Dort hätte beim Stellen der Anfrage niemand entscheiden können.`,
  },
  reassigned: (from, by) => say`Weitergegeben von ${from}, durch ${by}.`,
  escalated: (from) => say`Eskaliert von ${from}, weil keine Entscheidung gekommen war.`,
  left: (from) => say`Anstelle von ${from}, nicht mehr in Slack.`,
  escalatedInstead: (from, of) =>
    say`Eskaliert von ${from}, weil keine Entscheidung gekommen war; anstelle von ${of}, wo über diese Anfrage nicht entschieden werden darf.`,
  takenOver: (from) => say`Die Administration hat den Platz von ${from} übernommen.`,
  added: (by) => say`Hinzugefügt durch ${by}.`,
  addedByNobody: "Hinzugefügt.",
  turn: { NOW: " Jetzt an der Reihe.", LATER: " Vorher entscheiden andere.", OVER: " Von hier kam keine Entscheidung." },
  said: {
    APPROVED: (by, at) => say` ${by} hat zugestimmt, ${at}.`,
    REJECTED: (by, at) => say` ${by} hat abgelehnt, ${at}.`,
  },
  barredTitle: "Wer nicht entscheiden darf",
  barred: {
    REQUESTER: (who) => say`${who}: Von dort kommt die Anfrage.`,
    BENEFICIARY: (who) => say`${who}: Dorthin ginge der Zugriff.`,
    REQUESTER_AND_BENEFICIARY: (who) => say`${who}: Von dort kommt die Anfrage, und dorthin ginge der Zugriff.`,
  },
  sameUser: "Das gilt auch für jedes andere Slack-Konto, hinter dem in Zscaler dieselbe Person steht.",
  nobodyBarred: "Nach der Konfiguration dürfen auch entscheiden, wer anfragt und wer den Zugriff erhält.",
  admins: (who) => say`Die Administration darf einen Platz übernehmen: ${who}.`,
  nextTitle: "Was als Nächstes kommt, wenn niemand etwas tut",
  nothingNext: "Nichts: Die Anfrage wartet, bis jemand entscheidet.",
  reminder: (at) => say`${at}: eine Erinnerung.`,
  escalation: (at, from, to) => say`${at}: Der Platz von ${from} geht an ${to} über.`,
  exhausted: (at) => say`${at}: Die Eskalationskette ist zu Ende; die Administration wird benachrichtigt.`,
  deadline: {
    EXPIRED: (at) => say`${at}: Die Anfrage läuft ab.`,
    APPROVED: (at) => say`${at}: Die Anfrage gilt als genehmigt.`,
  },
  pastTitle: "Was geschehen ist",
  opened: (at, by) => say`${at}: angefragt von ${by}.`,
  decided: {
    APPROVED: (at, by) => say`${at}: ${by} hat zugestimmt`,
    REJECTED: (at, by) => say`${at}: ${by} hat abgelehnt`,
  },
  capacity: {
    own: ".",
    APPROVER: (as) => say` für ${as}.`,
    ADMIN: ", als Administrator.",
    AUTO: ": Wer anfragt und selbst einen Platz hat, wird nach der Konfiguration nicht gefragt.",
  },
  moved: (at, from, to, by) => say`${at}: weitergegeben von ${from} an ${to}, durch ${by}.`,
  movedByLeaving: (at, from, to) => say`${at}: von ${from}, nicht mehr in Slack, weitergereicht an ${to}.`,
  movedByClock: (at, from, to) => say`${at}: eskaliert von ${from} an ${to}.`,
  addedAt: (at, to) => say`${at}: ${to} entscheidet zusätzlich mit.`,
  reminded: (at, times) => say`${at}: ${times === 1 ? "erinnert" : `zum ${times}. Mal erinnert, bisher zuletzt`}.`,
  commented: (at, by) => say`${at}: Kommentar von ${by}.`,
  exhaustedAt: (at) => say`${at}: Die Eskalationskette war zu Ende.`,
  settled: {
    APPROVED: (at) => say`${at}: genehmigt.`,
    REJECTED: (at) => say`${at}: abgelehnt.`,
    EXPIRED: (at) => say`${at}: abgelaufen.`,
    CANCELLED: (at) => say`${at}: zurückgezogen.`,
    PASSED: (at) => say`${at}: ohne Entscheidung durchgelassen, wie die Regeln es vorsehen.`,
  },
  and: (n) => `… und ${n} weitere`,
};
