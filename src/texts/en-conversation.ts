import type { SaidRemark, TalkAnswer } from "../services/notify/talk-port.ts";

type Kind = SaidRemark["kind"];
/** Words around a person, whom Slack names. */
type Around = readonly [string, string];
/** Words around a person and an instant, or two spans. */
type Between = readonly [string, string, string];

/** What follows the person's name. */
const said: Readonly<Record<Kind, string>> = { question: " asks:", comment: " comments:", reply: " writes:" };

const answers: Readonly<Record<TalkAnswer, string>> = {
  onlyInThreads: "Only replies in the thread of a request’s card are read here. Reply there, or write /pra help to see what else there is.",
  tooLate: "This request is decided, so your reply was not recorded. Thank you all the same.",
  notConcerned: "Your reply was not recorded: only those who ask or decide on this request can comment on it.",
  tooLong: "Your reply was not recorded: it is longer than 2000 characters. Shorten it, or send it in two.",
  filesStay: "Files are not recorded or passed on. Say in words what they show.",
  editNotTaken: "Your reply was recorded as you first wrote it, and others have read it so. Write another reply to correct it.",
};

/** What people say to each other of a request, and approving it with changes. */
export const enConversation = {
  cardTalk: {
    ask: "Ask…",
    askLabel: (label: string) => `Ask the requester of ${label} something`,
    approveWithChanges: "Approve with changes…",
    details: "Details…",
    detailsLabel: (label: string) => `Comments and attributes of ${label}`,
    comments: (n: number) => `Comments (${n})`,
    latest: ", the latest",
    onBehalfOf: " as an administrator, on behalf of ",
    asAdministrator: " as an administrator",
    changed: ["Changed by ", " at ", ":"] as Between,
    dropped: (names: string) => `Without ${names}.`,
    until: "Until ",
    lasting: "For ",
    insteadOf: [" instead of ", "."] as Around,
    waitsForConsent: ["Waits for the consent of ", " to a longer window, proposed by ", ". Nothing is decided yet."] as Between,
    /** Follows the name of the approver. */
    proposed: " would approve this with a longer window than you asked for. Do you agree? With your consent it counts as approved by them.",
    accept: "Accept",
    acceptLabel: (label: string) => `Accept the longer window for ${label}`,
    decline: "Decline",
    declineLabel: (label: string) => `Decline the longer window for ${label}`,
  },
  ask: {
    title: "Ask",
    submit: "Ask",
    intro: (label: string) =>
      `Your question on ${label} goes to whoever asked for the access. It is recorded, and the answer comes into the thread of the card.`,
    question: "Question",
    questionHint: "Everyone who decides on the request can read it.",
  },
  changes: {
    title: "Approve with changes",
    submit: "Approve",
    intro: (label: string) => `You approve ${label} as it stands below.`,
    consoles: "Consoles",
    consolesHint: "Take away what should not be opened.",
    duration: "For how long?",
    end: "End",
    endHint: "An earlier end counts at once. A later one needs the consent of whoever asked.",
    comment: "Comment",
    commentHint: "The requester and the other approvers read this.",
    proposedTitle: "Consent is asked for",
    proposed:
      "This is more than was asked for, so whoever asked is being asked whether they agree. With their consent it counts as your approval; until then nothing is decided.",
  },
  details: {
    title: (label: string) => `Details of ${label}`,
    submit: "Save",
    comments: (n: number) => `Comments (${n})`,
    noComments: "Nobody has commented yet.",
    earlier: (n: number) => `${n} earlier ones are not shown here.`,
    attributes: (n: number) => `Additional attributes (${n})`,
    noAttributes: "None have been noted down.",
    comment: "Add a comment",
    commentHint: "It is said in the threads of all cards of this request.",
    attributeName: "Attribute: name",
    attributeNameHint: "A name that is there already gets the new value.",
    attributeValue: "Attribute: value",
    attributesRemoved: "Remove attributes",
    attributesRemovedPlaceholder: "Choose attributes",
  },
  talk: {
    said,
    howToAnswer: "Reply in this thread to answer. Your reply is recorded and passed on.",
    answers,
    proposalEnded: {
      declined: "the longer window that you proposed was declined. The request waits for a decision as it was asked for.",
      lapsed: "the longer window that you proposed was accepted, but you may no longer decide on this request. Nothing was changed.",
    },
  },
};
