import type { enEmergency } from "./en-emergency.ts";
import { say } from "./pieces.ts";

export const deEmergency: typeof enEmergency = {
  card: {
    title: {
      ON_CALL: (label, state) => `Bereitschaft, ${label}: ${state}`,
      BREAK_GLASS: (label, state) => `Notzugriff, ${label}: ${state}`,
    },
    fallback: {
      ON_CALL: (label, who, whom, consoles, state) =>
        `${label}: ${who} (Bereitschaft) hat ${whom} Zugriff auf ${consoles} gegeben. ${state}`,
      BREAK_GLASS: (label, who, _whom, consoles, state) =>
        `${label}: ${who} hat sich im Notfall Zugriff auf ${consoles} genommen. ${state}`,
    },
    gave: (who, whom) => `${who} hat Bereitschaft und hat ${whom} Zugriff gegeben, ohne zweite Genehmigung.`,
    broke: (who) => `${who} hat sich im Notfall selbst Zugriff genommen. Niemand hat ihn genehmigt.`,
    given: ["Gegeben von ", " um ", "."],
    broken: ["Notzugriff durch ", " um ", ". Eine Genehmigung gab es nicht."],
    skipped: "Hätte entschieden oder erfährt davon: ",
    review: "Nachbetrachtung",
    reviewOpen: ["", " hat die Nachbetrachtung noch nicht beantwortet. Bis dahin ist kein weiterer Notzugriff möglich."],
    reviewed: ["Beantwortet von ", " um ", "."],
    answer: "Nachbetrachtung…",
    answerLabel: (label) => `Die Nachbetrachtung zu ${label} beantworten`,
  },
  grant: {
    title: "Zugriff geben",
    submit: "Zugriff geben",
    intro: (longest) =>
      `Sie haben Bereitschaft. Der Zugriff öffnet sofort und ohne zweite Genehmigung, höchstens für ${longest}. Wer sonst entschieden hätte, erfährt davon.`,
    beneficiary: "Wer bekommt den Zugriff?",
    duration: "Wie lange?",
    reason: "Grund",
    reasonPlaceholder: "Wofür, mit Ticketnummer",
    missing: {
      beneficiary: "Nennen Sie die Person, etwa @ana.",
      consoles: "Nennen Sie die Konsole.",
      duration: "Sagen Sie, wie lange, etwa 2h.",
      reason: "Sagen Sie, warum: wegen …",
      time: "Zugriff aus der Bereitschaft beginnt jetzt. Nennen Sie eine Dauer, keine Uhrzeiten und keine Tage.",
    },
    done: (label, whom) => `${label}: ${whom} bekommt den Zugriff jetzt. Die Karte in Ihren Nachrichten zeigt, wann er steht.`,
    doneTogether: (labels, whom) =>
      `${labels}: ${whom} bekommt den Zugriff jetzt, als mehrere Anfragen, weil für die Konsolen verschiedene Regeln gelten.`,
  },
  breakGlass: {
    title: "Notzugriff",
    submit: "Weiter",
    intro: (longest) =>
      `Für einen Notfall, in dem niemand entscheiden kann: Zugriff für Sie selbst, höchstens für ${longest}. Die nächste Seite sagt, was geschieht; vorher geschieht nichts.`,
    duration: "Wie lange?",
    reason: "Was ist der Notfall?",
    reasonPlaceholder: "Was gerade geschieht, mit Ticketnummer, falls es eine gibt",
    somebodyElse: "Notzugriff gibt es nur für sich selbst.",
    seenTitle: "Notzugriff nehmen?",
    seenSubmit: "Notzugriff nehmen",
    back: "Zurück",
    seen: "Wenn Sie fortfahren, geschieht sofort Folgendes:",
    opens: "Sie bekommen Zugriff auf:",
    alsoOpens: "Diese öffnen mit, weil sie auf denselben Segmenten liegen:",
    until: ["Er endet um ", "."],
    nobodyDecides: "Niemand genehmigt ihn. Er wird als Zugriff festgehalten, den Sie sich selbst genommen haben.",
    told: "Diese erfahren jetzt davon, und zwar persönlich: ",
    toldNobody: "Die Einstellungen nennen sonst niemanden, der es persönlich erführe.",
    channel: ["Ebenso alle in ", "."],
    reviewFollows:
      "Danach beantworten Sie eine Nachbetrachtung: was geschehen ist, was Sie getan haben, was daraus folgt. Bis dahin ist kein weiterer Notzugriff möglich.",
    session: "Ob eine offene Sitzung abbricht, wenn der Zugriff endet, ist nicht bekannt.",
  },
  review: {
    title: "Nachbetrachtung",
    submit: "Absenden",
    due: (labels) => `Bevor ein weiterer Notzugriff möglich ist, beantworten Sie bitte die Nachbetrachtung zu ${labels}.`,
    about: (labels, consoles) => `${labels}: Notzugriff auf ${consoles}. Alle, die damals davon erfahren haben, lesen Ihre Antworten.`,
    reason: "Ihr Grund damals",
    happened: "Was ist geschehen?",
    done: "Was haben Sie getan?",
    follows: "Was folgt daraus?",
    followsHint: "Damit dafür kein Notzugriff mehr nötig ist.",
    ask: (labels, consoles) =>
      `Ihr Notzugriff auf ${consoles} (${labels}) ist zu Ende. Bitte beantworten Sie die Nachbetrachtung: was geschehen ist, was Sie getan haben, was daraus folgt.`,
    askAgain: (labels, consoles) =>
      `Die Nachbetrachtung zu ${labels} (${consoles}) ist noch offen. Bis Sie sie beantworten, ist kein weiterer Notzugriff möglich.`,
    answer: "Nachbetrachtung…",
    thanks: "Vielen Dank. Alle, die davon erfahren haben, können es auf der Karte lesen.",
  },
  explained: {
    ON_CALL: (who) => say`${who} hatte Bereitschaft und hat diesen Zugriff ohne zweite Genehmigung gegeben.`,
    BREAK_GLASS: (who) => say`${who} hat sich im Notfall selbst Zugriff genommen: Darüber hat niemand entschieden.`,
  },
  skipped: (who) => say`Übergangen und benachrichtigt: ${who}.`,
  noSeats: "Niemand: Es war ein Notzugriff.",
  past: {
    given: (at, by) => say`${at}: gegeben von ${by}, aus der Bereitschaft.`,
    broken: (at, by) => say`${at}: Notzugriff durch ${by}.`,
    agreed: (at, by) => say`${at}: ${by} hat den einzigen Platz und durch das Geben zugestimmt.`,
    passed: (at) => say`${at}: ohne Entscheidung durchgekommen, an den Genehmigenden vorbei.`,
  },
};
