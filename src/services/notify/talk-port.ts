import type { RequestOverview } from "../access/overview.ts";
import type { SlackActor } from "../directory/person.ts";
import type { Audience, PostedCard } from "./notify-port.ts";

/** A comment on its way from one thread to another. */
export interface SaidRemark {
  /** `PRA-1042`. */
  readonly label: string;
  readonly by: SlackActor;
  readonly kind: "question" | "comment" | "reply";
  readonly text: string;
  /** Known to nobody else: by it the message is found again when nobody knows whether Slack took it. */
  readonly key: string;
}

/** Why a message was not, or not wholly, recorded. */
export type TalkAnswer = "onlyInThreads" | "tooLate" | "notConcerned" | "tooLong" | "filesStay" | "editNotTaken";

/** What `slack/` fills in for what people say to each other across cards. Every call may fail with `slack_unreachable` | `slack_refused`. */
export interface TalkPort {
  /** In the card's thread. @returns the message's ts */
  sayRemark(card: PostedCard, audience: Audience, remark: SaidRemark): Promise<string>;
  /** The ts of what was said in the card's thread with this key; null when it was not. */
  findRemark(card: PostedCard, key: string): Promise<string | null>;
  /** To one person alone, where they wrote. */
  answer(person: SlackActor, place: { readonly channelId: string; readonly threadTs: string | null }, answer: TalkAnswer): Promise<void>;
  /** In the thread of a card that the proposer sees, or, without one, in their direct messages. */
  tellProposer(card: PostedCard | null, proposer: SlackActor, outcome: "declined" | "lapsed", overview: RequestOverview): Promise<void>;
  /** What Slack calls a person; null for nobody. */
  nameOf(userId: string): Promise<string | null>;
}
