import type { Texts } from "./texts.ts";

const segments = (n: number): string => (n === 1 ? "1 Segment" : `${n} Segmente`);

export const dePolicy: Texts["policy"] = {
  title: "Zugriffsrichtlinie",
  intro:
    "Eine privilegierte Genehmigung öffnet eine Konsole nur, wo eine Zugriffsregel von Zscaler von allen eine verlangt und keine frühere Regel zuerst entscheidet. Von den Anwendungssegmenten, die sich anfragen lassen:",
  counts: {
    covered: (n) => `${n} abgedeckt`,
    uncovered: (n) => `${n} nicht abgedeckt`,
    shadowed: (n) => `${n} verdeckt`,
    unknown: (n) => `${n} ungewiss`,
  },
  allCovered: "Privilegierte Genehmigungen wirken auf jedem Segment, das sich anfragen lässt.",
  nothing: "Es gibt kein Segment, das sich anfragen lässt.",
  shown: (total, from, to) =>
    total <= to - from + 1 ? `${segments(total)} zum Ansehen.` : `${from}–${to} von ${segments(total)} zum Ansehen.`,
  status: (word) => ` · ${word}`,
  consoles: "Konsolen: ",
  microtenant: (name) => ` · ${name}`,
  readAt: ["Gelesen aus Zscaler um ", ". Formulare und Karten richten sich nach demselben Stand."],
  read: "Neu lesen",
  readLabel: "Die Zugriffsregeln neu aus Zscaler lesen",
  offer: "Regel zeigen …",
  offerLabel: (name) => `Die Regel zeigen, mit der Genehmigungen auf ${name} wirken`,
  noOffer: "Eine weitere Regel würde daran nichts ändern: Sehen Sie sich die Zugriffsrichtlinie in Zscaler an.",
  noOfferInSeveral: "Portcullis bietet hier keine Regel an: Sehen Sie sich in Zscaler die Zugriffsrichtlinie jedes dieser Microtenants an.",
  noOfferForSome:
    "Portcullis bietet hier keine Regel an: Eine für alle ließe auch die ein, die diese Regel auslässt. Sehen Sie sich die Zugriffsrichtlinie in Zscaler an.",
  next: "Nächste Seite",
  previous: "Vorige Seite",
  offerTitle: "Zugriffsregel",
  offerIntro: "Diese Regel wird in Zscaler angelegt:",
  standing: "Diese Regel gibt es in Zscaler schon, aber nicht an ihrem Platz. Sie wird verschoben:",
  segment: "Segment",
  now: "Jetzt",
  afterwards: "Danach",
  name: "Regel",
  action: "Aktion",
  asks: "verlangt eine privilegierte Genehmigung (REQUIRE_APPROVAL)",
  where: "Wenn",
  and: "und",
  whereSegment: (name) => `das Anwendungssegment ${name} ist`,
  whereClient: (type) => `die Sitzung über ein privilegiertes Portal kommt (${type})`,
  place: "Platz",
  order: (order) => `Nummer ${order}`,
  behind: (name) => `direkt hinter „${name}“`,
  first: "die erste",
  before: (name) => `direkt vor „${name}“`,
  last: "die letzte",
  microtenantName: "Microtenant",
  earlier: "Frühere Regeln bleiben, wie und wo sie sind: Wen sie einlassen oder abweisen, den lassen sie weiterhin ein oder weisen ihn ab.",
  effect: {
    uncovered:
      "Wer eine privilegierte Genehmigung auf diesem Segment hat, kommt von da an damit hinein. Sonst kommt durch diese Regel niemand hinein.",
    shadowed: {
      ALLOW:
        "Wen die spätere Regel ohne Genehmigung einlässt, braucht von da an eine, wenn die Sitzung über ein privilegiertes Portal kommt.",
      DENY: "Wer eine privilegierte Genehmigung hat, kommt von da an hinein, obwohl die spätere Regel alle abweist.",
    },
  },
  cover: { make: "Diese Regel anlegen", move: "Diese Regel verschieben" },
  coverLabel: { make: (name) => `Die Zugriffsregel für ${name} anlegen`, move: (name) => `Die Zugriffsregel für ${name} verschieben` },
  coveredTitle: "Zugriffsregel",
  made: (rule) => `Die Regel „${rule}“ steht in Zscaler.`,
  madeAt: (order) => `Sie ist Nummer ${order} in der Reihenfolge.`,
  is: (name, status) => `${name}: ${status}. `,
  asOffered: "Sie ist so, wie sie gezeigt wurde.",
  differs: "Zscaler sagt etwas anderes, als gezeigt wurde: Sehen Sie sich die Regel in Zscaler an.",
  notRecorded: "Im Protokoll steht, dass sie angelegt werden sollte; was daraus wurde, ließ sich nicht festhalten.",
  lost: (name) => `Die Antwort von Zscaler zur Regel für ${name} ging verloren.`,
  stands: {
    counts: (name) => `Privilegierte Genehmigungen auf ${name} wirken jetzt: Die Regel steht an ihrem Platz.`,
    half: (name) =>
      `Die Regel für ${name} ist da, aber noch nicht an ihrem Platz: Sie steht als letzte und bewirkt weniger, als sie soll. Sehen Sie sie noch einmal an; wer dann bestätigt, verschiebt sie.`,
    nothing: (name) =>
      `Bisher ist keine Regel für ${name} da. Sie kann noch kommen: Sehen Sie in einer Minute noch einmal nach, bevor Sie erneut bestätigen. Kommt sie inzwischen, wird sie übernommen und nicht doppelt angelegt.`,
    unread: (name) =>
      `Was für ${name} steht, ließ sich gerade nicht lesen. Sehen Sie in einer Minute noch einmal nach, bevor Sie erneut bestätigen.`,
  },
  lookAgain: "Noch einmal ansehen …",
  lookAgainLabel: (name) => `Die Regel für ${name} noch einmal ansehen`,
  withoutEffect: {
    would: (names) => `Eine Genehmigung würde ${names} nicht öffnen.`,
    does: (names) => `Diese Genehmigung öffnet ${names} nicht.`,
    why: " Nach den zuletzt aus Zscaler gelesenen Zugriffsregeln wirken privilegierte Genehmigungen dort nicht. Die Administration sieht mit /pra policy, warum.",
  },
};
