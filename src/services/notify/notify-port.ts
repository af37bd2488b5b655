import type { PortcullisError } from "../../errors.ts";
import type { RequestOverview } from "../access/overview.ts";
import type { Holder, Proposal, Reassignment, TermsChange } from "../approvals/approval.ts";
import type { SlackActor } from "../directory/person.ts";

/** Who looks at a card decides its language, its zone and its buttons. */
export type Audience =
  | { readonly kind: "requester"; readonly userId: string }
  | { readonly kind: "approver"; readonly userId: string }
  | { readonly kind: "channel"; readonly channelId: string }
  /** Is told, and may not decide thereby: a card without buttons. */
  | { readonly kind: "reader"; readonly userId: string }
  | { readonly kind: "reader_channel"; readonly channelId: string };

/** A step that the requester (and, where different, the beneficiary) hears about, once each. */
export type Notice =
  | "submitted"
  | "passed"
  | "given_on_call"
  | "broke_glass"
  | "approved_in_sailpoint"
  | "approved"
  | "approved_by_timeout"
  | "rejected"
  | "reassigned"
  | "escalated"
  | "handed_on"
  | "stranded"
  | "changed"
  | "proposed"
  | "granted"
  | "failed"
  | "withdrawn"
  | "closed"
  | "expired"
  | "ending_soon"
  | "amending"
  | "amended"
  | "not_amended"
  | "ending"
  | "not_ended"
  | "ended";

/** A notice with the one thing that it tells of: of several that are caught up with at once, each tells of its own. */
export type Step =
  | { readonly notice: "reassigned" | "escalated" | "handed_on"; readonly move: Reassignment }
  | { readonly notice: "changed"; readonly change: TermsChange }
  | { readonly notice: "proposed"; readonly proposal: Proposal }
  | { readonly notice: Exclude<Notice, "reassigned" | "escalated" | "handed_on" | "changed" | "proposed"> };

/**
 * What those who may decide are called for. Two are for administrators: `exhausted`, nobody is left to escalate to; `not_ended`, access that
 * is to be over may still be open.
 */
export type CallKind = "reminder" | "nudge" | "turn" | "exhausted" | "not_ended";

export interface Call {
  readonly kind: CallKind;
  /** Who is meant, and mentioned: in a channel everybody at once, in direct messages the one who reads it. */
  readonly mentions: readonly Holder[];
}

/** A card as it stands in Slack. */
export interface PostedCard {
  readonly channelId: string;
  readonly ts: string;
}

/** What `slack/` fills in for the notify service: it renders with `views/` and speaks to the Web API through the outbound queue. */
export interface NotifyPort {
  /** Digest of what the card would show now, to skip an update that changes nothing. */
  digest(audience: Audience, overview: RequestOverview): Promise<string>;
  /** Whether a card there shows nothing any more, because another organisation can read the channel by now. */
  isWithheld(audience: Audience): Promise<boolean>;
  /** `key` is the message's own: by it, it is found again. */
  post(audience: Audience, overview: RequestOverview, key: string): Promise<PostedCard>;
  /** Looks through what was posted in a channel since an instant of Slack's clock. */
  findPosted(place: { readonly channelId: string; readonly since: Date }, key: string): Promise<PostedCard | null>;
  update(card: PostedCard, audience: Audience, overview: RequestOverview): Promise<void>;
  /** A reply in the thread of the requester's card. */
  say(card: PostedCard, audience: Audience, step: Step, overview: RequestOverview): Promise<void>;
  /** A reply in the thread of an approver's or the channel's card, to those who may decide now. */
  call(card: PostedCard, audience: Audience, call: Call, overview: RequestOverview): Promise<void>;
  publishHome(userId: string): Promise<void>;
  /** Tells one person, where they clicked, why nothing happened. */
  tell(
    person: SlackActor,
    place: { readonly channelId: string | null; readonly messageTs: string | null },
    error: PortcullisError,
    reference: string,
  ): Promise<void>;
}
