import type { AccessRequest } from "../services/access/request.ts";
import type { ApprovalStatus } from "../services/approvals/approval.ts";
import type { Notice } from "../services/notify/notify-port.ts";

type Settled = Exclude<ApprovalStatus, "PENDING">;
/** Words around a person and an instant, which Slack shows in the reader’s own way. */
type Between = readonly [string, string, string];
/** Words around an instant. */
type Around = readonly [string, string];

const status: Readonly<Record<AccessRequest["status"], string>> = {
  PENDING: "Waiting for a decision",
  REJECTED: "Rejected",
  CANCELLED: "Withdrawn",
  EXPIRED: "Expired",
  PASSED: "Passed without a decision",
  GRANTING: "Granting…",
  GRANTED: "Granted",
  FAILED: "Failed",
  ENDING: "Ending…",
  ENDED: "Ended",
};

const notices: Readonly<Record<Notice, string>> = {
  submitted: "The request is with the approvers.",
  passed: "This request passed without a decision.",
  given_on_call: "This access was given on call. It is being set up in Zscaler and is announced here once it is proven.",
  broke_glass:
    "The glass was broken. The access is being set up in Zscaler, before anything else, and is announced here once it is proven.",
  approved_in_sailpoint: "This access was approved in SailPoint. It is being set up in Zscaler and is announced here once it is proven.",
  approved: "Approved. The access is being set up in Zscaler and is announced here once it is proven.",
  approved_by_timeout:
    "Approved: no decision had come in time, and the rules then approve. The access is being set up in Zscaler and is announced here once it is proven.",
  rejected: "Rejected.",
  reassigned: "The decision was handed to someone else.",
  changed: "An approver changed what was asked for.",
  proposed: "An approver would approve more than was asked for. Please answer with the buttons on the card.",
  escalated: "No decision has come yet, so the request was passed on to someone else.",
  handed_on: "Somebody who was to decide is no longer in Slack; someone else decides in their place.",
  stranded:
    "Those who could decide are no longer in Slack, and nobody is left to take their place. Ask the administrators of Portcullis to name other approvers, then ask again.",
  granted: "Granted. The access stands in Zscaler.",
  failed: "The access could not be set up.",
  withdrawn: "The request was withdrawn.",
  closed: "The request was closed: whoever asked or would get the access is no longer in Slack.",
  expired: "Nobody decided in time: the request has expired. Ask again if you still need the access.",
  ending_soon: "The access ends soon. Renew it, if you need it longer.",
  amending: "The access was changed. The change is being written to Zscaler.",
  amended: "The change of the access stands in Zscaler.",
  not_amended: "Zscaler would not have the change: what stood before still stands.",
  ending: "The access is being ended, before its window is over.",
  not_ended: "The access could not be ended yet, and may still be open. It is tried again by itself.",
  ended: "The access has ended.",
};

const settledBy: Readonly<Record<Settled, Between>> = {
  APPROVED: ["Approved by ", " at ", "."],
  REJECTED: ["Rejected by ", " at ", "."],
  CANCELLED: ["Withdrawn by ", " at ", "."],
  EXPIRED: ["Asked by ", " and expired at ", "."],
  PASSED: ["Asked by ", " and passed without a decision at ", "."],
};

/** Settled by the clock, by the rules, or because somebody had left: by no person. The instant is the deadline where there was one. */
const settledByNobody: Readonly<Record<Settled, Around>> = {
  APPROVED: ["Approved because no decision had come by ", "."],
  REJECTED: ["Rejected at ", "."],
  CANCELLED: ["Closed at ", ", because whoever asked or would get the access is no longer in Slack."],
  EXPIRED: ["Expired because no decision had come by ", "."],
  PASSED: ["Passed without a decision at ", "."],
};

const alreadyDecided: Readonly<Record<Settled, Between>> = {
  APPROVED: ["This request was already approved by ", " at ", ". Nothing was changed."],
  REJECTED: ["This request was already rejected by ", " at ", ". Nothing was changed."],
  CANCELLED: ["This request was already withdrawn by ", " at ", ". Nothing was changed."],
  EXPIRED: ["This request by ", " had already expired at ", ". Nothing was changed."],
  PASSED: ["This request by ", " was already settled at ", ". Nothing was changed."],
};

const alreadyDecidedByNobody: Readonly<Record<Settled, Around>> = {
  APPROVED: ["This request was already approved because no decision had come by ", ". Nothing was changed."],
  REJECTED: ["This request was already rejected at ", ". Nothing was changed."],
  CANCELLED: ["This request was closed at ", ", because whoever asked or would get the access is no longer in Slack. Nothing was changed."],
  EXPIRED: ["This request had already expired because no decision had come by ", ". Nothing was changed."],
  PASSED: ["This request had already passed without a decision at ", ". Nothing was changed."],
};

/** What became of a request: its state, what is announced in its thread, and who settled it when. */
export const enOutcomes = { status, notices, settledBy, settledByNobody, alreadyDecided, alreadyDecidedByNobody };
