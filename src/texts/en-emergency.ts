import { type Piece, say } from "./pieces.ts";

/** Words around what Slack names: a person, an instant. */
type Around = readonly [string, string];
type Between = readonly [string, string, string];

/** Access past the approvers: given on call, or taken by breaking the glass; and the account that is given of it. */
export const enEmergency = {
  card: {
    title: {
      ON_CALL: (label: string, state: string) => `On call, ${label}: ${state}`,
      BREAK_GLASS: (label: string, state: string) => `Break-glass, ${label}: ${state}`,
    },
    fallback: {
      ON_CALL: (label: string, who: string, whom: string, consoles: string, state: string) =>
        `${label}: ${who}, on call, gave ${whom} access to ${consoles}. ${state}`,
      BREAK_GLASS: (label: string, who: string, _whom: string, consoles: string, state: string) =>
        `${label}: ${who} broke the glass for access to ${consoles}. ${state}`,
    },
    gave: (who: string, whom: string) => `${who} is on call and gave ${whom} access, without a second approver.`,
    broke: (who: string) => `${who} broke the glass. Nobody approved this access.`,
    given: ["Given by ", " at ", "."] as Between,
    broken: ["The glass was broken by ", " at ", ". No approval was given."] as Between,
    skipped: "Would have decided, or is told of it: ",
    review: "Review",
    reviewOpen: ["", " has not answered the review yet. Until then they cannot break the glass again."] as Around,
    reviewed: ["Answered by ", " at ", "."] as Between,
    answer: "Answer the review…",
    answerLabel: (label: string) => `Answer the review of ${label}`,
  },
  grant: {
    title: "Give access",
    submit: "Give access",
    intro: (longest: string) =>
      `You are on call. The access opens at once and without a second approver, for ${longest} at most. Those who would have decided are told.`,
    beneficiary: "Who gets the access?",
    duration: "For how long?",
    reason: "Reason",
    reasonPlaceholder: "What it is for, with a ticket number",
    missing: {
      beneficiary: "Name the person, such as @ana.",
      consoles: "Name the console.",
      duration: "Say for how long, such as 2h.",
      reason: "Say why: because …",
      time: "Access given on call starts now. Name a length, no hours and no dates.",
    },
    done: (label: string, whom: string) => `${label}: ${whom} gets the access now. The card in your messages shows when it stands.`,
    doneTogether: (labels: string, whom: string) =>
      `${labels}: ${whom} gets the access now, as several requests because their consoles fall under different rules.`,
  },
  breakGlass: {
    title: "Break the glass",
    submit: "Go on",
    intro: (longest: string) =>
      `For an emergency in which nobody can decide: access for yourself, for ${longest} at most. The next page says what happens; nothing happens before that.`,
    duration: "For how long?",
    reason: "What is the emergency?",
    reasonPlaceholder: "What is happening, with a ticket number if there is one",
    somebodyElse: "The glass can be broken for oneself only.",
    seenTitle: "Break the glass?",
    seenSubmit: "Break the glass",
    back: "Back",
    seen: "If you go on, this happens at once:",
    opens: "You get access to:",
    alsoOpens: "These open too, being on the same segments:",
    until: ["It ends at ", "."] as Around,
    nobodyDecides: "Nobody approves it. It is recorded as access that you took yourself.",
    told: "These are told now, each in person: ",
    toldNobody: "The settings name nobody else who would be told in person.",
    channel: ["So is everybody in ", "."] as Around,
    reviewFollows:
      "Afterwards you answer a review: what happened, what you did, what follows. Until then you cannot break the glass again.",
    session: "Whether an open session is cut when the access ends is not known.",
  },
  review: {
    title: "Review",
    submit: "Send review",
    due: (labels: string) => `Before you can break the glass again, please answer the review of ${labels}.`,
    about: (labels: string, consoles: string) =>
      `${labels}: you broke the glass for ${consoles}. Everybody who was told then reads your answers.`,
    reason: "Your reason then",
    happened: "What happened?",
    done: "What did you do?",
    follows: "What follows from it?",
    followsHint: "So that the glass need not be broken for this again.",
    ask: (labels: string, consoles: string) =>
      `The access to ${consoles} that you broke the glass for (${labels}) is over. Please answer the review: what happened, what you did, what follows.`,
    askAgain: (labels: string, consoles: string) =>
      `The review of ${labels} (${consoles}) is still open. Until you answer it you cannot break the glass again.`,
    answer: "Answer the review…",
    thanks: "Thank you. Everybody who was told can read it on the card.",
  },
  explained: {
    ON_CALL: (who: Piece) => say`${who} was on call and gave this access without a second approver.`,
    BREAK_GLASS: (who: Piece) => say`${who} broke the glass: nobody decided on this access.`,
  },
  skipped: (who: readonly Piece[]) => say`Skipped, and told: ${who}.`,
  noSeats: "Nobody: the glass was broken.",
  past: {
    given: (at: Piece, by: Piece) => say`${at}: given by ${by}, who was on call.`,
    broken: (at: Piece, by: Piece) => say`${at}: ${by} broke the glass.`,
    agreed: (at: Piece, by: Piece) => say`${at}: ${by} holds the one seat, and agreed by giving.`,
    passed: (at: Piece) => say`${at}: went past the approvers, without a decision.`,
  },
};
