import type { CredentialType } from "../services/zpa/credentials/credential.ts";
import type { enCredentialPage } from "./en-credential-page.ts";

const types: Readonly<Record<CredentialType, string>> = {
  USERNAME_PASSWORD: "Benutzername und Passwort",
  SSH_KEY: "Privater SSH-Schlüssel",
  PASSWORD: "Nur Passwort",
};

const over: (typeof enCredentialPage)["over"] = {
  used: [
    "Dieser Link wurde benutzt",
    "Mit ihm wurde ein Geheimnis gesendet. Was daraus wurde, erfährt nur der Browser, der es gesendet hat; der Person wurde es auch in Slack gesagt.",
  ],
  expired: ["Dieser Link ist abgelaufen", "Ein Link gilt zehn Minuten. Es wurde nichts gesendet."],
  replaced: [
    "Ein neuerer Link hat diesen ersetzt",
    "Jede Person hat einen Link zur Zeit. Bitte den neuesten benutzen oder einen weiteren anfordern. Es wurde nichts gesendet.",
  ],
  codes: ["Dieser Link wurde geschlossen", "Der Code wurde in Slack fünfmal falsch eingegeben. Es wurde nichts gesendet."],
  "not-allowed": ["Dieser Link wurde geschlossen", "Die Person darf keine Zugangsdaten mehr verwalten. Es wurde nichts gesendet."],
  changed: [
    "Dieser Link wurde geschlossen",
    "Die Zugangsdaten wurden in Zscaler geändert, nachdem es den Link gab; das Geheimnis hätte diese Änderung rückgängig gemacht. Es wurde nichts gesendet.",
  ],
};

const outcomes: (typeof enCredentialPage)["outcomes"] = {
  DONE: [
    "Das Geheimnis ist in Zscaler",
    "Die Zugangsdaten wurden zurückgelesen und stehen dort wie gewollt. Sie können diese Seite schließen.",
  ],
  REFUSED: ["Zscaler hat das Geheimnis nicht angenommen", "Es wurde nichts geändert."],
  UNKNOWN: [
    "Es ist nicht sicher, ob Zscaler das Geheimnis hat",
    "Es wurde einmal gesendet und wird von selbst nicht noch einmal gesendet. Portcullis sieht in einigen Minuten erneut nach und sagt Ihnen in Slack, was es findet.",
  ],
  SENDING: ["Das Geheimnis wird gesendet", "Diese Seite zeigt von selbst, was daraus wurde. Bitte nicht noch einmal senden."],
};

/** Die einmalige Seite, auf der ein Geheimnis zu Zscaler geht. */
export const deCredentialPage: typeof enCredentialPage = {
  title: "Ein Geheimnis übergeben",
  askAnew: "Einen neuen Link gibt es in Slack mit /pra credentials.",
  types,
  facts: {
    credential: "Zugangsdaten",
    type: "Typ",
    userName: "Benutzername",
    userDomain: "Domäne",
    microtenant: "Microtenant",
    purpose: "Wofür",
  },
  purposes: { add: "Neue Zugangsdaten", rotate: "Ein neues Geheimnis für vorhandene Zugangsdaten" },
  begin: {
    heading: "Ein Geheimnis übergeben",
    intro:
      "Dieser Link ist für eine Person, einen Browser und zehn Minuten. Nur der Browser, in dem Sie fortfahren, kann ihn danach benutzen.",
    button: "In diesem Browser fortfahren",
  },
  code: {
    heading: "Diesen Code in Slack bestätigen",
    intro:
      "Bitte in das Formular in Slack eingeben, aus dem Sie diese Seite geöffnet haben. Danach fragt diese Seite von selbst nach dem Geheimnis.",
    spoken: "Der Code",
    warning: "Niemand braucht diesen Code von Ihnen: Geben Sie ihn nur in dieses Formular ein und an niemanden weiter.",
    waiting: "Wartet auf Slack. Diese Seite sieht alle paar Sekunden nach.",
    reload: "Jetzt nachsehen",
  },
  form: {
    heading: "Das Geheimnis eingeben",
    intro: "Es geht geradewegs zu Zscaler. Portcullis bewahrt es nirgends auf, und Slack bekommt es nie zu sehen.",
    password: "Passwort",
    key: "Privater Schlüssel",
    keyHint:
      "Bitte die ganze Datei einfügen, von der Zeile BEGIN bis zur Zeile END, oder sie unten wählen. Zscalers eigenes Beispiel ist in PKCS #8.",
    keyFile: "Oder die Datei des Schlüssels",
    passphrase: "Passphrase des Schlüssels",
    passphraseHint: "Leer lassen, wenn der Schlüssel keine hat.",
    button: "An Zscaler senden",
    problem: "Es wurde noch nichts gesendet",
    typeAgain: "Was Sie eingegeben haben, wird nicht aufbewahrt: Bitte noch einmal eingeben.",
  },
  over,
  outcomes,
  elsewhere: {
    heading: "Dieser Link ist in einem anderen Browser geöffnet",
    text: "Nur jener Browser kann ihn benutzen. Wenn nicht Sie ihn geöffnet haben, bestätigen Sie in Slack keinen Code: Fordern Sie einen neuen Link an, das schließt diesen.",
  },
  unknown: { heading: "Diesen Link gibt es nicht", text: "Bitte prüfen, ob die Adresse vollständig ist." },
  forged: {
    heading: "Dieses Formular kann nicht benutzt werden",
    text: "Es stammt nicht von dieser Seite für diesen Browser, oder der Browser nimmt keine Cookies an. Es wurde nichts gesendet. Bitte den Link neu öffnen.",
  },
  tooLarge: { heading: "Das ist zu groß", text: "Ein Geheimnis hat höchstens einige tausend Zeichen. Es wurde nichts gesendet." },
  tooMany: { heading: "Zu viele Versuche", text: "Bitte eine Minute warten und den Link dann neu öffnen. Es wurde nichts gesendet." },
  notHere: {
    heading: "Diese Seite gibt es unter dieser Adresse nicht",
    text: "Bitte den Link so benutzen, wie Portcullis ihn gegeben hat: Er beginnt mit https:// oder liegt auf der Maschine des Bots.",
  },
  failed: {
    heading: "Etwas ist schiefgegangen",
    text: (reference: string) =>
      `Bitte nennen Sie der Administration von Portcullis die Referenz ${reference}. Ob etwas gesendet wurde, zeigt dieser Link, wenn Sie ihn neu öffnen.`,
  },
  refused: "Sie dürfen das nicht",
};
