import { z } from "zod";
import type { Holder } from "../services/approvals/approval.ts";
import { BULK_VERDICTS, BulkItem } from "../services/approvals/bulk.ts";
import { QueuePlace } from "../services/approvals/queue.ts";
import { ConsolesPlace, NewConsoles } from "../services/consoles/consoles.ts";
import { SCOPES } from "../services/policy/rules.ts";
import { WEEKDAYS } from "../services/schedule/working-hours.ts";

/** What Approve, Reject and Reassign carry: which approval, as it stood on the card. Never who. */
export const DecisionValue = z.object({ approvalId: z.string().min(1), version: z.number().int().nonnegative() });
export type DecisionValue = z.infer<typeof DecisionValue>;

/** What Withdraw and Try again carry. */
export const RequestValue = z.object({ requestId: z.string().min(1) });
export type RequestValue = z.infer<typeof RequestValue>;

/** What the button under the question for a review carries, and its form. */
export const ReviewValue = z.object({ reviewId: z.string().min(1) });
export type ReviewValue = z.infer<typeof ReviewValue>;

/** `private_metadata` of the page before the second click: exactly what was shown on it. */
export const BreakGlassMemory = z.object({ consoleIds: z.array(z.string()), seconds: z.number().int().positive(), reason: z.string() });
export type BreakGlassMemory = z.infer<typeof BreakGlassMemory>;

/** What Accept and Decline carry: the one proposal that was on the card. Never who. */
export const ProposalValue = z.object({ approvalId: z.string().min(1), proposalId: z.string().min(1) });
export type ProposalValue = z.infer<typeof ProposalValue>;

const MENU_CHOICES = ["changes", "details"] as const;

/** An option's value holds 75 characters, too few for JSON around an id: `changes:<approval>:<version>`. */
export const menuValue = (choice: (typeof MENU_CHOICES)[number], { approvalId, version }: DecisionValue): string =>
  `${choice}:${approvalId}:${version}`;

const menuShape = z.tuple([z.enum(MENU_CHOICES), z.string().min(1), z.coerce.number().int().nonnegative()]);

/** The schema of what {@link menuValue} writes. */
export const MenuValue = z.string().transform((text, context) => {
  const { data } = menuShape.safeParse(text.split(":"));
  if (data === undefined) {
    context.addIssue({ code: "custom", message: "no choice of the menu" });
    return z.NEVER;
  }
  const [choice, approvalId, version] = data;
  return { choice, value: { approvalId, version } satisfies DecisionValue };
});

const ACCESS_CHOICES = ["done", "change", "renew"] as const;

/** A choice of the menu of one's own access: `done:<request>`. */
export const accessChoice = (choice: (typeof ACCESS_CHOICES)[number], requestId: string): string => `${choice}:${requestId}`;

/** The schema of what {@link accessChoice} writes. */
export const AccessChoice = z.string().transform((text, context) => {
  const { data } = z.tuple([z.enum(ACCESS_CHOICES), z.string().min(1)]).safeParse(text.split(":"));
  if (data === undefined) {
    context.addIssue({ code: "custom", message: "no choice of the menu" });
    return z.NEVER;
  }
  return { choice: data[0], requestId: data[1] };
});

/** `private_metadata` of the form that changes access: what stood when it was opened, so that what is left alone is known. */
export const AccessFormMemory = z.object({
  requestId: z.string().min(1),
  timeZone: z.string(),
  endEpochSeconds: z.number().int(),
  hours: z.object({ days: z.array(z.enum(WEEKDAYS)), start: z.string(), end: z.string(), timeZone: z.string() }).nullable(),
});
export type AccessFormMemory = z.infer<typeof AccessFormMemory>;

/** `private_metadata` of the form that takes everything from a person. */
export const PersonValue = z.object({ userId: z.string().min(1) });
export type PersonValue = z.infer<typeof PersonValue>;

/** Stands for no seat of anyone's: one more is added. */
export const SEAT_MORE = "more";

/** A seat's holder as a menu names it, `person:U1` or `group:S1`; or {@link SEAT_MORE}. */
export const HolderValue = z.string().transform((text, context): Holder | typeof SEAT_MORE => {
  const [kind, id = ""] = text.split(":");
  if (text === SEAT_MORE) return SEAT_MORE;
  if (kind === "person" && id !== "") return { kind, userId: id };
  if (kind === "group" && id !== "") return { kind, groupId: id };
  context.addIssue({ code: "custom", message: "no seat" });
  return z.NEVER;
});

