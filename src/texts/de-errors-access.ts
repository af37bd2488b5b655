import type { ErrorCode } from "../errors.ts";
import type { ErrorSentence } from "./texts.ts";

export const deAccessErrors = {
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
} as const satisfies Partial<Readonly<Record<ErrorCode, ErrorSentence>>>;
