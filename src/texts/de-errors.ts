import type { ErrorCode } from "../errors.ts";
import type { ErrorSentence } from "./texts.ts";
import { isCalledItself, ofZpaObject, type ZpaObject } from "./zpa-object.ts";

const deAlreadySettled: Readonly<Record<string, string>> = {
  APPROVED: "Diese Anfrage wurde bereits genehmigt",
  REJECTED: "Diese Anfrage wurde bereits abgelehnt",
  CANCELLED: "Diese Anfrage wurde bereits zurückgezogen",
};

const deSailPointStatus: Readonly<Record<string, string>> = {
  APPROVED: "genehmigt",
  REJECTED: "abgelehnt",
  CANCELLED: "abgebrochen",
  EXPIRED: "abgelaufen",
  PASSED: "ohne Entscheidung durchgelassen",
};

const deChangeStatus: Readonly<Record<string, string>> = {
  APPLIED: "Sie gilt",
  DECLINED: "Sie wurde abgelehnt",
  OVERTAKEN: "Eine andere Änderung kam ihr zuvor",
};

/** Wobei etwas nicht ging, was fehlt, und die Mehrzahl. */
const deZpaObjects: Readonly<Record<ZpaObject, readonly [string, string, string]>> = {
  console: ["einer Konsole", "keine Konsole", "Konsolen"],
  credential: ["Zugangsdaten", "keine Zugangsdaten", "Zugangsdaten"],
  policyRule: ["einer Richtlinienregel", "keine Richtlinienregel", "Richtlinienregeln"],
  segment: ["einem Anwendungssegment", "kein Anwendungssegment", "Anwendungssegmenten"],
  portal: ["einem Portal", "kein Portal", "Portalen"],
  microtenant: ["einem Microtenant", "keinen Microtenant", "Microtenants"],
};

