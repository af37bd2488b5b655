import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PortcullisError } from "../../../src/errors.ts";
import type { Approval } from "../../../src/services/approvals/approval.ts";
import { type ApprovalEvent, evolve } from "../../../src/services/approvals/approval-events.ts";
import { ApprovalEventJson } from "../../../src/services/approvals/approval-json.ts";
import { type ApprovalCommand, decide } from "../../../src/services/approvals/decide.ts";
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
      { numRuns: 3_000 },
    );
    expect(widened).toBeGreaterThan(5);
  });
});
