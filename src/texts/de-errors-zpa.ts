import type { ErrorCode } from "../errors.ts";
import type { ErrorSentence } from "./texts.ts";
import { isCalledItself, ofZpaObject, type ZpaObject } from "./zpa-object.ts";

/** Wobei etwas nicht ging, was fehlt, und die Mehrzahl. */
const deZpaObjects: Readonly<Record<ZpaObject, readonly [string, string, string]>> = {
  console: ["einer Konsole", "keine Konsole", "Konsolen"],
  credential: ["Zugangsdaten", "keine Zugangsdaten", "Zugangsdaten"],
  policyRule: ["einer Richtlinienregel", "keine Richtlinienregel", "Richtlinienregeln"],
  segment: ["einem Anwendungssegment", "kein Anwendungssegment", "Anwendungssegmenten"],
  portal: ["einem Portal", "kein Portal", "Portalen"],
  microtenant: ["einem Microtenant", "keinen Microtenant", "Microtenants"],
};

export const deZpaErrors = {
  finding_unknown: () => "Diesen Befund gibt es nicht (mehr). Wie sie jetzt stehen, zeigt /pra findings.",
  finding_settled: () => "Über diesen Befund ist schon entschieden, oder er trifft nicht mehr zu. Mehr ist nicht geschehen.",
  finding_not_possible: () =>
    "Das geht bei diesem Befund nicht, so wie er steht. Übernommen werden kann nur, was allein Ende und Zeiten betrifft: sonst wiederherstellen oder entziehen.",
  finding_changed: () =>
    "Was in Zscaler steht, hat sich geändert, seit Sie es angesehen haben; es ist nichts geschehen. Sehen Sie sich den Befund an, wie er jetzt ist, und entscheiden Sie dann.",
  finding_own: () => "Hier geht es um Ihren eigenen Zugriff: Darüber muss jemand anders aus der Administration urteilen.",
  reconcile_running: () => "Der Tenant wird gerade abgeglichen. Das Ergebnis folgt; versuchen Sie es in einer Minute noch einmal.",
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
} as const satisfies Partial<Readonly<Record<ErrorCode, ErrorSentence>>>;