/** What Next page and Previous page of a list carry, and `private_metadata` of a list that has nothing else to remember: the page, from 0. */
export const ListPage = z.object({ page: z.number().int().nonnegative() });
export type ListPage = z.infer<typeof ListPage>;

/** What asks for the rule that a segment lacks carries: which. Never who. */
export const CoverOfferValue = z.object({ segmentId: z.string().min(1) });
export type CoverOfferValue = z.infer<typeof CoverOfferValue>;

/** What Make this rule carries: the rule as it was shown. */
export const CoverValue = CoverOfferValue.extend({ seal: z.string() });
export type CoverValue = z.infer<typeof CoverValue>;

/** What Confirm, Decline and Take back of a change of rules carry. */
export const ChangeValue = z.object({ changeId: z.string().min(1) });
export type ChangeValue = z.infer<typeof ChangeValue>;

/** What opens a change, or turns its pages: which page is next, from 0. */
export const ChangePageValue = ChangeValue.extend({ page: z.number().int().nonnegative() });
export type ChangePageValue = z.infer<typeof ChangePageValue>;

/** What Edit and Delete of rules carry, and the forms after them: the scope, and the revision that was looked at. */
export const RulesScopeValue = z.object({ scope: z.enum(SCOPES), scopeId: z.string() });
export type RulesScopeValue = z.infer<typeof RulesScopeValue>;
export const RulesFormMemory = RulesScopeValue.extend({ revision: z.number().int().nonnegative() });
export type RulesFormMemory = z.infer<typeof RulesFormMemory>;

/** What the last page before a change carries: the rules as they will be, as YAML; null takes them away. */
interface RulesReviewMemory extends RulesFormMemory {
  readonly yaml: string | null;
}

const reviewHead = z.strictObject({ ...RulesFormMemory.shape, change: z.enum(["put", "delete"]) });

/** Scope and revision as JSON in the first line, below it the YAML as it is: in JSON a line's end would take the place of two characters. */
export const reviewMemory = ({ yaml, ...scope }: RulesReviewMemory): string =>
  `${JSON.stringify({ ...scope, change: yaml === null ? "delete" : "put" } satisfies z.infer<typeof reviewHead>)}\n${yaml ?? ""}`;

/** The schema of what {@link reviewMemory} writes. */
export const ReviewMemory = z.string().transform((text, context): RulesReviewMemory => {
  const end = text.indexOf("\n");
  const head = carried(reviewHead).safeParse(text.slice(0, Math.max(0, end)));
  if (!head.success) {
    context.addIssue({ code: "custom", message: "no review of rules" });
    return z.NEVER;
  }
  const { change, ...scope } = head.data;
  return { ...scope, yaml: change === "delete" ? null : text.slice(end + 1) };
});

/** What Adopt, Restore, Ignore and Revoke of a finding carry: which, as it stood there. Never who. */
export const FindingValue = z.object({ findingId: z.string().min(1), version: z.number().int().nonnegative() });
export type FindingValue = z.infer<typeof FindingValue>;

/** `private_metadata` of the form that asks why; `listId` is the list behind it, where there is one. */
export const FindingFormMemory = FindingValue.extend({ verdict: z.enum(["adopt", "revoke"]), listId: z.string().nullable() });
export type FindingFormMemory = z.infer<typeof FindingFormMemory>;

/** What Next page of the findings carries: the one that the page before ended with. */
export const FindingsMore = z.object({ after: z.string() });
export type FindingsMore = z.infer<typeof FindingsMore>;

/** `private_metadata` of the list of consoles. */
export const ConsolesMemory = z.object({ place: ConsolesPlace });
export type ConsolesMemory = z.infer<typeof ConsolesMemory>;

/** What opens a console, or asks to switch it: which. Never who. */
export const ConsoleValue = z.object({ consoleId: z.string().min(1) });
export type ConsoleValue = z.infer<typeof ConsoleValue>;

/** What Switch on and Switch off carry: the console as it was shown. */
export const SwitchValue = ConsoleValue.extend({ to: z.enum(["enabled", "disabled"]), seal: z.string() });
export type SwitchValue = z.infer<typeof SwitchValue>;

/** `private_metadata` of the form that makes consoles: where. */
export const ConsolesFormMemory = NewConsoles.pick({ microtenantId: true });
export type ConsolesFormMemory = z.infer<typeof ConsolesFormMemory>;

/** `private_metadata` of the page before consoles are made, and after an answer was lost: what is wanted; the button has the seal. */
export const ConsolesReviewMemory = NewConsoles;

