import type { enConversation } from "./en-conversation.ts";

export const deConversation: typeof enConversation = {
  cardTalk: {
    ask: "Rückfrage…",
    askLabel: (label) => `Zu ${label} etwas fragen`,
    approveWithChanges: "Mit Änderungen genehmigen…",
    details: "Einzelheiten…",
    detailsLabel: (label) => `Kommentare und Merkmale von ${label}`,
    comments: (n) => `Kommentare (${n})`,
    latest: ", die neuesten",
    onBehalfOf: " als Administrator, anstelle von ",
    asAdministrator: " als Administrator",
    changed: ["Geändert von ", " um ", ":"],
    dropped: (names) => `Ohne ${names}.`,
    until: "Bis ",
    lasting: "Für ",
    insteadOf: [" statt ", "."],
    waitsForConsent: [
      "Wartet auf das Einverständnis von ",
      " mit einem längeren Zeitraum, vorgeschlagen von ",
      ". Es ist noch nichts entschieden.",
    ],
    proposed:
      " würde dies für einen längeren Zeitraum genehmigen, als angefragt wurde. Sind Sie einverstanden? Mit Ihrem Einverständnis gilt es als von dieser Person genehmigt.",
    accept: "Einverstanden",
    acceptLabel: (label) => `Den längeren Zeitraum für ${label} annehmen`,
    decline: "Nicht einverstanden",
    declineLabel: (label) => `Den längeren Zeitraum für ${label} ablehnen`,
  },
  ask: {
    title: "Rückfrage",
    submit: "Fragen",
    intro: (label) =>
      `Ihre Frage zu ${label} geht an die Person, die den Zugriff angefragt hat. Sie wird festgehalten, und die Antwort kommt in den Thread der Karte.`,
    question: "Frage",
    questionHint: "Alle, die über die Anfrage entscheiden, können sie lesen.",
  },
  changes: {
    title: "Mit Änderungen",
    submit: "Genehmigen",
    intro: (label) => `Sie genehmigen ${label} so, wie es hier steht.`,
    consoles: "Konsolen",
    consolesHint: "Nehmen Sie heraus, was nicht geöffnet werden soll.",
    duration: "Für wie lange?",
    end: "Ende",
    endHint: "Ein früheres Ende gilt sofort. Ein späteres braucht das Einverständnis der anfragenden Person.",
    comment: "Kommentar",
    commentHint: "Die Person, die angefragt hat, und die anderen Genehmigenden lesen das.",
    proposedTitle: "Einverständnis nötig",
    proposed:
      "Das ist mehr, als angefragt wurde. Die Person, die angefragt hat, wird gefragt, ob sie einverstanden ist. Dann gilt es als Ihre Genehmigung; bis dahin ist nichts entschieden.",
  },
  details: {
    title: (label) => `Zu ${label}`,
    submit: "Speichern",
    comments: (n) => `Kommentare (${n})`,
    noComments: "Bisher hat niemand etwas dazu gesagt.",
    earlier: (n) => (n === 1 ? "1 früherer steht hier nicht." : `${n} frühere stehen hier nicht.`),
    attributes: (n) => `Zusätzliche Merkmale (${n})`,
    noAttributes: "Es sind keine hinterlegt.",
    comment: "Kommentar hinzufügen",
    commentHint: "Er erscheint in den Threads aller Karten dieser Anfrage.",
    attributeName: "Merkmal: Name",
    attributeNameHint: "Ein Name, den es schon gibt, bekommt den neuen Wert.",
    attributeValue: "Merkmal: Wert",
    attributesRemoved: "Merkmale entfernen",
    attributesRemovedPlaceholder: "Merkmale wählen",
  },
  talk: {
    said: { question: " fragt:", comment: " kommentiert:", reply: " schreibt:" },
    howToAnswer: "Antworten Sie in diesem Thread. Ihre Antwort wird festgehalten und weitergegeben.",
    answers: {
      onlyInThreads:
        "Hier werden nur Antworten im Thread der Karte einer Anfrage gelesen. Antworten Sie dort, oder sehen Sie mit /pra help, was es sonst gibt.",
      tooLate: "Über diese Anfrage ist entschieden; Ihre Antwort wurde nicht mehr festgehalten. Danke trotzdem.",
      notConcerned: "Ihre Antwort wurde nicht festgehalten: Nur wer angefragt hat oder entscheidet, kann diese Anfrage kommentieren.",
      tooLong: "Ihre Antwort wurde nicht festgehalten: Sie ist länger als 2000 Zeichen. Kürzen Sie sie, oder senden Sie zwei.",
      filesStay: "Dateien werden weder festgehalten noch weitergegeben. Sagen Sie in Worten, was sie zeigen.",
      editNotTaken:
        "Ihre Antwort wurde so festgehalten, wie Sie sie zuerst geschrieben haben, und so haben andere sie gelesen. Schreiben Sie eine weitere, um sie zu berichtigen.",
    },
    proposalEnded: {
      declined:
        "der von Ihnen vorgeschlagene längere Zeitraum wurde abgelehnt. Die Anfrage wartet so, wie sie gestellt wurde, auf eine Entscheidung.",
      lapsed:
        "der von Ihnen vorgeschlagene längere Zeitraum wurde angenommen, aber Sie dürfen über diese Anfrage nicht mehr entscheiden. Es wurde nichts geändert.",
    },
  },
};
