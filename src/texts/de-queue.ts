import type { enBulk, enQueue } from "./en-queue.ts";

const requests = (n: number): string => `${n} ${n === 1 ? "Anfrage" : "Anfragen"}`;

export const deQueue: typeof enQueue = {
  title: "Genehmigungen",
  search: "Suchen",
  filter: "Welche davon gezeigt werden",
  filters: {
    ALL: "Alles, was auf mich wartet",
    DUE_SOON: "Fällig binnen 24 Stunden",
    MINE: "An mich persönlich",
    GROUPS: "An meine Gruppen",
    HIGH: "Hohe Priorität",
    EVERYONE: "Alle offenen Anfragen (Administration)",
  },
  words: "Suchen nach",
  wordsPlaceholder: "Konsole, Person, Begründung oder PRA-Nummer",
  wordsHint: "Mit der Eingabetaste suchen.",
  noneMatch: "Von dem, was wartet, passt nichts dazu.",
  count: (n) => (n === 1 ? "1 Anfrage wartet auf Sie." : `${n} Anfragen warten auf Sie.`),
  countEveryone: (n) => (n === 1 ? "1 Anfrage wartet auf jemanden." : `${n} Anfragen warten auf jemanden.`),
  countMatching: (matching, waiting) => `${matching} von ${waiting} ${matching === 1 ? "passt" : "passen"} dazu.`,
  range: (first, last, all) => `Zu sehen: ${first} bis ${last} von ${all}, die dringendsten zuerst.`,
  due: (at) => `Zu entscheiden bis ${at}.`,
  dueSoon: (at) => `Zu entscheiden bis ${at}: Es bleiben weniger als 24 Stunden.`,
  noDeadline: "Keine Frist.",
  priority: { HIGH: "Hohe Priorität.", MEDIUM: "Mittlere Priorität.", LOW: "Niedrige Priorität." },
  asksYou: "An Sie persönlich.",
  asksGroup: (group) => `An Ihre Gruppe ${group}.`,
  asksOthers: "An andere.",
  since: (at) => `Wartet seit ${at}.`,
  select: (label) => `${label} auswählen`,
  selected: {
    approve: "Ausgewählte genehmigen",
    reject: "Ausgewählte ablehnen…",
    reassign: "Ausgewählte weitergeben…",
    cancel: "Ausgewählte zurückziehen…",
  },
  selectedLabel: (button) => `${button} (zeigt zuerst, welche es sind)`,
  tickAll: "Alle auf dieser Seite",
  tickNone: "Keine auswählen",
  next: "Nächste Seite",
  previous: "Vorige Seite",
  showAll: "Filter aufheben",
  withdrawSeveral: "Mehrere zurückziehen…",
  withdrawSeveralLabel: "Mehrere eigene Anfragen auswählen, die noch warten, und zusammen zurückziehen",
};

export const deBulk: typeof enBulk = {
  titles: {
    approve: "Ausgewählte genehmigen",
    reject: "Ausgewählte ablehnen",
    reassign: "Ausgewählte weitergeben",
    cancel: "Anfragen zurückziehen",
  },
  submits: { approve: "Genehmigen", reject: "Ablehnen", reassign: "Weitergeben", cancel: "Zurückziehen" },
  intros: {
    approve: (n) =>
      `Sie genehmigen gleich ${requests(n)}. Über jede wird nach ihren eigenen Regeln entschieden, so wie sie beim Auswählen war.`,
    reject: (n) =>
      `Sie lehnen gleich ${requests(n)} ab. Über jede wird nach ihren eigenen Regeln entschieden, so wie sie beim Auswählen war.`,
    reassign: (n) => `Wer soll an Ihrer Stelle über ${requests(n)} entscheiden?`,
    cancel: (n) => `Sie ziehen gleich ${requests(n)} zurück. Darüber wird dann nicht mehr entschieden.`,
  },
  hints: {
    approve: "Wer angefragt hat, liest das.",
    reject: "Wer angefragt hat, liest das.",
    reassign: "Die Genehmigenden lesen das, ebenso wer angefragt hat.",
    cancel: "Die Genehmigenden lesen das.",
  },
  requests: "Welche Anfragen?",
  requestsPlaceholder: "Anfragen auswählen",
  atOnce: (limit) => `Höchstens ${limit} auf einmal.`,
  newestListed: (listed, waiting) =>
    `${waiting} Ihrer Anfragen warten; die neuesten ${listed} stehen hier zur Wahl. Jede andere lässt sich auf ihrer Karte zurückziehen, in Ihren Nachrichten mit dieser App. Oder ziehen Sie einige hier zurück und öffnen Sie diese Seite noch einmal.`,
  comment: "Kommentar",
  commentRequired: "Warum?",
  forWhom: ", für ",
  workingTitle: "In Arbeit",
  working: (n) =>
    `Über ${requests(n)} wird gerade entschieden. Das Ergebnis zu jeder erscheint gleich hier; wenn Sie diese Seite schließen, kommt es als Nachricht.`,
  resultTitle: "Ergebnis",
  summary: (done, all) => `Erledigt: ${done} von ${all}.`,
  notDone: "Nicht erledigt",
  wasDone: "Erledigt",
  done: {
    approve: "Ihre Genehmigung zählt.",
    reject: "Ihre Ablehnung zählt.",
    reassign: "Weitergegeben.",
    cancel: "Zurückgezogen.",
  },
};