/** What Make carries: the seal of what was shown. */
export const SealValue = z.object({ seal: z.string() });
export type SealValue = z.infer<typeof SealValue>;

/** Where somebody stands in the list of credentials: what they sought, and the page, from 0. */
export const CredentialsPlace = z.object({ words: z.string(), page: z.number().int().nonnegative() });
export type CredentialsPlace = z.infer<typeof CredentialsPlace>;

/** `private_metadata` of the list of credentials, and of the form for a new one, so that the list can be drawn anew. */
export const CredentialsMemory = z.object({ place: CredentialsPlace });
export type CredentialsMemory = z.infer<typeof CredentialsMemory>;

/** What opens, rotates or deletes a credential carries: which, and in which microtenant. Never who. */
export const CredentialValue = z.object({ credentialId: z.string().min(1), microtenantId: z.string().nullable() });
export type CredentialValue = z.infer<typeof CredentialValue>;

/** `private_metadata` of a credential that is shown. */
export const CredentialMemory = CredentialsMemory.extend({ credential: CredentialValue });
export type CredentialMemory = z.infer<typeof CredentialMemory>;

/** What the click that moves it carries. */
export const CredentialMoveValue = CredentialValue.extend({ to: z.string().nullable() });
export type CredentialMoveValue = z.infer<typeof CredentialMoveValue>;

/** `private_metadata` of the page before a credential is deleted or moved: the rules that were shown on it. */
export const CredentialUsesMemory = CredentialMemory.extend({ shownUses: z.array(z.string()) });
export type CredentialUsesMemory = z.infer<typeof CredentialUsesMemory>;

/** `private_metadata` of the form that takes the code. */
export const HandoverMemory = z.object({ handoverId: z.string().min(1) });
export type HandoverMemory = z.infer<typeof HandoverMemory>;

const DEFAULT_MICROTENANT = "default";

/** A microtenant in a menu, whose options are never empty. */
export const microtenantChoice = (id: string | null): string => id ?? DEFAULT_MICROTENANT;

/** The schema of what {@link microtenantChoice} writes. */
export const MicrotenantChoice = z.string().transform((value) => (value === DEFAULT_MICROTENANT ? null : value));

/** What Show more carries: rows of each list to show next. */
export const HomeMoreValue = z.object({ limit: z.number().int().positive() });
export type HomeMoreValue = z.infer<typeof HomeMoreValue>;

/** `private_metadata` of the forms that a card's Reject and Reassign open: the decision, and where the person clicked. */
export const DecisionFormMemory = DecisionValue.extend({
  place: z.object({ channelId: z.string().nullable(), messageTs: z.string().nullable() }),
});
export type DecisionFormMemory = z.infer<typeof DecisionFormMemory>;

/** `private_metadata` of the App Home and of the queue's modal: where the person stands. `limit` is for the App Home's other lists. */
export const QueueMemory = z.object({ place: QueuePlace, limit: z.number().int().positive().optional() });
export type QueueMemory = z.infer<typeof QueueMemory>;

/** What Next page and Previous page carry: the row that the page begins after, or ends before. */
export const QueueMove = z.object({ from: QueuePlace.shape.from });
export type QueueMove = z.infer<typeof QueueMove>;

/** What Select all and Select none carry. */
export const QueueTick = z.object({ ticked: z.boolean() });
export type QueueTick = z.infer<typeof QueueTick>;

/** The value of a row's checkbox: the approval, as it stood there. Slack takes 75 characters, so it is shorter than JSON. */
export const tickValue = ({ approvalId, version }: BulkItem): string => `${approvalId}:${version}`;
export const TickValue = z
  .templateLiteral([z.uuid(), ":", z.number().int().nonnegative()])
  .transform((value): BulkItem => BulkItem.parse({ approvalId: value.slice(0, 36), version: Number(value.slice(37)) }));

/** `private_metadata` of the form that decides a selection. */
export const BulkMemory = z.object({ verdict: z.enum(BULK_VERDICTS), items: z.array(TickValue) });
export type BulkMemory = z.infer<typeof BulkMemory>;

const asJson = z.string().transform((text, context) => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    context.addIssue({ code: "custom", message: "not JSON" });
    return z.NEVER;
  }
});

/**
 * The schema of a button's `value` or a view's `private_metadata` that holds one of the objects above as JSON.
 * @example carried(DecisionValue).parse('{"approvalId":"a1","version":3}')
 */
export const carried = <T extends z.ZodType>(schema: T) => asJson.pipe(schema);
