import type { SailPointStatus } from "../services/sailpoint/approval.ts";
import type { SailPointDeedKind } from "../services/sailpoint-inbox/inbox.ts";
import type { UnmappedIdentity } from "../services/sailpoint-inbox/messages.ts";

type Around = readonly [string, string];
type AroundTwo = readonly [string, string, string];

const status: Readonly<Record<SailPointStatus, string>> = {
  PENDING: "waits for a decision",
  APPROVED: "approved",
  REJECTED: "rejected",
  EXPIRED: "expired",
  CANCELLED: "cancelled",
  PASSED: "passed without a decision",
  UNKNOWN: "SailPoint does not say how it stands",
};

const confirmed: Readonly<Record<SailPointDeedKind, AroundTwo>> = {
  approve: ["Approved in Slack by ", ", confirmed by SailPoint at ", "."],
  reject: ["Rejected in Slack by ", ", confirmed by SailPoint at ", "."],
  reassign: ["Reassigned in Slack by ", ", confirmed by SailPoint at ", "."],
  comment: ["Commented on in Slack by ", ", confirmed by SailPoint at ", "."],
  attributes: ["Attributes changed in Slack by ", ", confirmed by SailPoint at ", "."],
};

const underWay: Readonly<Record<SailPointDeedKind, Around>> = {
  approve: ["", " approves. It counts once SailPoint shows it."],
  reject: ["", " rejects. It counts once SailPoint shows it."],
  reassign: ["", " hands it on. It counts once SailPoint shows it."],
  comment: ["", " comments. It is being written to SailPoint."],
  attributes: ["", " changes attributes. They count once SailPoint shows them."],
};

const titles: Readonly<Record<SailPointDeedKind, string>> = {
  approve: "Approve",
  reject: "Reject",
  reassign: "Reassign",
  comment: "Comment",
  attributes: "Change attributes",
};

const intros: Readonly<Record<SailPointDeedKind, (about: string) => string>> = {
  approve: (about) => `You are about to approve ${about} in SailPoint.`,
  reject: (about) => `You are about to reject ${about} in SailPoint.`,
  reassign: (about) => `Who should decide on ${about} in your place? Choose somebody who approves in SailPoint.`,
  comment: (about) => `Your comment on ${about} is written to SailPoint, with your name.`,
  attributes: (about) => `Adds an attribute to ${about} in SailPoint, or changes it. Leave the value empty to take it away.`,
};

const problems: Readonly<Record<UnmappedIdentity["problem"], string>> = {
  no_email: "has no email in SailPoint",
  no_slack_user: "nobody in Slack has this email, confirmed",
  several_slack_users: "several people in Slack have this email",
  several_identities: "several identities in SailPoint have this email",
  not_trusted: "the person in Slack is a guest, a bot, or outside the allowed domains",
  members_not_listed: "is a governance group whose members SailPoint does not list",
  not_a_person: "is no person",
};

/** Approvals of SailPoint's, in Slack. */
export const enSailPoint = {
  status,
  confirmed,
  underWay,
  titles,
  intros,
  problems,
  title: (name: string, state: string) => `SailPoint: ${name}: ${state}`,
  fallback: (name: string, who: string, state: string) => `SailPoint: ${name}, asked for by ${who}: ${state}.`,
  nameless: "Approval",
  from: "This approval is SailPoint’s. What you decide here is written there under the account of Portcullis, with your name and email in the comment.",
  requester: "Asked for by",
  requestee: "For",
  kind: "Kind",
  targets: "What for",
  attributes: "Attributes",
  description: "Description",
  waitsFor: "Waits for",
  due: "Decide by",
  attributesUnreadable: "SailPoint’s attributes cannot be read here. Look at them in SailPoint.",
  decidedBy: { approved: ["Approved in SailPoint by ", "."] as Around, rejected: ["Rejected in SailPoint by ", "."] as Around },
  elsewhere: ["", " was later than somebody else: it changed nothing."] as Around,
  refused: ["What ", " wanted does not count: "] as Around,
  notAsked: "It does not wait for you any more.",
  reauthentication: "SailPoint wants a new sign-in with this decision. That is not possible from Slack: decide in SailPoint.",
  open: "Open SailPoint",
  openLabel: "Open SailPoint in the browser to decide there",
  approve: "Approve",
  approveWithComment: "Approve…",
  approveLabel: (name: string) => `Approve ${name} in SailPoint`,
  reject: "Reject…",
  rejectLabel: (name: string) => `Reject ${name} in SailPoint`,
  reassign: "Reassign…",
  reassignLabel: (name: string) => `Hand ${name} on to somebody else in SailPoint`,
  comment: "Comment…",
  commentLabel: (name: string) => `Comment on ${name} in SailPoint`,
  changeAttributes: "Attributes…",
  changeAttributesLabel: (name: string) => `Change an attribute of ${name} in SailPoint`,
  commentField: "Comment",
  commentHint: "It is read in SailPoint. Your name and email are added.",
  assignee: "To whom?",
  attributeName: "Name",
  attributeValue: "Value",
  several: (n: number) => `${n} approvals of SailPoint’s`,
  recordedTitle: "On its way",
  recorded: (n: number) =>
    n === 1
      ? "Your decision is written down and on its way to SailPoint. It counts once SailPoint shows it; you are told if it does not."
      : `Your ${n} decisions are written down and on their way to SailPoint. Each counts once SailPoint shows it; you are told of those that do not.`,
  digestTitle: (n: number) => (n === 1 ? "1 approval of SailPoint’s waits for you" : `${n} approvals of SailPoint’s wait for you`),
  digestFirst: "They were there when Portcullis was connected to SailPoint. Each new one comes as a message of its own.",
  digestMany: "They came at once, so they are told in one message.",
  showList: "Show them",
  showListLabel: "Show the approvals of SailPoint’s that wait for you",
  unmappedTitle: "SailPoint approvers without a person in Slack",
  unmapped: "Approvals of SailPoint’s wait for these, and nobody in Slack can be told. They can still decide in SailPoint.",
  queueTitle: "SailPoint",
  queueCount: (n: number) => (n === 1 ? "1 approval of SailPoint’s waits for you." : `${n} approvals of SailPoint’s wait for you.`),
  queueNone: "No approval of SailPoint’s waits for you.",
  queueRange: (first: number, last: number) => `Shown: ${first} to ${last}, the most urgent first.`,
  queueOld: ["SailPoint has not answered of late. This is how it stood at ", "."] as Around,
  queueMark: "SailPoint",
  queueAll: (n: number) => `All ${n} of SailPoint’s`,
  rowDeciding: "A decision is on its way.",
  askedBy: (who: string) => `Asked for by ${who}.`,
  askedByFor: (who: string, forWhom: string) => `Asked for by ${who} for ${forWhom}.`,
  noneTicked: "Tick at least one approval of SailPoint’s.",
};
