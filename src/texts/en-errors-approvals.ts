import type { ErrorCode } from "../errors.ts";
import type { ErrorSentence } from "./texts.ts";

/** By the status that stands. */
const enAlreadySettled: Readonly<Record<string, string>> = {
  APPROVED: "This request was already approved",
  REJECTED: "This request was already rejected",
  CANCELLED: "This request was already withdrawn",
};

/** Of deciding, and of requests and access as they stand. */
export const enApprovalsErrors = {
  not_your_turn: () => "Others decide before you, one after the other. You hear from Portcullis when it is your turn. Nothing was changed.",
  self_approval: () => "You asked for this access or would receive it, so another approver must decide. Nothing was changed.",
  already_decided: (p) => `${enAlreadySettled[p("status", "")] ?? "This request was already settled"}. Nothing was changed.`,
  card_stale: () => "The request has changed since this card was drawn. Look at the card as it is now, then decide again.",
  comment_required: () => "Say why: the people concerned read it.",
  assignee_missing: () => "Choose one person or one group, not both.",
  reassign_loop: () => "They held this place before and handed it on. Choose someone else.",
  already_approver: () => "They already hold a place among the approvers. Choose someone else.",
  reassign_not_possible: () =>
    "Nobody there could decide: not the requester, not the person who receives the access, not someone who has decided already. A group needs one other active member. Choose someone else.",
  change_after_approval: () =>
    "Another approver has already approved what was asked for, which is less. Approve it as it stands, or with fewer consoles or an earlier end.",
  proposal_gone: () =>
    "This proposal no longer stands: it was answered, or a decision or a change came first. Look at the card as it is now.",
  proposal_lapsed: () =>
    "The approver who proposed this may no longer decide on the request, so nothing was changed. It waits as it was asked for.",
  attribute_incomplete: () => "An attribute needs a name and a value. Fill in both, or leave both empty.",
  selection_empty: () => "Nothing is selected. Tick the requests that you mean, then press the button again.",
  selection_too_large: (p) =>
    `This is more than can be decided at once (${p("limit", "50")} at most). Select fewer, and decide the rest after.`,
  nudge_too_soon: () => "The approvers were reminded a short while ago. Wait some hours before you remind them again.",
  no_approver: () =>
    "Nobody could decide on this request: every approver is the requester or receives the access. Ask an administrator of Portcullis to name another approver.",
  request_missing: () => "Name the request, such as /pra explain PRA-1042.",
  request_unknown: () => "This request is not known here any more. Open the app's Home tab to see your requests.",
  approval_unknown: () => "This approval is not known here any more. Open the app's Home tab to see what waits for you.",
  grant_unknown: () => "This grant is not known here any more. Open the app's Home tab to see your access.",
  access_not_open: () => "Nothing of this request is open or on its way, so there is nothing to change or to end.",
  change_needs_decision: () =>
    "That is more than was approved, so somebody has to decide on it. Ask for it with a new request, or with Renew on the card.",
  end_not_as_typed: () =>
    "That end is not where the command says: extend moves it later, shorten earlier. Nothing was changed. Name the end with its date, or a length such as 2h.",
  access_not_renewable: () =>
    "This access cannot be renewed: it does not stand, or somebody ended it before its time. Ask anew, with /pra request.",
  change_nothing: () => "It is that already: nothing would change.",
  grant_not_failed: () => "This request has not failed, so there is nothing to try again.",
  microtenant_approvals_disabled: (p) =>
    `Privileged approvals are switched off in the microtenant ${p("microtenant", "of one of the consoles")}. Ask your Zscaler administrator to switch them on.`,
} as const satisfies Partial<Readonly<Record<ErrorCode, ErrorSentence>>>;
