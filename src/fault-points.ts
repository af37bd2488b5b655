/**
 * The places between a click and "Granted" where a crash would hurt most. Production passes a function that does nothing;
 * the tests pass one that kills the process.
 */
export const FAULT_POINTS = [
  "click.recorded",
  "decision.before-commit",
  "decision.committed",
  "grant.claimed",
  "grant.attempt-recorded",
  "grant.posted",
  "grant.id-recorded",
  "grant.read-back",
  "grant.committed",
  "cards.updating",
] as const;

/** The same on the way of a command on many approvals, from its submission to its result. */
export const BULK_FAULT_POINTS = ["bulk.recorded", "bulk.item-decided"] as const;

/** The same where granted access changes. */
export const AMEND_FAULT_POINTS = ["amend.wanted", "amend.claimed", "amend.written", "amend.read-back", "amend.committed"] as const;

/** The same where granted access ends before its time. */
export const END_FAULT_POINTS = ["end.wanted", "end.claimed", "end.deleted", "end.proven", "end.committed"] as const;

/** The same on the way from an approval in SailPoint to its planned grant. */
export const GOVERNED_FAULT_POINTS = ["governed.read", "governed.before-commit", "governed.committed"] as const;

/** The same where the ledger is sealed, and where what was sealed is sent on. */
export const LEDGER_FAULT_POINTS = ["ledger.before-commit", "siem.answered"] as const;

export type FaultPointName =
  | (typeof FAULT_POINTS)[number]
  | (typeof BULK_FAULT_POINTS)[number]
  | (typeof AMEND_FAULT_POINTS)[number]
  | (typeof END_FAULT_POINTS)[number]
  | (typeof GOVERNED_FAULT_POINTS)[number]
  | (typeof LEDGER_FAULT_POINTS)[number];

export type FaultPoint = (name: FaultPointName) => void | Promise<void>;

export const noFault: FaultPoint = () => {};
