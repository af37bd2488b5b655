import type { Kysely } from "kysely";
import { fromUnknown } from "../../errors.ts";
import type { Database } from "../../store/schema.ts";
import type { People, SlackActor } from "../directory/person.ts";
import type { Approval, Holder, Seat } from "./approval.ts";
import { readApproval } from "./approval-rows.ts";
import { type Decider, refuseSettled } from "./decide.ts";
import { deciderOf } from "./decide-approval.ts";
import { refuseStale, seatToMove } from "./rights.ts";

/** What a person may hand over. */
export interface MovableSeats {
  readonly approval: Approval;
  /** Of an administrator; null for others, who hand over what is theirs. */
  readonly choice: {
    /** Whoever holds a seat that is open. */
    readonly holders: readonly Holder[];
    /** Their own among them, or their group's. */
    readonly own: Holder | null;
    /** Only who holds no seat can add one. */
    readonly canAdd: boolean;
  } | null;
}

/**
 * Which seats a person may hand over, before a form asks to whom.
 * @throws PortcullisError as the handover itself would
 */
export const movableSeats =
  ({ db, people }: { readonly db: Kysely<Database>; readonly people: People }) =>
  async (approvalId: string, version: number, actor: SlackActor): Promise<MovableSeats> => {
    const by = await deciderOf(db, people, approvalId, actor);
    const approval = await readApproval(db, approvalId);
    refuseSettled(approval);
    const own = ownSeat(approval, by);
    refuseStale(approval, version);
    if (!by.isAdmin) return { approval, choice: null };
    const holders = approval.seats.flatMap(({ holder, decision }) => (decision === null ? [holder] : []));
    return { approval, choice: { holders, own: own?.holder ?? null, canAdd: own === null } };
  };

/** Undefined for an administrator whose own seat cannot be handed over: those of others can. */
function ownSeat(approval: Approval, by: Decider): Seat | null | undefined {
  try {
    return seatToMove(approval, by, null);
  } catch (thrown) {
    if (by.isAdmin && ["already_decided", "not_your_turn"].includes(fromUnknown(thrown).code)) return undefined;
    throw thrown;
  }
}
