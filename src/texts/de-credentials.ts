import type { enCredentials } from "./en-credentials.ts";

const days = (n: number): string => (n === 1 ? "1 Tag" : `${n} Tage`);
const daysAgo = (n: number): string => (n === 1 ? "1 Tag" : `${n} Tagen`);
const count = (n: number): string => (n === 1 ? "1 Eintrag" : `${n} Einträge`);

/** Privilegierte Zugangsdaten in Slack, für die Administration. Nach einem Geheimnis wird hier nicht gefragt. */
export const deCredentials: typeof enCredentials = {
  title: "Zugangsdaten",
  found: (n, from, to) => (n <= to - from + 1 ? `${count(n)}, ` : `${from}–${to} von ${n} Einträgen, `),
  oldestFirst: "das älteste Geheimnis zuerst.",
  stale: (n, limit) =>
    n === 0
      ? `Kein Geheimnis ist älter als ${days(limit)}.`
      : `${n === 1 ? "1 ist veraltet" : `${n} sind veraltet`}: älter als ${days(limit)} oder unbekannt alt.`,
  sought: (words) => `Gefunden für „${words}“. Alle zeigt /pra credentials ohne Zusatz.`,
  search: "Zum Suchen Wörter hinter den Befehl setzen: /pra credentials db-prod",
  none: "Es gibt noch keine Zugangsdaten.",
  noneFound: "Nichts gefunden. Bitte mit weniger oder anderen Wörtern versuchen.",
  unread: (microtenants) => `Diese Microtenants hat Zscaler nicht aufgelistet; ihre Zugangsdaten fehlen hier: ${microtenants}.`,
  reset: (n) => `Geheimnis zuletzt vor ${daysAgo(n)} erneuert`,
  notReset: (n) => `Geheimnis seit dem Anlegen vor ${daysAgo(n)} nicht erneuert`,
  resetUnknown: "Zscaler sagt nicht, wann das Geheimnis zuletzt erneuert wurde",
  isStale: (limit) => `: veraltet, älter als ${days(limit)}.`,
  isStaleUnknown: ": es gilt als veraltet.",
  isFresh: ".",
  add: "Anlegen…",
  addLabel: "Zugangsdaten in Zscaler anlegen",
  details: "Details…",
  detailsLabel: (name) => `Details zu ${name}, und was sich damit tun lässt`,
  next: "Nächste Seite",
  previous: "Vorige Seite",
  detailsTitle: "Zugangsdaten",
  facts: {
    name: "Name",
    type: "Typ",
    userName: "Benutzername",
    userDomain: "Domäne",
    microtenant: "Microtenant",
    made: "Angelegt",
    reset: "Geheimnis zuletzt erneuert",
    id: "Id in Zscaler",
  },
  rotate: "Neues Geheimnis…",
  rotateLabel: (name) => `Das Geheimnis von ${name} auf einer einmaligen Seite erneuern`,
  cannotRotate: "Portcullis kennt diesen Typ nicht: Bitte das Geheimnis in Zscaler selbst ändern.",
  moveTo: "In Microtenant verschieben…",
  moveMore: (n) =>
    `${n === 1 ? "1 weiterer Microtenant steht" : `${n} weitere Microtenants stehen`} nicht im Menü: dorthin mit pra zpa credentials move verschieben.`,
  remove: "Löschen…",
  removeLabel: (name) => `${name} löschen`,
  formTitle: "Zugangsdaten anlegen",
  formIntro:
    "Nach dem Geheimnis wird hier nicht gefragt, und in Slack wird es nie eingegeben: Als Nächstes erhalten Sie einen Link auf eine Seite des Bots selbst, von der es geradewegs zu Zscaler geht.",
  name: "Name",
  nameHint: "Unter dem Regeln und Menschen sie in Zscaler kennen.",
  type: "Typ",
  userName: "Benutzername",
  userNameHint: "Nötig, außer bei einem bloßen Passwort.",
  userDomain: "Domäne",
  userDomainHint: "Eines Windows-Kontos, zum Beispiel ad.acme.example.",
  description: "Beschreibung",
  descriptionHint: "Wofür sie sind. Ein Geheimnis gehört nicht hierher.",
  microtenant: "Microtenant",
  microtenantsMore: (n) =>
    `${n === 1 ? "1 weiterer Microtenant steht" : `${n} weitere Microtenants stehen`} nicht im Menü: dort mit pra zpa credentials create anlegen.`,
  getLink: "Link erhalten",
  offerTitle: { add: "Geheimnis übergeben", rotate: "Geheimnis erneuern" },
  offerIntro: {
    add: "In Zscaler steht noch nichts: Angelegt werden die Zugangsdaten, wenn ihr Geheimnis gesendet wird.",
    rotate: "Das alte Geheimnis gilt, bis das neue gesendet wird.",
  },
  offerSteps: [
    "Die Seite öffnen, in dem Browser, in dem Sie das Geheimnis eingeben werden.",
    "Die Seite zeigt einen Code. Bitte unten eingeben und bestätigen.",
    "Danach fragt die Seite nach dem Geheimnis und sendet es geradewegs zu Zscaler.",
  ],
  openPage: "Einmalige Seite öffnen",
  openPageLabel: (name) => `Die einmalige Seite für das Geheimnis von ${name} im Browser öffnen`,
  offerLasts: [
    "Dieser Link ist für Sie allein, für einen Browser und ein Geheimnis. Er gilt zehn Minuten, bis ",
    ". Bitte niemandem weitergeben.",
  ],
  code: "Code, den die Seite zeigt",
  codeHint: "Sechs Ziffern. Nur einen Code, den Sie auf der eben geöffneten Seite sehen, nie einen, den Ihnen jemand nennt.",
  confirm: "Code bestätigen",
  confirmedTitle: "Code bestätigt",
  confirmed: (name) => `Der Code stimmt. Die Seite in Ihrem Browser fragt jetzt nach dem Geheimnis von ${name}, binnen weniger Sekunden.`,
  confirmedNext: "Was daraus wurde, zeigt die Seite, und Portcullis sagt es Ihnen in einer Direktnachricht.",
  uses: "Regeln für Zugangsdaten, die sie benutzen",
  usesNone: "Keine Regel für Zugangsdaten benutzt sie.",
  usesTooMany: (most) => `Mehr als ${most} Regeln benutzen sie. Bitte zuerst in Zscaler aus diesen herausnehmen.`,
  moveTitle: "Verschieben",
  moveIntro: (name, from, to) => `Dies verschiebt ${name} mit dem Geheimnis von ${from} nach ${to}.`,
  moveUses:
    "Regeln bleiben, wo sie sind. Zscaler lehnt das Verschieben womöglich ab, solange sie sie benutzen; wenn nicht, finden sie sie vielleicht nicht mehr.",
  moveYes: "Verschieben",
  moveYesLabel: (name, to) => `${name} nach ${to} verschieben`,
  moved: (name, to) => `${name} ist in ${to}, wie aus Zscaler zurückgelesen.`,
  deleteTitle: "Zugangsdaten löschen",
  deleteIntro: (name, microtenant) =>
    `Dies löscht ${name} in ${microtenant} mit dem Geheimnis aus Zscaler. Es lässt sich nicht zurücknehmen, und vorher auslesen kann das Geheimnis niemand.`,
  deleteUses:
    "Sitzungen nach diesen Regeln bekämen keine Zugangsdaten mehr. Zscaler lehnt das Löschen vermutlich ab, solange eine Regel sie benutzt.",
  deleteYes: "Löschen",
  deleteYesLabel: (name) => `${name} aus Zscaler löschen`,
  deleteAsk: "Endgültig löschen?",
  keep: "Behalten",
  deleted: (name) => `${name} ist gelöscht: Zscaler hat sie nicht mehr.`,
};
