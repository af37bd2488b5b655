import type { AccessRequest } from "../access/request.ts";
import type { CatalogConsole } from "../catalog/catalog.ts";
import type { Person, SlackActor } from "../directory/person.ts";

/** Access that whoever is on call gives to somebody else. */
export interface GiveOnCall {
  readonly by: SlackActor;
  /** Null where the form names nobody. */
  readonly beneficiaryUserId: string | null;
  readonly consoleIds: readonly string[];
  /** Null where none is named: it has to be. */
  readonly seconds: number | null;
  readonly reason: string;
  /** The same submission delivered twice gives once. */
  readonly submissionKey: string;
}

/** Access that somebody takes for themselves, without anybody's decision. */
export interface BreakGlass {
  readonly consoleIds: readonly string[];
  /** Null: as long as is allowed. */
  readonly seconds: number | null;
  readonly reason: string;
  readonly submissionKey: string;
}

export interface BreakGlassInSlack extends BreakGlass {
  readonly by: SlackActor;
}

/** Whether a person may give, and for how long at most. */
export interface OnCallStanding {
  readonly person: Person;
  readonly mostSeconds: number;
}

/** What breaking the glass would do, in a person's eyes before they do it. */
export interface BreakGlassForetold {
  readonly person: Person;
  readonly consoles: readonly CatalogConsole[];
  /** Nobody asked for these: they are on the same segments. */
  readonly alsoOpens: readonly CatalogConsole[];
  /** Those of `consoles` that it opens nothing of, by ZPA's access rules as last read. */
  readonly withoutEffect: readonly CatalogConsole[];
  readonly seconds: number;
  /** When it ends if the glass is broken now. */
  readonly until: Date;
  readonly reason: string;
  /** Who is skipped, and told in person: people and user groups, by Slack's ids. */
  readonly told: readonly string[];
  /** The channel that shows it, too. */
  readonly channelId: string | null;
}

/** What they have to say afterwards. All of it is needed. */
export interface ReviewAnswer {
  readonly happened: string;
  readonly done: string;
  readonly follows: string;
}

/** The review of one use of break-glass. */
export interface BreakGlassReview {
  readonly id: string;
  readonly userId: string;
  readonly zpaUser: string;
  readonly requestIds: readonly string[];
  readonly openedAt: Date;
  /** How often they were asked for it. */
  readonly asks: number;
  readonly lastAskedAt: Date | null;
  readonly answer: ReviewAnswer | null;
  /** A Slack user id or `cli:<name>`. */
  readonly answeredBy: string | null;
  readonly answeredAt: Date | null;
}

/** A review with what it is about. */
export interface ReviewToAnswer {
  readonly review: BreakGlassReview;
  /** `PRA-1042`. */
  readonly labels: readonly string[];
  readonly consoleNames: readonly string[];
  readonly reason: string;
}

export type BreakGlassStanding =
  | { readonly kind: "may"; readonly person: Person; readonly mostSeconds: number }
  /** First the review of the use before. */
  | { readonly kind: "review-due"; readonly person: Person; readonly due: ReviewToAnswer };

/** What goes past approvers, and the account that is given of it. */
export interface EmergencyServices {
  /** Whether a person may give access now. @throws PortcullisError `nobody_on_call` | `on_call_only` */
  onCall(by: SlackActor): Promise<OnCallStanding>;
  /** Gives access without a second approver. @throws PortcullisError with `field` where it belongs */
  give(command: GiveOnCall): Promise<readonly AccessRequest[]>;
  /** @throws PortcullisError `break_glass_not_named` */
  breakGlassStanding(by: SlackActor): Promise<BreakGlassStanding>;
  /** What would happen; nothing does. @throws PortcullisError as {@link breakGlass} */
  foretellBreakGlass(command: BreakGlassInSlack): Promise<BreakGlassForetold>;
  /** The second deliberate click. @throws PortcullisError with `field` where it belongs, `break_glass_review_due` */
  breakGlass(command: BreakGlassInSlack): Promise<readonly AccessRequest[]>;
  /** The review of a use, for whoever owes it. @throws PortcullisError `review_unknown` | `review_answered` | `not_allowed` */
  readReview(query: { readonly reviewId: string; readonly by: SlackActor }): Promise<ReviewToAnswer>;
  /** @throws PortcullisError as {@link readReview}, `comment_required` at its field */
  answerReview(command: { readonly reviewId: string; readonly by: SlackActor; readonly answer: ReviewAnswer }): Promise<void>;
}
