import type { enGoverned } from "./en-governed.ts";
import { say } from "./pieces.ts";

export const deGoverned: typeof enGoverned = {
  card: {
    title: (label, state) => `Aus SailPoint, ${label}: ${state}`,
    fallback: (label, whom, consoles, state) => `${label}: in SailPoint genehmigt, ${whom} bekommt Zugriff auf ${consoles}. ${state}`,
    gets: (whom) => `${whom} bekommt Zugriff. Genehmigt wurde in SailPoint, nicht hier.`,
    approvedBy: (who) => `In SailPoint genehmigt von ${who}`,
    at: [" um ", "."],
    inSlack: "Zugestimmt hat in Slack ",
    askedBy: (who) => `In SailPoint angefragt von ${who}.`,
    source: (name, id) => `Genehmigung in SailPoint: ${name}, ${id}`,
    unnamed: "ohne Namen",
  },
  refused: {
    text: (name, why) => `Aus der Genehmigung „${name}“ in SailPoint wurde kein Zugriff. ${why}`,
    lead: (name) => `Aus der Genehmigung „${name}“ in SailPoint wurde kein Zugriff.`,
    whom: "Für ",
    once: "Das wird einmal gesagt, und es wird nichts weiter versucht. Wer den Zugriff braucht, stellt in SailPoint eine neue Genehmigung oder fragt mit /pra request an.",
    source: (id, reference) => `ID in SailPoint: ${id}. ${reference}`,
  },
  forecast: {
    opens: "Wer das genehmigt, öffnet Zugriff in Zscaler.",
    refused: "So, wie sie jetzt ist, öffnet diese Genehmigung keinen Zugriff in Zscaler.",
    unknown: "Wer das genehmigt, öffnet vielleicht Zugriff in Zscaler. Welchen, lässt sich im Augenblick nicht sagen.",
    needsOthers:
      "Ihre Zustimmung allein genügt nicht: Sie haben das beantragt oder bekämen den Zugriff. Solange niemand anderes ebenfalls genehmigt, wird nichts geöffnet.",
    gets: (name, email) => `${name} (${email}) bekommt Zugriff.`,
    row: (consoles, also, hours) => `Konsolen: ${consoles}.${also === null ? "" : ` Öffnet auch: ${also}.`} Arbeitszeiten: ${hours}.`,
    hours: "Arbeitszeiten: ",
    later:
      "Sobald SailPoint die Genehmigung meldet, wird das noch einmal geprüft: auch, ob genau eine Person in Slack diese E-Mail-Adresse hat und den Zugriff nach den Regeln haben darf. Spricht dann etwas dagegen, wird nichts geöffnet, und die Administratoren erfahren es.",
    voids:
      "Attribute…: Wer ein Attribut ändert, das mit „portcullis“ beginnt, macht diese Genehmigung ungültig. Dann wird nichts geöffnet, auch wenn es zurückgeändert wird: Es braucht eine neue Genehmigung.",
  },
  explained: (who, name) => `In SailPoint genehmigt von ${who}: ${name}. Hier hat niemand darüber entschieden.`,
  noSeats: "Hier niemand: Es entscheidet SailPoint.",
  past: {
    opened: (at) => say`${at}: kam genehmigt aus SailPoint.`,
    passed: (at) => say`${at}: gilt als entschieden, durch die Genehmigung in SailPoint.`,
  },
};
