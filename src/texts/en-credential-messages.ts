/** What people hear in Slack of credentials and their secrets. */
export const enCredentialMessages = {
  outcomes: {
    DONE: {
      add: "The credential is in Zscaler, proven by reading it back.",
      rotate: "The new secret is in Zscaler: its last reset was read back.",
    },
    REFUSED: {
      add: "Zscaler did not take the credential. Nothing was changed.",
      rotate: "Zscaler did not take the new secret. The old one stands.",
    },
    UNKNOWN: {
      add: "It is not certain whether Zscaler has the credential. Look at /pra credentials before you try again.",
      rotate: "It is not certain whether Zscaler has the new secret. Look at the last reset in /pra credentials before you try again.",
    },
  },
  staleTitle: "Old secrets in Zscaler",
  staleIntro: (count: number, days: number) =>
    count === 1
      ? `One credential has had the same secret for more than ${days} days, or for nobody knows how long. Rotate it with /pra credentials.`
      : `${count} credentials have had the same secret for more than ${days} days, or for nobody knows how long. Rotate them with /pra credentials.`,
  noneStale: (days: number) => `Of the credentials that could be read, none has had the same secret for more than ${days} days.`,
  age: (days: number) => `last reset ${days} days ago`,
  ageUnknown: "Zscaler does not say when it was last reset",
  unread: (microtenants: string) => `Zscaler would not list these microtenants, so they are not in this report: ${microtenants}.`,
};
