import fc from "fast-check";
import type { Holder } from "../../../src/services/approvals/approval.ts";
import { ApprovalCriteria, parseApprovalConfig } from "../../../src/services/approvals/approval-config.ts";
import type { ApprovalCommand, Decider } from "../../../src/services/approvals/decide.ts";
import type { Candidate, Opening } from "../../../src/services/approvals/open-approval.ts";
import { routeFor } from "../../../src/services/policy/route.ts";
import { group, person } from "./an-approval.ts";

const PEOPLE = ["ana", "lu", "bo", "cy", "di", "ed", "root", "rita", "eve"];
const GROUPS = ["sre", "dba"];
const ADMINS = ["root", "rita"];
export const OPENED = new Date("2026-03-27T09:00:00Z"); // two days before Berlin's clocks change

const anyone = fc.constantFrom(...PEOPLE);
const holder: fc.Arbitrary<Holder> = fc.oneof({ weight: 3, arbitrary: anyone.map(person) }, fc.constantFrom(...GROUPS).map(group));
const criterion = fc.oneof(
  fc.record({ calculationType: fc.constant("COUNT"), value: fc.integer({ min: 0, max: 5 }) }),
  fc.record({ calculationType: fc.constant("PERCENT"), value: fc.integer({ min: 0, max: 100 }) }),
);
const criteria = fc
  .record({ type: fc.constantFrom("SERIAL", "PARALLEL"), approval: criterion, rejection: criterion })
  .map((each) => ApprovalCriteria.parse(each));
const schedule = fc.constantFrom("@every 12h", "@every 36h30m", "@daily", "30 2 * * *", "0 9 * * MON-FRI", "0 */6 * * *");
const days = fc.integer({ min: 0, max: 4 });

const link = fc.oneof(
  anyone.map((identityId) => ({ identityId, identityType: "IDENTITY" })),
  fc.constantFrom(...GROUPS).map((identityId) => ({ identityId, identityType: "GOVERNANCE_GROUP" })),
);
const config = fc
  .record({
    requiresComment: fc.constantFrom("ALL", "APPROVAL", "REJECTION", "OFF"),
    autoApprove: fc.constantFrom("OFF", "DIRECT", "INDIRECT"),
    selfApproval: fc.constantFrom("OFF", "OFF", "OFF", "ALLOWED"),
    circumventApprovalProcess: fc.integer({ min: 0, max: 30 }).map((drawn) => drawn === 0),
    cronTimezone: fc.constantFrom({ location: "Europe/Berlin" }, { location: "" }, { offset: "-03:30" }),
    reminderConfig: fc.record({
      enabled: fc.boolean(),
      daysUntilFirstReminder: days,
      reminderCronSchedule: schedule,
      maxReminders: fc.integer({ min: 0, max: 3 }),
    }),
    escalationConfig: fc.record({
      enabled: fc.boolean(),
      daysUntilFirstEscalation: days,
      escalationCronSchedule: schedule,
      escalationChain: fc.array(link, { minLength: 1, maxLength: 4 }),
    }),
    timeoutConfig: fc.record({
      enabled: fc.boolean(),
      daysUntilTimeout: fc.integer({ min: 1, max: 6 }),
      timeoutResult: fc.constantFrom("EXPIRED", "APPROVED"),
    }),
  })
  .map(parseApprovalConfig);

export interface World {
  readonly opening: Opening;
  readonly groups: ReadonlyMap<string, readonly string[]>;
}

/** A request with its route, and who is in which group. */
export const world: fc.Arbitrary<World> = fc
  .record({
    requestee: fc.constantFrom("ana", "lu"),
    config,
    criteria,
    approvers: fc.array(holder, { minLength: 1, maxLength: 5 }),
    members: fc.array(fc.subarray(PEOPLE, { minLength: 1 }), { minLength: GROUPS.length, maxLength: GROUPS.length }),
    standIns: fc.array(holder, { maxLength: 2 }),
    gone: fc.subarray(["bo", "cy"], { maxLength: 1 }),
  })
  .map(({ requestee, config, criteria, approvers, members, standIns, gone }) => {
    const groups = new Map(GROUPS.map((groupId, index) => [groupId, members[index] ?? []]));
    const candidate = (each: Holder): Candidate => ({
      holder: each,
      members: each.kind === "group" ? (groups.get(each.groupId) ?? []) : [],
      isHere: each.kind === "group" || !gone.includes(each.userId),
    });
    const opening: Opening = {
      ...{ id: "approval-1", requestId: "request-1", config, criteria },
      rules: routeFor({ approvers: [], selfApproval: false }).rules,
      requester: { teamId: "T1", userId: "ana" },
      beneficiaryUserId: requestee,
      interestedZpaUsers: [...new Set(["ana", requestee])],
      approvers: approvers.map(candidate),
      standIns: [...standIns, ...ADMINS.map(person)].map(candidate),
    };
    return { opening, groups };
  });

/** Wishes for more, and their answers, have tests of their own. */
type TriedKind = Exclude<ApprovalCommand["kind"], "propose" | "answer">;

/** What somebody tries: as often as not something that they may not. */
export interface Attempt {
  readonly by: string;
  readonly kind: TriedKind;
  readonly comment: string;
  readonly to: Holder;
  readonly from: Holder | null;
  /** Beside the version that is: a card of before, one of the future. */
  readonly staleBy: number | null;
  readonly attributes: Readonly<Record<string, string>>;
  readonly remove: readonly string[];
}
export interface Step {
  readonly hours: number;
  /** Whether nobody ran meanwhile: ticks were missed. */
  readonly wasDown: boolean;
  readonly attempt: Attempt | null;
}

const key = fc.constantFrom("ticket", "site", "constructor");
const attempt = fc.record({
  by: anyone,
  kind: fc.constantFrom<TriedKind[]>("approve", "approve", "reject", "reassign", "reassign", "comment", "attributes", "cancel"),
  comment: fc.constantFrom("", "  ", "why", " because of OPS-1 ", "why"),
  to: holder,
  from: fc.option(holder),
  staleBy: fc.option(fc.constantFrom(0, 0, 0, -1, 1)),
  attributes: fc.dictionary(key, fc.string({ maxLength: 3 }), { maxKeys: 2, noNullPrototype: true }),
  remove: fc.array(key, { maxLength: 1 }),
});
export const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    hours: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 48 })),
    wasDown: fc.boolean(),
    attempt: fc.option(attempt, { freq: 8 }),
  }),
  { maxLength: 25, size: "max" },
);

/** The command behind an attempt, by who somebody is. */
export function commandOf({ groups }: World, version: number, tried: Attempt): ApprovalCommand {
  const { kind, comment } = tried;
  const by: Decider = {
    ...{ teamId: "T1", userId: tried.by, zpaUser: tried.by, isAdmin: ADMINS.includes(tried.by) },
    groupIds: GROUPS.filter((groupId) => groups.get(groupId)?.includes(tried.by)),
  };
  const clicked = tried.staleBy === null ? null : version + tried.staleBy;
  switch (kind) {
    case "approve":
      return { kind, by, version: clicked, comment, additionalAttributes: tried.attributes };
    case "reject":
      return { kind, by, version: clicked, comment };
    case "reassign":
      return { kind, by, version: clicked, comment, from: tried.from, to: tried.to };
    case "attributes":
      return { kind, by, comment, set: tried.attributes, remove: tried.remove };
    case "nudge":
      return { kind, by };
    case "comment":
    case "cancel":
      return { kind, by, comment };
  }
}