export const deErrors: Readonly<Record<ErrorCode, ErrorSentence>> = {
  working_hours_empty: () =>
    "Beginn und Ende der Arbeitszeit sind gleich. Wählen Sie verschiedene Uhrzeiten; für den ganzen Tag nehmen Sie „Jetzt“ oder „Später“ statt „Wiederkehrend“.",
  working_hours_time_invalid: (p) => `${p("value", "Das")} ist keine Uhrzeit. Schreiben Sie Stunden und Minuten, etwa 09:00 oder 17:30.`,
  days_missing: () => "Wählen Sie mindestens einen Tag.",
  days_duplicate: (p) => `${p("day", "Ein Tag")} ist doppelt angegeben. Nennen Sie jeden Tag nur einmal.`,
  day_unknown: (p) => `${p("day", "Das")} ist kein Wochentag. Möglich sind MON, TUE, WED, THU, FRI, SAT und SUN.`,
  time_zone_unknown: (p) =>
    `${p("timeZone", "Das")} ist keine Zeitzone. Verwenden Sie einen Namen wie Europe/Berlin oder America/New_York.`,
  time_not_understood: (p) =>
    `„${p("text", "Diese Zeitangabe")}“ ist nicht zu verstehen. Wählen Sie einen Zeitpunkt oder schreiben Sie zum Beispiel „morgen 9:00“ oder „für 2 Wochen“.`,
  window_end_before_start: () => "Das Ende muss nach dem Beginn liegen. Wählen Sie ein späteres Ende.",
  window_too_long: (p) => `Ein Zugriff kann höchstens ${p("limit", "365")} Tage dauern. Wählen Sie ein früheres Ende.`,
  window_over_rules: (p) =>
    `Die Regeln für ${p("consoles", "diese Konsolen")} erlauben höchstens ${p("limit", "weniger")} ${p("limit", "") === "1" ? "Stunde" : "Stunden"}, gerechnet vom Beginn bis zum Ende. Wählen Sie ein früheres Ende.`,
  window_start_too_old: () => "Der Beginn liegt mehr als eine Stunde zurück. Wählen Sie einen späteren Beginn oder „Jetzt“.",
  window_over: () => "Dieser Zeitraum ist vorbei und kann nicht mehr freigegeben werden. Stellen Sie eine neue Anfrage mit späterem Ende.",
  window_never_opens: () => "Die Arbeitszeit fällt nie in diesen Zeitraum. Wählen Sie andere Tage oder eine längere Dauer.",
  console_missing: () => "Wählen Sie mindestens eine Konsole.",
  console_unknown: (p) =>
    `${p("console", "Eine der Konsolen")} steht nicht im Katalog. Suchen Sie in der Liste nach dem Namen; bis eine neue Konsole erscheint, können einige Minuten vergehen.`,
  console_disabled: (p) =>
    `${p("console", "Eine der Konsolen")} ist in Zscaler abgeschaltet. Wählen Sie eine andere oder bitten Sie Ihre Zscaler-Administration, sie einzuschalten.`,
  consoles_too_many: (p) =>
    `Eine Anfrage kann ${p("limit", "nur begrenzt viele")} Konsolen umfassen. Entfernen Sie einige oder stellen Sie mehrere Anfragen.`,
  reason_missing: () => "Begründen Sie, wozu Sie den Zugriff brauchen: Die Genehmigenden lesen es.",
  ticket_missing: (p) =>
    `Die Regeln für ${p("consoles", "diese Konsolen")} verlangen ein Ticket in der Begründung. Es muss dem Muster ${p("pattern", "der Regeln")} entsprechen.`,
  text_too_long: (p) => `Der Text ist zu lang: höchstens ${p("limit", "3000")} Zeichen. Bitte kürzen Sie ihn.`,
  command_not_understood: (p) => `„${p("text", "Das")}“ ist hier kein Befehl. Mit /pra help sehen Sie, was möglich ist.`,
  invalid_input: (p) =>
    `Diese Eingabe ist nicht lesbar: ${p("problem", "sie hat die falsche Form")}. Bitte berichtigen und noch einmal versuchen.`,
  email_missing: (p) =>
    `Für ${p("name", "diese Person")} ist in Slack keine E-Mail-Adresse hinterlegt. Ohne sie lässt sich die Person in Zscaler nicht finden: Bitte im Slack-Profil ergänzen.`,
  email_unconfirmed: (p) =>
    `Die E-Mail-Adresse für ${p("name", "diese Person")} ist in Slack nicht bestätigt. Bitte dort bestätigen und es dann erneut versuchen.`,
  email_domain_not_allowed: (p) =>
    `Die E-Mail-Adresse für ${p("name", "diese Person")} gehört zu keiner hier erlaubten Domain. Verwenden Sie ein Konto Ihrer Organisation.`,
  email_shared: (p) =>
    `Zwei Slack-Konten haben dieselbe E-Mail-Adresse (${p("name", "diese Person")}). Bitten Sie Ihre Slack-Administration, das zu bereinigen.`,
  email_changed: (p) =>
    `Die E-Mail-Adresse hat sich seit der Anfrage geändert (${p("name", "Empfänger des Zugriffs")}); deshalb wurde nichts freigegeben. Bitte fragen Sie neu an.`,
  person_is_bot: () => "Das ist eine App; Apps können keinen Zugriff anfragen oder erhalten. Wählen Sie eine Person.",
  person_is_guest: (p) => `${p("name", "Diese Person")} ist in diesem Workspace nur zu Gast. Zugriff gibt es nur für Vollmitglieder.`,
  person_deactivated: (p) => `Das Slack-Konto ist deaktiviert (${p("name", "diese Person")}). Wählen Sie jemand anderen.`,
  person_unknown: () => "Slack kennt diese Person nicht. Wählen Sie jemanden aus der Liste.",
  team_not_trusted: () => "Diese Person gehört zu einem anderen Slack-Workspace. Zugriff gibt es nur für Mitglieder dieses Workspace.",
  channel_shared_externally: () =>
    "Dieser Kanal wird mit einer anderen Organisation geteilt. Fragen Sie aus einem eigenen Kanal oder über die Startseite der App an.",
  not_allowed: () =>
    "Dazu sind Sie nicht berechtigt, es wurde nichts geändert. Die Karte nennt, wer entscheiden kann; für andere Rechte wenden Sie sich an die Administration von Portcullis.",
  ask_not_allowed: (p) =>
    p("who", "") === ""
      ? `Nach den Regeln darf zurzeit niemand Zugriff auf ${p("consoles", "diese Konsolen")} anfragen. Wählen Sie andere Konsolen, oder wenden Sie sich an die Administration von Portcullis.`
      : `Sie dürfen keinen Zugriff auf ${p("consoles", "diese Konsolen")} anfragen. Das dürfen: ${p("who", "")}.`,
  ask_for_others_not_allowed: (p) =>
    p("who", "") === ""
      ? `Nach den Regeln darf niemand für andere Zugriff auf ${p("consoles", "diese Konsolen")} anfragen. Wer ihn braucht, kann selbst anfragen.`
      : `Zugriff auf ${p("consoles", "diese Konsolen")} dürfen Sie nur für sich selbst anfragen. Für andere dürfen das: ${p("who", "")}.`,
  rules_unreadable: (p) =>
    `Die Genehmigungsregeln für ${p("scope", "diese Konsolen")}${p("scopeId", "") === "" ? "" : ` ${p("scopeId", "")}`} sind nicht lesbar; deshalb wurde nichts angefragt. Die Administration von Portcullis muss sie berichtigen.`,
  rules_differ_on_segment: (p) =>
    `${p("console", "Eine der Konsolen")} und ${p("other", "eine andere Konsole")} liegen auf demselben Segment und öffnen sich zusammen, fallen aber unter verschiedene Regeln. Die Administration von Portcullis muss zuerst Regeln für dieses Segment festlegen.`,
  segment_group_unknown: (p) =>
    `Zscaler sagt nicht, zu welcher Segmentgruppe ${p("console", "eine der Konsolen")} gehört; deshalb steht nicht fest, wessen Regeln gelten. Versuchen Sie es in einigen Minuten noch einmal; bleibt es dabei, muss die Administration dem API-Client das Lesen der Anwendungssegmente erlauben.`,
  nobody_on_call: () =>
    "Niemand hat Bereitschaft: Die Einstellung ON_CALL ist leer, deshalb kann so niemand Zugriff geben. Fragen Sie ihn mit /pra request an.",
  on_call_only: () =>
    "Sie haben keine Bereitschaft, deshalb wurde nichts gegeben. Wenden Sie sich an die Bereitschaft, oder fragen Sie mit /pra request an.",
  grant_to_self: (p) =>
    p("breakGlass", "") === ""
      ? "Sie können sich nicht selbst Zugriff geben. Fragen Sie ihn mit /pra request an, oder lassen Sie ihn von jemand anderem mit Bereitschaft geben."
      : "Sie können sich nicht selbst Zugriff geben. Fragen Sie ihn mit /pra request an; in einem Notfall, in dem niemand entscheiden kann, schreiben Sie /pra break-glass.",
  beneficiary_missing: () => "Nennen Sie die Person, die den Zugriff bekommt.",
  duration_missing: () => "Sagen Sie, wie lange der Zugriff dauern soll.",
  duration_over_limit: (p) => `Dieser Zugriff kann höchstens ${p("limit", "nur wenige")} Minuten dauern. Wählen Sie eine kürzere Zeit.`,
  break_glass_not_named: () =>
    "Notzugriff haben nur Personen, die die Einstellung BREAK_GLASS nennt; Sie gehören nicht dazu. Fragen Sie den Zugriff mit /pra request an.",
  break_glass_review_due: (p) =>
    `Die Nachbetrachtung zu ${p("label", "Ihrem letzten Notzugriff")} ist noch offen. Schreiben Sie /pra break-glass, um ihr Formular zu öffnen; danach ist wieder ein Notzugriff möglich.`,
  break_glass_still_open: (p) =>
    `${p("label", "Ihr letzter Notzugriff")} ist noch nicht beendet. Beenden Sie ihn zuerst: mit /pra done, oder auf dem Rechner des Bots mit pra access end ${p("label", "und seiner Nummer")}. Danach ist wieder ein Notzugriff möglich.`,
  break_glass_needs_email: () =>
    "BREAK_GLASS nennt diese Person ohne E-Mail-Adresse. An der Kommandozeile, wo Slack vielleicht nicht zu fragen ist, gibt es Notzugriff nur für Personen, die mit einer genannt sind, etwa U0ANA=ana@example.com.",
  break_glass_only: () =>
    "An der Kommandozeile hat niemand Bereitschaft: Slack kann hier nicht gefragt werden. Möglich ist nur --break-glass, für Personen, die BREAK_GLASS mit einer E-Mail-Adresse nennt.",
  review_unknown: () => "Diese Nachbetrachtung ist hier nicht bekannt.",
  review_answered: () => "Diese Nachbetrachtung ist schon beantwortet. Es wurde nichts geändert.",
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
  admins_only: () =>
    "Das darf nur die Administration von Portcullis; es wurde nichts geändert. ADMINS in den Einstellungen nennt, wer dazugehört.",
  rules_invalid: (p) => `Diese Regeln gelten so nicht: ${p("problem", "etwas darin ist nicht verständlich")}. Es wurde nichts geändert.`,
  rules_unknown: (p) =>
    `Für ${p("scope", "diesen Bereich")} sind keine Regeln hinterlegt. Dort gilt, was ein weiterer Bereich oder die Einstellungen sagen.`,
  rules_changed_meanwhile: () =>
    "Die Regeln haben sich geändert, seit Sie sie angesehen haben; Ihre Änderung wurde nicht übernommen. Sehen Sie den jetzigen Stand an und ändern Sie ihn erneut.",
  rules_too_long_for_slack: (p) =>
    `Diese Regeln sind für das Formular in Slack zu lang: Mehr als ${p("limit", "2500")} Zeichen nimmt es nicht. Ändern Sie sie auf der Kommandozeile mit pra config.`,
  scope_invalid: (p) => `Dieser Bereich geht nicht: ${p("problem", "er ist nicht bekannt")}. Wählen Sie einen anderen.`,
  scope_frozen: () =>
    "Die Regeln einer einzelnen Genehmigung stehen fest, seit sie eröffnet wurde: Sie lassen sich lesen, aber weder ersetzen noch löschen. Für künftige Anfragen ändern Sie einen weiteren Bereich.",
  second_admin_needed: () =>
    "Diese Änderung lockert die Genehmigung; eine zweite Person der Administration muss sie in Slack bestätigen. Wer sie vorgeschlagen hat, kann das nicht, und die Kommandozeile nicht für sich selbst. Was über die Kommandozeile vorgeschlagen oder bestätigt wird, setzt zwei Personen in ADMINS voraus.",
  change_unknown: () => "Diese Regeländerung ist hier nicht bekannt. Was wartet, zeigt /pra config oder pra config changes.",
  change_settled: (p) =>
    `Über diese Änderung ist schon entschieden: ${deChangeStatus[p("status", "")] ?? "Sie wartet nicht mehr"}. Es wurde nichts geändert.`,
  confirmation_needed: () =>
    "Hier kann niemand gefragt werden, ob es weitergehen soll; es wurde nichts geändert. Mit --yes geht es ohne Frage weiter.",
  finding_unknown: () => "Diesen Befund gibt es nicht (mehr). Wie sie jetzt stehen, zeigt /pra findings.",
  finding_settled: () => "Über diesen Befund ist schon entschieden, oder er trifft nicht mehr zu. Mehr ist nicht geschehen.",
  finding_not_possible: () =>
    "Das geht bei diesem Befund nicht, so wie er steht. Übernommen werden kann nur, was allein Ende und Zeiten betrifft: sonst wiederherstellen oder entziehen.",
  finding_changed: () =>
    "Was in Zscaler steht, hat sich seit deinem Blick geändert; es ist nichts geschehen. Sieh dir den Befund an, wie er jetzt ist, und entscheide dann.",
  finding_own: () => "Hier geht es um deinen eigenen Zugang: Darüber muss jemand anderes aus der Administration urteilen.",
  reconcile_running: () => "Der Tenant wird gerade abgeglichen. Das Ergebnis folgt; versuch es in einer Minute noch einmal.",
  console_draft_incomplete: (p) =>
    `${
      {
        consoleApplications: `Wählen Sie zwischen einer und ${p("limit", "50")} Anwendungen.`,
        consolePortals: `Wählen Sie zwischen einem und ${p("limit", "10")} Portalen.`,
        consolePattern: `Sagen Sie in höchstens ${p("limit", "100")} Zeichen, wie die Konsolen heißen sollen.`,
      }[p("missing", "")] ?? "Etwas fehlt."
    } Es wurde nichts angelegt.`,
  console_pattern_invalid: (p) =>
    `„${p("text", "Das")}“ ergibt keinen Namen. Nehmen Sie die Teile, die unter dem Feld stehen, und eigene Wörter, zusammen höchstens ${p("limit", "100")} Zeichen.`,
  console_name_taken: (p) =>
    `Zwei Konsolen würden „${p("name", "gleich")}“ heißen. Unterscheiden Sie sie im Muster, etwa mit der ganzen Domain oder dem Protokoll.`,
  console_exists: (p) =>
    `${p("application", "Eine der Anwendungen")} hat inzwischen eine Konsole: „${p("console", "eine andere")}“. Lassen Sie sie weg. Es wurde nichts angelegt.`,
  consoles_changed: () =>
    "In Zscaler steht nicht mehr, was Sie gesehen haben; deshalb wurde nichts getan. Schließen Sie dies, sehen Sie noch einmal nach und entscheiden Sie dann.",
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
  zpa_unreachable: () =>
    "Zscaler ist nicht erreichbar. Es ist nichts verloren: Die Administration kann es erneut versuchen, sobald Zscaler antwortet.",
  zpa_timeout: ofZpaObject(
    deZpaObjects,
    () =>
      "Zscaler hat nicht rechtzeitig geantwortet; ob das Privileged Approval besteht, ist ungewiss. Ein neuer Versuch sucht zuerst nach dem, was schon da ist.",
    ([at]) =>
      `Zscaler hat nicht rechtzeitig geantwortet; ob geschehen ist, was bei ${at} geschehen sollte, ist ungewiss. Sehen Sie in Zscaler nach, bevor Sie es wiederholen.`,
  ),
  zpa_sign_in_failed: () =>
    "Zscaler hat die Anmeldung von Portcullis abgelehnt. Die Administration muss die ZPA_-Einstellungen prüfen, zum Beispiel mit „pra doctor“.",
  zpa_not_permitted: ofZpaObject(
    deZpaObjects,
    () =>
      "Portcullis darf das in Zscaler nicht. Die Administration muss dem API-Client das Recht geben, Privileged Approvals zu verwalten.",
    ([, , many]) => `Portcullis darf das in Zscaler nicht. Die Administration muss prüfen, was der API-Client mit ${many} tun darf.`,
  ),
  zpa_not_found: ofZpaObject(
    deZpaObjects,
    () => "In Zscaler gibt es nicht mehr, was diese Anfrage nennt. Prüfen Sie die Konsolen in Zscaler und fragen Sie dann erneut an.",
    ([at, none, many], p) =>
      isCalledItself(p("path", ""), p("params", ""))
        ? `In Zscaler gibt es hier ${none} mit der Id ${p("params", "")} (mehr). Sehen Sie in der Liste von ${many} nach, und in welchem Microtenant gesucht wurde.`
        : `In Zscaler fehlt etwas, das dieser Aufruf bei ${at} nennt${p("params", "") === "" ? "" : ` („${p("params", "")}“)`}, oder es liegt in einem anderen Microtenant. Berichtigen Sie es und versuchen Sie es noch einmal.`,
  ),
  zpa_search_refused: (p) =>
    `Zscaler versteht diese Suche nicht${p("params", "") === "" ? "" : ` (bei „${p("params", "")}“)`}. Schreiben Sie ein Feld, einen Operator und einen Wert, zum Beispiel: name EQ db-prod.`,
  zpa_refused: ofZpaObject(
    deZpaObjects,
    (p) =>
      `Zscaler hat das Privileged Approval abgelehnt${p("reason", "") === "" ? "" : ` (${p("reason", "")})`}. Die Administration muss Konsole und Segment in Zscaler prüfen.`,
    ([at], p) =>
      `Zscaler hat diesen Aufruf bei ${at} abgelehnt${p("reason", "") === "" ? "" : ` (${p("reason", "")})`}; es wurde nichts geändert. Berichtigen Sie, was er nennt, oder sehen Sie in Zscaler nach, was dort steht.`,
  ),
  zpa_rate_limited: () => "Zscaler erhält gerade zu viele Aufrufe. Versuchen Sie es in einer Minute noch einmal.",
  zpa_busy: () => "Zscaler ist gerade überlastet. Versuchen Sie es in einer Minute noch einmal.",
  zpa_answer_not_understood: () => "Portcullis versteht eine Antwort von Zscaler nicht. Die Administration muss das Protokoll ansehen.",
  zpa_read_back_differs: () =>
    "Das Privileged Approval in Zscaler weicht von der Anfrage ab und wird deshalb nicht als freigegeben gemeldet. Die Administration muss es in Zscaler prüfen.",
  zpa_object_changed: (p) =>
    `${p("subject", "Das Objekt")} steht in Zscaler nicht mehr so, wie es vor der Frage gezeigt wurde. Es wurde nichts geändert. Geben Sie den Befehl noch einmal, sehen Sie an, was jetzt dort steht, und entscheiden Sie dann.`,
  zpa_conditions_not_kept: (p) =>
    `Die Bedingungen der Regel ${p("rule", "mit diesem Namen")} enthalten mehr, als Portcullis versteht („${p("field", "ein Feld")}“); mit Version 2 ginge es verloren. Es wurde nichts gesendet. Version 1 lässt die Bedingungen, wie sie sind.`,
  zpa_written_not_read: (p) =>
    `Zscaler hat die Änderung von ${p("subject", "diesem Objekt")} angenommen, aber was dort jetzt steht, ließ sich nicht lesen. Wiederholen Sie die Änderung nicht: Sehen Sie zuerst nach.`,
  coverage_segment_unknown: (p) =>
    `In diesem Microtenant von Zscaler gibt es kein Anwendungssegment ${p("segment", "mit dieser Kennung")} mit privilegierten Konsolen. „pra zpa policy coverage“ zeigt alle, die es gibt.`,
  coverage_not_needed: (p) => `Privilegierte Genehmigungen auf ${p("segment", "diesem Segment")} wirken bereits. Es ist nichts zu tun.`,
  coverage_not_possible: (p) => {
    const segment = p("segment", "dieses Segment");
    const reason = p("reason", "eine frühere Regel steht im Weg");
    if (reason === "several_microtenants")
      return `Mehrere Microtenants führen ${segment}, und eine Regel in einem davon entschiede nicht für die anderen. Eine Administratorin oder ein Administrator muss sich die Zugriffsrichtlinie jedes davon in Zscaler ansehen.`;
    if (reason === "approval_for_some")
      return `Portcullis legt für ${segment} keine Regel an: Eine Zugriffsregel verlangt dort schon von manchen eine privilegierte Genehmigung, und eine für alle ließe auch die ein, die sie auslässt. Eine Administratorin oder ein Administrator muss sich die Zugriffsrichtlinie in Zscaler ansehen.`;
    return `Eine weitere Regel ließe privilegierte Genehmigungen auf ${p("segment", "diesem Segment")} nicht wirken (${reason}). Eine Administratorin oder ein Administrator muss sich die Zugriffsrichtlinie in Zscaler ansehen.`;
  },
  coverage_not_placed: (p) =>
    `Die Regel für ${p("segment", "dieses Segment")} wurde in Zscaler angelegt; ob sie an ihrem Platz steht, ist nicht sicher (${p("reason", "die Antwort ging verloren")}). Sehen Sie sie noch einmal an: Wenn Sie dann bestätigen, wird sie verschoben und keine zweite angelegt.`,
  coverage_changed: (p) =>
    `Die Zugriffsrichtlinie hat sich geändert, seit die Regel für ${p("segment", "dieses Segment")} gezeigt wurde. Es wurde nichts geändert; sehen Sie sie noch einmal an.`,
  catalog_empty: () =>
    "Die Liste der Konsolen wurde noch nicht aus Zscaler gelesen. Versuchen Sie es in einer Minute noch einmal; bleibt sie leer, hilft der Administration „pra doctor“.",
  sailpoint_unreachable: () => "SailPoint ist nicht erreichbar. In einer Minute kann es erneut versucht werden.",
  sailpoint_timeout: () =>
    "SailPoint hat nicht rechtzeitig geantwortet; ob es gewirkt hat, ist ungewiss. Vor einem neuen Versuch hilft ein Blick auf den jetzigen Stand.",
  sailpoint_sign_in_failed: () =>
    "SailPoint hat die Anmeldung von Portcullis abgelehnt. Die Administration muss die SAILPOINT_-Einstellungen prüfen.",
  sailpoint_not_permitted: () =>
    "SailPoint erlaubt das dem Konto nicht, mit dem Portcullis handelt. Die Administration muss dessen Benutzerstufe und Scopes prüfen.",
  sailpoint_not_found: () =>
    "In SailPoint gibt es diese Genehmigung oder Konfiguration nicht mehr. Dort lässt sich nachsehen, was aus ihr wurde.",
  sailpoint_refused: (p) =>
    `SailPoint hat das abgelehnt${p("reason", "") === "" ? "" : ` (${p("reason", "")})`}. Der jetzige Stand ist in SailPoint zu sehen.`,
  sailpoint_rate_limited: () => "SailPoint erhält gerade zu viele Aufrufe. In einer Minute kann es erneut versucht werden.",
  sailpoint_busy: () => "SailPoint ist gerade überlastet. In einer Minute kann es erneut versucht werden.",
  sailpoint_not_assigned: () => "SailPoint nennt Sie nicht unter denen, auf die diese Genehmigung jetzt wartet. Es wurde nichts geändert.",
  sailpoint_decided: (p) =>
    p("by", "") === ""
      ? `In SailPoint ist das inzwischen ${deSailPointStatus[p("status", "")] ?? "abgeschlossen"}. Ihr Klick hat nichts geändert.`
      : `In SailPoint ist das inzwischen ${deSailPointStatus[p("status", "")] ?? "abgeschlossen"}, von ${p("by", "jemand anderem")}. Ihr Klick hat nichts geändert.`,
  sailpoint_decide_there: () => "Das lässt sich nur in SailPoint selbst entscheiden. Bitte dort öffnen. Es wurde nichts geändert.",
  sailpoint_unproven: () =>
    "Die Entscheidung wurde an SailPoint gesendet, SailPoint zeigt sie aber nicht. Sie wird nicht noch einmal gesendet. Sehen Sie in SailPoint nach, bevor Sie neu entscheiden.",
  sailpoint_assignee_unknown: () => "In SailPoint ist niemand als diese Person bekannt. Wählen Sie jemanden, der dort genehmigt.",
  sailpoint_answer_not_understood: () =>
    "Portcullis versteht eine Antwort von SailPoint nicht. Die Administration muss das Protokoll ansehen.",
  governed_type_not_listed: (p) =>
    `Genehmigungen vom Typ ${p("type", "dieser Genehmigung")} werden nicht zu Zugriff: Die Einstellung SAILPOINT_GOVERNED_TYPES nennt ihn nicht.`,
  governed_not_approved: (p) =>
    `Beim erneuten Lesen sagt SailPoint ${p("status", "etwas anderes als genehmigt")}. Zugriff gibt es nur bei APPROVED.`,
  governed_decider_unknown: () =>
    "SailPoint nennt niemanden, der genehmigt hat, etwa weil nach Fristablauf von selbst genehmigt wurde. Zugriff braucht das Ja eines Menschen.",
  governed_self_approved: () =>
    "In SailPoint hat nur zugestimmt, wer den Zugriff angefragt hat oder bekommen würde. Jemand anders muss zustimmen.",
  governed_before_connection: () =>
    "Genehmigt wurde, bevor dieser Typ angebunden war, oder SailPoint sagt nicht, wann. Nur was danach genehmigt wird, wird zu Zugriff.",
  governed_attributes_changed: () =>
    "Was sie öffnet oder für wen, wurde geändert, nachdem es schon gezeigt worden war. Wer entschieden hat, sah womöglich etwas anderes: Stellen Sie sie neu.",
  governed_attributes_unreadable: () => "Ihre zusätzlichen Attribute sind nicht lesbar.",
  governed_attribute_unknown: (p) =>
    `Sie hat ein Attribut, das Portcullis nicht kennt: ${p("attribute", "eines mit Schreibfehler")}. Prüfen Sie die Schreibweise.`,
  governed_attribute_invalid: (p) => `Das Attribut ${p("attribute", "das sie hat")} wird nicht verstanden: ${p("value", "Es ist leer")}.`,
  governed_attribute_missing: (p) => `Ein Attribut fehlt: ${p("attribute", "eines, das nötig ist")}.`,
  governed_attributes_conflict: (p) =>
    `Sie hat sowohl ${p("attribute", "ein Ende")} als auch ${p("other", "eine Dauer")}. Nur eines kann gelten.`,
  governed_console_ambiguous: (p) =>
    `Mehrere Konsolen heißen ${p("console", "so")}: ${p("candidates", "siehe Katalog")}. Nennen Sie die ID.`,
  governed_person_unknown: (p) =>
    `${p("name", "Wer den Zugriff bekäme")} ist in Slack nicht bekannt: Niemand dort hat die E-Mail-Adresse ${p("email", "aus SailPoint")}.`,
  governed_other_beneficiary: (p) =>
    `Ein Attribut nennt ${p("named", "jemand anderen")}, angefragt ist in SailPoint aber für ${p("email", "eine andere Person")}. Nur diese kann den Zugriff bekommen.`,
  governed_ask_not_allowed: (p) =>
    `Nach den Regeln für ${p("consoles", "diese Konsolen")} darf ${p("name", "diese Person")} das nicht anfragen.`,
  slack_unreachable: () => "Slack ist nicht erreichbar. Versuchen Sie es in einer Minute noch einmal.",
  slack_refused: (p) =>
    `Slack hat das abgelehnt${p("reason", "") === "" ? "" : ` (${p("reason", "")})`}. Versuchen Sie es noch einmal; bleibt es dabei, hilft der Administration „pra doctor“.`,
  setting_missing: (p) => `${p("setting", p("settings", "Eine Einstellung"))} fehlt. Setzen Sie den Wert und starten Sie neu.`,
  setting_invalid: (p) =>
    `${p("setting", p("settings", "Eine Einstellung"))} ist ungültig: ${p("reason", "was gilt, steht in docs/reference/settings.md")}.`,
  port_in_use: (p) =>
    `Der Port ${p("port", "aus den Einstellungen")} ist von einem anderen Programm belegt. Beenden Sie dieses, oder wählen Sie in ${p("setting", "den Einstellungen")} einen anderen Port.`,
  data_folder_in_use: (p) =>
    `Auf dem Datenordner ${p("folder", "aus DATA_DIR")} läuft bereits ein Portcullis. Beenden Sie es zuerst, oder teilen Sie eine PostgreSQL-Datenbank über DATABASE_URL.`,
  database_unreachable: () => "Die Datenbank ist nicht erreichbar. Es wurde nichts geändert; versuchen Sie es in einer Minute noch einmal.",
  ledger_key_missing: () =>
    "Hier gibt es keinen Schlüssel für das Ledger; es kann weder versiegelt noch geprüft werden. Setzen Sie LEDGER_KEY_FILE, oder legen Sie die Datei ledger.key zurück in DATA_DIR.",
  ledger_key_unknown: (p) =>
    `Das Ledger wurde mit dem Schlüssel ${p("keyId", "einer anderen Installation")} versiegelt, der hier fehlt. Legen Sie ihn zurück, oder nennen Sie ihn in LEDGER_OLD_KEYS, wenn er absichtlich ersetzt wurde.`,
  ledger_unreachable: () =>
    "Die Datenbank des Bots ist nicht erreichbar; diese Änderung stünde in keinem Protokoll, deshalb wurde nichts gesendet. Setzen Sie DATABASE_URL oder DATA_DIR wie beim Bot; oder fügen Sie --without-ledger hinzu.",
  control_unreachable: (p) =>
    `Auf ${p("folder", "diesem Ordner")} läuft ein Portcullis, das nicht gefragt werden kann. Warten Sie, bis es gestartet ist; bleibt es so, suchen Sie in seinem Log nach control.`,
  control_path_too_long: (p) =>
    `Der Pfad von ${p("folder", "DATA_DIR")} ist für einen Unix-Socket zu lang; ein laufendes Portcullis kann dort nicht gefragt werden. Wählen Sie ein kürzeres DATA_DIR.`,
  unexpected: () =>
    "In Portcullis ist etwas schiefgegangen; es wurde nichts weiter getan. Versuchen Sie es noch einmal und geben Sie die Referenz an die Administration weiter, falls es wieder vorkommt.",
};
