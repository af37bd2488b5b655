import type { enCredentialMessages } from "./en-credential-messages.ts";

/** Was Menschen in Slack von Zugangsdaten und ihren Geheimnissen hören. */
export const deCredentialMessages: typeof enCredentialMessages = {
  outcomes: {
    DONE: {
      add: "Die Zugangsdaten sind in Zscaler; das ist durch Zurücklesen belegt.",
      rotate: "Das neue Geheimnis ist in Zscaler: Der Zeitpunkt der letzten Erneuerung wurde zurückgelesen.",
    },
    REFUSED: {
      add: "Zscaler hat die Zugangsdaten nicht angenommen. Es wurde nichts geändert.",
      rotate: "Zscaler hat das neue Geheimnis nicht angenommen. Das alte gilt weiter.",
    },
    UNKNOWN: {
      add: "Es ist nicht sicher, ob Zscaler die Zugangsdaten hat. Bitte mit /pra credentials nachsehen, bevor Sie es noch einmal versuchen.",
      rotate:
        "Es ist nicht sicher, ob Zscaler das neue Geheimnis hat. Bitte mit /pra credentials die letzte Erneuerung ansehen, bevor Sie es noch einmal versuchen.",
    },
  },
  staleTitle: "Alte Geheimnisse in Zscaler",
  staleIntro: (count: number, days: number) =>
    count === 1
      ? `Ein Eintrag hat seit mehr als ${days} Tagen oder seit unbekannter Zeit dasselbe Geheimnis. Bitte mit /pra credentials erneuern.`
      : `${count} Einträge haben seit mehr als ${days} Tagen oder seit unbekannter Zeit dasselbe Geheimnis. Bitte mit /pra credentials erneuern.`,
  noneStale: (days: number) => `Von den lesbaren Einträgen hat keiner seit mehr als ${days} Tagen dasselbe Geheimnis.`,
  age: (days: number) => `zuletzt vor ${days} Tagen erneuert`,
  ageUnknown: "Zscaler sagt nicht, wann es zuletzt erneuert wurde",
  unread: (microtenants: string) => `Diese Microtenants hat Zscaler nicht aufgelistet; sie fehlen in diesem Bericht: ${microtenants}.`,
};
