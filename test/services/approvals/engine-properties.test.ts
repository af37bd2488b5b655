/**
 * Contract: whatever is configured, whoever tries whatever in which order, and however the clock moves, the engine never reaches a
 * state that is not one of its own, never decides twice, never counts one person on two seats and never loses a comment; and the
 * events that the ledger keeps, through their JSON, make the same approval again.
 *
 * `ENGINE_RUNS=20000` looks longer.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PortcullisError } from "../../../src/errors.ts";
import type { Approval } from "../../../src/services/approvals/approval.ts";
import { type ApprovalEvent, evolve } from "../../../src/services/approvals/approval-events.ts";
import { ApprovalEventJson } from "../../../src/services/approvals/approval-json.ts";
import { decide } from "../../../src/services/approvals/decide.ts";
import { handOn } from "../../../src/services/approvals/hand-on.ts";
import { openApproval } from "../../../src/services/approvals/open-approval.ts";
import { NOBODY_ASKED } from "../../../src/services/approvals/presence.ts";
import { nextDue, passTime } from "../../../src/services/approvals/timers.ts";
import { ASKED, type Attempt, commandOf, OPENED, presenceIn, type Step, steps, type World, world } from "./engine-arbitraries.ts";
import { problemsAtOpening, problemsBetween, problemsOf, problemsOfHandovers } from "./engine-invariants.ts";

const numRuns = Number(process.env.ENGINE_RUNS ?? 200);

/** The whole list: an answer beside it is a fault of the engine. */
const REFUSALS = [
  ...["not_allowed", "self_approval", "comment_required", "already_decided", "already_approver", "not_your_turn", "reassign_loop"],
  ...["invalid_input", "card_stale", "change_after_approval", "proposal_gone", "nudge_too_soon"],
];

interface Life {
  readonly events: readonly ApprovalEvent[];
  readonly states: readonly Approval[];
  /** Texts of the comments that came with what was accepted. */
  readonly said: readonly string[];
  readonly refusals: ReadonlyMap<string, number>;
}

/** An approval from its opening on; null where nobody could decide. Every moment of it is checked. */
function live(given: World, taken: readonly Step[]): Life | null {
  const opened = refusing(() => openApproval(given.opening, OPENED));
  if (typeof opened === "string") {
    expect(opened).toBe("no_approver");
    return null;
  }
  const standIns = given.opening.standIns.map(({ holder }) => holder);
  const events: ApprovalEvent[] = [...opened.events];
  const states = [opened.approval];
  const said: string[] = [];
  const refusals = new Map<string, number>();
  let { approval } = opened;
  let now = OPENED;
  const become = (next: { readonly approval: Approval; readonly events: readonly ApprovalEvent[] }) => {
    expect(problemsBetween(approval, next.approval)).toEqual([]);
    expect(problemsOf(next.approval, now)).toEqual([]);
    events.push(...next.events);
    approval = next.approval;
    states.push(approval);
  };
  let terms = ASKED;
  const ring = (gone: Step["gone"]) => {
    const presence = presenceIn(given, approval, gone) ?? NOBODY_ASKED;
    const passed = passTime(approval, now, standIns, presence);
    expect(problemsOfHandovers(approval, passed.events, presence)).toEqual([]);
    become(passed);
    const handed = handOn(approval, { now, presence, fallback: null, admins: standIns, reference: "REF1" });
    expect(problemsOfHandovers(approval, handed.events, presence)).toEqual([]);
    become(handed);
  };
  expect(problemsOf(approval, now)).toEqual([]);
  expect(problemsAtOpening(approval, given.groups)).toEqual([]);
  for (const { hours, wasDown, gone, attempt } of taken) {
    const until = new Date(now.getTime() + hours * 3_600_000);
    for (let due = nextDue(approval); !wasDown && due !== null && due <= until; due = nextDue(approval)) {
      now = due > now ? due : now;
      ring(gone);
      const next = nextDue(approval);
      expect(next === null || next > now).toBe(true); // else the alarm would ring for ever
    }
    now = until;
    ring(gone);
    if (attempt === null) continue;
    const before = approval;
    const decided = refusing(() => decide(before, commandOf(given, before, terms, attempt), now));
    if (typeof decided === "string") {
      expect(REFUSALS).toContain(decided);
      if (before.status !== "PENDING") expect(decided).toBe("already_decided");
      refusals.set(decided, (refusals.get(decided) ?? 0) + 1);
      continue;
    }
    expect(before.status).toBe("PENDING");
    expect(staleness(attempt)).toBe(0);
    expect(decided.events.length).toBeGreaterThan(0);
    terms = decided.approval.changes.at(-1)?.after ?? terms;
    if (!["answer", "nudge"].includes(attempt.kind) && attempt.comment.trim() !== "") said.push(attempt.comment.trim());
    become(decided);
  }
  return { events, states, said, refusals };
}

