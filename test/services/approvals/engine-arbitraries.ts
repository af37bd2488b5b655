import fc from "fast-check";
import type { Approval, Holder } from "../../../src/services/approvals/approval.ts";
import { ApprovalCriteria, parseApprovalConfig } from "../../../src/services/approvals/approval-config.ts";
import type { ApprovalCommand, Decider } from "../../../src/services/approvals/decide.ts";
import type { Candidate, Opening } from "../../../src/services/approvals/open-approval.ts";
import { type Presence, presenceOf } from "../../../src/services/approvals/presence.ts";
import { holderKey } from "../../../src/services/approvals/seats.ts";
import { routeFor } from "../../../src/services/policy/route.ts";
import type { Terms } from "../../../src/services/policy/terms.ts";
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
    // Every other group is small, and half of it who asks: such are emptied by seats that others have.
    members: fc.array(fc.oneof(fc.subarray(PEOPLE, { minLength: 1 }), fc.subarray(["ana", "lu", "bo", "cy"])), {
      ...{ minLength: GROUPS.length, maxLength: GROUPS.length },
    }),
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

type TriedKind = ApprovalCommand["kind"];

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
  /** Who answers a wish or nudges: most often one of those who may. */
  readonly asker: string;
  /** Of an approval: null leaves what is asked for as it is. */
  readonly hours: number | null;
  readonly answer: "ACCEPT" | "DECLINE";
  readonly hasProposerLeft: boolean;
}
export interface Step {
  /** Who is known to have left when the clock is looked at; null while Slack does not answer. */
  readonly gone: readonly string[] | null;
  readonly hours: number;
  /** Whether nobody ran meanwhile: ticks were missed. */
  readonly wasDown: boolean;
  readonly attempt: Attempt | null;
}

const key = fc.constantFrom("ticket", "site", "constructor");
const attempt = fc.record({
  by: anyone,
  kind: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom<TriedKind[]>("approve", "approve", "reject", "reassign", "reassign") },
    { weight: 2, arbitrary: fc.constantFrom<TriedKind[]>("propose", "answer", "answer") },
    { weight: 2, arbitrary: fc.constantFrom<TriedKind[]>("comment", "attributes", "cancel", "nudge", "nudge") },
  ),
  comment: fc.constantFrom("", "  ", "why", " because of OPS-1 ", "why"),
  to: holder,
  from: fc.option(holder),
  staleBy: fc.option(fc.constantFrom(0, 0, 0, -1, 1)),
  attributes: fc.dictionary(key, fc.string({ maxLength: 3 }), { maxKeys: 2, noNullPrototype: true }),
  remove: fc.array(key, { maxLength: 1 }),
  asker: fc.constantFrom("ana", "ana", "ana", "lu", "bo", "root"),
  hours: fc.option(fc.integer({ min: 1, max: 4 })),
  answer: fc.constantFrom("ACCEPT", "ACCEPT", "DECLINE"),
  hasProposerLeft: fc.integer({ min: 0, max: 5 }).map((drawn) => drawn === 0),
});
export const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    hours: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 48 })),
    wasDown: fc.boolean(),
    gone: fc.oneof(
      { weight: 8, arbitrary: fc.constant(null) },
      { weight: 4, arbitrary: fc.subarray(PEOPLE.slice(2), { maxLength: 4 }) },
      { weight: 1, arbitrary: fc.subarray(PEOPLE.slice(2), { minLength: 5 }) },
      { weight: 1, arbitrary: fc.subarray(PEOPLE, { maxLength: 2 }) },
    ),
    attempt: fc.option(attempt, { freq: 8 }),
  }),
  { maxLength: 25, size: "max" },
);

/** What is asked for at first. */
export const ASKED: Terms = {
  consoles: [{ id: "1", name: "db" }],
  time: { start: { kind: "onApproval" }, end: { kind: "after", seconds: 2 * 3600 }, workingHours: null },
};

/** The same for another number of hours. */
const lasting = (terms: Terms, hours: number): Terms => ({
  ...terms,
  time: { ...terms.time, end: { kind: "after", seconds: hours * 3600 } },
});

/**
 * Who is here, written down without the look-up's own words: who asks decides for no group, who has a seat or has decided for none
 * besides. Null is nobody asked.
 */
export function presenceIn({ groups }: World, approval: Approval, gone: Step["gone"]): Presence | null {
  if (gone === null) return null;
  const { seats, config, requesterUserId, beneficiaryUserId } = approval;
  const barred = config.selfApproval === "ALLOWED" ? [] : [requesterUserId, beneficiaryUserId];
  const heard = seats.flatMap(({ holder, decision }) => [holder.kind === "person" ? holder.userId : "", decision?.by.userId ?? ""]);
  const ofGroup = (members: readonly string[]) => {
    const here = members.filter((userId) => !gone.includes(userId) && !barred.includes(userId));
    if (here.some((userId) => !heard.includes(userId))) return "here";
    return here.length > 0 && !members.some((userId) => barred.includes(userId)) ? "unfit" : "gone";
  };
  const person = (userId: string) => [holderKey({ kind: "person", userId }), gone.includes(userId) ? "gone" : "here"] as const;
  return presenceOf(
    new Map([...PEOPLE.map(person), ...[...groups].map(([groupId, members]) => [holderKey(group(groupId)), ofGroup(members)] as const)]),
  );
}

/** The command behind an attempt, by who somebody is. @param terms what is asked for now */
export function commandOf({ groups }: World, { version, proposal }: Approval, terms: Terms, tried: Attempt): ApprovalCommand {
  const { kind, comment } = tried;
  const deciding = (userId: string): Decider => ({
    ...{ teamId: "T1", userId, zpaUser: userId, isAdmin: ADMINS.includes(userId) },
    groupIds: GROUPS.filter((groupId) => groups.get(groupId)?.includes(userId)),
  });
  const by = deciding(tried.by);
  const clicked = tried.staleBy === null ? null : version + tried.staleBy;
  switch (kind) {
    case "approve": {
      const change = tried.hours === null ? {} : { change: { before: terms, after: lasting(terms, tried.hours) } };
      return { kind, by, version: clicked, comment, additionalAttributes: tried.attributes, ...change };
    }
    case "propose": {
      const after = lasting(terms, tried.hours ?? 5);
      return { kind, by, version: clicked, proposalId: `wish-${tried.hours}`, before: terms, after, comment };
    }
    case "answer": {
      const proposer = proposal === null || tried.hasProposerLeft ? null : deciding(proposal.by.userId);
      return { kind, by: deciding(tried.asker), proposalId: proposal?.id ?? "none", answer: tried.answer, proposer };
    }
    case "reject":
      return { kind, by, version: clicked, comment };
    case "reassign":
      return { kind, by, version: clicked, comment, from: tried.from, to: tried.to };
    case "attributes":
      return { kind, by, comment, set: tried.attributes, remove: tried.remove };
    case "nudge":
      return { kind, by: deciding(tried.asker) };
    case "comment":
    case "cancel":
      return { kind, by, comment };
  }
}
