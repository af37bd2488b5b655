import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PortcullisError } from "../../../src/errors.ts";
import type { Approval } from "../../../src/services/approvals/approval.ts";
import { parseApprovalConfig } from "../../../src/services/approvals/approval-config.ts";
import { type ApprovalEvent, evolve } from "../../../src/services/approvals/approval-events.ts";
import { ApprovalEventJson } from "../../../src/services/approvals/approval-json.ts";
import { type ApprovalCommand, decide } from "../../../src/services/approvals/decide.ts";
import { freeComments } from "../../../src/services/approvals/free-comments.ts";
import { compareTerms, type Terms } from "../../../src/services/policy/terms.ts";
import { anApproval, decider, person } from "./an-approval.ts";

/**
 * Contract: whatever people do in whatever order, what is asked for never becomes more without the requester's own consent to exactly
 * that, given while the proposer may decide; no proposal outlives a decision or a change; and the events alone tell it all again.
 */
const HOUR = 3600;
const PEOPLE = ["UANA", "UBEN", "UCHI", "UROOT", "UMALLORY"] as const;
const who = fc.constantFrom(...PEOPLE);
const terms: fc.Arbitrary<Terms> = fc.record({
  consoles: fc.subarray(["1", "2", "3"], { minLength: 1 }).map((ids) => ids.map((id) => ({ id, name: id }))),
  time: fc.integer({ min: 1, max: 8 }).map((hours) => ({
    ...{ start: { kind: "onApproval" as const }, end: { kind: "after" as const, seconds: hours * HOUR }, workingHours: null },
  })),
});
type Step = { readonly by: (typeof PEOPLE)[number]; readonly after: Terms; readonly id: string } & {
  readonly does: "approve" | "reject" | "narrow" | "propose" | "accept" | "decline" | "reassign" | "comment";
  /** The proposer of an accepted proposal has left meanwhile. */
  readonly left: boolean;
};
const step: fc.Arbitrary<Step> = fc.record({
  by: who,
  after: terms,
  id: fc.constantFrom("p1", "p2", "p3"),
  does: fc.constantFrom("approve", "reject", "narrow", "propose", "propose", "accept", "accept", "decline", "reassign", "comment"),
  left: fc.boolean(),
});

function commandOf({ by: userId, does, after, id, left }: Step, approval: Approval, before: Terms): ApprovalCommand {
  const by = decider(userId);
  const { version, proposal } = approval;
  const change = { before, after };
  switch (does) {
    case "approve":
      return { kind: "approve", by, version, comment: null };
    case "narrow":
      return { kind: "approve", by, version, comment: null, change };
    case "reject":
      return { kind: "reject", by, version, comment: "no" };
    case "propose":
      return { kind: "propose", by, version, proposalId: id, ...change, comment: null };
    case "accept":
    case "decline": {
      const proposer = proposal === null || left ? null : decider(proposal.by.userId);
      return { kind: "answer", by, proposalId: proposal?.id ?? id, answer: does === "accept" ? "ACCEPT" : "DECLINE", proposer };
    }
    case "reassign":
      return { kind: "reassign", by, version, from: null, to: person("UDAN"), comment: null };
    case "comment":
      return { kind: "comment", by, comment: "well" };
  }
}

