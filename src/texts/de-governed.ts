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
  explained: (who, name) => `In SailPoint genehmigt von ${who}: ${name}. Hier hat niemand darüber entschieden.`,
  noSeats: "Hier niemand: Es entscheidet SailPoint.",
  past: {
    opened: (at) => say`${at}: kam genehmigt aus SailPoint.`,
    passed: (at) => say`${at}: gilt als entschieden, durch die Genehmigung in SailPoint.`,
  },
};
