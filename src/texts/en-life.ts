import type { PersonItem, PersonOutcome } from "../services/access/overview.ts";

/** Words around a person and an instant. */
type Between = readonly [string, string, string];
/** Words around one of them. */
type Around = readonly [string, string];

const does: Readonly<Record<PersonItem["does"], string>> = { END: "access ends", CANCEL: "request is withdrawn" };

const outcomes: Readonly<Record<PersonOutcome["outcome"], string>> = {
  ENDING: "being ended in Zscaler",
  ENDED: "ended",
  CANCELLED: "withdrawn",
  NOTHING: "was over already",
  FAILED: "not done:",
};

/** How access goes on, changes and ends. */
export const enLife = {
  done: "I’m done",
  doneLabel: (label: string) => `End your access of ${label} now`,
  doneTitle: "End your access now?",
  doneText: (label: string) =>
    `The access of ${label} is taken out of Zscaler now, before its window is over. To get it back, ask again. A session that is open may not be cut: close it yourself.`,
  doneConfirm: "End it now",
  change: "Change…",
  changeLabel: (label: string) => `Change the end or the hours of ${label}`,
  renew: "Renew",
  renewLabel: (label: string) => `Ask for the access of ${label} once more, from where it ends`,
  revoke: "Revoke…",
  revokeLabel: (label: string) => `Take the access of ${label} away`,
  menuLabel: "More",
  /** On the card. */
  renews: (label: string) => `Renews ${label}.`,
  renewedBy: (label: string) => `Renewed by ${label}.`,
  renewalAsked: (label: string) => `A renewal is asked for: ${label}.`,
  endsSoon: ["This access ends at ", "."] as Around,
  ending: {
    DONE: ["Ended early by ", " at ", ": no longer needed."],
    REVOKED: ["Revoked by ", " at ", "."],
    LEFT: ["Ended, because the person is no longer in Slack; found by ", " at ", "."],
  } as Readonly<Record<"DONE" | "REVOKED" | "LEFT", Between>>,
  beingEnded: "The access is being taken out of Zscaler. It counts as ended once Zscaler has shown that it is gone.",
  ended: "Zscaler has shown that it is gone: nobody gets in with this access any more.",
  endedByItself: ["The window was over at ", ": Zscaler lets nobody in after that."] as Around,
  sessionUnknown:
    "Not known: whether Zscaler cuts a session that was open at that moment. Close it, or have it closed, where that matters.",
  notEnded: "Could not be ended yet; access may still be open",
  notEndedNow: "It is tried again by itself until it is gone. Whoever administers Zscaler can delete the privileged approval there.",
  changed: ["Changed by ", " at ", ":"] as Between,
  until: ["Until ", " instead of ", "."] as Between,
  hours: (after: string, before: string) => `Hours: ${after} instead of ${before}.`,
  aroundTheClock: "around the clock",
  wanted: "Being written to Zscaler…",
  notWritten: "It is not proven yet that Zscaler has it. It is tried again every hour. What stood in the way:",
  written: "It stands in Zscaler.",
  overtaken: "The access ended before this was written to Zscaler.",
  refused: "Zscaler would not have it, so what stood before still stands:",
  zpaAway: ["Zscaler cannot be reached since ", ". The access is set up as soon as it answers; nothing needs to be done."] as Around,
  by: { portcullis: "Portcullis", cli: (name: string) => `${name} (command line)` },
  form: {
    title: "Change access",
    submit: "Change",
    intro: (label: string) => `What ${label} opens, from now on. What you leave as it is stays.`,
    holder:
      "You can make it narrower by yourself: an earlier end, fewer days. More than was approved needs a decision: a later end, other hours or days, another zone. For a later end you are offered a renewal.",
    decider: "You may decide on this request, so what you change counts at once; more than was approved needs a reason.",
    end: "End",
    days: "Days",
    daysHint: "No days and no times: around the clock.",
    reason: "Why?",
    reasonHint: "The holder and the approvers read this.",
    renewTitle: "That needs a decision",
    renewIntro: (label: string) =>
      `A later end is more than was approved for ${label}. Ask for a renewal: the same consoles and hours, as long as before, from where this access ends. Who may decide on it is asked at once.`,
    renewSubmit: "Ask for a renewal",
  },
  doneForm: { title: "I’m done", submit: "End it now" },
  revokeForm: {
    title: "Revoke access",
    submit: "Revoke",
    intro: (label: string, names: string) => `You take the access of ${label} away: ${names}. It is taken out of Zscaler at once.`,
    reason: "Why?",
    reasonHint: "The holder reads this.",
  },
  personForm: {
    title: "Revoke everything",
    submit: "Revoke everything",
    intro: ["Everything that ", " has or has asked for ends now:"] as Around,
    nothing: ["", " has no access, and nothing by or for them waits."] as Around,
    doneTitle: "Revoked",
    result: ["What became of it, for ", ":"] as Around,
  },
  does,
  outcomes,
  answers: {
    done: (label: string) => `${label}: the access is being ended. You hear in the thread of its card when it is gone.`,
    ended: (label: string) => `${label}: ended. Nothing of it had reached Zscaler.`,
    revoked: (label: string) => `${label}: the access is being ended. The holder hears of it, with your reason.`,
    changed: (label: string) => `${label}: changed. It is being written to Zscaler, and the card says when it stands.`,
    renewed: (label: string, labels: string, state: string) => `${label} is renewed by ${labels}: ${state}.`,
  },
  catalogAge: (at: string) => `Consoles as of ${at}.`,
  catalogOld: (at: string) => `Consoles as of ${at}: Zscaler has not been read since. Newer ones are missing; you can ask all the same.`,
  help: {
    done: "ends your own access before its time",
    revoke: "takes access away: of one request, or with @somebody everything of a person (administrators)",
    extend: "moves the end of access; what is more than was approved needs who may decide",
    shorten: "moves the end forward; the holder may do that, too",
    revokeExample: "/pra revoke PRA-1042 because INC-7",
    extendExample: "/pra extend PRA-1042 2h because INC-7",
    shortenExample: "/pra shorten PRA-1042 to 18:00",
  },
};