const staleness = ({ kind, staleBy }: Attempt): number =>
  ["approve", "reject", "reassign", "propose"].includes(kind) ? (staleBy ?? 0) : 0;

function refusing<T>(run: () => T): T | string {
  try {
    return run();
  } catch (thrown) {
    if (thrown instanceof PortcullisError) return thrown.code;
    throw thrown;
  }
}

const property = (check: (life: Life) => void) =>
  fc.assert(
    fc.property(world, steps, (given, taken) => {
      const life = live(given, taken);
      if (life !== null) check(life);
    }),
    { numRuns },
  );

describe("the engine, whatever comes", () => {
  it("never reaches an undefined state, never decides twice, and counts nobody on two seats", { timeout: 600_000 }, () => {
    property(({ events }) => {
      const decisions = events.flatMap((event) => (event.kind === "approval.seat_decided" ? [event] : []));
      expect(new Set(decisions.map(({ seatId }) => seatId)).size).toBe(decisions.length);
      expect(new Set(decisions.map(({ decision }) => decision.by.userId)).size).toBe(decisions.length);
      expect(events.filter(({ kind }) => kind === "approval.settled").length).toBeLessThanOrEqual(1);
      const instants = events.map(({ at }) => at.getTime());
      expect(instants).toEqual(instants.toSorted((a, b) => a - b));
    });
  });

  it("never loses a comment", { timeout: 600_000 }, () => {
    property(({ states, said }) => expect(states.at(-1)?.comments.map(({ text }) => text)).toEqual(said));
  });

  it("is made again by what the ledger keeps of it, at every event", { timeout: 600_000 }, () => {
    property(({ events, states }) => {
      const kept: unknown = JSON.parse(JSON.stringify(events));
      const again = ApprovalEventJson.array().parse(kept).reduce<Approval | null>(evolve, null);
      expect(again).toEqual(states.at(-1));
    });
  });

  it("was led through every status, every kind of event and every refusal by these tests", { timeout: 600_000 }, () => {
    const seen = new Set<string>();
    for (const [given, taken] of fc.sample(fc.tuple(world, steps), { numRuns: 1_500, seed: 3 })) {
      const life = live(given, taken);
      for (const event of life?.events ?? []) seen.add(event.kind === "approval.settled" ? event.status : event.kind);
      for (const code of life?.refusals.keys() ?? []) seen.add(code);
    }
    expect([...seen].toSorted()).toEqual(
      [
        ...["APPROVED", "CANCELLED", "EXPIRED", "PASSED", "REJECTED"],
        ...["approval.attributes_changed", "approval.commented", "approval.escalation_exhausted", "approval.opened", "approval.reassigned"],
        ...["approval.reminded", "approval.seat_decided", "approval.stranded", "approval.nudged"],
        ...["approval.change_proposed", "approval.proposal_ended", "request.changed"],
        ...REFUSALS,
      ].toSorted(),
    );
  });
});