describe("changes and proposals", () => {
  it("never make more of a request than the requester agreed to", () => {
    let widened = 0;
    fc.assert(
      fc.property(terms, fc.array(step, { maxLength: 12 }), fc.integer({ min: 1, max: 2 }), (asked, steps, value) => {
        const now = new Date("2026-11-02T09:00:00Z");
        const approval = { calculationType: "COUNT", value } as const;
        const criteria = { type: "PARALLEL", approval, rejection: { calculationType: "COUNT", value: 1 } } as const;
        const opened = anApproval([person("UBEN"), person("UCHI")], { criteria });
        let state: Approval = opened;
        let current = asked;
        const all: ApprovalEvent[] = [];
        for (const each of steps) {
          const { proposal } = state;
          const command = commandOf(each, state, current);
          try {
            const decided = decide(state, command, now);
            for (const event of decided.events) {
              if (event.kind !== "request.changed") continue;
              expect(event.before).toEqual(current);
              if (compareTerms(event.before, event.after) === "wider") {
                widened += 1;
                expect(each).toMatchObject({ does: "accept", by: "UANA", left: false });
                expect(event.after).toEqual(proposal?.after);
                expect(event.by.userId).toBe(proposal?.by.userId);
              }
              current = event.after;
            }
            const { events } = decided;
            const hasDecided = events.some(({ kind }) => kind === "approval.seat_decided");
            if (hasDecided || decided.approval.status !== "PENDING") expect(decided.approval.proposal).toBeNull();
            all.push(...events);
            state = decided.approval;
          } catch (thrown) {
            if (!(thrown instanceof PortcullisError)) throw thrown;
          }
        }
        if (state.proposal !== null) expect(state.proposal.before).toEqual(current);
        const again = all.map((event) => ApprovalEventJson.parse(JSON.parse(JSON.stringify(event)))).reduce(evolve, opened);
        expect(again).toEqual(state);
      }),
      { numRuns: 2_000 },
    );
    expect(widened).toBeGreaterThan(5);
  });
});

describe("the reason that came with a wish for more", () => {
  const at = (minutes: number) => new Date(Date.UTC(2026, 10, 2, 9, minutes));
  const ends = (seconds: number): Terms => ({
    consoles: [{ id: "1", name: "1" }],
    time: { start: { kind: "onApproval" }, end: { kind: "after", seconds }, workingHours: null },
  });
  const wish = { kind: "propose", version: null, before: ends(HOUR), after: ends(2 * HOUR) } as const;
  const ben = decider("UBEN");
  const wished = decide(
    anApproval([person("UBEN"), person("UCHI")], { config: parseApprovalConfig({ requiresComment: "APPROVAL" }) }),
    { ...wish, by: ben, proposalId: "p1", comment: " the patch takes longer " },
    at(0),
  ).approval;
  const answer = { kind: "answer", by: decider("UANA"), proposalId: "p1" } as const;

  it.each<readonly [string, ApprovalCommand]>([
    ["waits", { kind: "comment", by: ben, comment: "well" }],
    ["is declined", { ...answer, answer: "DECLINE", proposer: ben }],
    ["lapses", { ...answer, answer: "ACCEPT", proposer: null }],
    ["is void, because somebody else decided", { kind: "reject", by: decider("UCHI"), version: null, comment: null }],
    ["is void, because the request was withdrawn", { kind: "cancel", by: decider("UANA"), comment: null }],
    ["makes way for another", { ...wish, by: decider("UCHI"), proposalId: "p2", comment: "me too" }],
  ])("is a comment of the approval when it %s", (_, command) => {
    const { comments } = decide(wished, command, at(1)).approval;
    expect(comments[0]).toEqual({ id: "1", by: { teamId: "T1", userId: "UBEN" }, at: at(0), text: "the patch takes longer" });
    expect(comments.slice(1).map(({ text }) => text)).toEqual("comment" in command && command.comment !== null ? [command.comment] : []);
  });

  it("is said once, and with the yes, when there is consent", () => {
    const { approval } = decide(wished, { ...answer, answer: "ACCEPT", proposer: ben }, at(1));
    expect(approval).toMatchObject({ status: "APPROVED", comments: [{ id: "1", at: at(0), text: "the patch takes longer" }] });
    expect(approval.seats[0]?.decision).toMatchObject({ by: { userId: "UBEN" }, comment: "the patch takes longer" });
    expect(freeComments(approval)).toEqual([]);
  });

  it("is not lost with a wish of before comments were recorded with them", () => {
    const { approval } = decide({ ...wished, comments: [] }, { ...answer, answer: "ACCEPT", proposer: ben }, at(1));
    expect(approval).toMatchObject({ status: "APPROVED", comments: [{ at: at(1), text: "the patch takes longer" }] });
  });
});
