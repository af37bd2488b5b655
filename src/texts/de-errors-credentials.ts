import type { ErrorCode } from "../errors.ts";
import type { ErrorSentence } from "./texts.ts";

export const deCredentialsErrors = {
  credential_incomplete: (p) =>
    `Zscaler braucht für Zugangsdaten dieser Art ${{ name: "einen Namen", userName: "einen Benutzernamen", password: "das Passwort", privateKey: "den privaten Schlüssel" }[p("missing", "")] ?? "weitere Angaben"}. Es wurde nichts gesendet: Bitte ergänzen und noch einmal versuchen.`,
  credential_type_fixed: (p) =>
    `Die Art von ${p("name", "diesen Zugangsdaten")} ist ${p("type", "festgelegt")}; das lässt sich in Zscaler nicht ändern. Legen Sie neue Zugangsdaten${p("wanted", "") === "" ? "" : ` der Art ${p("wanted", "")}`} an, stellen Sie die Regeln darauf um und löschen Sie dann diese.`,
  credential_type_unknown: (p) =>
    `Portcullis kennt den Typ von ${p("name", "diesen Zugangsdaten")} nicht${p("type", "") === "" ? "" : ` (${p("type", "")})`}. Das Geheimnis ist in Zscaler selbst zu ändern.`,
  credential_name_taken: (p) =>
    `Es gibt bereits Zugangsdaten mit dem Namen ${p("name", "dieser Art")}. Bitte einen anderen Namen wählen oder das Geheimnis der vorhandenen erneuern.`,
  credential_differs: () =>
    "Was in Zscaler steht, weicht von dem ab, was gesendet wurde. Bitte die Zugangsdaten in Zscaler ansehen: Etwas anderes ändert sie womöglich.",
  credential_changed: (p) =>
    `${p("name", "Der Eintrag")} wurde in Zscaler geändert, nachdem es diesen Link gab; das neue Geheimnis hätte diese Änderung rückgängig gemacht. Es wurde nichts gesendet. Einen neuen Link gibt es mit /pra credentials.`,
  credential_effect_unknown: () =>
    "Zscaler hat nicht rechtzeitig geantwortet, und es ist nicht sicher, ob das geschehen ist. Bitte mit /pra credentials nachsehen, bevor Sie es noch einmal versuchen.",
  credential_uses_changed: (p) =>
    `Regeln verwenden diese Zugangsdaten, die Ihnen nicht gezeigt wurden: ${p("rules", "bitte neu ansehen")}. Es wurde nichts geändert. Bitte noch einmal ansehen und dann entscheiden.`,
  credential_page_off: () =>
    "Die Seite für Geheimnisse ist ausgeschaltet, darum kann keines übergeben werden. Bitte CREDENTIAL_PAGE_PORT setzen und in CREDENTIAL_PAGE_URL die https-Adresse, unter der sie erreichbar ist, dann neu starten.",
  handover_unknown: () => "Dieser Link gehört nicht Ihnen, oder es gibt ihn nicht. Einen neuen gibt es mit /pra credentials.",
  handover_over: (p) =>
    `Dieser Link gilt nicht mehr${{ used: ": Er wurde benutzt", expired: ": Seine zehn Minuten sind vorbei", replaced: ": Ein neuerer hat ihn ersetzt", codes: ": Der Code war fünfmal falsch", "not-allowed": ": Wer ihn bekam, gehört nicht mehr zur Administration", changed: ": Die Zugangsdaten wurden inzwischen in Zscaler geändert" }[p("why", "")] ?? ""}. Einen neuen gibt es mit /pra credentials.`,
  handover_not_opened: () =>
    "Der Link wurde noch nicht geöffnet, darum gibt es keinen Code. Bitte zuerst öffnen und dann den Code eingeben, den die Seite zeigt.",
  handover_code_wrong: (p) =>
    `Das ist nicht der Code, den die Seite zeigt. Bitte noch einmal hinsehen; höchstens ${p("left", "ein paar")} weitere falsche, dann gilt der Link nicht mehr.`,
  secret_missing: () => "Das Geheimnis fehlt. Bitte eingeben oder die Datei wählen, in der es steht.",
  secret_too_long: (p) =>
    `Das ist länger, als ein Geheimnis hier sein darf (${p("limit", "einige tausend")} Zeichen). Es wurde nichts gesendet.`,
  secret_not_of_type: () =>
    "Diese Zugangsdaten brauchen ein Geheimnis anderer Art. Es wurde nichts gesendet: Bitte das Formular so ausfüllen, wie es gezeigt wird.",
  key_not_understood: () =>
    "Das ist kein privater Schlüssel, der sich lesen lässt. Bitte die ganze Datei nehmen, von der Zeile BEGIN bis zur Zeile END: PEM (PKCS #8, PKCS #1, SEC 1) oder OpenSSH.",
  key_is_public: () =>
    "Das ist ein öffentlicher Schlüssel oder ein Zertifikat. Gebraucht wird der private: die Datei ohne .pub, mit PRIVATE KEY in der ersten Zeile.",
  key_passphrase_missing: () => "Dieser private Schlüssel ist geschützt. Bitte auch seine Passphrase eingeben.",
  key_passphrase_wrong: () =>
    "Die Passphrase öffnet diesen privaten Schlüssel nicht. Bitte noch einmal eingeben; es wurde nichts gesendet.",
  key_passphrase_needless: () =>
    "Dieser private Schlüssel hat keine Passphrase. Bitte das Feld leer lassen oder den Schlüssel wählen, zu dem sie gehört.",
} as const satisfies Partial<Readonly<Record<ErrorCode, ErrorSentence>>>;
